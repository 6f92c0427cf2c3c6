import {
  addDays,
  HOUR_MS,
  type Instant,
  type LocalDate,
  londonTime,
  readMoment,
} from '../../shared/calendar/london.ts'
import { contact, event, order, type Told } from '../story.ts'
import { type Hardship, hardshipsOf, identifiedBy, inOtherNames } from './hardships.ts'
import { later, startOf, within } from './moments.ts'
import { pastOf } from './past.ts'
import { type Random, randomOf } from './random.ts'

/** A few casefiles and the days in which everything happens to them. */
export type Caseload = {
  /** The first of the days. */
  readonly from: Instant
  /** What fell due before it is not given: the first of the days, or long before it. */
  readonly goLive: Instant
  /** When faults stop. */
  readonly calm: Instant
  /** When everything must have come to rest. */
  readonly until: Instant
  /** For how long what is over is kept. */
  readonly retentionMonths: number
  /** What is known on the first day. */
  readonly known: readonly Told[]
  /** What comes in after it, each when it happens unless something delays it. */
  readonly coming: readonly Coming[]
}

export type Coming = Hardship & { readonly at: Instant }

/** Long enough for leases and redeliveries to end, and for the morning after a quiet night. */
const REST_MS = 14 * HOUR_MS

/** The first days of windows that hold a clock change, Christmas, Easter, a bank holiday, or nothing special. */
const FIRST_DAYS: readonly LocalDate[] = [
  '2026-03-27',
  '2026-10-23',
  '2026-12-23',
  '2026-12-30',
  '2026-04-02',
  '2026-05-01',
  '2026-08-28',
  '2026-03-09',
  '2026-06-17',
]

/** The caseload of a seed. */
export function caseloadOf(seed: number): Caseload {
  const random = randomOf(seed, 'caseload')
  const past = randomOf(seed, 'past')
  const retentionMonths = past.happens(0.4) ? 1 : 24
  const first = random.pick(FIRST_DAYS)
  const days = random.between(1, 3)
  const from = londonTime(first, '00:00')
  const calm = londonTime(addDays(first, days), '00:00')
  const about = random.pick(['order', 'release', 'both'])
  const hardships = hardshipsOf(seed, first, days)
  const told = [
    ...peopleOf(random, first),
    ...(about !== 'release' ? orderOf(random, first, days) : []),
    ...(random.happens(0.4) ? clearanceOf(random, first, days) : []),
    ...(about !== 'order' ? releaseOf(random, first, days) : []),
    ...(retentionMonths === 1 ? pastOf(past, first, days, ['C-SPONSOR', ...STAFF]) : []),
  ].map((one) => ({ told: one }))
  const all = inOtherNames(seed, apart([...told, ...hardships.events])).map((one) => ({
    ...one,
    at: momentOf(one.told),
  }))
  return {
    from,
    goLive: hardships.isLongLive ? londonTime(addDays(first, -LIVE_DAYS), '00:00') : from,
    calm,
    until: calm + REST_MS,
    retentionMonths,
    known: all.filter(({ at }) => at < from).map((one) => one.told),
    coming: all.filter(({ at }) => at >= from && at < calm).sort((a, b) => a.at - b.at),
  }
}

/** Gives what was said in one minute of one thing an eventId each, but for what is to contradict itself under one. */
function apart(events: readonly Hardship[]): Hardship[] {
  const contents = new Map<string, string[]>()
  return events.map((one) => {
    const { eventId, ...said } = one.told
    const content = JSON.stringify(said)
    const known = contents.get(eventId) ?? []
    if (!known.includes(content)) contents.set(eventId, [...known, content])
    const before = known.includes(content) ? known.indexOf(content) : known.length
    if (before === 0 || one.refusal === 'possible') return one
    return { ...one, told: { ...one.told, eventId: `${eventId}/${before + 1}` } }
  })
}

/** For how many days the service has been live before the first of the days, where it has been. */
const LIVE_DAYS = 100

/** When an event reaches us. */
function momentOf({ occurredAt, receivedAt }: Told): Instant {
  return readMoment(receivedAt ?? occurredAt)?.epochMilliseconds ?? 0
}

const STAFF = ['C-OM', 'C-CM', 'C-OFFICE', 'C-DUTY', 'C-KEY', 'C-CALL'] as const

