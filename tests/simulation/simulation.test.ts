import { describe, expect, test } from 'vitest'
import { caseloadOf } from './caseload.ts'
import { CONSEQUENCES, FAULTS } from './faults.ts'
import { MUTANTS } from './mutants.ts'
import type { Mutant } from './setup.ts'
import { run } from './world.ts'

const SEEDS = 80
const runSeed = (seed: number, mutant: Mutant = {}) =>
  run({ seed, caseload: caseloadOf(seed), without: new Set(), mutant })

describe('the whole system, with faults', () => {
  test(`loses nothing and tells nothing twice, too late or to the wrong ones, on ${SEEDS} seeds`, async () => {
    const injected = new Set<string>()
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { problem, counts } = await runSeed(seed)
      expect(problem, `npm run simulate -- --seed ${seed}`).toBeUndefined()
      for (const fault of Object.keys(counts)) injected.add(fault)
    }
    expect([...injected].sort()).toEqual([...Object.keys(FAULTS), ...CONSEQUENCES].sort())
  })

  test('is the same to the last step when it is run again', async () => {
    const stories = [1, 2].map(async () => {
      const story: string[] = []
      await run({ seed: 7, caseload: caseloadOf(7), without: new Set(), tell: (line) => story.push(line) })
      return story
    })
    const [one, other] = await Promise.all(stories)
    expect(one).toEqual(other)
  })
})

describe('a mutant is found', () => {
  const SEEDS_MAX = 160

  test.each(Object.entries(MUTANTS))('%s', async (name, mutant) => {
    for (let seed = 1; seed <= SEEDS_MAX; seed++) {
      const { problem } = await runSeed(seed, mutant)
      // Found by what the mutant did, and not by anything that is wrong without it.
      if (problem === undefined || (await runSeed(seed)).problem !== undefined) continue
      process.stdout.write(`${name}: seed ${seed}: ${problem}\n`)
      return
    }
    expect.fail(`not found in ${SEEDS_MAX} seeds`)
  })
})
