import { readFileSync } from 'node:fs'
import { EventType as TextEventType } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { EventType as MailEventType } from '@aws-sdk/client-sesv2'
import { describe, expect, test } from 'vitest'
import { writeInstant } from '../../shared/calendar/london.ts'
import {
  CALL_WORDS,
  END_USER_MESSAGING_WORDS,
  failureOf,
  NOTIFY_WORDS,
  SES_WORDS,
} from '../../shared/casefile/failures.ts'
import { readReport } from '../../shared/channels/reports.ts'
import {
  bounce,
  byEventBridge,
  bySns,
  callback,
  complaint,
  delivery,
  notifyComplaint,
  sesEvent,
  textEvent,
} from '../receipts/samples.ts'

/** `permanent 2026-03-08T14:00:05Z`: what was made of a report, in a line. */
function read(report: unknown): string {
  const made = readReport(typeof report === 'string' ? report : JSON.stringify(report))
  const at = 'at' in made ? writeInstant(made.at) : undefined
  return [made.is, at].filter(Boolean).join(' ')
}

describe('SES', () => {
  test.each<[string, unknown, string]>([
    ['a delivery', sesEvent('Delivery', delivery()), 'delivered 2026-03-08T14:00:04.2Z'],
    ['a permanent bounce', sesEvent('Bounce', bounce()), 'permanent 2026-03-08T14:00:05Z'],
    ['a bounce of a full mailbox', sesEvent('Bounce', bounce('Transient')), 'passing 2026-03-08T14:00:05Z'],
    [
      'a bounce nobody can explain',
      sesEvent('Bounce', bounce('Undetermined')),
      'passing 2026-03-08T14:00:05Z',
    ],
    ['a complaint', sesEvent('Complaint', complaint('abuse')), 'complaint 2026-03-08T15:00:00Z'],
    ['a complaint of no kind', sesEvent('Complaint', complaint()), 'complaint 2026-03-08T15:00:00Z'],
    ['a “complaint” that it is no spam', sesEvent('Complaint', complaint('not-spam')), 'ignored'],
    [
      'a virus in it',
      sesEvent('Reject', { reject: { reason: 'Bad content' } }),
      'message 2026-03-08T14:00:01.012Z',
    ],
    ['that it was sent', sesEvent('Send', { send: {} }), 'ignored'],
    ['a delay', sesEvent('DeliveryDelay', { deliveryDelay: { delayType: 'MailboxFull' } }), 'ignored'],
    ['a word it has not used before', sesEvent('Teleported', {}), 'ignored'],
    ['another service’s mail', sesEvent('Delivery', delivery(), ''), 'ignored'],
    ['a tag that is none of ours', sesEvent('Delivery', delivery(), 'invoice-7'), 'ignored'],
    ['by SNS', bySns(sesEvent('Bounce', bounce())), 'permanent 2026-03-08T14:00:05Z'],
    ['by EventBridge', byEventBridge(sesEvent('Bounce', bounce())), 'permanent 2026-03-08T14:00:05Z'],
    [
      'by EventBridge and SNS',
      bySns(byEventBridge(sesEvent('Bounce', bounce()))),
      'permanent 2026-03-08T14:00:05Z',
    ],
    [
      'its trial of a new topic',
      bySns('Successfully validated SNS topic for Amazon SES event publishing.'),
      'ignored',
    ],
  ])('%s: %#', (_what, report, made) => {
    expect(read(report)).toBe(made)
  })
})

