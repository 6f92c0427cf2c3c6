import { DAY_MS, HOUR_MS, type Instant, writeInstant } from '../../shared/calendar/london.ts'
import { release } from '../duties/releases/release-story.ts'
import { appointment, contact, event, order, type Told } from '../story.ts'

/**
 * The load of the benchmark: orders with one appointment each, whose reminder of the day before stands for a delayed
 * job with a key. All of it is known on a Friday evening and falls due from Saturday noon on, when nothing else does.
 */
export const EVENING = Date.parse('2027-01-15T20:00:00Z')
export const NOON = Date.parse('2027-01-16T12:00:00Z')

/** How many orders share their workers. */
const ORDERS_A_TEAM = 50

/** What has to be known before an order's appointment is booked: its person, its order and, of every fifty, their workers. */
export function opening(number: number): Told[] {
  const at = writeInstant(EVENING - 2 * HOUR_MS)
  const team = Math.floor(number / ORDERS_A_TEAM)
  const workers = number % ORDERS_A_TEAM === 0 ? [`C-OM-${team}`, `C-CM-${team}`] : []
  return [
    ...[...workers, `C-PERSON-${number}`].map((contactId) => contact(contactId, {}, at)),
    order(
      {
        ...{ orderId: `O-${number}`, sentencedOn: '2027-01-15', lengthMonths: 24 },
        ...{ person: `C-PERSON-${number}`, offenderManager: `C-OM-${team}`, caseManager: `C-CM-${team}` },
      },
      at,
    ),
  ]
}

/** A booking whose reminder falls due at `due`. */
export function booking(number: number, due: Instant): Told {
  const startsAt = writeInstant(due + DAY_MS)
  const more = { orderId: `O-${number}`, appointmentId: keyOf(number), kind: 'supervision' }
  return appointment(startsAt, more, writeInstant(EVENING - HOUR_MS))
}

/** Brings the reminder to another moment; three people hear of it, as the schedule says. */
export function move(number: number, due: Instant): Told {
  return event(writeInstant(EVENING - 1_000), 'appointment.rearranged', {
    ...{ orderId: `O-${number}`, appointmentId: keyOf(number), startsAt: writeInstant(due + DAY_MS) },
  })
}

/** Takes it back, by its key. */
export function cancellation(number: number): Told {
  const about = { orderId: `O-${number}`, appointmentId: keyOf(number) }
  return event(writeInstant(EVENING - 1_000), 'appointment.cancelled', about)
}

/** Becomes known on the day before: somebody is asked at once to be at the gate. */
export function releaseTomorrow(): Told[] {
  const [before, at] = [writeInstant(EVENING - 2 * HOUR_MS), writeInstant(NOON)]
  const planned = { releaseOn: '2027-01-17', gateTime: '09:00', keyWorker: 'C-KEY', dutyOfficer: 'C-KEY' }
  return [contact('C-KEY', {}, before), release(planned, at)]
}

function keyOf(number: number): string {
  return `A-${number}`
}
