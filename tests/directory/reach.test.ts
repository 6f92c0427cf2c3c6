import { describe, expect, test } from 'vitest'
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
      'not where they are known a second time at that address, and opted out under that name',
      [
        person({ name: 'Jo Bloggs', email: undefined, mobile }),
        contact('C-AGAIN', { name: 'Jo Bloggs', email: undefined, mobile }),
        event('2026-02-02T00:00', 'contact.opted-out', { contactId: 'C-AGAIN', channel: 'sms' }),
      ],
      '- - opted-out',
    ],
    ['not at an address that is none', [person({ email: 'not an address' })], '- - no-usable-address'],
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
