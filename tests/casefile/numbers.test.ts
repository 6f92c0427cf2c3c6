import { describe, expect, test } from 'vitest'
import { intake } from '../../functions/intake/intake.ts'
import { fold } from '../../shared/casefile/casefile.ts'
import { casefileId, personKey } from '../../shared/casefile/ids.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { contact, event, order, PEOPLE, play, short, type Told } from '../story.ts'

/** A person under two numbers, and what is planned from who they are alone. */

const UNTIL = '2026-06-01T00:00:00Z'
const OLD = 'A9001AA'
const NEW = 'A9002AA'
const under = (noms: string, told: Told): Told => ({
  ...told,
  eventId: `${told.eventId}/${noms}`,
  personReference: { identifiers: [{ type: 'NOMS', value: noms }] },
})
const movement = (at: string, kind: string, nomsNumber: string, info: Record<string, unknown>): Told => ({
  ...event(at, 'x', { nomsNumber, ...info }),
  eventType: `prison-offender-events.prisoner.${kind}`,
  eventId: `${kind}/${nomsNumber}/${at}`,
})
const merged = (at: string) => movement(at, 'merged', NEW, { removedNomsNumber: OLD, reason: 'MERGE' })
const home = (at: string, noms: string) =>
  movement(at, 'released', noms, { reason: 'RELEASED', nomisMovementReasonCode: 'CR', prisonId: 'QAL' })
const planned = (more: Record<string, unknown> = {}, at = '2026-02-02T10:00') =>
  event(at, 'release.planned', {
    ...{ releaseId: 'R-1', area: 'NORTH', releaseOn: '2026-03-11', gateTime: '09:00', initials: 'JW' },
    ...{ dutyOfficer: 'C-DUTY', keyWorker: 'C-KEY', prisonId: 'QAL', prescribed: false },
    ...more,
  })
const accepts = (at: string) => event(at, 'gate-meeting.accepted', { releaseId: 'R-1', by: 'C-KEY' })
const around = [
  ...PEOPLE,
  contact('C-KEY'),
  event('2026-01-01T00:00', 'prison.updated', {
    ...{ prisonId: 'QAL', name: 'HMP Alderley', governor: 'C-GOV', phone: '01632 960002' },
  }),
]
const linesOf = async (story: readonly Told[]) => await play([...around, ...story], UNTIL)
const gate = (lines: Awaited<ReturnType<typeof linesOf>>) =>
  lines
    .filter(({ duty, outcome }) => /^GATE-(01|02|08|29)/.test(duty) && outcome === 'sent')
    .map((line) => `${line.duty} ${short(line)}`)

describe('two numbers turn out to be one person’s', () => {
  const before = [under(OLD, planned()), under(OLD, accepts('2026-03-08T10:00'))]
  const unmerged = [...before, home('2026-03-11T08:10', OLD)]

  test('what was planned under the old number goes on under the new, and nothing is told again', async () => {
    const expected = gate(await linesOf(unmerged))
    expect(expected).toContain('GATE-08 2026-03-11 08:10 out-now key-worker C-KEY')
    const stories: Told[][] = [
      [...before, merged('2026-03-05T10:00'), home('2026-03-11T08:10', NEW)],
      // The plan is sent once more, under the new number.
      [
        ...before,
        merged('2026-03-05T10:00'),
        under(NEW, planned({}, '2026-03-06T10:00')),
        home('2026-03-11T08:10', NEW),
      ],
      // Somebody accepts under the new one.
      [
        under(OLD, planned()),
        merged('2026-03-05T10:00'),
        under(NEW, accepts('2026-03-08T10:00')),
        home('2026-03-11T08:10', NEW),
      ],
      // The merge is learnt last.
      [
        ...before,
        { ...merged('2026-03-05T10:00'), receivedAt: '2026-03-11T08:30' },
        home('2026-03-11T08:10', NEW),
      ],
    ]
    for (const story of stories) {
      const lines = gate(await linesOf(story))
      expect(lines.map((line) => line.replace('08:30', '08:10'))).toEqual(expected)
    }
  })

  test('a plan moved under the new number is told to those who were asked under the old', async () => {
    const moved = event('2026-03-09T10:00', 'release.moved', {
      ...{ releaseId: 'R-1', area: 'NORTH', releaseOn: '2026-03-12' },
    })
    const lines = gate(await linesOf([...before, merged('2026-03-05T10:00'), under(NEW, moved)]))
    expect(lines).toContain('GATE-29 2026-03-09 10:00 moved key-worker C-KEY')
  })
})

