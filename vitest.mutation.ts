import { defineConfig } from 'vitest/config'

/** The tests that every change of the code that stryker.config.mjs names should fail. */
export default defineConfig({
  test: {
    include: [
      'tests/{calendar,planning}/*.test.ts',
      'tests/duties/{modes,horizon}.test.ts',
      'tests/duties/papers/*.test.ts',
    ],
  },
})