describe('End User Messaging', () => {
  test.each([
    ['TEXT_DELIVERED', {}, 'delivered'],
    ['TEXT_INVALID', {}, 'permanent'],
    ['TEXT_INVALID_MESSAGE', {}, 'message'],
    ['TEXT_UNREACHABLE', {}, 'passing'],
    ['TEXT_CARRIER_UNREACHABLE', {}, 'passing'],
    ['TEXT_CARRIER_UNREACHABLE', { isFinal: false }, 'ignored'],
    ['TEXT_BLOCKED', {}, 'permanent'],
    ['TEXT_CARRIER_BLOCKED', {}, 'message'],
    ['TEXT_PROTECT_BLOCKED', {}, 'permanent'],
    ['TEXT_SPAM', {}, 'message'],
    ['TEXT_TTL_EXPIRED', {}, 'passing'],
    ['TEXT_SUCCESSFUL', {}, 'ignored'],
    ['TEXT_SENT', { isFinal: false }, 'ignored'],
    ['TEXT_QUEUED', { isFinal: false }, 'ignored'],
    ['TEXT_UNKNOWN', {}, 'passing'],
    ['VOICE_INITIATED', { isFinal: false }, 'ignored'],
    ['VOICE_ANSWERED', {}, 'ignored'],
    ['VOICE_COMPLETED', {}, 'ignored'],
    ['VOICE_BUSY', {}, 'passing'],
    ['VOICE_NO_ANSWER', {}, 'passing'],
    ['VOICE_FAILED', {}, 'passing'],
    ['TEXT_DELIVERED', { context: undefined }, 'ignored'],
    ['TEXT_DELIVERED', { context: { campaign: '7' } }, 'ignored'],
  ])('%s %o: %s', (eventType, more, made) => {
    const at = made === 'ignored' ? '' : ' 2026-03-08T14:00:06Z'
    const event = textEvent(eventType, more)
    expect([event, bySns(event), byEventBridge(event)].map(read)).toEqual(Array(3).fill(made + at))
  })
})

describe('GOV.UK Notify', () => {
  test.each([
    ['delivered', {}, 'delivered 2026-03-08T14:00:07Z'],
    ['permanent-failure', {}, 'permanent 2026-03-08T14:00:07Z'],
    ['temporary-failure', {}, 'passing 2026-03-08T14:00:07Z'],
    ['technical-failure', {}, 'passing 2026-03-08T14:00:07Z'],
    ['technical-failure', { completed_at: null }, 'passing 2026-03-08T14:00:00Z'],
    ['sending', {}, 'ignored'],
    ['sent', {}, 'ignored'],
    ['delivered', { reference: null }, 'ignored'],
    ['delivered', { reference: 'another service’s' }, 'ignored'],
  ])('%s %o: %s', (status, more, made) => {
    expect(read(callback(status, more))).toBe(made)
  })

  test.each([
    ['of a message of ours', notifyComplaint(), 'complaint 2026-03-08T15:00:00Z'],
    ['of another’s', notifyComplaint('invoice-7'), 'ignored'],
    ['of one without a reference', notifyComplaint(null), 'ignored'],
  ])('a complaint %s', (_, report, made) => {
    expect(read(report)).toBe(made)
  })
})

describe('what is no report is refused, naming the field and never what is in it', () => {
  const person = 'c-person@example.com'
  test.each<[string, unknown, string]>([
    ['no JSON', 'hello', 'report: expected JSON'],
    ['no object', '7', 'report: expected JSON'],
    ['nothing', 'null', 'report: expected JSON'],
    ['SNS around no JSON', bySns('hello'), 'report: expected JSON'],
    ['nobody’s', { to: person }, 'report: expected one of SES, End User Messaging or GOV.UK Notify'],
    ['mail of no kind', { mail: {} }, 'eventType: Invalid input: expected string, received undefined'],
    ['no delivery', sesEvent('Delivery', {}), 'delivery: Invalid input: expected object, received undefined'],
    [
      'no time',
      sesEvent('Delivery', delivery(person)),
      'delivery.timestamp: expected a date and time such as 2026-03-02T10:00:00Z',
    ],
    [
      'a text’s time in words',
      textEvent('TEXT_DELIVERED', { eventTimestamp: person }),
      'eventTimestamp: Invalid input: expected number, received string',
    ],
    [
      'a callback that never began',
      callback('delivered', { created_at: person }),
      'created_at: expected a date and time such as 2026-03-02T10:00:00Z',
    ],
  ])('%s', (_what, report, reason) => {
    const made = readReport(typeof report === 'string' ? report : JSON.stringify(report))
    expect(made).toEqual({ is: 'refused', reason })
  })
})

test('nothing of an address comes out of a report', () => {
  const reports = [
    sesEvent('Delivery', delivery()),
    sesEvent('Bounce', bounce()),
    sesEvent('Complaint', complaint('abuse')),
    textEvent('TEXT_BLOCKED'),
    callback('permanent-failure'),
    notifyComplaint(),
  ]
  for (const report of reports) {
    expect(JSON.stringify(readReport(JSON.stringify(report)))).not.toMatch(/example\.com|7700|550/)
  }
})

