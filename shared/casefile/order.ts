import {
  addDays,
  addMonths,
  daysBetween,
  type Instant,
  type LocalDate,
  londonDate,
} from '../calendar/london.ts'
import { add, type ById, byId, put, replaceLast } from './draft.ts'
import { type DomainEvent, type EventInfo, type EventOf, type EventType, stated } from './events.ts'
import { type Arrival, isOfPerson, whereTo } from './movements.ts'

/** What the court ordered, after all variations. */
export type Terms = EventInfo<'order.made'>

/** One time and place of an appointment: as booked, or as rearranged. */
export type Slot = {
  readonly startsAt: Instant
  readonly durationMinutes: number
  readonly place: string | undefined
  /** Since when it has had this start: another place does not undo an answer. */
  readonly startsSince: Instant
  /** When the slot was set, by whom, and by which event. */
  readonly setAt: Instant
  readonly by: string | undefined
  readonly eventId: string
  /** When the slot was given up, by a rearrangement or a cancellation. */
  readonly leftAt?: Instant
  /** The cancellation by which it was. */
  readonly cancelled?: EventOf<'appointment.cancelled'>
}

export type Appointment = {
  readonly appointmentId: string
  readonly kind: EventInfo<'appointment.booked'>['kind']
  readonly with: string | undefined
  readonly stage: EventInfo<'appointment.booked'>['stage']
  readonly enforceable: boolean
  /** Oldest first; the last is where the appointment stands, unless it is cancelled. */
  readonly slots: readonly [Slot, ...Slot[]]
  readonly cancelled: EventOf<'appointment.cancelled'> | undefined
}

export type Sheet = EventOf<'contact-sheet.submitted'>

/** A contact's own answer whether they will come to an appointment. */
export type Answer = EventOf<'appointment.confirmed' | 'appointment.declined'>

/** One stay in prison: the event that reported its start, and when it ended. */
export type Stay = {
  readonly from: Arrival | EventOf<'order.made' | 'order.varied'>
  readonly until?: Instant
}

/** One order of the court with an alcohol treatment requirement. */
export type Order = {
  readonly terms: Terms | undefined
  /** The terms before the last change, and until when they held: what was due by then may not have been given yet. */
  readonly before: { readonly terms: Terms; readonly until: Instant } | undefined
  readonly made: EventOf<'order.made'> | undefined
  readonly ended: EventOf<'order.ended'> | undefined
  readonly appointments: ById<Appointment>
  /** The contact sheets about each appointment, oldest first. */
  readonly sheets: ById<readonly Sheet[]>
  /** When each appointment's sheets were read, oldest first. */
  readonly reads: ById<readonly Instant[]>
  /** What each contact answered about each appointment, oldest first. */
  readonly answers: ById<readonly Answer[]>
  /** The event that reported the person's death; undefined once that was withdrawn. */
  readonly died: EventOf<'person.died'> | undefined
  /** The person's stays in prison, oldest first; the last one has no end while they are there. */
  readonly custody: readonly Stay[]
  /** Everything that happened, by type, oldest first. */
  readonly happened: { readonly [Type in EventType]?: readonly EventOf<Type>[] }
}

/** The state before any event. */
export function emptyOrder(): Order {
  return {
    terms: undefined,
    before: undefined,
    made: undefined,
    ended: undefined,
    appointments: byId(),
    sheets: byId(),
    reads: byId(),
    answers: byId(),
    died: undefined,
    custody: [],
    happened: byId() as Order['happened'],
  }
}