function* peopleOf(random: Random, first: LocalDate): Iterable<Told> {
  const before = `${addDays(first, -2)}T00:00`
  for (const [index, id] of ['C-PERSON', 'C-SPONSOR', ...STAFF].entries()) {
    const isStaff = index > 1
    const mobile = `07700 9000${10 + index}`
    const particulars = random.pick<Record<string, unknown>>([
      {},
      {},
      {},
      { mobile },
      { mobile, prefers: 'sms' },
      { mobile, prefers: 'sms' },
      { mobile, email: undefined },
      { email: undefined },
    ])
    const absent = [
      {
        from: addDays(first, random.between(0, 3)),
        to: addDays(first, random.between(1, 4)),
        ...(random.happens(0.5) && { coverContactId: 'C-DUTY' }),
      },
    ]
    const more = isStaff
      ? { phone: '01632 960101', ...(random.happens(0.2) && id !== 'C-DUTY' && { absent }) }
      : { addressIsSafe: random.happens(0.5), ...(random.happens(0.08) && { doNotMessage: true }) }
    const details = { ...particulars, ...more }
    yield contact(id, details, before)
    if (random.happens(0.15)) {
      yield contact(
        id,
        { ...details, ...(isStaff ? { absent } : { email: 'new@example.com' }) },
        within(random, first, 3),
      )
    }
    if (random.happens(isStaff ? 0.05 : 0.3)) {
      const channel = random.pick(['email', 'sms', 'all'])
      yield event(within(random, first, 3), 'contact.opted-out', { contactId: id, channel })
      if (random.happens(0.3)) {
        yield event(within(random, first, 4), 'contact.opted-in', { contactId: id, channel })
      }
    }
  }
}

function* orderOf(random: Random, first: LocalDate, days: number): Iterable<Told> {
  const orderId = 'O-1'
  const madeAt = random.happens(0.3) ? within(random, first, 1) : `${addDays(first, -1)}T12:00`
  const sentencedOn = addDays(madeAt.slice(0, 10), -random.between(0, 10))
  const people = { provider: 'C-CM', caseManager: 'C-CM', probationOffice: 'C-OFFICE' }
  yield order(
    {
      ...people,
      sentencedOn,
      lengthMonths: 1,
      seriousness: random.pick(['low', 'low', 'medium']),
      ...(random.happens(0.3) && { commenceBy: addDays(first, random.between(0, 4)) }),
    },
    madeAt,
  )
  for (let nth = 1; nth <= random.between(1, 3); nth++) yield* appointmentOf(random, first, days, `A-${nth}`)
  for (const [type, answer] of [
    ['disclosure.flagged', 'disclosure.acknowledged'],
    ['withdrawal.proposed', 'withdrawal.discussed'],
  ] as const) {
    if (!random.happens(0.15)) continue
    const flagged = within(random, first, days)
    yield event(flagged, type, { orderId, by: 'C-CM' })
    if (random.happens(0.5))
      yield event(later(flagged, random.between(10, 1500)), answer, { orderId, by: 'C-OM' })
  }
  if (random.happens(0.1)) {
    const endedAt = within(random, first, days)
    const reason = random.pick(['completed', 'revoked', 'died'])
    yield event(endedAt, 'order.ended', { orderId, endedOn: endedAt.slice(0, 10), reason })
  }
}

function* appointmentOf(
  random: Random,
  first: LocalDate,
  days: number,
  appointmentId: string,
): Iterable<Told> {
  const about = { orderId: 'O-1', appointmentId }
  const bookedAt = random.happens(0.6) ? `${addDays(first, -1)}T13:00` : within(random, first, 1)
  let startsAt = startOf(random, first, days)
  const kind = random.pick(['treatment', 'treatment', 'supervision', 'three-way', 'review'])
  const length = { durationMinutes: random.pick([30, 60, 90]) }
  yield event(bookedAt, 'appointment.booked', { ...about, kind, startsAt, ...length, by: 'C-CM' })
  let said = bookedAt
  while (random.happens(0.35)) {
    said = later(said, random.between(5, 1500))
    startsAt = startOf(random, first, days)
    yield event(said, 'appointment.rearranged', { ...about, startsAt, by: random.pick(['C-CM', 'C-OM']) })
  }
  if (random.happens(0.2)) {
    yield event(later(said, random.between(5, 2000)), 'appointment.cancelled', { ...about, by: 'C-OM' })
  } else if (random.happens(0.6)) {
    const sheet = {
      ...about,
      attendance: random.pick(['attended', 'attended', 'attended-intoxicated', 'did-not-attend']),
      nextAppointment: 'none-booked',
      progress: [],
      by: 'C-CM',
    }
    const submitted = later(startsAt, random.between(60, 1600))
    yield event(submitted, 'contact-sheet.submitted', sheet)
    if (random.happens(0.2))
      yield event(later(submitted, random.between(5, 300)), 'contact-sheet.submitted', sheet)
    if (random.happens(0.4)) {
      yield event(later(submitted, random.between(5, 600)), 'contact-sheet.read', { ...about, by: 'C-OM' })
    }
  }
}

