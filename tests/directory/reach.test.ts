import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { fold } from '../../shared/casefile/casefile.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { addressKey, kindOf } from '../../shared/casefile/ids.ts'
import type { Role } from '../../shared/casefile/ledger.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import { neighboursFrom } from '../../shared/directory/neighbours.ts'
import { type Candidate, resolve, type Trying } from '../../shared/directory/reach.ts'
import { appointment, contact, event, order, PEOPLE, play, short, type Told } from '../story.ts'

/** How the person of an order was reached, told through a reminder due at 14:00 on Sunday 8 March 2026. */
async function reminded(...changes: Told[]) {
  const lines = await play(
    [...PEOPLE, order(), appointment('2026-03-09T14:00'), ...changes],
    '2026-03-08T15:00',
  )
  const [reminder] = lines.filter((line) => line.step === 'day-before')
  return (
    reminder && `${reminder.channel ?? '-'} ${reminder.address ?? '-'} ${reminder.reason ?? reminder.outcome}`
  )
}

const person = (more: Record<string, unknown>) => contact('C-PERSON', more, '2026-02-01T00:00')
const optedOut = (channel: string) =>
  event('2026-02-02T00:00', 'contact.opted-out', { contactId: 'C-PERSON', channel })

describe('how a person is reached', () => {
  const email = 'alex@example.com'
  const mobile = '07700 900001'
  test.each<[string, Told[], string]>([
    ['by e-mail', [person({ email })], 'email alex@example.com sent'],
    ['by text where they prefer it', [person({ email, mobile, prefers: 'sms' })], 'sms +447700900001 sent'],
    ['by text where there is no e-mail', [person({ email: undefined, mobile })], 'sms +447700900001 sent'],
    [
      'by e-mail where they prefer a text and the number cannot be one',
      [person({ email, mobile: '123', prefers: 'sms' })],
      'email alex@example.com sent',
    ],
    [
      'by text once e-mail is opted out of',
      [person({ email, mobile }), optedOut('email')],
      'sms +447700900001 sent',
    ],
    ['not at all once everything is', [person({ email, mobile }), optedOut('all')], '- - opted-out'],
    [
      'again once they opt back in',
      [
        person({ email }),
        optedOut('all'),
        event('2026-02-03T00:00', 'contact.opted-in', { contactId: 'C-PERSON', channel: 'email' }),
      ],
      'email alex@example.com sent',
    ],
    [
      'not where they are known a second time at that address, which a worker said not to use',
      [
        person({ name: 'Jo Bloggs', email }),
        contact('C-AGAIN', { name: 'Jo Bloggs', email, doNotMessage: true }),
      ],
      '- - opted-out',
    ],
    [
      'not where they are known a second time at that address, and opted out under that name',
      [
        person({ name: 'Jo Bloggs', email: undefined, mobile }),
        contact('C-AGAIN', { name: 'Jo Bloggs', email: undefined, mobile }),
        event('2026-02-02T00:00', 'contact.opted-out', { contactId: 'C-AGAIN', channel: 'sms' }),
      ],
      '- - opted-out',
    ],
    ['not at an address that is none', [person({ email: 'not an address' })], '- - no-usable-address'],
    [
      'not at an address of which its reader said that they are somebody else',
      [
        person({ email }),
        event('2026-02-02T00:00', 'contact.disowned', { contactId: 'C-PERSON', channel: 'email' }),
      ],
      '- - not-theirs',
    ],
    [
      'by text where it is the e-mail of which that was said',
      [
        person({ email, mobile }),
        event('2026-02-02T00:00', 'contact.disowned', { contactId: 'C-PERSON', channel: 'email' }),
      ],
      'sms +447700900001 sent',
    ],
    ['not where a worker said not to', [person({ email, doNotMessage: true })], '- - do-not-message'],
    [
      'not at an address that is somebody else’s too',
      [person({ email }), contact('C-OTHER', { email: 'Alex@example.com' })],
      '- - address-shared',
    ],
    [
      'by the other channel where one is shared',
      [person({ email, mobile }), contact('C-OTHER', { mobile }), contact('C-ANOTHER', { email })].slice(
        0,
        2,
      ),
      'email alex@example.com sent',
    ],
    [
      'at an address that somebody else has given up',
      [
        person({ email }),
        contact('C-OTHER', { email }),
        contact('C-OTHER', { email: 'other@example.com' }, '2026-02-05T00:00'),
      ],
      'email alex@example.com sent',
    ],
    [
      'at an address entered twice for the same person',
      [person({ email }), contact('C-OTHER', { email, name: 'Name of C-PERSON' })],
      'email alex@example.com sent',
    ],
  ])('%s', async (_, changes, expected) => {
    expect(await reminded(...changes)).toBe(expected)
  })
})