/** The state after one more event, in the order of `compareEvents`. */
export function foldOrder(before: Order, event: DomainEvent): Order {
  const seen: readonly DomainEvent[] = before.happened[event.type] ?? []
  put(before.happened as ById<readonly DomainEvent[]>, event.type, add(seen, event))
  const order = before
  switch (event.type) {
    case 'order.made':
      if (event.info.inCustody !== undefined) stay(order.custody, event, event.info.inCustody)
      return { ...withTerms(order, event.info, event.at), made: event, ended: undefined }
    case 'order.varied':
      if (event.info.inCustody !== undefined) stay(order.custody, event, event.info.inCustody)
      return order.terms ? withTerms(order, { ...order.terms, ...stated(event.info) }, event.at) : order
    case 'person.died':
      if (!event.info.withdrawn) return { ...order, died: event }
      return {
        ...order,
        died: undefined,
        ended: order.ended?.info.reason === 'died' ? undefined : order.ended,
      }
    case 'prison-offender-events.prisoner.received':
    case 'prisoner-offender-search.prisoner.received':
      if (isOfPerson(event)) stay(order.custody, event, true)
      return order
    case 'prison-offender-events.prisoner.released':
    case 'prisoner-offender-search.prisoner.released':
      if (whereTo(event) === 'home') stay(order.custody, event, false)
      return order
    case 'order.ended':
      return { ...order, ended: event }
    case 'appointment.booked':
      return withAppointment(order, event.info.appointmentId, (known) => {
        const { appointmentId, kind, with: other, stage, enforceable = false } = event.info
        const slots = nextSlots(known, event, event.info.durationMinutes, event.info.place)
        return { appointmentId, kind, with: other, stage, enforceable, slots, cancelled: undefined }
      })
    case 'appointment.rearranged':
      return withAppointment(order, event.info.appointmentId, (known) => {
        if (!known) return undefined
        const { durationMinutes, place } = standing(known)
        const slots = nextSlots(
          known,
          event,
          event.info.durationMinutes ?? durationMinutes,
          event.info.place ?? place,
        )
        return { ...known, slots, cancelled: undefined }
      })
    case 'appointment.cancelled':
      return withAppointment(order, event.info.appointmentId, (known) => {
        if (!known || known.cancelled) return known
        return { ...known, slots: leave(known.slots, event.at, event), cancelled: event }
      })
    case 'appointment.confirmed':
    case 'appointment.declined': {
      const { appointmentId, by } = event.info
      put(order.answers, `${appointmentId} ${by}`, add(answersOf(order, appointmentId, by), event))
      return order
    }
    case 'contact-sheet.submitted': {
      const { appointmentId } = event.info
      // Somebody who came to an appointment is no longer in prison, even if nobody reported that.
      if (event.info.attendance === 'attended') stay(order.custody, event, false)
      const sheets = order.sheets[appointmentId] ?? []
      return { ...order, sheets: put(order.sheets, appointmentId, add(sheets, event)) }
    }
    case 'contact-sheet.read': {
      const { appointmentId } = event.info
      put(order.reads, appointmentId, add(order.reads[appointmentId] ?? [], event.at))
      return order
    }
    default:
      return order
  }
}

/** The terms that dates are counted from: changing who works on the order, or facts about the person, moves no date. */
const COUNTED_FROM = [
  ...[
    'sentencedOn',
    'startsOn',
    'lengthMonths',
    'requirementStartsOn',
    'requirementMonths',
    'treatmentEndsOn',
  ],
  ...['commenceBy', 'seriousness', 'offenderManagementTier', 'priorityOffender', 'attention'],
  ...['preparationReviews', 'reviewEveryDays'],
] as readonly (keyof Terms)[]

function withTerms(order: Order, terms: Terms, at: Instant): Order {
  const { terms: last } = order
  const isOther = last && COUNTED_FROM.some((field) => String(last[field]) !== String(terms[field]))
  return { ...order, terms, ...(isOther && { before: { terms: last, until: at } }) }
}

/** Starts a stay in prison, or ends the current one; a repeated report changes nothing. */
function stay(custody: readonly Stay[], event: DomainEvent, isIn: boolean): void {
  const last = custody.at(-1)
  const isOpen = last !== undefined && last.until === undefined
  if (isIn && !isOpen) add(custody, { from: event as Stay['from'] })
  if (!isIn && isOpen) replaceLast(custody, { ...last, until: event.at })
}