function* clearanceOf(random: Random, first: LocalDate, days: number): Iterable<Told> {
  const about = { clearanceId: 'CL-1', prisonId: 'QAL' }
  const before = `${addDays(first, -2)}T00:00`
  yield event(before, 'prison.updated', {
    prisonId: 'QAL',
    name: 'HMP Aldermoor',
    governor: 'C-OFFICE',
    deputy: 'C-DUTY',
    vettingContact: 'C-CM',
  })
  const holder = { ...about, holder: 'C-SPONSOR', organisationId: 'ORG-1' }
  const expiresOn = addDays(first, random.between(-1, days) + random.pick([0, 7, 14, 28]))
  yield event(before, 'clearance.confirmed', { ...holder, confirmedOn: addDays(expiresOn, -365), expiresOn })
  if (random.happens(0.3)) {
    const asked = within(random, first, days)
    yield event(asked, 'clearance.renewal-requested', { ...about, on: asked.slice(0, 10), by: 'C-CM' })
  }
  if (random.happens(0.3)) {
    const confirmed = within(random, first, days)
    yield event(confirmed, 'clearance.confirmed', { ...holder, confirmedOn: confirmed.slice(0, 10) })
  }
}

function* releaseOf(random: Random, first: LocalDate, days: number): Iterable<Told> {
  const releaseId = 'R-1'
  const area = 'north'
  const of = identifiedBy('NOMS')
  const say = (at: string, type: string, info: object) => event(at, type, { releaseId, ...info }, of)
  const midnight = (plus: number) => `${addDays(first, plus)}T00:00`
  yield event(midnight(-2), 'rota.published', {
    area,
    owner: 'C-OFFICE',
    shifts: [0, 1, 2, 3, 4, 5]
      .filter(() => random.happens(0.8))
      .map((day) => ({
        from: midnight(day),
        to: midnight(day + 1),
        contactId: random.pick(['C-CALL', 'C-OM']),
      })),
  })
  const plannedAt = random.happens(0.5) ? `${addDays(first, -1)}T10:00` : within(random, first, 1)
  const releaseOn = addDays(first, random.between(1, days))
  const gate = { ...(random.happens(0.7) && { gateTime: random.pick(['08:30', '09:15', '10:00']) }) }
  yield say(plannedAt, 'release.planned', {
    area,
    releaseOn,
    ...gate,
    initials: 'AB',
    dutyOfficer: 'C-DUTY',
    prisonId: 'QAL',
    ...(random.happens(0.8) && { keyWorker: 'C-KEY' }),
    ...(random.happens(0.5) && { travelMinutes: 45 }),
    meeters: [{ contactId: 'C-SPONSOR', kind: 'sponsor', consented: random.happens(0.8) }],
  })
  const dayBefore = addDays(releaseOn, -1)
  if (random.happens(0.25)) {
    const moved = { releaseOn: addDays(releaseOn, random.pick([0, 1])), gateTime: '11:00' }
    yield say(within(random, dayBefore, 1), 'release.moved', { area, ...moved })
  }
  for (const by of ['C-KEY', 'C-SPONSOR', 'C-CALL']) {
    if (!random.happens(0.35)) continue
    const answer = random.pick(['accepted', 'declined'])
    const at = `${dayBefore}T${random.between(12, 19)}:${random.between(10, 59)}`
    yield say(at, `gate-meeting.${answer}`, { by })
  }
  if (random.happens(0.12)) yield say(within(random, dayBefore, 1), 'release.cancelled', { area })
  if (random.happens(0.6)) {
    yield event(
      `${releaseOn}T${random.pick(['05:10', '08:50', '09:20'])}`,
      'prisoner.released',
      { reason: 'RELEASED', currentPrisonStatus: 'NOT_UNDER_PRISON_CARE', nomisMovementReasonCode: 'CR' },
      { ...of, eventType: 'prison-offender-events.prisoner.released' },
    )
    const outcome = random.pick(['met', 'met', 'person-not-seen', 'not-released', 'stood-down'])
    if (random.happens(0.7))
      yield say(`${releaseOn}T09:${random.between(30, 59)}`, 'gate-meeting.closed', { outcome, by: 'C-KEY' })
    const nextDay = addDays(releaseOn, 1)
    if (random.happens(0.5)) yield say(`${nextDay}T10:00`, 'follow-up.recorded', { on: nextDay, by: 'C-KEY' })
  }
}
