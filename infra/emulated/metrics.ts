import type { Instant } from '../../shared/calendar/london.ts'

/** A metric's value, as a function wrote it into its log for CloudWatch to read. */
export type Measured = { readonly name: string; readonly at: Instant; readonly value: number }

/** The metrics in the output of functions, in CloudWatch's embedded metric format. */
export function measuredIn(written: string): Measured[] {
  return written
    .split('\n')
    .filter((line) => line.includes('"CloudWatchMetrics"'))
    .flatMap((line) => {
      const { _aws, ...said } = JSON.parse(line)
      const names: string[] = _aws.CloudWatchMetrics[0].Metrics.map(({ Name }: { Name: string }) => Name)
      return names.flatMap((name) =>
        [said[name]].flat().map((value: number) => ({ name, at: _aws.Timestamp, value })),
      )
    })
}

/** A metric's sum and 99th percentile within a period, as the alarms use them. */
export function within(measured: readonly Measured[], name: string, from: Instant, until: Instant) {
  const values = measured
    .filter((one) => one.name === name && one.at >= from && one.at < until)
    .map(({ value }) => value)
    .sort((a, b) => a - b)
  return {
    sum: values.reduce((sum, value) => sum + value, 0),
    p99: values[Math.ceil(0.99 * values.length) - 1] ?? 0,
  }
}
