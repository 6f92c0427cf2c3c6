import { addDays, addMonths, daysBetween, type LocalDate } from '../calendar/london.ts'
import { latest, type Order, type Terms } from './order.ts'

/** The first day of the order, London date. */
export function orderStart(terms: Terms): LocalDate {
  return terms.startsOn ?? terms.sentencedOn
}

/** The last day of the order. */
export function orderEnd(terms: Terms): LocalDate {
  return addDays(addMonths(orderStart(terms), terms.lengthMonths), -1)
}

/** An order is in force on each day from its first to its last, or to the day it was ended. */
export function orderRunsUntil(order: Order, terms: Terms): LocalDate {
  const end = orderEnd(terms)
  const endedOn = order.ended?.info.endedOn
  return endedOn !== undefined && endedOn < end ? endedOn : end
}

/** The first day of the requirement, London date. */
export function requirementStart(terms: Terms): LocalDate {
  return terms.requirementStartsOn ?? orderStart(terms)
}

/** R: the last day of the requirement. */
export function requirementEnd(terms: Terms): LocalDate {
  return addDays(addMonths(requirementStart(terms), terms.requirementMonths ?? terms.lengthMonths), -1)
}

/** H: half-way through the requirement, rounded down to a day. */
export function halfWay(terms: Terms): LocalDate {
  const start = requirementStart(terms)
  return addDays(start, Math.floor((daysBetween(start, requirementEnd(terms)) + 1) / 2))
}

/** E: the end of treatment, else the last day of the requirement. */
export function treatmentEnd(order: Order, terms: Terms): LocalDate {
  return latest(order, 'treatment.ended')?.info.on ?? terms.treatmentEndsOn ?? requirementEnd(terms)
}
