/**
 * A plan threw: a bug that concerns one casefile, which retrying does not fix. Anything else thrown, by a store or
 * provider, may be over a moment later.
 */
export class BrokenPlan extends Error {
  override readonly name = 'BrokenPlan'

  constructor(cause: unknown) {
    const { message, stack } = cause instanceof Error ? cause : new Error(String(cause))
    super(message, { cause })
    // Its place in the log is where the plan threw.
    if (stack !== undefined) this.stack = stack
  }
}

/** Runs pure planning code. Throws a `BrokenPlan` if it throws. */
export function planning<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw new BrokenPlan(error)
  }
}
