import { describe, expect, test } from 'vitest'
import { contact, event, order, PEOPLE, play, type Told, told } from '../../story.ts'

const UNTIL = '2026-04-01T00:00:00Z'
const changed = (by: string, at = '2026-03-10T10:00'): Told =>
  event(at, 'risk.changed', { orderId: 'O-1', by })
const known = (at: string, by: string): Told => event(at, 'risk.acknowledged', { orderId: 'O-1', by })
const of = (...story: Told[]) => told('FAX-06', [...PEOPLE, order(), ...story], UNTIL)

const TO_BOTH = [
  '2026-03-10 10:00 changed case-manager C-CM',
  '2026-03-10 10:00 changed offender-manager C-OM',
]

describe('FAX-06: a change in risk is known to all who work with the person', () => {
  test.each<[string, Told[], string[]]>([
    [
      'the offender manager says it: the case manager hears, and the provider manager that they have not seen it',
      [changed('C-OM')],
      [
        '2026-03-10 10:00 changed case-manager C-CM',
        '2026-03-10 12:00 unseen provider-manager C-PROVIDER',
        '2026-03-11 09:00 unseen provider-manager C-PROVIDER',
      ],
    ],
    [
      'the case manager says it: the offender manager hears, and the probation office that they have not seen it',
      [changed('C-CM')],
      [
        '2026-03-10 10:00 changed offender-manager C-OM',
        '2026-03-10 12:00 unseen probation-office C-OFFICE',
        '2026-03-11 09:00 unseen probation-office C-OFFICE',
      ],
    ],
    [
      'somebody else says it: both hear, and one of them who has seen it does not answer for the other',
      [changed('C-DUTY'), known('2026-03-10T11:00', 'C-OM')],
      [
        ...TO_BOTH,
        '2026-03-10 12:00 unseen provider-manager C-PROVIDER',
        '2026-03-11 09:00 unseen provider-manager C-PROVIDER',
      ],
    ],
    [
      'both have seen it',
      [changed('C-DUTY'), known('2026-03-10T11:00', 'C-OM'), known('2026-03-10T11:30', 'C-CM')],
      TO_BOTH,
    ],
    [
      'the offender manager is absent: the duty officer hears, and may say so',
      [
        contact('C-OM', { absent: [{ from: '2026-03-09', to: '2026-03-13' }] }, '2026-01-02T00:00'),
        changed('C-CM'),
        known('2026-03-10T11:00', 'C-DUTY'),
      ],
      ['2026-03-10 10:00 changed duty-officer C-DUTY'],
    ],
    [
      'at night and at a weekend too',
      [changed('C-CM', '2026-03-14T23:10'), known('2026-03-15T00:30', 'C-OM')],
      ['2026-03-14 23:10 changed offender-manager C-OM'],
    ],
  ])('%s', async (_, story, expected) => {
    expect(await of(...story)).toEqual(expected)
  })

  test('a flag and a number to ring, never the substance', async () => {
    const ring = contact('C-CM', { phone: '01632 960003' }, '2026-01-02T00:00')
    const [line] = (await play([...PEOPLE, ring, order(), changed('C-CM')], UNTIL)).filter(
      ({ duty }) => duty === 'FAX-06',
    )
    expect(line?.text).toContain(
      'How is not written here.\n\nPlease ring 01632 960003, then say that you know:',
    )
  })
})