describe('who stands in', () => {
  const away = (contactId: string, coverContactId?: string) =>
    contact(
      contactId,
      { absent: [{ from: '2026-03-02', to: '2026-03-20', coverContactId }] },
      '2026-02-01T00:00',
    )
  const firstMeeting = async (...changes: Told[]) => {
    const lines = await play([...PEOPLE, order(), ...changes], '2026-03-02T12:00')
    return lines.filter((line) => line.duty === 'TWM-01').map(short)
  }

  test('an absent worker’s cover', async () => {
    expect(await firstMeeting(away('C-OM', 'C-COVER'), contact('C-COVER'))).toEqual([
      '2026-03-02 09:00 first-meeting offender-manager C-COVER',
    ])
  })

  test('the cover’s own cover, when they are away as well', async () => {
    const covers = [away('C-OM', 'C-COVER'), away('C-COVER', 'C-SECOND'), contact('C-SECOND')]
    expect(await firstMeeting(...covers)).toEqual([
      '2026-03-02 09:00 first-meeting offender-manager C-SECOND',
    ])
  })

  test('the probation office, when nobody covers', async () => {
    expect(await firstMeeting(away('C-OM'))).toEqual([
      '2026-03-02 09:00 first-meeting probation-office C-OFFICE',
    ])
  })

  test('two who cover for each other and are both away end with the probation office', async () => {
    expect(await firstMeeting(away('C-OM', 'C-COVER'), away('C-COVER', 'C-OM'))).toEqual([
      '2026-03-02 09:00 first-meeting probation-office C-OFFICE',
    ])
  })

  const whoHearsOfMove = async (made: Told, ...changes: Told[]) => {
    const move = { orderId: 'O-1', appointmentId: 'A-1', startsAt: '2026-03-13T14:00', by: 'C-CM' }
    const events = [
      appointment('2026-03-11T14:00'),
      event('2026-03-09T10:00', 'appointment.rearranged', move),
    ]
    const lines = await play([...PEOPLE, made, ...events, ...changes], '2026-03-09T12:00')
    return lines.filter((line) => line.duty === 'ATR-08' && line.role !== 'person').map(short)
  }

  test('the probation office as duty officer, where the order names none', async () => {
    expect(await whoHearsOfMove(order({ dutyOfficer: undefined }), away('C-OM'))).toEqual([
      '2026-03-09 10:00 moved duty-officer C-OFFICE',
    ])
  })

  test('the probation office, when the duty officer is away as well', async () => {
    expect(await whoHearsOfMove(order(), away('C-OM'), away('C-DUTY'))).toEqual([
      '2026-03-09 10:00 moved probation-office C-OFFICE',
    ])
  })
})

/** Who of these is told at noon of Monday 9 March 2026, and how, and why those before them are not. */
function resolved(candidates: readonly Candidate[], told: readonly Told[], trying: Trying = {}) {
  const events = told.map((one): DomainEvent => {
    const reading = readEvent(JSON.stringify(one), Number.MAX_SAFE_INTEGER)
    if (reading.is !== 'event') throw new Error(JSON.stringify(reading))
    return reading.event
  })
  const routed = events.flatMap((one) => casefilesOf(one).map((id) => ({ id, one })))
  const known = [...Map.groupBy(routed, ({ id }) => id)].map(
    ([id, some]) =>
      [
        id,
        fold(
          kindOf(id),
          some.map(({ one }) => one),
        ),
      ] as const,
  )
  const now = londonTime('2026-03-09', '12:00')
  const found = resolve(candidates, neighboursFrom(new Map(known)), trying, now)
  const misses = found.misses.map(({ contactId, reason }) => `${contactId} ${reason}`)
  if (found.is === 'nobody') return misses
  const ways = found.reaches.map(({ channel }) => channel).join(' ')
  return [...misses, `${found.to.contactId} ${ways}`]
}

