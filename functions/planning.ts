/**
 * A plan threw: a fault of ours that concerns one casefile, and that trying again does not mend. Whatever else is
 * thrown, by a store or a provider, may have passed a moment later.
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

/** Does what plans, and asks nobody. Throws a `BrokenPlan` where that throws. */
export function planning<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw new BrokenPlan(error)
  }
}
