import { describe, expect, test } from 'vitest'
import { contact, event, order, PEOPLE, type Told, told } from '../../story.ts'

const MOBILE = '+447700900005'
const CASE_MANAGER = contact('C-CM', { mobile: MOBILE }, '2026-01-02T00:00')
const says = (type: 'opted-out' | 'opted-in', at: string, contactId: string, more = {}) =>
  event(at, `contact.${type}`, { contactId, channel: 'sms', address: MOBILE, ...more })
const stop = (contactId: string, more = {}) => says('opted-out', '2026-03-10T10:00', contactId, more)
const linesOf = (...events: Told[]) =>
  told('ATR-01 stopped', [...PEOPLE, CASE_MANAGER, order(), ...events], '2026-06-01T00:00')

describe('ATR-01: a worker’s office learns that they said STOP', () => {
  test.each<[string, Told[], string[]]>([
    ['at once, once', [stop('C-CM')], ['2026-03-10 10:00 stopped probation-office C-OFFICE']],
    ['not of the person on the order, whose worker rings', [stop('C-PERSON')], []],
    ['not of what staff entered of them', [stop('C-CM', { address: undefined })], []],
    ['not of the office itself', [stop('C-OFFICE')], []],
    [
      'not once the order is over',
      [
        event('2026-03-09T09:00', 'order.ended', {
          orderId: 'O-1',
          endedOn: '2026-03-09',
          reason: 'completed',
        }),
        stop('C-CM'),
      ],
      [],
    ],
    [
      'not where START had come since by the time we heard',
      [
        { ...stop('C-CM'), receivedAt: '2026-03-10T12:00:00Z' },
        { ...says('opted-in', '2026-03-10T10:05', 'C-CM'), receivedAt: '2026-03-10T12:00:00Z' },
      ],
      [],
    ],
    [
      'again, when they say it again after START',
      [
        stop('C-CM'),
        says('opted-in', '2026-03-11T10:00', 'C-CM'),
        says('opted-out', '2026-03-12T10:00', 'C-CM'),
      ],
      [
        '2026-03-10 10:00 stopped probation-office C-OFFICE',
        '2026-03-12 10:00 stopped probation-office C-OFFICE',
      ],
    ],
  ])('%s', async (_, events, lines) => {
    expect(await linesOf(...events)).toEqual(lines)
  })
})
