/**
 * The kind of a failure: permanent; temporary (`passing`); because of the words, whoever reads them (`message`); or no
 * failure, but the reader wants no more of them (`complaint`).
 */
export type Failure = 'permanent' | 'passing' | 'message' | 'complaint'
/** What a provider's word means for a message; `nothing` if it is not final. */
export type Became = Failure | 'delivered' | 'nothing'

type Words = Readonly<Record<string, Became>>

/**
 * All event types of SES, with the types and subtypes of bounces and the feedback types of complaints. A bounce is
 * published when SES has stopped trying. An out-of-office reply is `Transient/General`; it follows the delivery, and so
 * changes nothing.
 */
export const SES_WORDS: Words = {
  Send: 'nothing',
  Delivery: 'delivered',
  DeliveryDelay: 'nothing',
  Open: 'nothing',
  Click: 'nothing',
  Subscription: 'nothing',
  Reject: 'message',
  'Rendering Failure': 'message',
  'Bounce/Permanent/General': 'permanent',
  'Bounce/Permanent/NoEmail': 'permanent',
  'Bounce/Permanent/Suppressed': 'permanent',
  'Bounce/Permanent/OnAccountSuppressionList': 'permanent',
  'Bounce/Permanent/OnTenantSuppressionList': 'permanent',
  'Bounce/Permanent/EmailValidationSuppressed': 'permanent',
  'Bounce/Permanent/UnsubscribedRecipient': 'permanent',
  'Bounce/Permanent': 'permanent',
  'Bounce/Transient/General': 'passing',
  'Bounce/Transient/MailboxFull': 'passing',
  'Bounce/Transient/CustomTimeoutExceeded': 'passing',
  'Bounce/Transient/MessageTooLarge': 'message',
  'Bounce/Transient/ContentRejected': 'message',
  'Bounce/Transient/AttachmentRejected': 'message',
  'Bounce/Transient': 'passing',
  'Bounce/Undetermined/Undetermined': 'passing',
  'Bounce/Undetermined': 'passing',
  'Complaint/abuse': 'complaint',
  'Complaint/auth-failure': 'complaint',
  'Complaint/fraud': 'complaint',
  'Complaint/virus': 'complaint',
  'Complaint/other': 'complaint',
  'Complaint/not-spam': 'nothing',
  Complaint: 'complaint',
}

/**
 * All event types of End User Messaging for text messages. A network accepting a text is not a delivery. A text blocked
 * as unwanted content is refused for its words; one blocked for its destination will never arrive.
 */
export const END_USER_MESSAGING_WORDS: Words = {
  TEXT_SENT: 'nothing',
  TEXT_PENDING: 'nothing',
  TEXT_QUEUED: 'nothing',
  TEXT_SUCCESSFUL: 'nothing',
  TEXT_DELIVERED: 'delivered',
  TEXT_INVALID: 'permanent',
  TEXT_BLOCKED: 'permanent',
  TEXT_PROTECT_BLOCKED: 'permanent',
  TEXT_INVALID_MESSAGE: 'message',
  TEXT_CARRIER_BLOCKED: 'message',
  TEXT_SPAM: 'message',
  TEXT_UNREACHABLE: 'passing',
  TEXT_CARRIER_UNREACHABLE: 'passing',
  TEXT_TTL_EXPIRED: 'passing',
  TEXT_UNKNOWN: 'passing',
}

/**
 * All event types of End User Messaging for calls. Anybody, or a machine, may pick up: a completed call says nothing
 * about whether the text was read.
 */
export const CALL_WORDS: Words = {
  VOICE_INITIATED: 'nothing',
  VOICE_RINGING: 'nothing',
  VOICE_ANSWERED: 'nothing',
  VOICE_COMPLETED: 'nothing',
  VOICE_BUSY: 'passing',
  VOICE_NO_ANSWER: 'passing',
  VOICE_FAILED: 'passing',
  VOICE_TTL_EXPIRED: 'passing',
}

/** All statuses that GOV.UK Notify gives an e-mail or a text message. */
export const NOTIFY_WORDS: Words = {
  created: 'nothing',
  sending: 'nothing',
  pending: 'nothing',
  sent: 'nothing',
  delivered: 'delivered',
  'permanent-failure': 'permanent',
  'temporary-failure': 'passing',
  'technical-failure': 'passing',
  'validation-failed': 'message',
}

/** Our own words for them in ledgers and events. */
const OUR_WORDS: Words = {
  permanent: 'permanent',
  passing: 'passing',
  message: 'message',
  complaint: 'complaint',
  bounced: 'permanent',
  blocked: 'permanent',
  'address-refused': 'permanent',
  unreachable: 'passing',
  'message-refused': 'message',
}

const KNOWN: ReadonlyMap<string, Became> = new Map(
  Object.entries({
    ...SES_WORDS,
    ...END_USER_MESSAGING_WORDS,
    ...CALL_WORDS,
    ...NOTIFY_WORDS,
    ...OUR_WORDS,
  }),
)

/** The kind of a failure, by our word or a provider's. An unknown one counts as temporary. */
export function failureOf(reason = ''): Failure {
  const became = KNOWN.get(reason) ?? KNOWN.get(`Bounce/${reason}`) ?? 'nothing'
  return became === 'delivered' || became === 'nothing' ? 'passing' : became
}
