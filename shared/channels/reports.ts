import * as z from 'zod'
import { type Instant, readMoment } from '../calendar/london.ts'
import { casefileOfNotice } from '../casefile/ids.ts'
import type { ChannelName, Reason } from '../casefile/ledger.ts'
import { RECEIPT_TAG } from './channel.ts'
import { FromSns } from './sns.ts'

/** What a provider reports of one message, in our words. Nothing of an address comes this far. */
export type Report =
  | (OfMessage & { readonly is: 'delivered' })
  | (OfMessage & { readonly is: 'failed'; readonly reason: Reason })
  /** It arrived, and its reader wants no more of them. */
  | (OfMessage & { readonly is: 'unwanted'; readonly channel: ChannelName })
  /** On its way still, or no message of ours. */
  | { readonly is: 'ignored'; readonly eventType: string }
  | { readonly is: 'refused'; readonly reason: string }

type OfMessage = { readonly messageId: string; readonly at: Instant }

/**
 * Reads what SES, End User Messaging and GOV.UK Notify report, bare or as SNS and EventBridge wrap it. A message has
 * arrived or failed when its provider says so for good; anything less is ignored.
 */
export function readReport(body: string): Report {
  const json = unwrap(parseJson(body))
  if (json === TRIAL) return { is: 'ignored', eventType: TRIAL }
  if (typeof json !== 'object' || json === null) return { is: 'refused', reason: 'report: expected JSON' }
  if ('mail' in json) return readWith(SES, json, 'eventType')
  if ('eventTimestamp' in json) return readWith(END_USER_MESSAGING, json, 'eventType')
  if ('notification_type' in json) return readWith(NOTIFY, json, 'status')
  return { is: 'refused', reason: 'report: expected one of SES, End User Messaging or GOV.UK Notify' }
}

/** What SES writes to a new topic to see that it may. */
const TRIAL = 'Successfully validated SNS topic for Amazon SES event publishing.'

const FromEventBridge = z.object({ 'detail-type': z.string(), detail: z.object({}).loose() })

function unwrap(json: unknown): unknown {
  const sns = FromSns.safeParse(json)
  if (sns.success) return sns.data.Message === TRIAL ? TRIAL : unwrap(parseJson(sns.data.Message))
  const bridged = FromEventBridge.safeParse(json)
  return bridged.success ? bridged.data.detail : json
}

/** A report before we know that the message is ours. */
type Reading = { readonly at: Instant; readonly messageId: string | undefined } & (
  | { readonly is: 'delivered' }
  | { readonly is: 'failed'; readonly reason: Reason }
  | { readonly is: 'unwanted'; readonly channel: ChannelName }
  | { readonly is: 'ignored' }
)

/** How to read what one provider says for good, by the word with which it says so. */
type Vocabulary = ReadonlyMap<string, z.ZodType<Reading>>

function readWith(vocabulary: Vocabulary, json: object, field: string): Report {
  const word = z.object({ [field]: z.string() }).safeParse(json)
  if (!word.success) return refused(word.error)
  const eventType = word.data[field] ?? ''
  const reading = vocabulary.get(eventType)?.safeParse(json)
  if (!reading) return { is: 'ignored', eventType }
  if (!reading.success) return refused(reading.error)
  const { messageId } = reading.data
  const isOurs = messageId !== undefined && casefileOfNotice(messageId) !== undefined
  if (!isOurs || reading.data.is === 'ignored') return { is: 'ignored', eventType }
  return { ...reading.data, messageId }
}

/** Names the fields and what was expected of them, and never what was in them. */
function refused(error: z.ZodError): Report {
  const issues = error.issues.slice(0, 5)
  return { is: 'refused', reason: issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('; ') }
}

const moment = z.string().transform((written, context): Instant => {
  const instant = readMoment(written)
  if (instant) return instant.epochMilliseconds
  context.addIssue('expected a date and time such as 2026-03-02T10:00:00Z')
  return z.NEVER
})

