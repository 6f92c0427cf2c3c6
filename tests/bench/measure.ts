/** The processor time of this process so far, in milliseconds. */
export function cpuMs(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  return (userCPUTime + systemCPUTime) / 1_000
}

/** How many milliseconds something takes, on average of so many times. */
export async function msEach(times: number, work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  for (let time = 0; time < times; time++) await work()
  return (performance.now() - begun) / times
}

/** How often a second something is done, one after another. */
export function rateOf(count: number, work: (number: number) => unknown): number {
  const begun = performance.now()
  for (let number = 0; number < count; number++) work(number)
  return perSecond(count, begun)
}

/** How often a second something is done, so many at once. */
export async function rateAtOnce(
  count: number,
  atOnce: number,
  work: (number: number) => Promise<unknown>,
): Promise<number> {
  const begun = performance.now()
  let next = 0
  const lane = async () => {
    for (let number = next++; number < count; number = next++) await work(number)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return perSecond(count, begun)
}

/** What `count` things since `begun`, as `performance.now` tells it, come to a second. */
export function perSecond(count: number, begun: number): number {
  return (count / (performance.now() - begun)) * 1_000
}

/** The value below which a share of all lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