/** Whether the person was in prison at a moment, as far as known. */
export function isInCustody({ custody }: Order, at: Instant): boolean {
  return custody.some(({ from, until }) => from.at <= at && (until === undefined || at < until))
}

/** An appointment's current slot, or its last one if it was cancelled. */
export function standing(appointment: Appointment): Slot {
  return appointment.slots.at(-1) ?? appointment.slots[0]
}

/** When a slot ends: an instant in ms. */
export function endOf(slot: Slot): Instant {
  return slot.startsAt + slot.durationMinutes * 60_000
}

/** Every event of a type on an order, oldest first. */
export function happened<Type extends EventType>(order: Order, type: Type): readonly EventOf<Type>[] {
  return (order.happened[type] as readonly EventOf<Type>[] | undefined) ?? []
}

/** A contact's answers about an appointment, oldest first. */
export function answersOf(order: Order, appointmentId: string, contactId: string): readonly Answer[] {
  return order.answers[`${appointmentId} ${contactId}`] ?? []
}

/** The latest event of one type. */
export function latest<Type extends EventType>(order: Order, type: Type): EventOf<Type> | undefined {
  return happened(order, type).at(-1)
}

/** The first event of one type at or after `since`. */
export function firstSince<Type extends EventType>(
  order: Order,
  type: Type,
  since: Instant,
): EventOf<Type> | undefined {
  return happened(order, type).find((event) => event.at >= since)
}

/** Whether a later event of its type replaced `event`. */
export function isSuperseded(event: DomainEvent, ofItsKind: readonly DomainEvent[]): boolean {
  return ofItsKind.includes(event) && ofItsKind.at(-1) !== event
}

/** Every time a document was sent, oldest first. */
export function documentsSent(
  order: Order,
  document: EventInfo<'document.sent'>['document'],
): readonly EventOf<'document.sent'>[] {
  return happened(order, 'document.sent').filter((event) => event.info.document === document)
}

/** The contact sheets about one appointment, oldest first. */
export function sheetsOf(order: Order, appointmentId: string): readonly Sheet[] {
  return order.sheets[appointmentId] ?? []
}

/** When a contact sheet was first read; undefined until it was. */
export function readAt({ reads }: Order, { at, info }: Sheet): Instant | undefined {
  return reads[info.appointmentId]?.find((read) => read >= at)
}

/** Moved and moved back is the same start, and listed once. */
export function lastOfEachStart({ slots }: Pick<Appointment, 'slots'>): Slot[] {
  return lastOfEach(slots)
}

/** The slots that were to be held, once for each start: those not given up before it. */
export function kept({ slots }: Appointment): Slot[] {
  return lastOfEach(slots.filter(({ startsAt, leftAt }) => leftAt === undefined || leftAt >= startsAt))
}

function lastOfEach(slots: readonly Slot[]): Slot[] {
  const last = new Map(slots.map((slot) => [slot.startsAt, slot]))
  return slots.filter((slot) => last.get(slot.startsAt) === slot)
}

/** The slot that a contact sheet is about: the last one kept that had started, else the current one. */
export function slotOf(order: Order, appointment: Appointment, sheet: Sheet): Slot {
  return slotsWrittenUp(order, appointment).of.get(sheet) ?? standing(appointment)
}

/** The contact sheets about one slot of an appointment, oldest first. */
export function sheetsAbout(order: Order, appointmentId: string, slot: Slot): readonly Sheet[] {
  const appointment = order.appointments[appointmentId]
  return appointment ? (slotsWrittenUp(order, appointment).sheets.get(slot.startsAt) ?? []) : []
}

/** The slot of each contact sheet of an appointment, and the sheets of each start. */
type WrittenUp = {
  readonly count: number
  readonly of: ReadonlyMap<Sheet, Slot>
  readonly sheets: ReadonlyMap<Instant, readonly Sheet[]>
}