describe('GATE-12: somebody comes out of prison, and nothing was planned', () => {
  const made = under(OLD, order())
  const told12 = async (story: readonly Told[]) =>
    (await linesOf(story)).filter(({ duty }) => duty === 'GATE-12').map(short)

  test('the offender manager of their open order hears at once, and again after two hours', async () => {
    const lines = (await linesOf([made, home('2026-03-11T08:10', OLD)])).filter(
      ({ duty }) => duty === 'GATE-12',
    )
    expect(lines.map(short)).toEqual([
      '2026-03-11 08:10 unplanned offender-manager C-OM',
      '2026-03-11 10:10 unplanned offender-manager C-OM',
    ])
    expect(lines[0]?.text).toContain(
      'prescription, records to the doctor, accommodation, money, take-home kit',
    )
    expect(lines[0]?.text).toContain('HMP Alderley, on 01632 960002')
  })

  test('the number by which the prison knows them is found by the CRN, or by a merge', async () => {
    const byCrn = {
      ...order(),
      personReference: {
        identifiers: [
          { type: 'CRN', value: 'X900001' },
          { type: 'NOMS', value: OLD },
        ],
      },
    }
    expect(await told12([byCrn, home('2026-03-11T08:10', OLD)])).toHaveLength(2)
    expect(await told12([made, merged('2026-03-05T10:00'), home('2026-03-11T08:10', NEW)])).toHaveLength(2)
  })

  test.each<[string, Told[]]>([
    ['a release was planned for them', [made, under(OLD, planned()), home('2026-03-11T08:10', OLD)]],
    [
      'it was planned under their other number',
      [made, under(NEW, planned()), merged('2026-03-05T10:00'), home('2026-03-11T08:10', OLD)],
    ],
    ['they have no order', [home('2026-03-11T08:10', OLD)]],
    [
      'their order has ended',
      [
        made,
        event('2026-03-04T10:00', 'order.ended', {
          orderId: 'O-1',
          endedOn: '2026-03-04',
          reason: 'revoked',
        }),
        home('2026-03-11T08:10', OLD),
      ],
    ],
    [
      'they went to court',
      [made, movement('2026-03-11T08:10', 'released', OLD, { reason: 'SENT_TO_COURT', prisonId: 'QAL' })],
    ],
  ])('not when %s', async (_, story) => {
    const sent = (await linesOf(story)).filter(({ duty, to }) => duty === 'GATE-12' && to === 'C-OM')
    expect(sent).toEqual([])
  })

  test('an order that is made a day later is told nothing of a morning gone by', async () => {
    const late = { ...made, receivedAt: '2026-03-13T09:00' }
    const lines = (await linesOf([late, home('2026-03-11T08:10', OLD)])).filter(
      ({ duty }) => duty === 'GATE-12',
    )
    expect(lines.filter(({ outcome }) => outcome === 'sent')).toEqual([])
  })
})

describe('a death that no casefile has heard of', () => {
  test('is accepted once, kept, and handed to what joins later', async () => {
    const store = sqliteStore(':memory:')
    const ports = { store, queue: { send: async () => {} }, now: () => Date.parse('2026-03-10T12:00:00Z') }
    const died = JSON.stringify(under(OLD, event('2026-03-10T10:00', 'person.died', {})))
    expect((await intake(died, ports)).is).toBe('accepted')
    expect((await intake(died, ports)).is).toBe('duplicate')
    expect((await intake(JSON.stringify(under(OLD, order())), ports)).is).toBe('accepted')
    const stored = await store.open(casefileId('order', 'O-1'))
    expect(fold('order', stored?.events ?? []).died?.type).toBe('person.died')
    expect((await store.open(casefileId('person', personKey('noms', OLD))))?.events).toHaveLength(2)
    store.close()
  })
})
