import { endOfDay, type LocalDate, londonDate, londonTime } from '../../calendar/london.ts'
import { type Appointment, dayOf, standing } from '../../casefile/appointment.ts'
import { booked } from '../../casefile/booked.ts'
import type { Matter } from '../../casefile/casefile.ts'
import { ordersWorkedOn } from '../../casefile/contact.ts'
import { keyOf } from '../../casefile/ids.ts'
import type { Order } from '../../casefile/order.ts'
import { DAY_LIST_AT } from '../../casefile/routing.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import type { Facts } from '../../messages/text.ts'
import { type Bound, byFacts, type Duty, notice, type Planned } from '../../planning/duty.ts'
import type { Rules } from '../../planning/rules.ts'
import { written } from '../../planning/written.ts'
import { planningEnd } from '../orders/open-order.ts'
import { remindPerson } from './reminders.ts'
import { APPOINTMENT_TEXTS } from './texts.ts'

/** A worker's own casefile, as its duties see it. */
export type OpenContact = { readonly casefile: Matter<'contact'>; readonly rules: Rules }

const LIST = written({
  id: remindPerson.id,
  title: {
    en: 'A worker starts the day with all their appointments',
    cy: 'Mae gweithiwr yn dechrau’r diwrnod gyda’i holl apwyntiadau',
  },
  source: '003:489; the worker’s own diary prompt',
  rows: {
    'day-list': {
      to: 'each worker with appointments that day (offender manager, case manager, `with`)',
      when: `${DAY_LIST_AT} that day, every day on which one was set by then: one message, all that worker’s appointments`,
      until: 'the day is over; nothing is booked on it any more',
      text: APPOINTMENT_TEXTS.dayList,
    },
  },
})

export const dayList: Duty<OpenContact> = {
  ...LIST,
  plan: byFacts(function* ({ casefile }) {
    const days = daysBooked(casefile)
    if (days.length === 0) return
    yield {
      around(now) {
        const ahead = days.filter((day) => londonTime(day, DAY_LIST_AT) > now).slice(0, 2)
        const behind = days.findLast((day) => londonTime(day, DAY_LIST_AT) <= now)
        return [...(behind === undefined ? [] : [behind]), ...ahead].map((day) => listFor(casefile, day))
      },
    }
  }),
}

/** The days on which a worker may have appointments, from the first day that an order named them, in order. */
function daysBooked({ id, state }: Matter<'contact'>): LocalDate[] {
  const named = ordersWorkedOn(keyOf(id), state)
    .flatMap(([, events]) => events.map(({ at }) => londonDate(at)))
    .sort()
  const [first] = named
  return first === undefined
    ? []
    : Object.keys(state.days)
        .filter((day) => day >= first)
        .sort()
}

function listFor(casefile: Matter<'contact'>, day: LocalDate): Planned {
  const due = londonTime(day, DAY_LIST_AT)
  const events = ordersWorkedOn(keyOf(casefile.id), casefile.state).flatMap(([, named]) => named.slice(-1))
  return notice(casefile, {
    ...LIST.row['day-list'],
    occasion: day,
    role: 'worker',
    due,
    stale: endOfDay(day),
    hours: 'any',
    because: events.filter((event) => londonDate(event.at) <= day).map((event) => event.eventId),
    to: (neighbours) => listOf(casefile, neighbours, day),
  })
}

/** The appointments of a worker's day; undefined if none had been set by the time lists go out. */
function listOf(casefile: Matter<'contact'>, neighbours: Neighbours, day: LocalDate): Bound | undefined {
  const contactId = keyOf(casefile.id)
  const orders = ordersWorkedOn(contactId, casefile.state).map(([orderId]) =>
    neighbours.get('order', orderId),
  )
  const rows = orders.flatMap((order) =>
    appointmentsOf(order, contactId, day).map((one) => rowOf(order, one, neighbours)),
  )
  if (!rows.some((row) => row.startsSince <= londonTime(day, DAY_LIST_AT))) return undefined
  const offices = orders.flatMap((order) => order.terms?.probationOffice ?? [])
  return {
    to: [
      { contactId, role: 'worker', covered: true },
      ...offices.map((office) => ({ contactId: office, role: 'probation-office' }) as const),
    ],
    facts: {
      day,
      whose: neighbours.get('contact', contactId).details?.name ?? contactId,
      appointments: rows.toSorted((a, b) => a.start - b.start),
      wales: rows.every((row) => row.wales),
    },
  }
}

/** A worker's appointments on one order and day: all of them for its managers, otherwise those with this worker. */
function appointmentsOf(order: Order, contactId: string, day: LocalDate): Appointment[] {
  const { terms } = order
  if (!terms || order.ended || order.died || londonTime(day, DAY_LIST_AT) >= planningEnd(terms)) return []
  const isManager = [terms.offenderManager, terms.caseManager].includes(contactId)
  return booked(order).filter((one) => (isManager || one.with === contactId) && dayOf(standing(one)) === day)
}

/** What a worker needs to find the appointment; a limited-access case is only a number. */
function rowOf({ terms }: Order, appointment: Appointment, neighbours: Neighbours) {
  const { startsAt, startsSince, place } = standing(appointment)
  const name = terms && !terms.limitedAccess && neighbours.get('contact', terms.person).details?.name
  return {
    start: startsAt,
    startsSince,
    orderId: terms?.orderId ?? '',
    who: name || '',
    place: place ?? '',
    threeWay: appointment.kind === 'three-way',
    wales: terms?.wales === true,
  } satisfies Facts
}
