import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import type { Context } from 'aws-lambda'
import { discreet } from '../../shared/channels/request.ts'

/** The CloudWatch namespace of our metrics. */
export const NAMESPACE = 'Throughcare'

/** Our counts, by the names that alarms and the dashboard use. */
export type Count =
  | `${'Events' | 'Receipts'}${'Accepted' | 'Duplicate' | 'Ignored' | 'Refused'}`
  | `Notices${'Sent' | 'Failed' | 'Skipped' | 'Stale'}`
  /** A release for which nobody had agreed to be at the gate shortly before. */
  | 'ReleasesUncovered'
  /** A message that a provider refused because of its words, whoever the reader was. */
  | 'WordsRefused'
  /** A complaint from an office's mailbox, which is still sent messages. */
  | 'OfficeComplaints'
  | 'WakesHandedOver'
  /** A message that went back to its queue, except refused events. */
  | 'MessagesFailed'
  | 'RepliesTaken'
  /**
   * From the nightly comparison of every casefile: open notices, and casefiles that nobody is told about, among others.
   */
  | `Reconciled${'Due' | 'Sent' | 'Failed' | 'Skipped' | 'Open' | 'Delivered' | 'Woken' | 'Broken' | 'NotCompared' | 'Unresolved'}`
  /** A parameter that cannot be read, or names a duty that does not exist. */
  | 'SettingsWrong'
  /** Probes that arrived as a delivered message. */
  | 'ProbesDelivered'
  /** 1 in an hour in which offices are open, else 0. */
  | 'OfficesOpen'
  /** Once for each time that the bank holidays were looked up. */
  | 'HolidaysLookedUp'
  /** The number of days for which they are still known. */
  | 'HolidayDaysAhead'

/** Measured in seconds: from when a notice could have been told until it was. */
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

/** Where the service reports what it does: here, to CloudWatch; on one machine, by OTLP and in its log. */
export type Telemetry = {
  readonly count: typeof count
  readonly measure: typeof measure
  readonly logInfo: typeof logInfo
}

/** Counts one for the running version, so that a rollout's alarms see the new code separately from the old. */
export function countForVersion(name: Count, { functionName, functionVersion }: Context): void {
  const metric = metrics.singleMetric()
  metric.addDimension('function_name', functionName)
  metric.addDimension('executed_version', functionVersion)
  metric.addMetric(name, MetricUnit.Count, 1)
}

/** A log line. It accepts only derived ids and numbers, so that it identifies nobody. */
export function logInfo(event: string, about: Readonly<Record<string, string | number | undefined>>): void {
  logger.info(event, about)
}

/** Logs an error and its place, in its own words without the addresses and numbers that they may repeat. */
export function logError(event: string, about: Readonly<Record<string, string>>, error: unknown): void {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  const [, place = 'unknown'] = /\n\s+(at .+)/.exec(stack) ?? []
  logger.error(event, { ...about, fault: quotes(error) ? name : `${name}: ${discreet(message)}`, place })
}

/** A parser's error, or one caused by it, quotes its input, which could be personal: only its name is logged. */
function quotes(error: unknown): boolean {
  if (error instanceof RangeError || error instanceof SyntaxError) return true
  return error instanceof Error && quotes(error.cause)
}

/** Runs a handler with its invocation's logging context, and publishes its metrics even if it throws. */
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
