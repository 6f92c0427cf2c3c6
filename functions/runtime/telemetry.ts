import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import type { Context } from 'aws-lambda'
import { discreet } from '../../shared/channels/request.ts'

/** Under which CloudWatch keeps our counts. */
export const NAMESPACE = 'Throughcare'

/** What is counted; alarms and the dashboard name the same. */
export type Count =
  | `${'Events' | 'Receipts'}${'Accepted' | 'Duplicate' | 'Ignored' | 'Refused'}`
  | `Notices${'Sent' | 'Failed' | 'Skipped' | 'Stale'}`
  /** A release near which nobody had agreed to be at the gate. */
  | 'ReleasesUncovered'
  /** A message whose words a provider refused, no matter who was to read them. */
  | 'WordsRefused'
  /** A complaint from the mailbox of an office, which goes on being told. */
  | 'OfficeComplaints'
  | 'WakesHandedOver'
  /** A message that went back to its queue, but for events that were refused. */
  | 'MessagesFailed'
  | 'RepliesTaken'
  /** Every casefile, every night: what fell due and was neither given nor refused, and what is in nobody's hands. */
  | `Reconciled${'Due' | 'Sent' | 'Failed' | 'Skipped' | 'Open' | 'Delivered' | 'Woken' | 'Broken' | 'NotCompared' | 'Unresolved'}`
  /** A parameter that cannot be read, or a duty in it that does not exist. */
  | 'SettingsWrong'
  /** Probes of the service by itself that came out as a delivered message. */
  | 'ProbesDelivered'
  /** One for an hour in which offices are open, from its beginning to its end. */
  | 'OfficesOpen'
  /** Once for every time that the bank holidays were looked up. */
  | 'HolidaysLookedUp'
  /** For how many days yet they are known. */
  | 'HolidayDaysAhead'

/** What is measured in seconds: from when a notice could have been told until it was. */
export type Lateness = 'ReleaseLateness' | 'OtherLateness'

const logger = new Logger()
const metrics = new Metrics({ namespace: NAMESPACE })

/** Adds to a count. It is written out when the invocation ends. */
export function count(name: Count, value = 1): void {
  metrics.addMetric(name, MetricUnit.Count, value)
}

/** Adds to what is measured. */
export function measure(name: Lateness, milliseconds: number): void {
  metrics.addMetric(name, MetricUnit.Seconds, milliseconds / 1_000)
}

/** Where account is given of what the service does: here, in CloudWatch; on one machine, by OTLP and in its log. */
export type Telemetry = {
  readonly count: typeof count
  readonly measure: typeof measure
  readonly logInfo: typeof logInfo
}

/** Counts one for the version that runs: what watches a rollout sees the new code apart from the old. */
export function countForVersion(name: Count, { functionName, functionVersion }: Context): void {
  const metric = metrics.singleMetric()
  metric.addDimension('function_name', functionName)
  metric.addDimension('executed_version', functionVersion)
  metric.addMetric(name, MetricUnit.Count, 1)
}

/** A line of the log. It takes what we derived ourselves and numbers alone, so that nobody can be read in it. */
export function logInfo(event: string, about: Readonly<Record<string, string | number | undefined>>): void {
  logger.info(event, about)
}

/** What went wrong and where, in its own words without the addresses and numbers that they repeat. */
export function logError(event: string, about: Readonly<Record<string, string>>, error: unknown): void {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  const [, place = 'unknown'] = /\n\s+(at .+)/.exec(stack) ?? []
  logger.error(event, { ...about, fault: quotes(error) ? name : `${name}: ${discreet(message)}`, place })
}

/** A parser's error, or one made of it, quotes what it could not read, which could be personal: we log only its name. */
function quotes(error: unknown): boolean {
  if (error instanceof RangeError || error instanceof SyntaxError) return true
  return error instanceof Error && quotes(error.cause)
}

/** Runs a handler under the name of its invocation, and publishes its metrics, also when it throws. */
export function instrumented<Event, Result>(work: (event: Event, context: Context) => Promise<Result>) {
  return async (event: Event, context: Context): Promise<Result> => {
    logger.addContext(context)
    try {
      return await work(event, context)
    } finally {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics()
    }
  }
}
