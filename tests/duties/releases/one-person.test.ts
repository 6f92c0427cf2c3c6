import { describe, expect, test } from 'vitest'
import { event, order, PEOPLE, play, short, type Told, told } from '../../story.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, accepts, change, leaves, release } from './release-story.ts'

/** What becomes of those who were asked to go, and of those who were told of a death, once that is no longer so. */

const UNTIL = '2026-04-20T00:00:00Z'
const around = [...AROUND_A_RELEASE, ALWAYS_ON_CALL]
const meeter = (kind: 'sponsor' | 'family', consented = true) => ({
  contactId: kind === 'sponsor' ? 'C-SPONSOR' : 'C-FAMILY',
  kind,
  consented,
})
const ofPerson = (at: string, info: Record<string, unknown> = {}): Told => ({
  ...event(at, 'person.died', info, {
    personReference: { identifiers: [{ type: 'NOMS', value: 'A9001AA' }] },
  }),
  eventId: `died/${at}`,
})

describe('whoever accepted and may not meet them any more is told to stay away', () => {
  const asked = (meeters: object[], more: object = {}) => release({ keyWorker: undefined, meeters, ...more })
  const again = (meeters: object[], more: object = {}) =>
    release({ keyWorker: undefined, meeters, ...more }, '2026-03-10T15:00')
  const stories: [string, Told[], string][] = [
    [
      'the sponsor does not agree any more',
      [
        asked([meeter('sponsor')]),
        accepts('2026-03-10T12:10', 'C-SPONSOR'),
        again([meeter('sponsor', false)]),
      ],
      'C-SPONSOR',
    ],
    [
      'the sponsor is left out of a later plan',
      [asked([meeter('sponsor')]), accepts('2026-03-10T12:10', 'C-SPONSOR'), again([])],
      'C-SPONSOR',
    ],
    [
      'a relative, and there turns out to be a risk of partner violence',
      [
        asked([meeter('family')]),
        accepts('2026-03-10T12:10', 'C-FAMILY'),
        again([meeter('family')], { partnerViolenceRisk: true }),
      ],
      'C-FAMILY',
    ],
  ]
  test.each(stories)('%s: at once, without a reason, and the next is asked', async (_, story, who) => {
    const lines = await play([...around, ...story], UNTIL)
    const theirs = lines.filter(({ to, at }) => to === who && at >= '2026-03-10T14:00:00Z')
    expect(theirs.map((line) => `${line.duty} ${short(line)}`)).toEqual([
      `GATE-02 2026-03-10 15:00 stand-down meeter ${who}`,
    ])
    expect(theirs[0]?.text).toContain('is not needed any more. Please do not go.')
    expect(
      lines.filter(({ step, at }) => step === 'accept' && at >= '2026-03-10T15:00:00Z').map(short),
    ).toEqual(['2026-03-10 15:00 accept on-call C-DAY', '2026-03-10 15:30 accept duty-officer C-DUTY'])
  })

  test('agreed to again, they are asked like anybody else', async () => {
    const story = [
      release({ keyWorker: undefined, meeters: [meeter('sponsor')] }),
      release({ keyWorker: undefined, meeters: [] }, '2026-02-03T10:00'),
      release({ keyWorker: undefined, meeters: [meeter('sponsor')] }, '2026-02-04T10:00'),
    ]
    const lines = await told('GATE-01 accept', [...around, ...story], UNTIL)
    expect(lines[0]).toBe('2026-03-10 12:00 accept meeter C-SPONSOR')
  })
})