describe('an absence', () => {
  const worker = { contactId: 'C-1', role: 'worker' } as const
  const away = (from: string, to: string, coverContactId?: string) => [
    contact('C-1', { absent: [{ from, to, coverContactId }] }),
    contact('C-2'),
  ]
  test.each<[string, Candidate, Told[], string[]]>([
    ['that begins tomorrow is none yet', worker, away('2026-03-10', '2026-03-20'), ['C-1 email']],
    ['begins on its first day', worker, away('2026-03-09', '2026-03-20'), ['C-1 absent']],
    ['lasts until the end of its last', worker, away('2026-03-02', '2026-03-09'), ['C-1 absent']],
    ['is over the day after', worker, away('2026-03-02', '2026-03-08'), ['C-1 email']],
    [
      'counts on the day on which somebody has to be there',
      { ...worker, on: '2026-03-10' },
      away('2026-03-10', '2026-03-10'),
      ['C-1 absent'],
    ],
    [
      'is made good by cover where the row says so',
      { ...worker, covered: true },
      away('2026-03-09', '2026-03-09', 'C-2'),
      ['C-1 absent', 'C-2 email'],
    ],
    ['and only there', worker, away('2026-03-09', '2026-03-09', 'C-2'), ['C-1 absent']],
    [
      'and only where there is any',
      { ...worker, covered: true },
      away('2026-03-09', '2026-03-09'),
      ['C-1 absent'],
    ],
    [
      'is a worker’s: a person who is away reads what concerns them',
      { contactId: 'C-1', role: 'person' },
      away('2026-03-09', '2026-03-09'),
      ['C-1 email'],
    ],
    [
      'and so does the holder of a clearance',
      { contactId: 'C-1', role: 'holder' },
      away('2026-03-09', '2026-03-09'),
      ['C-1 email'],
    ],
  ])('%s', (_, candidate, told, expected) => {
    expect(resolved([candidate], told)).toEqual(expected)
  })
})

describe('an address', () => {
  const shared = [
    contact('C-1', { email: 'team@example.com' }),
    contact('C-2', { email: 'team@example.com' }),
  ]
  test.each<[Role, string]>([
    ['person', 'C-1 address-shared'],
    ['holder', 'C-1 address-shared'],
    ['meeter', 'C-1 address-shared'],
    ['worker', 'C-1 email'],
    ['governor', 'C-1 email'],
  ])('that others read is used for a %s: %s', (role, expected) => {
    expect(resolved([{ contactId: 'C-1', role }], shared)).toEqual([expected])
  })

  const complained = event('2026-03-02T10:00', 'address.failed', {
    noticeId: 'order_O-1_ATR-10_what-next_2026-03-02_offender-manager',
    address: addressKey('c-1@example.com'),
    reason: 'complaint',
  })
  test.each<[Role, string]>([
    ['person', 'C-1 no-usable-address'],
    ['worker', 'C-1 no-usable-address'],
    ['probation-office', 'C-1 email'],
    ['duty-officer', 'C-1 email'],
    ['vetting-contact', 'C-1 email'],
  ])('from which somebody complained is used for a %s: %s', (role, expected) => {
    expect(resolved([{ contactId: 'C-1', role }], [contact('C-1'), complained])).toEqual([expected])
  })

  const both = [contact('C-1', { mobile: '07700 900001' })]
  test('a worker who must be rung is rung at the number of the text, and nobody at an e-mail address', () => {
    const rung = { isRung: true }
    expect(resolved([{ contactId: 'C-1', role: 'duty-officer' }], both, rung)).toEqual(['C-1 email sms call'])
    expect(resolved([{ contactId: 'C-1', role: 'duty-officer' }], [contact('C-1')], rung)).toEqual([
      'C-1 email',
    ])
    expect(resolved([{ contactId: 'C-1', role: 'duty-officer' }], both)).toEqual(['C-1 email sms'])
  })
})

test('who was asked to meet somebody and has died, or is in prison, is asked nothing', () => {
  const inPrison = order({ person: 'C-1', inCustody: true })
  expect(resolved([{ contactId: 'C-1', role: 'meeter' }], [contact('C-1'), inPrison])).toEqual([
    'C-1 no-usable-address',
  ])
  expect(resolved([{ contactId: 'C-1', role: 'person' }], [contact('C-1'), inPrison])).toEqual(['C-1 email'])
})