/** Cached by appointment object, which a fold replaces whenever a slot changes. */
const WRITTEN_UP = new WeakMap<Appointment, WrittenUp>()

/** Computed once for each appointment and its sheets, since every slot and sheet asks for it. */
function slotsWrittenUp(order: Order, appointment: Appointment): WrittenUp {
  const sheets = sheetsOf(order, appointment.appointmentId)
  const known = WRITTEN_UP.get(appointment)
  if (known?.count === sheets.length) return known
  const slots = kept(appointment)
    .map((slot, nth) => ({ slot, nth }))
    .sort((a, b) => a.slot.startsAt - b.slot.startsAt)
  let begun = 0
  let last: { readonly slot: Slot; readonly nth: number } | undefined
  const of = new Map(
    sheets.map((sheet) => {
      for (let next = slots[begun]; next && next.slot.startsAt <= sheet.at; next = slots[++begun]) {
        if (!last || next.nth > last.nth) last = next
      }
      return [sheet, last?.slot ?? standing(appointment)]
    }),
  )
  const found = {
    count: sheets.length,
    of,
    sheets: Map.groupBy(sheets, (sheet) => of.get(sheet)?.startsAt ?? 0),
  }
  WRITTEN_UP.set(appointment, found)
  return found
}

/** "Held": the last report on one of its slots says that the person attended. */
export function isHeld(order: Order, { appointmentId, slots }: Appointment): boolean {
  if (sheetsOf(order, appointmentId).length === 0) return false
  return slots.some((slot) => sheetsAbout(order, appointmentId, slot).at(-1)?.info.attendance === 'attended')
}

/** "Booked": not cancelled, and no sheet says that it was not held. */
function isBooked(order: Order, appointment: Appointment): boolean {
  if (appointment.cancelled) return false
  const sheet = sheetsOf(order, appointment.appointmentId).findLast(
    (one) => one.at >= standing(appointment).setAt,
  )
  return sheet === undefined || sheet.info.attendance === 'attended'
}

/** The booked appointments of the given kinds, or of any. */
export function booked(order: Order, ...kinds: Appointment['kind'][]): Appointment[] {
  return Object.values(order.appointments).filter((one) => isOfKind(one, kinds) && isBooked(order, one))
}

function isOfKind({ kind }: Appointment, kinds: readonly Appointment['kind'][]): boolean {
  return kinds.length === 0 || kinds.includes(kind)
}

/** Whether anything is booked to start after `from` and, if given, before `to`. */
export function isBookedBetween(
  order: Order,
  from: Instant,
  to = Number.POSITIVE_INFINITY,
  ...kinds: Appointment['kind'][]
): boolean {
  return Object.values(order.appointments).some(
    (one) => isOfKind(one, kinds) && startsBetween(one, from, to) && isBooked(order, one),
  )
}

/** From when on an appointment has been booked to start between the two, whatever else is said: an instant in ms. */
export function bookedBetweenSince(order: Order, from: Instant, to: Instant): Instant | undefined {
  const sure = Object.values(order.appointments).find((one) => {
    const { setAt, leftAt } = standing(one)
    const isSure = leftAt === undefined && startsBetween(one, from, to)
    return (
      isSure && !sheetsOf(order, one.appointmentId).some((sheet) => sheet.at >= setAt && isNotAttended(sheet))
    )
  })
  return sure && standing(sure).setAt
}

/** Whether an appointment's current start is after `from` and before `to`. */
function startsBetween(appointment: Appointment, from: Instant, to: Instant): boolean {
  const { startsAt } = standing(appointment)
  return startsAt > from && startsAt < to
}

/** Whether a treatment appointment has been held. */
export function treatmentBegan(order: Order): boolean {
  return happened(order, 'contact-sheet.submitted').some(({ info }) => {
    const appointment = order.appointments[info.appointmentId]
    return info.attendance === 'attended' && appointment?.kind === 'treatment' && isHeld(order, appointment)
  })
}

