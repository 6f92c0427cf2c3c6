import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // They end what hangs: how fast something has to be, its own test says.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
