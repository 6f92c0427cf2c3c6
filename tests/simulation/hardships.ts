import { addDays, type LocalDate } from '../../shared/calendar/london.ts'
import { event, type Told } from '../story.ts'
import { later, startOf, within } from './moments.ts'
import { type Random, randomOf } from './random.ts'

/** An event, and whether it must, or may, be refused. */
export type Hardship = { readonly told: Told; readonly refusal?: 'certain' | 'possible' }

/** The numbers of the person of a caseload; the last is another under which they turn out to be known. */
const NUMBERS = { CRN: 'X900001', NOMS: 'A9000AA', ALIAS: 'A9000AB' } as const

/** Names that person by some of their numbers. */
export function identifiedBy(...numbers: readonly (keyof typeof NUMBERS)[]): Pick<Told, 'personReference'> {
  const identifiers = numbers.map((one) => ({ type: one === 'CRN' ? 'CRN' : 'NOMS', value: NUMBERS[one] }))
  return { personReference: { identifiers } }
}

/** What others say of the person of a caseload and of its matters, some of it late, contradictory or unusable. */
export function hardshipsOf(seed: number, first: LocalDate, days: number) {
  const random = randomOf(seed, 'hardships')
  const isLongLive = random.happens(0.3)
  const events = [
    ...(random.happens(0.2) ? deathOf(random, first, days) : []),
    ...(random.happens(0.3) ? custodyOf(random, first, days) : []),
    ...(random.happens(0.2) ? mergeOf(random, first, days) : []),
    ...(isLongLive ? longAgo(random, first, days) : []),
    ...(random.happens(0.25) ? unusable(random, first, days) : []),
    ...(random.happens(0.25) ? contested(random, first, days) : []),
    ...(random.happens(0.25) ? twoQuestions(random, first, days) : []),
  ]
  return { isLongLive, events }
}

/**
 * The same caseload under ids and numbers that could do harm: an order is named by its person's numbers in half of all
 * seeds, and ids are the names of what every object has.
 */
export function inOtherNames(seed: number, events: readonly Hardship[]): Hardship[] {
  const random = randomOf(seed, 'names')
  const numbers = random.happens(0.5) ? identifiedBy('CRN', 'NOMS') : {}
  const ids = random.happens(0.3)
    ? [
        ['O-1', random.pick(['constructor', 'valueOf'])],
        ['A-1', 'hasOwnProperty'],
        ['R-1', 'toString'],
        ['CL-1', 'isPrototypeOf'],
        ['C-KEY', 'propertyIsEnumerable'],
      ]
    : []
  return events.map(({ told, ...rest }) => {
    const { eventId, ...said } = told.eventType === 'throughcare.order.made' ? { ...numbers, ...told } : told
    const written = ids.reduce(
      (text, [id, other]) => text.replaceAll(`"${id}"`, `"${other}"`),
      JSON.stringify(said),
    )
    return { ...rest, told: { ...JSON.parse(written), eventId } }
  })
}

function* deathOf(random: Random, first: LocalDate, days: number): Iterable<Hardship> {
  const at = within(random, first, days)
  const named = random.pick([identifiedBy('CRN'), identifiedBy('NOMS'), identifiedBy('CRN', 'NOMS')])
  yield { told: event(at, 'person.died', { on: at.slice(0, 10) }, named) }
  if (random.happens(0.5)) {
    yield { told: event(later(at, random.between(5, 1500)), 'person.died', { withdrawn: true }, named) }
  }
}

function* custodyOf(random: Random, first: LocalDate, days: number): Iterable<Hardship> {
  const at = within(random, first, days)
  const reason = random.pick([
    'ADMISSION',
    'ADMISSION',
    'TRANSFERRED',
    'RETURN_FROM_COURT',
    'POST_MERGE_ADMISSION',
  ])
  yield moved(
    at,
    'received',
    { reason, prisonId: random.pick(['QAL', 'QDN']) },
    later(at, random.pick([0, 45, 600])),
  )
  const out = later(at, random.between(60, 2000))
  if (random.happens(0.3)) yield moved(out, 'released', HOME)
  else if (random.happens(0.5))
    yield { told: event(out, 'order.varied', { orderId: 'O-1', inCustody: false }) }
}

/** Two prison numbers are found to be one person's, and from then on either is used. */
function* mergeOf(random: Random, first: LocalDate, days: number): Iterable<Hardship> {
  const { NOMS, ALIAS } = NUMBERS
  const [nomsNumber, removedNomsNumber] = random.happens(0.5) ? [ALIAS, NOMS] : [NOMS, ALIAS]
  const at = within(random, first, days)
  const merge = 'prison-offender-events.prisoner.merged'
  yield {
    told: event(
      at,
      merge,
      { nomsNumber, removedNomsNumber, reason: 'MERGE' },
      { eventType: merge, eventId: `merge/${at}` },
    ),
  }
  if (random.happens(0.5))
    yield moved(later(at, random.between(-300, 900)), 'released', HOME, undefined, 'ALIAS')
  if (random.happens(0.3)) {
    yield { told: event(later(at, random.between(-300, 900)), 'person.died', {}, identifiedBy('ALIAS')) }
  }
}