describe('a meeter whom nobody can reach', () => {
  const sponsorOnOrder = {
    ...order({ orderId: 'O-9', person: 'C-SPONSOR' }),
    personReference: { identifiers: [{ type: 'NOMS', value: 'A9009AA' }] },
  }
  const ofSponsor = (at: string, kind: 'received' | 'released', info: object): Told => {
    const eventType = `prison-offender-events.prisoner.${kind}`
    return { ...event(at, 'x', { nomsNumber: 'A9009AA', ...info }), eventType, eventId: `${kind}/${at}` }
  }
  const planned = release({ keyWorker: undefined, meeters: [meeter('sponsor')] })
  const received = ofSponsor('2026-03-05T10:00', 'received', { reason: 'ADMISSION', prisonId: 'QDN' })

  test('in prison themselves they are passed over, and nobody is told why', async () => {
    const lines = await play([...around, sponsorOnOrder, planned, received], UNTIL)
    const asked = lines.filter(({ step }) => step === 'accept')
    expect(asked[0] && short(asked[0])).toBe('2026-03-10 12:00 accept on-call C-DAY')
    expect(lines.filter(({ to, duty }) => to === 'C-SPONSOR' && duty.startsWith('GATE'))).toEqual([])
  })

  test('home again they are asked', async () => {
    const home = ofSponsor('2026-03-08T09:00', 'released', {
      reason: 'RELEASED',
      nomisMovementReasonCode: 'CR',
    })
    const lines = await told('GATE-01 accept', [...around, sponsorOnOrder, planned, received, home], UNTIL)
    expect(lines[0]).toBe('2026-03-10 12:00 accept meeter C-SPONSOR')
  })

  const onTheirOrder = (at: string, type: string, info: object) =>
    event(at, type, { orderId: 'O-9', ...info })
  test.each<[string, Told[], string]>([
    [
      'seen on their own order since',
      [
        onTheirOrder('2026-03-02T10:00', 'appointment.booked', {
          ...{ appointmentId: 'A-9', kind: 'treatment', startsAt: '2026-03-09T10:00', durationMinutes: 60 },
        }),
        onTheirOrder('2026-03-09T11:30', 'contact-sheet.submitted', {
          ...{ appointmentId: 'A-9', attendance: 'attended', nextAppointment: 'none-booked' },
          ...{ progress: [], by: 'C-CM' },
        }),
      ],
      'meeter C-SPONSOR',
    ],
    [
      'said on their own order not to be there, since it was an error',
      [onTheirOrder('2026-03-08T10:00', 'order.varied', { inCustody: false })],
      'meeter C-SPONSOR',
    ],
    [
      'moved to another prison, which is no release',
      [ofSponsor('2026-03-08T09:00', 'released', { reason: 'TRANSFERRED' })],
      'on-call C-DAY',
    ],
    [
      'moved to a hospital',
      [ofSponsor('2026-03-08T09:00', 'released', { reason: 'RELEASED_TO_HOSPITAL' })],
      'on-call C-DAY',
    ],
  ])('%s', async (_, since, asked) => {
    const story = [...PEOPLE, ...around, sponsorOnOrder, planned, received, ...since]
    const lines = await told('GATE-01 accept', story, UNTIL)
    expect(lines[0]).toBe(`2026-03-10 12:00 accept ${asked}`)
  })
})