describe('every word that a provider documents has its row', () => {
  test('SES: its event types, as its SDK lists them', () => {
    const known = Object.keys(SES_WORDS).map((word) => word.split('/')[0]?.replace(/\s/g, '').toUpperCase())
    const listed = Object.values(MailEventType).map((type) => type.replace('_', ''))
    expect([...new Set(known)].sort()).toEqual(listed.toSorted())
  })

  test('SES: the subtypes of bounces and the feedback of complaints, as its guide lists them', () => {
    const guide = {
      'Bounce/Undetermined': ['Undetermined'],
      'Bounce/Permanent': [
        ...['General', 'NoEmail', 'Suppressed', 'OnAccountSuppressionList', 'OnTenantSuppressionList'],
        ...['EmailValidationSuppressed', 'UnsubscribedRecipient'],
      ],
      'Bounce/Transient': [
        ...['General', 'MailboxFull', 'MessageTooLarge', 'CustomTimeoutExceeded'],
        ...['ContentRejected', 'AttachmentRejected'],
      ],
      Complaint: ['abuse', 'auth-failure', 'fraud', 'not-spam', 'other', 'virus'],
    }
    const listed = Object.entries(guide).flatMap(([type, more]) => [
      type,
      ...more.map((one) => `${type}/${one}`),
    ])
    expect(
      Object.keys(SES_WORDS)
        .filter((word) => /^(Bounce|Complaint)/.test(word))
        .sort(),
    ).toEqual(listed.sort())
  })

  test('End User Messaging: its event types for texts, as its SDK lists them', () => {
    const listed = Object.values(TextEventType).filter((type) => /^TEXT_(?!ALL)/.test(type))
    expect(Object.keys(END_USER_MESSAGING_WORDS).sort()).toEqual(listed.sort())
  })

  test('End User Messaging: its event types for calls, as its SDK lists them', () => {
    const listed = Object.values(TextEventType).filter((type) => /^VOICE_(?!ALL)/.test(type))
    expect(Object.keys(CALL_WORDS).sort()).toEqual(listed.sort())
  })

  test('GOV.UK Notify: its statuses of e-mails and texts, as its documentation lists them', () => {
    const listed = ['created', 'sending', 'pending', 'sent', 'delivered', 'permanent-failure']
    expect(Object.keys(NOTIFY_WORDS).sort()).toEqual(
      [...listed, 'temporary-failure', 'technical-failure', 'validation-failed'].sort(),
    )
  })
})

describe('the kind of a failure, by any word for it', () => {
  test.each([
    ['permanent', 'permanent'],
    ['passing', 'passing'],
    ['message', 'message'],
    ['complaint', 'complaint'],
    ['Permanent', 'permanent'],
    ['Permanent/NoEmail', 'permanent'],
    ['Transient/ContentRejected', 'message'],
    ['Undetermined', 'passing'],
    ['TEXT_INVALID', 'permanent'],
    ['TEXT_UNKNOWN', 'passing'],
    ['permanent-failure', 'permanent'],
    ['bounced', 'permanent'],
    ['delivered', 'passing'],
    ['sending', 'passing'],
    ['constructor', 'passing'],
    ['the line was cut', 'passing'],
    [undefined, 'passing'],
  ])('%s: %s', (word, kind) => {
    expect(failureOf(word)).toBe(kind)
  })
})

describe('reports as providers publish them', () => {
  const reported: { source: string; expect: string; body: unknown }[] = readFileSync(
    new URL('reported.jsonl', import.meta.url),
    'utf8',
  )
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

  test('what became of each', () => {
    const table = reported.map(({ source, body }) => `${source}: ${readReport(JSON.stringify(body)).is}`)
    expect(table).toMatchSnapshot()
  })

  test.each(reported)('$source is no letter to nobody', ({ body, expect: expected }) => {
    const { is } = readReport(JSON.stringify(body))
    if (/^(ignored|delivered)$/.test(expected)) expect(is).toBe(expected)
    if (/^failed/.test(expected)) expect(['permanent', 'passing', 'message', 'ignored']).toContain(is)
  })
})