/** From when on a treatment appointment has been held, whatever sheets say of others: an instant in ms. */
export function treatmentHeldSince(order: Order): Instant | undefined {
  const bookedAt = new Map(
    happened(order, 'appointment.booked').map(({ at, info }) => [info.appointmentId, at]),
  )
  const since = Object.values(order.appointments).flatMap(({ appointmentId, kind }) => {
    const [first, ...more] = sheetsOf(order, appointmentId)
    if (kind !== 'treatment' || !first || [first, ...more].some(isNotAttended)) return []
    return Math.max(first.at, bookedAt.get(appointmentId) ?? 0)
  })
  return since.length > 0 ? since.reduce((a, b) => Math.min(a, b)) : undefined
}

function isNotAttended({ info }: Sheet): boolean {
  return info.attendance !== 'attended'
}

/** The first day of the order, London date. */
export function orderStart(terms: Terms): LocalDate {
  return terms.startsOn ?? terms.sentencedOn
}

/** The last day of the order. */
export function orderEnd(terms: Terms): LocalDate {
  return addDays(addMonths(orderStart(terms), terms.lengthMonths), -1)
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

function withAppointment(
  order: Order,
  appointmentId: string,
  change: (known: Appointment | undefined) => Appointment | undefined,
): Order {
  const next = change(order.appointments[appointmentId])
  return next ? { ...order, appointments: put(order.appointments, appointmentId, next) } : order
}

/** A new start or place is a new slot; a repeat only corrects the current one. */
function nextSlots(
  known: Appointment | undefined,
  event: EventOf<'appointment.booked' | 'appointment.rearranged'>,
  durationMinutes: number,
  place: string | undefined,
): Appointment['slots'] {
  const { startsAt, by } = event.info
  const { at: setAt, eventId } = event
  const slot: Slot = { startsAt, durationMinutes, place, startsSince: setAt, setAt, by, eventId }
  if (!known) return [slot]
  const last = standing(known)
  const isSameStart = last.startsAt === startsAt && !known.cancelled
  if (isSameStart && !isOtherPlace(last.place, place)) {
    return replaceLast(known.slots, { ...last, durationMinutes, place }) as Appointment['slots']
  }
  const next = isSameStart ? { ...slot, startsSince: last.startsSince } : slot
  return add(leave(known.slots, setAt), next) as Appointment['slots']
}

/** Whether somebody who was told one place needs to hear another. A place stated for the first time is not a move. */
export function isOtherPlace(told: string | undefined, now: string | undefined): boolean {
  return told !== undefined && now !== undefined && told !== now
}

/** Only the last slot can be current. */
function leave(
  slots: Appointment['slots'],
  at: Instant,
  cancelled?: Slot['cancelled'],
): Appointment['slots'] {
  const last = slots.at(-1)
  if (!last || last.leftAt !== undefined) return slots
  return replaceLast(slots, { ...last, leftAt: at, ...(cancelled && { cancelled }) }) as Appointment['slots']
}

/** A cancellation of an appointment, and when it was taken back by another time. */
export type Cancellation = {
  readonly cancelled: EventOf<'appointment.cancelled'>
  readonly slot: Slot
  readonly takenBackAt: Instant | undefined
}

/** The cancellations of an appointment, oldest first: of these the last may stand. */
export function cancellations({ slots }: Appointment): Cancellation[] {
  return slots.flatMap((slot, nth) =>
    slot.cancelled ? [{ slot, cancelled: slot.cancelled, takenBackAt: slots[nth + 1]?.setAt }] : [],
  )
}

/** An order is in force on each day from its first to its last, or to the day it was ended. */
export function orderRunsUntil(order: Order, terms: Terms): LocalDate {
  const end = orderEnd(terms)
  const endedOn = order.ended?.info.endedOn
  return endedOn !== undefined && endedOn < end ? endedOn : end
}

/** The London day of an appointment. */
export function dayOf(slot: Slot): LocalDate {
  return londonDate(slot.startsAt)
}
