import * as z from 'zod'
import { type Instant, readMoment } from '../calendar/london.ts'
import {
  type Became,
  CALL_WORDS,
  END_USER_MESSAGING_WORDS,
  NOTIFY_WORDS,
  SES_WORDS,
} from '../casefile/failures.ts'
import { casefileOfNotice } from '../casefile/ids.ts'
import { RECEIPT_TAG } from './channel.ts'
import { FromSns } from './sns.ts'

/** A provider's report on one message, in our terms. It contains no part of an address. */
export type Report =
  | {
      readonly is: Exclude<Became, 'nothing'>
      readonly messageId: string
      readonly at: Instant
    }
  /** Still on its way, or not one of our messages. */
  | { readonly is: 'ignored'; readonly eventType: string }
  | { readonly is: 'refused'; readonly reason: string }

/**
 * Parses reports of SES, End User Messaging and GOV.UK Notify, bare or wrapped by SNS or EventBridge. A message has
 * arrived or failed when its provider's report is final; anything else is ignored, as is anything that is not a report
 * on a message.
 */
export function readReport(body: string): Report {
  const json = unwrap(parseJson(body))
  if (json === TRIAL) return { is: 'ignored', eventType: TRIAL }
  if (typeof json !== 'object' || json === null) return { is: 'refused', reason: 'report: expected JSON' }
  if ('mail' in json && 'notificationType' in json)
    return { is: 'ignored', eventType: 'feedback without tags' }
  if ('mail' in json) return readWith(SES, json, 'eventType')
  if ('eventTimestamp' in json) return readWith(END_USER_MESSAGING, json, 'eventType')
  if ('notification_type' in json) return readWith(NOTIFY, json, 'status')
  if ('complaint_id' in json) return reportOf(NotifyComplaint.safeParse(json), 'complaint')
  if (isOfNoMessage(json)) return { is: 'ignored', eventType: 'no message of ours' }
  return { is: 'refused', reason: 'report: expected one of SES, End User Messaging or GOV.UK Notify' }
}

/** What SES publishes to a new topic to test its permission. */
const TRIAL = 'Successfully validated SNS topic for Amazon SES event publishing.'

const FromEventBridge = z.object({ 'detail-type': z.string(), detail: z.object({}).loose() })

function unwrap(json: unknown): unknown {
  const sns = FromSns.safeParse(json)
  if (sns.success) return sns.data.Message === TRIAL ? TRIAL : unwrap(parseJson(sns.data.Message))
  const bridged = FromEventBridge.safeParse(json)
  return bridged.success ? bridged.data.detail : json
}

/** SES's recommendations, SNS's delivery status, and GOV.UK Notify's returned letters. */
function isOfNoMessage(json: object): boolean {
  return [
    ['version', 'data'],
    ['notification', 'delivery'],
    ['notification_id', 'template_id'],
  ].some((fields) => fields.every((field) => field in json))
}

/** A report, before we know whether the message is ours. */
type Reading = { readonly is: Became; readonly at: Instant; readonly messageId: string | undefined }

/** How to parse one provider's reports, by event type. Unknown types are ignored. */
type Vocabulary = ReadonlyMap<string, z.ZodType<Reading>>

function readWith(vocabulary: Vocabulary, json: object, field: string): Report {
  const word = z.object({ [field]: z.string() }).safeParse(json)
  if (!word.success) return refused(word.error)
  const eventType = word.data[field] ?? ''
  const reading = vocabulary.get(eventType)?.safeParse(json)
  return reading ? reportOf(reading, eventType) : { is: 'ignored', eventType }
}

function reportOf(reading: z.ZodSafeParseResult<Reading>, eventType: string): Report {
  if (!reading.success) return refused(reading.error)
  const { is, messageId, at } = reading.data
  const isOurs = messageId !== undefined && casefileOfNotice(messageId) !== undefined
  return isOurs && is !== 'nothing' ? { is, messageId, at } : { is: 'ignored', eventType }
}

/** Names the fields and what was expected, but never their content. */
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
    .nullish(),
})
const Bounce = z.object({ timestamp: moment, bounceType: z.string(), bounceSubType: z.string().nullish() })
const Complaint = z.object({ timestamp: moment, complaintFeedbackType: z.string().nullish() })

const ofMail = ({ tags }: z.infer<typeof Mail>) => ({ messageId: tags?.[RECEIPT_TAG]?.[0] })

/** The meaning of an SES event type with its subtypes, as far as we know them. */
function sesWord(...words: (string | null | undefined)[]): Became {
  const known = words
    .map((_, index) => words.slice(0, words.length - index).join('/'))
    .find((one) => Object.hasOwn(SES_WORDS, one))
  return SES_WORDS[known ?? ''] ?? 'passing'
}

const ofMailAlone = (word: string) =>
  z
    .object({ mail: Mail })
    .transform(({ mail }) => ({ is: sesWord(word), ...ofMail(mail), at: mail.timestamp }))

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
      is: sesWord('Bounce', bounce.bounceType, bounce.bounceSubType),
      ...ofMail(mail),
      at: bounce.timestamp,
    })),
  ],
  [
    'Complaint',
    z.object({ mail: Mail, complaint: Complaint }).transform(({ mail, complaint }) => ({
      is: sesWord('Complaint', complaint.complaintFeedbackType),
      ...ofMail(mail),
      at: complaint.timestamp,
    })),
  ],
  ['Reject', ofMailAlone('Reject')],
  ['Rendering Failure', ofMailAlone('Rendering Failure')],
])

const TextReport = z.object({
  eventTimestamp: z.int(),
  isFinal: z.boolean().default(true),
  context: z
    .object({ [RECEIPT_TAG]: z.string() })
    .partial()
    .nullish(),
})

const END_USER_MESSAGING: Vocabulary = new Map(
  Object.entries({ ...END_USER_MESSAGING_WORDS, ...CALL_WORDS }).map(([eventType, became]) => [
    eventType,
    TextReport.transform(
      ({ eventTimestamp: at, isFinal, context }): Reading => ({
        is: isFinal ? became : 'nothing',
        messageId: context?.[RECEIPT_TAG],
        at,
      }),
    ),
  ]),
)

const NotifyReport = z.object({
  reference: z.string().nullish(),
  created_at: moment,
  completed_at: moment.nullish(),
})

const NOTIFY: Vocabulary = new Map(
  Object.entries(NOTIFY_WORDS).map(([status, is]) => [
    status,
    NotifyReport.transform(
      ({ reference, created_at, completed_at }): Reading => ({
        is,
        messageId: reference ?? undefined,
        at: completed_at ?? created_at,
      }),
    ),
  ]),
)

/** GOV.UK Notify's report of a reader who marked an e-mail as spam. */
const NotifyComplaint = z
  .object({ reference: z.string().nullish(), complaint_date: moment })
  .transform(({ reference, complaint_date: at }): Reading => {
    return { is: 'complaint', messageId: reference ?? undefined, at }
  })

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