describe('DEATH-01 after release', () => {
  const out = [release(), leaves('2026-03-11T09:05')]

  test('key worker and duty officer are told to contact nobody, and no follow-up is asked for', async () => {
    const lines = await play([...around, ...out, ofPerson('2026-03-16T10:00')], UNTIL)
    expect(
      lines.filter(({ at }) => at >= '2026-03-16T10:00').map((line) => `${line.duty} ${short(line)}`),
    ).toEqual([
      'DEATH-01 2026-03-16 10:00 told duty-officer C-DUTY',
      'DEATH-01 2026-03-16 10:00 told key-worker C-KEY',
    ])
  })

  test('told on this very release, or long after it, it is no news', async () => {
    const closed = {
      ...release(),
      ...event('2026-03-16T10:00', 'release.closed', { releaseId: 'R-1', area: 'NORTH', reason: 'died' }),
      personReference: release().personReference,
    }
    expect(await told('DEATH-01', [...around, ...out, closed as Told], UNTIL)).toEqual([])
    expect(await told('DEATH-01', [...around, ...out, ofPerson('2026-04-15T10:00')], UNTIL)).toEqual([])
  })

  test('withdrawn, those who were told hear that it was wrong, and follow-up goes on', async () => {
    const story = [
      ...around,
      ...out,
      ofPerson('2026-03-16T10:00'),
      ofPerson('2026-03-17T10:00', { withdrawn: true }),
    ]
    const lines = (await play(story, UNTIL)).filter(({ at }) => at >= '2026-03-17T10:00' && at < '2026-03-19')
    expect(lines.map((line) => `${line.duty} ${short(line)}`)).toEqual([
      'DEATH-01 2026-03-17 10:00 withdrawn duty-officer C-DUTY',
      'DEATH-01 2026-03-17 10:00 withdrawn key-worker C-KEY',
      'GATE-16 2026-03-17 10:00 missed duty-officer C-DUTY',
      'GATE-16 2026-03-18 09:00 follow-up key-worker C-KEY',
      'GATE-16 2026-03-18 16:00 missed duty-officer C-DUTY',
    ])
  })

  test('said after a withdrawal, nobody hears that it was wrong', async () => {
    const story = [...out, ofPerson('2026-03-12T10:00', { withdrawn: true }), ofPerson('2026-03-16T10:00')]
    expect(await told('DEATH-01', [...around, ...story], UNTIL)).toEqual([
      '2026-03-16 10:00 told duty-officer C-DUTY',
      '2026-03-16 10:00 told key-worker C-KEY',
    ])
  })

  test('withdrawn before the day, whoever was stood down is told that it is on after all, and asked again', async () => {
    const story = [
      ...around,
      release(),
      accepts('2026-03-09T10:00', 'C-KEY'),
      ofPerson('2026-03-09T12:00'),
      ofPerson('2026-03-09T15:00', { withdrawn: true }),
    ]
    const lines = (await play(story, UNTIL)).filter(
      ({ at }) => at >= '2026-03-09T15:00' && at < '2026-03-10T17:00',
    )
    const moved = lines.filter(({ duty }) => duty === 'GATE-29')
    expect(moved.map(short)).toEqual(['2026-03-09 15:00 moved key-worker C-KEY'])
    expect(moved[0]?.text).toContain('is on after all: Wednesday 11 March at 9am')
  })
})

test('SP-21 counts nobody who has died, and nobody is told who', async () => {
  const cleared = (id: string, holder: string, expiresOn: string): Told =>
    event('2026-01-10T10:00', 'clearance.confirmed', {
      ...{
        clearanceId: id,
        prisonId: 'QAL',
        holder,
        organisationId: 'AA',
        confirmedOn: '2026-01-10',
        expiresOn,
      },
    })
  const of = (one: Told, noms: string): Told => ({
    ...one,
    personReference: { identifiers: [{ type: 'NOMS', value: noms }] },
  })
  const story = [
    ...AROUND_A_RELEASE,
    change('C-GOV', {}),
    cleared('CL-1', 'C-NIGHT', '2026-05-31'),
    cleared('CL-2', 'C-DAY', '2026-12-31'),
    of(cleared('CL-3', 'C-SPONSOR', '2026-12-31'), 'A9001AA'),
  ]
  expect(await told('SP-21', story, UNTIL)).toEqual([])
  expect(await told('SP-21', [...story, ofPerson('2026-02-01T10:00')], UNTIL)).toEqual([
    '2026-03-06 09:00 too-few governor C-GOV',
  ])
})

test('a clearance that is confirmed after its holder died stays closed, and told of to nobody', async () => {
  const who = { personReference: { identifiers: [{ type: 'NOMS', value: 'A9001AA' }] } }
  const cleared = (at: string, more: object): Told =>
    event(
      at,
      'clearance.confirmed',
      {
        ...{ clearanceId: 'CL-1', prisonId: 'QAL', holder: 'C-NIGHT', organisationId: 'AA' },
        ...more,
      },
      who,
    )
  const story = [
    ...AROUND_A_RELEASE,
    change('C-GOV', {}),
    ofPerson('2026-02-01T10:00'),
    cleared('2026-02-03T10:00', { confirmedOn: '2026-02-03', expiresOn: '2026-05-15' }),
  ]
  expect(await play(story, UNTIL)).toEqual([])
})
