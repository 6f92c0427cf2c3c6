import { describe, expect, test } from 'vitest'
import { appointment, contact, event, order, play, short, type Told, told } from '../story.ts'

/** One person in several casefiles: what is learnt in one of them holds in all, in whatever order it is learnt. */

const identified = (...identifiers: [string, string][]) => ({
  personReference: { identifiers: identifiers.map(([type, value]) => ({ type, value })) },
})
const CRN: [string, string] = ['CRN', 'X900001']
const NOMS: [string, string] = ['NOMS', 'A9001AA']
const people = [
  'C-PERSON',
  'C-OM',
  'C-CM',
  'C-OFFICE',
  'C-PROVIDER',
  'C-DUTY',
  'C-GOV',
  'C-KEY',
  'C-DAY',
].map((id) => contact(id, id === 'C-OFFICE' ? { phone: '01632 960001' } : {}))
const made = { ...order(), ...identified(CRN, NOMS) }
const booked = appointment('2026-03-20T14:00')
const prison = event('2026-01-01T00:00', 'prison.updated', {
  prisonId: 'QAL',
  name: 'HMP A',
  governor: 'C-GOV',
})
const cleared = event('2026-02-01T10:00', 'clearance.confirmed', {
  ...{ clearanceId: 'CL-1', prisonId: 'QAL', holder: 'C-PERSON', organisationId: 'AA' },
  ...{ confirmedOn: '2026-02-01', expiresOn: '2026-04-30' },
})
const died = (at: string, more: Record<string, unknown> = {}, who = CRN): Told => ({
  ...event(at, 'person.died', more, identified(who)),
  eventId: `died/${at}`,
})
const movement = (at: string, kind: 'received' | 'released', info: Record<string, unknown>): Told => {
  const eventType = `prison-offender-events.prisoner.${kind}`
  const additionalInformation = { nomsNumber: NOMS[1], prisonId: 'QAL', ...info }
  return { ...event(at, 'x', additionalInformation, identified(NOMS)), eventType, eventId: `${kind}/${at}` }
}
const received = (at: string, reason = 'ADMISSION') => movement(at, 'received', { reason })
const released = (at: string) =>
  movement(at, 'released', { reason: 'RELEASED', nomisMovementReasonCode: 'CR' })

const UNTIL = '2026-06-01T00:00:00Z'
const after = async (story: readonly Told[], at: string) =>
  (await play(story, UNTIL)).filter((line) => line.at > at).map((line) => `${line.duty} ${short(line)}`)

