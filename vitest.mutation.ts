import { defineConfig } from 'vitest/config'

/** The tests that every change of the code that stryker.config.mjs names should fail. */
export default defineConfig({
  test: {
    include: [
      'tests/{calendar,directory,earlier,planning}/*.test.ts',
      'tests/channels/reports.test.ts',
      'tests/duties/{after,horizon,modes}.test.ts',
      'tests/duties/papers/*.test.ts',
      'tests/duties/releases/checks.test.ts',
      'tests/wake/urgent.test.ts',
    ],
  },
})