const Mail = z.object({
  timestamp: moment,
  tags: z
    .object({ [RECEIPT_TAG]: z.array(z.string()) })
    .partial()
    .optional(),
})
const Bounce = z.object({ timestamp: moment, bounceType: z.string() })
const Complaint = z.object({ timestamp: moment, complaintFeedbackType: z.string().nullish() })

const ofMail = ({ tags }: z.infer<typeof Mail>) => ({ messageId: tags?.[RECEIPT_TAG]?.[0] })

/** A bounce that is not permanent comes when SES has given up on a mailbox that exists. */
const SES: Vocabulary = new Map<string, z.ZodType<Reading>>([
  [
    'Delivery',
    z
      .object({ mail: Mail, delivery: z.object({ timestamp: moment }) })
      .transform(({ mail, delivery }) => ({ is: 'delivered', ...ofMail(mail), at: delivery.timestamp })),
  ],
  [
    'Bounce',
    z.object({ mail: Mail, bounce: Bounce }).transform(({ mail, bounce }) => ({
      is: 'failed',
      ...ofMail(mail),
      at: bounce.timestamp,
      reason: bounce.bounceType === 'Permanent' ? 'bounced' : 'unreachable',
    })),
  ],
  [
    'Complaint',
    z.object({ mail: Mail, complaint: Complaint }).transform(({ mail, complaint }) => ({
      ...ofMail(mail),
      at: complaint.timestamp,
      ...(complaint.complaintFeedbackType === 'not-spam'
        ? { is: 'ignored' }
        : { is: 'unwanted', channel: 'email' }),
    })),
  ],
  [
    'Reject',
    z.object({ mail: Mail }).transform(({ mail }) => ({
      is: 'failed',
      ...ofMail(mail),
      at: mail.timestamp,
      reason: 'message-refused',
    })),
  ],
])

const TextReport = z.object({
  eventTimestamp: z.int(),
  isFinal: z.boolean().default(true),
  context: z
    .object({ [RECEIPT_TAG]: z.string() })
    .partial()
    .optional(),
})

/** Its network taking a text is no delivery (`TEXT_SUCCESSFUL`), and three days of silence no failure. */
const END_USER_MESSAGING: Vocabulary = new Map(
  Object.entries({
    TEXT_DELIVERED: 'delivered',
    TEXT_INVALID: 'bounced',
    TEXT_INVALID_MESSAGE: 'message-refused',
    TEXT_UNREACHABLE: 'unreachable',
    TEXT_CARRIER_UNREACHABLE: 'unreachable',
    TEXT_BLOCKED: 'blocked',
    TEXT_CARRIER_BLOCKED: 'blocked',
    TEXT_PROTECT_BLOCKED: 'blocked',
    TEXT_SPAM: 'blocked',
    TEXT_TTL_EXPIRED: 'unreachable',
  }).map(([eventType, outcome]) => [
    eventType,
    TextReport.transform(({ eventTimestamp: at, isFinal, context }): Reading => {
      const of = { messageId: context?.[RECEIPT_TAG], at }
      return isFinal ? { ...of, ...became(outcome) } : { ...of, is: 'ignored' }
    }),
  ]),
)

const NotifyReport = z
  .object({ reference: z.string().nullish(), created_at: moment, completed_at: moment.nullish() })
  .transform((one) => ({ messageId: one.reference ?? undefined, at: one.completed_at ?? one.created_at }))

const NOTIFY: Vocabulary = new Map(
  Object.entries({
    delivered: 'delivered',
    'permanent-failure': 'bounced',
    'temporary-failure': 'unreachable',
    'technical-failure': 'technical-failure',
  }).map(([status, outcome]) => [
    status,
    NotifyReport.transform((one): Reading => ({ ...one, ...became(outcome) })),
  ]),
)

function became(outcome: string) {
  return outcome === 'delivered'
    ? ({ is: 'delivered' } as const)
    : ({ is: 'failed', reason: outcome } as const)
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