describe('death', () => {
  const told1 = [
    'DEATH-01 2026-03-10 10:00 told case-manager C-CM',
    'DEATH-01 2026-03-10 10:00 told offender-manager C-OM',
  ]
  const stories: [string, Told[]][] = [
    ['told by the CRN', [made, booked, cleared, died('2026-03-10T10:00')]],
    ['told by the prison number', [made, booked, cleared, died('2026-03-10T10:00', {}, NOMS)]],
    [
      'told by the end of another order',
      [
        ...[made, booked, cleared, { ...order({ orderId: 'O-2' }), ...identified(CRN) }],
        event('2026-03-10T10:00', 'order.ended', { orderId: 'O-2', endedOn: '2026-03-10', reason: 'died' }),
      ],
    ],
    [
      'said by the prison',
      [
        ...[made, booked, cleared],
        movement('2026-03-10T10:00', 'released', { reason: 'RELEASED', nomisMovementReasonCode: 'DEC' }),
      ],
    ],
    [
      'told before the order reaches us',
      [
        ...[cleared, died('2026-03-10T10:00')],
        ...[made, booked].map((one) => ({ ...one, receivedAt: '2026-03-10T10:00' })),
      ],
    ],
  ]
  test.each(stories)(
    '%s: nobody is told anything more, and the lead workers not to ring',
    async (_, story) => {
      const lines = await after([...people, prison, ...story], '2026-03-10T09:59:59Z')
      expect(lines.filter((line) => !line.includes('skipped'))).toEqual(told1)
    },
  )

  test('withdrawn, everything resumes', async () => {
    const story = [
      ...people,
      made,
      booked,
      died('2026-03-10T10:00'),
      died('2026-03-11T10:00', { withdrawn: true }),
    ]
    expect(await told('ATR-01 day-before', story, UNTIL)).toEqual([
      '2026-03-19 14:00 day-before person C-PERSON',
    ])
  })

  const stop = (contactId: string, address: string) =>
    event('2026-03-05T10:00', 'contact.opted-out', { contactId, channel: 'sms', address })
  test.each<[string, Record<string, unknown>, string[]]>([
    [
      'by e-mail, though they would rather have a text',
      { prefers: 'sms' },
      ['2026-03-10 10:00 told case-manager C-CM', '2026-03-10 10:00 told offender-manager C-OM'],
    ],
    [
      'nowhere else: the probation office hears it',
      { email: undefined },
      ['2026-03-10 10:00 told case-manager C-CM', '2026-03-10 10:00 told probation-office C-OFFICE'],
    ],
  ])('a worker who said STOP hears of it %s', async (_, more, expected) => {
    const mobile = '+447700900001'
    const worker = contact('C-OM', { mobile, ...more }, '2026-01-02T00:00')
    const story = [...people, worker, stop('C-OM', mobile), made, died('2026-03-10T10:00')]
    const lines = (await play(story, UNTIL)).filter(({ duty }) => duty === 'DEATH-01')
    expect(lines.map(short)).toEqual(expected)
    expect(lines.map(({ channel }) => channel)).toEqual(['email', 'email'])
  })

  test('the message names the office to ring, and no cause', async () => {
    const lines = await play([...people, made, died('2026-03-10T10:00')], UNTIL)
    const text = lines.find(({ duty }) => duty === 'DEATH-01')?.text
    expect(text).toContain('Please contact neither them nor their family. Ring Name of C-OFFICE on')
  })
})

describe('custody', () => {
  test('the workers of an open order hear of it; the reminder is skipped, and one call asked for', async () => {
    const story = [...people, made, booked, received('2026-03-12T17:30')]
    expect(await told('CUST-01', story, UNTIL)).toEqual([
      '2026-03-12 17:30 received case-manager C-CM',
      '2026-03-12 17:30 ring-prison offender-manager C-OM',
    ])
    expect(await told('ATR-01 day-before', story, UNTIL)).toEqual([
      '2026-03-19 14:00 day-before person C-PERSON skipped: in-custody',
    ])
    const rung = await told('ATR-01 ring-them', story, UNTIL)
    expect(rung.filter((line) => !line.endsWith('skipped: in-custody'))).toEqual([
      '2026-03-19 09:00 ring-them case-manager C-CM',
    ])
  })

  test('released home before the reminder is due: it is given', async () => {
    const story = [...people, made, booked, received('2026-03-12T17:30'), released('2026-03-16T09:00')]
    expect(await told('ATR-01 day-before', story, UNTIL)).toEqual([
      '2026-03-19 14:00 day-before person C-PERSON',
    ])
  })

  test('records that were merged, and a stay before the order was made, are no news', async () => {
    const story = [
      ...people,
      received('2026-02-01T10:00'),
      made,
      received('2026-03-12T17:30', 'POST_MERGE_ADMISSION'),
    ]
    expect(await told('CUST-01', story, UNTIL)).toEqual([])
  })

  test('the variation that says they are out ends it', async () => {
    const out = event('2026-03-13T10:00', 'order.varied', { orderId: 'O-1', inCustody: false })
    const story = [...people, made, booked, received('2026-03-12T17:30'), out]
    expect(await told('ATR-01 day-before', story, UNTIL)).toEqual([
      '2026-03-19 14:00 day-before person C-PERSON',
    ])
  })
})
