import { addDays, type LocalDate, londonDate } from '../../calendar/london.ts'
import type { EventType } from '../../casefile/events.ts'
import { happened, type Order } from '../../casefile/order.ts'
import type { Facts } from '../../messages/text.ts'
import type { Told } from '../../planning/duty.ts'
import { promptOnOrAfter } from '../../planning/ladder.ts'
import {
  duty,
  rowsAbout,
  rowsAboutTold,
  type Subject,
  type Until,
  type When,
  type Who,
} from '../../planning/rows.ts'
import type { Day } from '../../planning/when.ts'
import { caseFacts, type OpenOrder, planningEnd } from './open-order.ts'

/** An order, and one thing about it that a duty is about. */
export type OrderSubject = OpenOrder & Subject<'order'>
export type OrderUntil<S = OrderSubject> = Until<S, 'order'>

/** A duty about each of the things that `about` finds in an order. */
export function orderDuty<S extends OrderSubject>(about: (open: OpenOrder) => Iterable<S>) {
  return duty<OpenOrder, S, 'order'>(about)
}

/** The part of a duty about each of the things that `about` finds in an order. */
export function orderRows<S extends OrderSubject>(about: (open: OpenOrder) => Iterable<S>) {
  return rowsAbout<OpenOrder, S, 'order'>(about)
}

/** The same for things that it takes the ledger to find, or to judge. */
export function orderRowsTold<S extends OrderSubject>(about: (open: OpenOrder & Told) => Iterable<S>) {
  return rowsAboutTold<OpenOrder, S, 'order'>(about)
}

/** A thing about an order: what tells it from others, what a message may say of it, and the events that made it. */
export function about<Open extends OpenOrder, Extra extends object>(
  open: Open,
  thing: { readonly occasion: string; readonly facts?: Facts; readonly because?: readonly string[] },
  extra: Extra,
): Open & OrderSubject & Extra {
  return {
    ...open,
    occasion: thing.occasion,
    because: thing.because ? [...open.because, ...thing.because] : open.because,
    facts: { ...caseFacts(open), ...thing.facts },
    ...extra,
  }
}

/** An order and one day of it. */
export type DayOfOrder = OrderSubject & { readonly day: LocalDate }

/** The order itself, about one day of it, which its texts know as `fact`; nothing while there is no such day. */
export function* aboutDay(
  open: OpenOrder,
  fact: string,
  day: LocalDate | undefined,
  facts: Facts = {},
): Iterable<DayOfOrder> {
  if (day !== undefined) yield about(open, { occasion: day, facts: { [fact]: day, ...facts } }, { day })
}

/** The day that an `aboutDay` is about. */
export function dayOf(says: string): Day<{ readonly day: LocalDate }> {
  return { says, of: ({ day }) => day }
}

/** What rows about an order ask for: an appointment, of whatever kind or of one. */
export const BOOK = [{ event: 'appointment.booked' }] as const
export const BOOK_THREE_WAY = [{ event: 'appointment.booked', said: { kind: 'three-way' } }] as const

type Post = keyof OpenOrder['tell'] & Exclude<keyof OpenOrder['tell'], 'worker'>
function post(says: string, key: Post): Who<OpenOrder> {
  return { says, of: ({ tell }) => [tell[key]] }
}
export const offenderManager = post('offender manager', 'offenderManager')
export const offenderManagerOrDutyOfficer = post(
  'offender manager, or the duty officer if they are away that day',
  'offenderManagerOrDutyOfficer',
)
export const dutyOfficer = post('duty officer', 'dutyOfficer')
export const caseManager = post('case manager', 'caseManager')
export const providerManager = post('provider manager', 'providerManager')
export const probationOffice = post('probation office', 'probationOffice')

/** From a first day on, every so many days for as long as anything is planned on the order, each on a working day or the next. */
export function every<S extends OpenOrder>(
  says: string,
  days: number | ((about: S) => number),
  first: (about: S) => LocalDate,
): When<S> {
  return {
    says,
    *dues(about) {
      const last = londonDate(planningEnd(about.terms))
      const step = typeof days === 'number' ? days : days(about)
      for (let on = first(about); on <= last; on = addDays(on, step)) {
        yield { label: on, due: promptOnOrAfter(about.rules, on) }
      }
    },
  }
}

/** Every so many days after a day, for as long as anything is planned on the order, each on a working day or the next. */
export function everyDaysAfter<S>(day: Day<S>, days: number): When<S & OpenOrder> {
  return every<S & OpenOrder>(`every ${days} days after ${day.says}`, days, (about) =>
    addDays(day.of(about), days),
  )
}

/** Until something of a type has happened. */
export function until(type: EventType, says: string): OrderUntil<unknown> {
  return { says, met: (order: Order) => happened(order, type).length > 0 }
}
