import {
  addDays,
  addMonths,
  DAY_MS,
  dayOfWeek,
  endOfDay,
  type Instant,
  type LocalDate,
  londonDate,
  londonTime,
} from '../../../shared/calendar/london.ts'
import { standing } from '../../../shared/casefile/appointment.ts'
import { fold } from '../../../shared/casefile/casefile.ts'
import { ordersWorkedOn } from '../../../shared/casefile/contact.ts'
import {
  appointmentsOf,
  hasNothingAhead,
  isManagerOf,
  isOff,
  unconfirmedBy,
  withoutOutcome,
} from '../../../shared/casefile/diary.ts'
import { casefileId } from '../../../shared/casefile/ids.ts'
import { NEIGHBOUR_NOUNS } from '../../../shared/casefile/nouns.ts'
import type { Store } from '../../../shared/store/store.ts'
import type { OfOrder } from './ics.ts'

type Reading = { readonly store: Pick<Store, 'events'>; readonly now: () => Instant }

/** The content of a worker's calendar: the orders that name them, and their appointments on these. */
async function ordersOf(contactId: string, { store }: Pick<Reading, 'store'>) {
  const own = await store.events(casefileId('contact', contactId), ['order', 'appointment'])
  const orders = ordersWorkedOn(contactId, fold('contact', own)).map(async ([orderId]) => {
    const order = fold('order', await store.events(casefileId('order', orderId), NEIGHBOUR_NOUNS.order))
    return { orderId, order, isManager: isManagerOf(order, contactId) }
  })
  return Promise.all(orders)
}

/** All of a worker's appointments, from four weeks ago on, in order of time. */
export async function appointmentsFor(contactId: string, ports: Reading): Promise<OfOrder[]> {
  const since = ports.now() - KEPT_DAYS * DAY_MS
  const orders = await ordersOf(contactId, ports)
  return orders
    .flatMap(({ orderId, order }) =>
      appointmentsOf(order, contactId).map((appointment) => ({ orderId, order, appointment })),
    )
    .filter(({ appointment }) => standing(appointment).startsAt >= since)
    .sort((a, b) => standing(a.appointment).startsAt - standing(b.appointment).startsAt)
}

/** How long past appointments stay in a calendar. */
const KEPT_DAYS = 28

export const SPANS = ['week', 'month'] as const
export type Span = (typeof SPANS)[number]

/** The days of a week or month with a day in it, and where those before and after it begin. */
export function spanOf(span: Span, day: LocalDate) {
  const from = span === 'week' ? addDays(day, 1 - dayOfWeek(day)) : `${day.slice(0, 8)}01`
  const next = span === 'week' ? addDays(from, 7) : addMonths(from, 1)
  return {
    from,
    next,
    last: addDays(next, -1),
    before: span === 'week' ? addDays(from, -7) : addMonths(from, -1),
  }
}

/** A worker's appointments on some days, day by day, and what is missing on all of their orders. */
export async function calendarOf(
  contactId: string,
  { from, last }: { readonly from: LocalDate; readonly last: LocalDate },
  ports: Reading,
) {
  const now = ports.now()
  const orders = await ordersOf(contactId, ports)
  const all = orders.flatMap(({ orderId, order, isManager }) =>
    appointmentsOf(order, contactId).map((appointment) => {
      const slot = standing(appointment)
      const owing = withoutOutcome(order, appointment, now)
      return {
        ...{ orderId, isManager, kind: appointment.kind, appointmentId: appointment.appointmentId },
        ...{ at: slot.startsAt, place: slot.place, isOff: isOff(order, appointment) },
        owingSince: owing?.startsAt,
        unconfirmedBy: unconfirmedBy(order, appointment, now),
      }
    }),
  )
  const [start, end] = [londonTime(from, '00:00'), endOfDay(last)]
  const shown = all.filter(({ at }) => start <= at && at < end).sort((a, b) => a.at - b.at)
  const byDay = Map.groupBy(shown, ({ at }) => londonDate(at))
  return {
    shown: [...byDay].map(([day, appointments]) => ({ day, appointments })),
    missing: {
      outcomes: all
        .filter(({ owingSince }) => owingSince !== undefined && owingSince >= now - KEPT_DAYS * DAY_MS)
        .sort((a, b) => (a.owingSince ?? 0) - (b.owingSince ?? 0)),
      unconfirmed: all.filter((one) => one.unconfirmedBy.length > 0).sort((a, b) => a.at - b.at),
      nothingAhead: orders
        .filter(({ order, isManager }) => isManager && hasNothingAhead(order, now))
        .map(({ orderId }) => orderId),
    },
  }
}
