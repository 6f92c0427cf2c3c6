import type { Caseload } from './caseload.ts'
import type { Fault } from './faults.ts'
import { type Run, run, type Setup } from './world.ts'

/** A run that fails, with as little in it as still makes it fail. */
export type Shrunk = {
  readonly caseload: Caseload
  readonly without: ReadonlySet<Fault>
  readonly run: Run
}

/** Leaves out kinds of fault and events, one after the other, for as long as anything is still wrong without them. */
export async function shrink(setup: Setup, failing: Run): Promise<Shrunk> {
  let smallest: Shrunk = { caseload: setup.caseload, without: setup.without, run: failing }
  const tryOn = async (change: Partial<Pick<Setup, 'caseload' | 'without'>>): Promise<boolean> => {
    const smaller = { ...smallest, ...change }
    const outcome = await run({ ...setup, ...smaller })
    if (outcome.problem === undefined) return false
    smallest = { ...smaller, run: outcome }
    return true
  }
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false
    for (const fault of Object.keys(smallest.run.counts) as Fault[]) {
      const without = new Set([...smallest.without, fault])
      if (without.size > smallest.without.size && (await tryOn({ without }))) isSmaller = true
    }
    for (const part of ['coming', 'known'] as const) {
      for (let index = smallest.caseload[part].length - 1; index >= 0; index--) {
        const fewer = { ...smallest.caseload, [part]: smallest.caseload[part].toSpliced(index, 1) }
        if (await tryOn({ caseload: fewer })) isSmaller = true
      }
    }
  }
  return smallest
}