const HOME = {
  reason: 'RELEASED',
  currentPrisonStatus: 'NOT_UNDER_PRISON_CARE',
  nomisMovementReasonCode: 'CR',
}

/** What the prisons say of the person, under one of their numbers. */
function moved(
  at: string,
  what: 'released' | 'received',
  info: object,
  receivedAt?: string,
  number: 'NOMS' | 'ALIAS' = 'NOMS',
): Hardship {
  const eventType = `prison-offender-events.prisoner.${what}`
  const more = { eventType, eventId: `${what}/${at}`, ...(receivedAt !== undefined && { receivedAt }) }
  return {
    told: event(
      at,
      eventType,
      { nomsNumber: NUMBERS[number], ...info },
      { ...identifiedBy(number), ...more },
    ),
  }
}

/** Another person's release of weeks ago, the reports of which come only now. */
function* longAgo(random: Random, first: LocalDate, days: number): Iterable<Hardship> {
  const releaseOn = addDays(first, -random.pick([8, 20, 60]))
  const of = { personReference: { identifiers: [{ type: 'NOMS', value: 'A9002AC' }] } }
  const about = { releaseId: 'R-0', area: 'north', releaseOn, gateTime: '09:00', prisonId: 'QAL' }
  const people = { initials: 'EF', dutyOfficer: 'C-DUTY', keyWorker: 'C-KEY' }
  yield { told: event(`${addDays(releaseOn, -10)}T10:00`, 'release.planned', { ...about, ...people }, of) }
  for (const eventType of [
    'prison-offender-events.prisoner.released',
    'prisoner-offender-search.prisoner.released',
  ]) {
    if (random.happens(0.3)) continue
    const at = `${releaseOn}T08:${random.between(10, 59)}`
    const more = { eventType, eventId: `${eventType}/${at}`, receivedAt: within(random, first, days), ...of }
    yield { told: event(at, eventType, { nomsNumber: 'A9002AC', ...HOME }, more) }
  }
}

/** Ids and dates that must be refused, and the farthest dates that must not be. */
function* unusable(random: Random, first: LocalDate, days: number): Iterable<Hardship> {
  const at = () => within(random, first, days)
  const ends = (expiresOn: string) => ({
    ...{ clearanceId: 'CL-9', prisonId: 'QAL', holder: 'C-SPONSOR', organisationId: 'ORG-1' },
    ...{ confirmedOn: addDays(first, -30), expiresOn },
  })
  yield { told: event(at(), 'clearance.confirmed', ends('9999-12-31')), refusal: 'certain' }
  yield { told: event(at(), 'clearance.confirmed', ends('2199-12-31')) }
  yield {
    told: event(at(), 'order.varied', { orderId: 'O-1', treatmentEndsOn: '0206-01-01' }),
    refusal: 'certain',
  }
  yield { told: event(at(), 'order.varied', { orderId: 'O-1', treatmentEndsOn: '2199-12-31' }) }
  yield {
    told: event(at(), 'appointment.cancelled', { orderId: 'O-1', appointmentId: '__proto__' }),
    refusal: 'certain',
  }
  yield {
    told: event(
      at(),
      'follow-up.recorded',
      { releaseId: 'R-1', on: '1900-01-01', by: 'C-KEY' },
      identifiedBy('NOMS'),
    ),
  }
}

/** Two that contradict each other under one eventId: whichever is taken in first stands. */
function* contested(random: Random, first: LocalDate, days: number): Iterable<Hardship> {
  const eventId = 'contested'
  for (const nth of [1, 2]) {
    const about = { orderId: 'O-1', appointmentId: 'A-1', by: 'C-CM' }
    const startsAt = startOf(random, addDays(first, nth), days)
    const told = event(
      within(random, first, days),
      'appointment.rearranged',
      { ...about, startsAt },
      { eventId },
    )
    yield { told, refusal: 'possible' }
  }
}

/** Two more releases on one day with one key worker, and one telephone for them all: two questions wait at one number. */
function* twoQuestions(random: Random, first: LocalDate, days: number): Iterable<Hardship> {
  const mobile = '07700 900999'
  for (const id of ['C-KEY', 'C-CALL', 'C-OM']) {
    const before = `${addDays(first, -1)}T00:${random.between(10, 59)}`
    const particulars = {
      contactId: id,
      name: `Name of ${id}`,
      mobile,
      phone: '01632 960101',
      prefers: 'sms',
    }
    if (random.happens(0.8)) yield { told: event(before, 'contact.updated', particulars) }
  }
  const releaseOn = addDays(first, random.between(1, days))
  const people = { initials: 'GH', dutyOfficer: 'C-DUTY', keyWorker: 'C-KEY', prisonId: 'QAL' }
  for (const [releaseId, noms] of [
    ['R-3', 'A9003AD'],
    ['R-4', 'A9004AE'],
  ]) {
    const of = { personReference: { identifiers: [{ type: 'NOMS', value: noms ?? '' }] } }
    const about = { releaseId, area: 'north', releaseOn }
    yield { told: event(within(random, first, 1), 'release.planned', { ...about, ...people }, of) }
  }
}
