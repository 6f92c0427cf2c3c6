import { describe, expect, test } from 'vitest'
import { writeInstant } from '../../shared/calendar/london.ts'
import { readReport } from '../../shared/channels/reports.ts'
import {
  bounce,
  byEventBridge,
  bySns,
  callback,
  complaint,
  delivery,
  sesEvent,
  textEvent,
} from '../receipts/samples.ts'

/** `failed bounced 2026-03-08T14:00:05Z`: what was made of a report, in a line. */
function read(report: unknown): string {
  const made = readReport(typeof report === 'string' ? report : JSON.stringify(report))
  const at = 'at' in made ? writeInstant(made.at) : undefined
  const reason = 'reason' in made ? made.reason : undefined
  const channel = 'channel' in made ? made.channel : undefined
  return [made.is, reason, channel, at].filter(Boolean).join(' ')
}

describe('SES', () => {
  test.each<[string, unknown, string]>([
    ['a delivery', sesEvent('Delivery', delivery()), 'delivered 2026-03-08T14:00:04.2Z'],
    ['a permanent bounce', sesEvent('Bounce', bounce()), 'failed bounced 2026-03-08T14:00:05Z'],
    [
      'a bounce of a full mailbox',
      sesEvent('Bounce', bounce('Transient')),
      'failed unreachable 2026-03-08T14:00:05Z',
    ],
    [
      'a bounce nobody can explain',
      sesEvent('Bounce', bounce('Undetermined')),
      'failed unreachable 2026-03-08T14:00:05Z',
    ],
    ['a complaint', sesEvent('Complaint', complaint('abuse')), 'unwanted email 2026-03-08T15:00:00Z'],
    ['a complaint of no kind', sesEvent('Complaint', complaint()), 'unwanted email 2026-03-08T15:00:00Z'],
    ['a “complaint” that it is no spam', sesEvent('Complaint', complaint('not-spam')), 'ignored'],
    [
      'a virus in it',
      sesEvent('Reject', { reject: { reason: 'Bad content' } }),
      'failed message-refused 2026-03-08T14:00:01.012Z',
    ],
    ['that it was sent', sesEvent('Send', { send: {} }), 'ignored'],
    ['a delay', sesEvent('DeliveryDelay', { deliveryDelay: { delayType: 'MailboxFull' } }), 'ignored'],
    ['a word it has not used before', sesEvent('Teleported', {}), 'ignored'],
    ['another service’s mail', sesEvent('Delivery', delivery(), ''), 'ignored'],
    ['a tag that is none of ours', sesEvent('Delivery', delivery(), 'invoice-7'), 'ignored'],
    ['by SNS', bySns(sesEvent('Bounce', bounce())), 'failed bounced 2026-03-08T14:00:05Z'],
    ['by EventBridge', byEventBridge(sesEvent('Bounce', bounce())), 'failed bounced 2026-03-08T14:00:05Z'],
    [
      'by EventBridge and SNS',
      bySns(byEventBridge(sesEvent('Bounce', bounce()))),
      'failed bounced 2026-03-08T14:00:05Z',
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
    ['TEXT_INVALID', {}, 'failed bounced'],
    ['TEXT_INVALID_MESSAGE', {}, 'failed message-refused'],
    ['TEXT_UNREACHABLE', {}, 'failed unreachable'],
    ['TEXT_CARRIER_UNREACHABLE', {}, 'failed unreachable'],
    ['TEXT_CARRIER_UNREACHABLE', { isFinal: false }, 'ignored'],
    ['TEXT_BLOCKED', {}, 'failed blocked'],
    ['TEXT_CARRIER_BLOCKED', {}, 'failed blocked'],
    ['TEXT_PROTECT_BLOCKED', {}, 'failed blocked'],
    ['TEXT_SPAM', {}, 'failed blocked'],
    ['TEXT_TTL_EXPIRED', {}, 'failed unreachable'],
    ['TEXT_SUCCESSFUL', {}, 'ignored'],
    ['TEXT_SENT', { isFinal: false }, 'ignored'],
    ['TEXT_QUEUED', { isFinal: false }, 'ignored'],
    ['TEXT_UNKNOWN', {}, 'ignored'],
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
    ['permanent-failure', {}, 'failed bounced 2026-03-08T14:00:07Z'],
    ['temporary-failure', {}, 'failed unreachable 2026-03-08T14:00:07Z'],
    ['technical-failure', {}, 'failed technical-failure 2026-03-08T14:00:07Z'],
    ['technical-failure', { completed_at: null }, 'failed technical-failure 2026-03-08T14:00:00Z'],
    ['sending', {}, 'ignored'],
    ['sent', {}, 'ignored'],
    ['delivered', { reference: null }, 'ignored'],
    ['delivered', { reference: 'another service’s' }, 'ignored'],
  ])('%s %o: %s', (status, more, made) => {
    expect(read(callback(status, more))).toBe(made)
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
  ]
  for (const report of reports) {
    expect(JSON.stringify(readReport(JSON.stringify(report)))).not.toMatch(/example\.com|7700|550/)
  }
})
