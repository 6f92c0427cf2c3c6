/** Small changes to the code, one at a time: each should fail a test. Nightly, and by hand with `npx stryker run`. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.ts' },
  mutate: [
    'shared/calendar/*.ts',
    'shared/planning/*.ts',
    'shared/casefile/failures.ts',
    'shared/directory/reach.ts',
    'shared/duties/papers/papers.ts',
  ],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  // It would read ours by an interface that TypeScript 7 does not have.
  tsconfigFile: 'none.json',
  reporters: ['clear-text', 'progress-append-only'],
}
