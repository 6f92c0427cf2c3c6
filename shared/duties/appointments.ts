import { plannedOutsideQuiet } from '../calendar/hours.ts'
import {
  addDays,
  DAY_MS,
  dayOfWeek,
  HOUR_MS,
  type Instant,
  type LocalDate,
  londonDate,
  londonTime,
} from '../calendar/london.ts'
import { isSettled, type Reason } from '../casefile/ledger.ts'
import {
  type Appointment,
  booked,
  dayOf,
  endOf,
  happened,
  isBookedBetween,
  kept,
  lastOfEachStart,
  latest,
  type Order,
  orderStart,
  requirementEnd,
  requirementStart,
  type Slot,
  sheetsAbout,
  standing,
  treatmentBegan,
} from '../casefile/order.ts'
import type { Neighbours } from '../directory/neighbours.ts'
import { resolve } from '../directory/reach.ts'
import * as roles from '../directory/roles.ts'
import {
  type Bound,
  type Duty,
  type Facts,
  factStamp,
  ladder,
  notice,
  type Planned,
  promptOnOrAfter,
  promptOnOrBefore,
  promptWorkingDaysAfter,
  type Recipient,
  type Rung,
  stamp,
} from './duty.ts'
import { atOnce, caseFacts, everyDays, type OpenOrder, prompts, whoIs } from './open-order.ts'

/** Section 1 of the schedule: ATR appointments. Source 003 is NOMS, Delivering alcohol interventions and ATRs. */

const remindPerson: Duty<OpenOrder> = {
  id: 'ATR-01',
  title: 'Remind the person shortly before every appointment',
  source: '003:489, "Offenders should be contacted shortly before appointments"',
  steps: {
    'day-before': {
      to: 'person',
      when: 'start − 24 h; not if `moved` told this start within the 12 h before',
      until: 'cancelled; rearranged (then planned afresh)',
    },
    'same-day': { to: 'person', when: 'start − 2 h', until: 'cancelled; rearranged (then planned afresh)' },
    'ring-them': {
      to: 'case manager; none or absent: offender manager',
      when: '09:00 on the working day before, or at once if learnt later: this person was not, or will not be, told',
      until: 'start passed; the person was told',
    },
  },
  *plan(open) {
    for (const appointment of Object.values(open.order.appointments)) {
      for (const slot of lastOfEachStart(appointment)) {
        yield* reminders(open, appointment, slot)
        yield* ringAboutReminder(open, appointment, slot)
      }
      yield* ringAboutChanges(open, appointment)
    }
  },
}

/** How long `moved` does for the reminder a day before. */
const MOVED_REMINDS_MS = 12 * HOUR_MS
/** A reminder a day before is of no use this near the start. */
const DAY_BEFORE_STALE_MS = 3 * HOUR_MS

/** What the person is to be reminded of one start with: a day before it, and two hours. */
function* reminders(open: OpenOrder, appointment: Appointment, slot: Slot): Iterable<Planned> {
  const { casefile, rules, because } = open
  const { appointmentId } = appointment
  const outsideQuiet = (instant: Instant) => plannedOutsideQuiet(rules.settings.quiet, instant)
  const steps = [
    {
      step: 'day-before',
      due: outsideQuiet(slot.startsAt - DAY_MS),
      stale: slot.startsAt - DAY_BEFORE_STALE_MS,
    },
    { step: 'same-day', due: outsideQuiet(slot.startsAt - 2 * HOUR_MS), stale: slot.startsAt },
  ]
  for (const { step, due, stale } of steps) {
    if (slot.leftAt !== undefined && slot.leftAt <= due) continue
    const toldOfMove = step === 'day-before' && isToldOfMove(open, appointment, slot, due)
    const untold = slot.leftAt !== undefined ? 'no-longer-true' : toldOfMove ? 'told-of-move' : undefined
    yield notice(casefile, {
      duty: 'ATR-01',
      step,
      occasion: occasionOf(appointmentId, slot),
      role: 'person',
      due,
      stale,
      hours: 'person',
      alone: true,
      because: [...because, slot.eventId],
      untold,
      to: (neighbours) => toPerson(open, neighbours, { ...slotFacts(slot) }),
    })
  }
}

/** Whether `moved` told the person of this very start late enough to spare them the reminder a day before. */
function isToldOfMove(open: OpenOrder, appointment: Appointment, slot: Slot, due: Instant): boolean {
  const moved = recentMove(open, appointment, slot, due)
  if (!moved) return false
  return isGiven(open, moved) || !isSettled(open.casefile.ledger.entry(moved.noticeId))
}

/** The word to the person that moved them to this very start: still to come, or of the 12 hours before `due`. */
function recentMove(
  open: OpenOrder,
  appointment: Appointment,
  slot: Slot,
  due: Instant,
): Planned | undefined {
  const [moved] = movedPerson(open, appointment, slot)
  const entry = moved && open.casefile.ledger.entry(moved.noticeId)
  return !isSettled(entry) || entry.at >= due - MOVED_REMINDS_MS ? moved : undefined
}

/** The person cannot be reminded of this start: somebody has to ring them. */
function* ringAboutReminder(open: OpenOrder, appointment: Appointment, slot: Slot): Iterable<Planned> {
  const { casefile, rules, terms } = open
  if (slot.leftAt !== undefined || slot.setAt >= slot.startsAt) return
  const due = Math.max(promptWorkingDaysAfter(rules, dayOf(slot), -1), slot.setAt)
  if (recentMove(open, appointment, slot, due)) return
  const planned = [...reminders(open, appointment, slot)]
  const told = [...planned, ...movedPerson(open, appointment, slot)]
  yield ringThem(open, slot, {
    occasion: occasionOf(appointment.appointmentId, slot),
    due,
    because: slot.eventId,
    text: 'ring-them',
    why: (neighbours, now) => {
      if (told.some((one) => isGiven(open, one))) return undefined
      const found = resolve(roles.person(terms), neighbours, casefile.ledger.failedAddresses, now)
      if (found.is === 'nobody') return found.misses[0]?.reason
      const last = planned.at(-1)
      return last && missedBecause(open, last, neighbours, now)
    },
  })
}

/** The person could not be told that an appointment had moved or was off. */
function* ringAboutChanges(open: OpenOrder, appointment: Appointment): Iterable<Planned> {
  const slot = standing(appointment)
  const step = appointment.cancelled ? 'cancelled' : 'moved'
  const told = appointment.cancelled
    ? cancelledPerson(open, appointment)
    : movedPerson(open, appointment, slot)
  for (const change of told) {
    yield ringThem(open, slot, {
      occasion: `${appointment.appointmentId}_${step}_${factStamp(change.due)}`,
      due: change.due,
      because: change.because.at(-1) ?? slot.eventId,
      text: `ring-them-${step}`,
      why: (neighbours, now) => missedBecause(open, change, neighbours, now),
    })
  }
}

/** Skipped for reasons of ours: it was never meant to reach anybody. */
const NOT_MEANT: readonly string[] = ['before-go-live', 'shadow']

/** Why something did not reach the person; undefined while it may, and for what was never meant to. */
function missedBecause(
  { casefile, terms }: OpenOrder,
  { noticeId }: Planned,
  neighbours: Neighbours,
  now: Instant,
): Reason | undefined {
  if (casefile.ledger.failedAt(noticeId) !== undefined) {
    const again = resolve(roles.person(terms), neighbours, casefile.ledger.failedAddresses, now)
    return again.is === 'nobody' ? 'not-delivered' : undefined
  }
  const entry = casefile.ledger.entry(noticeId)
  return entry?.is === 'skipped' && !NOT_MEANT.includes(entry.reason) ? entry.reason : undefined
}

function ringThem(
  open: OpenOrder,
  slot: Slot,
  ring: {
    occasion: string
    due: Instant
    because: string
    text: string
    why: (neighbours: Neighbours, now: Instant) => Reason | undefined
  },
): Planned {
  const { casefile, terms } = open
  return notice(casefile, {
    duty: 'ATR-01',
    step: 'ring-them',
    occasion: ring.occasion,
    role: 'case-manager',
    due: ring.due,
    stale: slot.startsAt,
    hours: 'any',
    because: [...open.because, ring.because],
    text: ring.text,
    to: (neighbours, now) => {
      const why = ring.why(neighbours, now)
      if (why === undefined) return undefined
      return {
        to: [{ contactId: terms.caseManager, role: 'case-manager' }, ...roles.offenderManager(terms)],
        facts: { ...slotFacts(slot), ...caseFacts(open), who: whoIs(open, neighbours), why },
      }
    },
  })
}

const tellOfMove: Duty<OpenOrder> = {
  id: 'ATR-08',
  title: 'Tell everybody about a rearranged appointment',
  source:
    '003:493, "these should be notified to the OM in advance or on the day of the original appointment"',
  steps: {
    moved: {
      to: 'person; offender manager, case manager, `with` (not `by`)',
      when: 'at once (person: quiet hours apply)',
      until: 'person: new start passed; workers: never, told late and marked late',
    },
  },
  *plan(open) {
    for (const appointment of Object.values(open.order.appointments)) {
      for (const slot of appointment.slots.slice(1)) {
        const known = slotKnown(open, appointment, slot, 'workers')
        yield* movedPerson(open, appointment, slot)
        yield* atOnce(open, {
          duty: 'ATR-08',
          step: 'moved',
          occasion: movedOccasion(appointment, slot),
          at: slot.setAt,
          left: slot.leftAt,
          because: slot.eventId,
          text: 'moved-worker',
          tell: workersOf(open, appointment, slot.by, open.tell.offenderManagerOrDutyOfficer),
          facts: (now) => ({
            ...slotFacts(slot),
            ...caseFacts(open),
            was: known.startsAt,
            late: londonDate(now) > dayOf(known),
          }),
        })
      }
    }
  },
}

function* movedPerson(open: OpenOrder, appointment: Appointment, slot: Slot): Iterable<Planned> {
  if (!isMove(appointment, slot) || slot.setAt >= slot.startsAt) return
  if (slot.leftAt !== undefined && slot.leftAt <= slot.setAt) return
  const known = slotKnown(open, appointment, slot, 'person')
  yield notice(open.casefile, {
    duty: 'ATR-08',
    step: 'moved',
    occasion: movedOccasion(appointment, slot),
    role: 'person',
    due: slot.setAt,
    stale: slot.startsAt,
    hours: 'person',
    alone: true,
    because: [...open.because, slot.eventId],
    untold: slot.leftAt === undefined ? undefined : 'no-longer-true',
    to: (neighbours) => toPerson(open, neighbours, { ...slotFacts(slot), was: known.startsAt }),
  })
}

/**
 * Where the person, or the workers, believe an appointment to be before it moves to `slot`: not where it was moved
 * and moved on from before they could be told.
 */
function slotKnown(
  { casefile, terms }: OpenOrder,
  appointment: Appointment,
  slot: Slot,
  whom: 'person' | 'workers',
): Slot {
  const [asBooked, ...moves] = appointment.slots.slice(0, appointment.slots.indexOf(slot))
  const known = moves.findLast((move) =>
    casefile.ledger.of('ATR-08', 'moved', movedOccasion(appointment, move)).some((entry) => {
      const isTheirs = 'to' in entry && (entry.to === terms.person) === (whom === 'person')
      return isTheirs && !(entry.is === 'skipped' && entry.reason === 'no-longer-true')
    }),
  )
  return known ?? asBooked ?? slot
}

const tellOfCancellation: Duty<OpenOrder> = {
  id: 'CUS-13',
  title: 'Tell everybody that an appointment is off, and have another booked',
  source: '003:493 by analogy; the custom of services that remind',
  steps: {
    cancelled: {
      to: 'person; each worker of that appointment (not `by`)',
      when: 'at once (person: quiet hours apply)',
      until: 'start passed',
    },
    rebook: {
      to: 'case manager',
      when: '1 working day after a cancellation, nothing booked ahead',
      until: 'booked',
    },
  },
  *plan(open) {
    for (const appointment of Object.values(open.order.appointments)) {
      const { cancelled, appointmentId } = appointment
      if (!cancelled) continue
      const slot = standing(appointment)
      yield* cancelledPerson(open, appointment)
      if (cancelled.at < slot.startsAt) {
        yield* atOnce(open, {
          duty: 'CUS-13',
          step: 'cancelled',
          occasion: cancelledOccasion(appointment),
          at: cancelled.at,
          stale: slot.startsAt,
          because: cancelled.eventId,
          text: 'cancelled-worker',
          tell: workersOf(open, appointment, cancelled.info.by, open.tell.offenderManager),
          facts: () => ({ ...slotFacts(slot), ...caseFacts(open) }),
        })
      }
      yield* whileNothingBooked(open, {
        duty: 'CUS-13',
        occasion: `${appointmentId}_${factStamp(cancelled.at)}`,
        because: cancelled.eventId,
        rungs: [
          {
            step: 'rebook',
            due: promptWorkingDaysAfter(open.rules, londonDate(cancelled.at), 1),
            tell: [open.tell.caseManager],
          },
        ],
        facts: { start: slot.startsAt },
      })
    }
  },
}

function* cancelledPerson(open: OpenOrder, appointment: Appointment): Iterable<Planned> {
  const { cancelled } = appointment
  const slot = standing(appointment)
  if (!cancelled || cancelled.at >= slot.startsAt) return
  yield notice(open.casefile, {
    duty: 'CUS-13',
    step: 'cancelled',
    occasion: cancelledOccasion(appointment),
    role: 'person',
    due: cancelled.at,
    stale: slot.startsAt,
    hours: 'person',
    alone: true,
    because: [...open.because, cancelled.eventId],
    to: (neighbours) => toPerson(open, neighbours, slotFacts(slot)),
  })
}

const rebookMissed: Duty<OpenOrder> = {
  id: 'ATR-09',
  title: 'Give another appointment to somebody who came intoxicated or did not come',
  source: '003:11, "They should then be given another appointment"',
  steps: {
    rebook: {
      to: 'case manager, offender manager',
      when: '17:00 on the next working day after `attended-intoxicated` or `did-not-attend`, nothing booked ahead',
      until: 'booked',
    },
  },
  *plan(open) {
    for (const appointment of Object.values(open.order.appointments)) {
      for (const slot of kept(appointment)) yield* rebookSlot(open, appointment, slot)
    }
  },
}

function* rebookSlot(open: OpenOrder, { appointmentId }: Appointment, slot: Slot): Iterable<Planned> {
  const sheets = (order: Order) => sheetsAbout(order, appointmentId, slot)
  const missed = sheets(open.order).find((sheet) => sheet.info.attendance !== 'attended')
  if (!missed) return
  yield* whileNothingBooked(open, {
    duty: 'ATR-09',
    occasion: `${appointmentId}_${factStamp(missed.at)}`,
    because: missed.eventId,
    rungs: [
      {
        step: 'rebook',
        due: londonTime(open.rules.days.after(londonDate(missed.at), 1), '17:00'),
        tell: [open.tell.caseManager, open.tell.offenderManager],
      },
    ],
    facts: { start: slot.startsAt, attended: missed.info.attendance === 'attended-intoxicated' },
    unless: (order) => sheets(order).at(-1)?.info.attendance === 'attended',
  })
}

const bookFirst: Duty<OpenOrder> = {
  id: 'ATR-03',
  title: 'First appointments are confirmed when the order is made',
  source: '003:462, "advise that the order has been made and confirm first appointments"',
  steps: {
    'nothing-booked': {
      to: 'offender manager, case manager',
      when: '17:00 on the next working day after sentence, if nothing is booked',
      until: 'booked',
    },
  },
  *plan(open) {
    const { sentencedOn } = open.terms
    yield* ladder(open.casefile, {
      duty: 'ATR-03',
      occasion: sentencedOn,
      hours: 'office',
      because: open.because,
      facts: { ...caseFacts(open), sentencedOn },
      rungs: [
        {
          step: 'nothing-booked',
          due: londonTime(open.rules.days.after(sentencedOn, 1), '17:00'),
          tell: [open.tell.offenderManager, open.tell.caseManager],
        },
      ],
      until: (order) => booked(order).length > 0,
    })
  },
}

const commence: Duty<OpenOrder> = {
  id: 'ATR-04',
  title: 'Treatment starts within the time told to the court',
  source: '003:376, "within the timescales indicated to the court at the time of sentence"',
  steps: {
    'commence-by': {
      to: 'offender manager',
      when: '14, 7, 1 days before `commenceBy`',
      until: 'a treatment appointment is booked on or before it',
    },
    overdue: {
      to: 'offender manager, case manager',
      when: '2 working days after `commenceBy`, then weekly',
      until: 'a treatment appointment was held',
    },
  },
  *plan(open) {
    const { commenceBy } = open.terms
    if (commenceBy === undefined) return
    const { casefile, rules, tell, because } = open
    const common = {
      duty: 'ATR-04',
      hours: 'office',
      because,
      facts: { ...caseFacts(open), commenceBy },
    } as const
    const overdue = everyDays(open, rules.days.after(commenceBy, 2), 7).map((day) => ({
      step: 'overdue',
      label: day,
      due: promptOnOrAfter(rules, day),
      tell: [tell.offenderManager, tell.caseManager],
    }))
    yield* ladder(casefile, {
      ...common,
      occasion: commenceBy,
      ...(overdue[0] && { stale: overdue[0].due }),
      rungs: [14, 7, 1].map((days) => ({
        step: 'commence-by',
        label: `${days}-days`,
        due: promptOnOrBefore(rules, addDays(commenceBy, -days)),
        tell: [tell.offenderManager],
      })),
      until: (order) => booked(order, 'treatment').some((one) => dayOf(standing(one)) <= commenceBy),
    })
    yield* ladder(casefile, { ...common, occasion: commenceBy, rungs: overdue, until: treatmentBegan })
  },
}

const supportWhileWaiting: Duty<OpenOrder> = {
  id: 'ATR-07',
  title: 'Support the person while they wait for treatment',
  source:
    '003:386, "the offender is supported where immediate access to specialist treatment is not available"',
  steps: {
    waiting: {
      to: 'offender manager',
      when: 'every 14 days from sentence with no appointment of any kind ahead',
      until: 'a treatment appointment was held',
    },
  },
  *plan(open) {
    const { sentencedOn } = open.terms
    yield* ladder(open.casefile, {
      duty: 'ATR-07',
      occasion: sentencedOn,
      hours: 'office',
      because: open.because,
      facts: { ...caseFacts(open), sentencedOn },
      rungs: prompts(open, 'waiting', everyDays(open, addDays(sentencedOn, 14), 14), [
        open.tell.offenderManager,
      ]),
      until: (order, due) => treatmentBegan(order) || isBookedBetween(order, due),
    })
  },
}

const preparationReviews: Duty<OpenOrder> = {
  id: 'ATR-10',
  title: 'Fortnightly diary reviews in the preparation phase',
  source: '003:261, "Short 1:1 meetings held fortnightly to review the drink diary"',
  steps: {
    'diary-review': {
      to: 'case manager',
      when: 'every 14 days from requirement start, if `preparationReviews`, none booked ahead',
      until: 'core programme started',
    },
  },
  *plan(open) {
    if (!open.terms.preparationReviews) return
    const start = requirementStart(open.terms)
    yield* ladder(open.casefile, {
      duty: 'ATR-10',
      occasion: start,
      hours: 'office',
      because: open.because,
      facts: caseFacts(open),
      rungs: prompts(open, 'diary-review', everyDays(open, addDays(start, 14), 14), [open.tell.caseManager]),
      until: (order, due) =>
        happened(order, 'core-programme.started').length > 0 ||
        isBookedBetween(order, due, undefined, 'review'),
    })
  },
}

/** So many days without an appointment are a gap in the requirement. */
const GAP_DAYS = 28

const fillGap: Duty<OpenOrder> = {
  id: 'ATR-15',
  title: 'Spread appointments so that the requirement has no gap',
  source: '003:414, "allows the total treatment episode to be spread over the minimum ATR duration"',
  steps: {
    gap: {
      to: 'offender manager, case manager',
      when: 'when 28 days lie ahead with nothing booked while the requirement runs, once per gap, at the next 09:00 of a working day',
      until: 'booked; R',
    },
  },
  *plan(open) {
    const { casefile, rules, tell } = open
    const runsUntil = requirementEnd(open.terms)
    for (const opened of gaps(open)) {
      const today = londonDate(opened)
      const prompt = promptOnOrAfter(rules, today)
      const due = prompt >= opened ? prompt : promptOnOrAfter(rules, addDays(today, 1))
      yield* ladder(casefile, {
        duty: 'ATR-15',
        occasion: stamp(opened),
        hours: 'office',
        because: open.because,
        facts: { ...caseFacts(open), from: addDays(today, 1), to: addDays(today, GAP_DAYS), runsUntil },
        rungs: [{ step: 'gap', due, tell: [tell.offenderManager, tell.caseManager] }],
        stale: endOfDay(runsUntil),
        until: (order) => !treatmentBegan(order) || isBookedInGap(order, opened),
      })
    }
  },
}

/** The moments at which a gap opened, or will as things stand: a meeting ends, or something is booked or is off. */
function gaps({ casefile, order, terms }: OpenOrder): Instant[] {
  const start = londonTime(requirementStart(terms), '00:00')
  const changes = [
    ...happened(order, 'appointment.booked'),
    ...happened(order, 'appointment.rearranged'),
    ...happened(order, 'appointment.cancelled'),
    ...happened(order, 'contact-sheet.submitted'),
  ].map((event) => event.at)
  const ends = Object.values(order.appointments).flatMap(({ slots }) => slots.map(endOf))
  const moments = [...new Set([start, ...changes, ...ends])].filter((moment) => moment >= start)
  let wasOpen = false
  return moments
    .sort((a, b) => a - b)
    .filter((moment) => {
      const then = casefile.asOf(moment)
      const runsOn = addDays(londonDate(moment), GAP_DAYS) <= requirementEnd(terms)
      const isOpen = runsOn && treatmentBegan(then) && !isBookedInGap(then, moment)
      const opens = isOpen && !wasOpen
      wasOpen = isOpen
      return opens
    })
}

/** Whether anything is booked from a moment until the end of the 28 days that follow its day. */
function isBookedInGap(order: Order, opened: Instant): boolean {
  return isBookedBetween(order, opened - 1, endOfDay(addDays(londonDate(opened), GAP_DAYS)))
}

function endOfDay(day: LocalDate): Instant {
  return londonTime(addDays(day, 1), '00:00')
}

const FILLED_WEEKS = 16

const fillWeeks: Duty<OpenOrder> = {
  id: 'ATR-16',
  title: 'Fill the weeks without treatment, for the first sixteen',
  source: '003:414, "schedule additional appointments for the first 16 weeks"',
  steps: {
    'empty-week': {
      to: 'offender manager',
      when: 'Thursdays of weeks 1–16, medium and high: next week has no appointment',
      until: 'booked',
    },
  },
  *plan(open) {
    if (open.terms.seriousness === 'low') return
    const { casefile, rules, tell, terms } = open
    const start = orderStart(terms)
    const firstThursday = addDays(start, 4 - dayOfWeek(start))
    const thursdays = Array.from({ length: FILLED_WEEKS }, (_, week) => addDays(firstThursday, 7 * week))
    for (const thursday of thursdays.filter((day) => day >= start)) {
      const monday = addDays(thursday, 4)
      const isLast = thursday === thursdays.at(-1)
      yield* ladder(casefile, {
        duty: 'ATR-16',
        occasion: monday,
        hours: 'office',
        because: open.because,
        facts: { ...caseFacts(open), weekOf: monday },
        rungs: [{ step: 'empty-week', due: promptOnOrBefore(rules, thursday), tell: [tell.offenderManager] }],
        ...(!isLast && { stale: promptOnOrBefore(rules, addDays(thursday, 7)) }),
        until: (order) =>
          isBookedBetween(order, londonTime(monday, '00:00') - 1, londonTime(addDays(monday, 7), '00:00')),
      })
    }
  },
}

const REVIEW_EVERY_DAYS = 14

const reviewAfterProgramme: Duty<OpenOrder> = {
  id: 'ATR-18',
  title: 'Reviews after the core programme, until the requirement ends',
  source: '003:355, "holding regular (fortnightly reviews of 30-60 minutes)"',
  steps: {
    review: {
      to: 'offender manager',
      when: 'every `reviewEveryDays` (default 14) after core programme completion, nothing booked ahead',
      until: 'R; treatment ended',
    },
  },
  *plan(open) {
    const completed = latest(open.order, 'core-programme.completed')
    if (!completed) return
    const every = open.terms.reviewEveryDays ?? REVIEW_EVERY_DAYS
    const last = requirementEnd(open.terms)
    const days = everyDays(open, addDays(completed.info.on, every), every)
    yield* ladder(open.casefile, {
      duty: 'ATR-18',
      occasion: completed.info.on,
      hours: 'office',
      because: [...open.because, completed.eventId],
      facts: { ...caseFacts(open), completedOn: completed.info.on },
      rungs: prompts(open, 'review', days, [open.tell.offenderManager]),
      until: (order, due) =>
        londonDate(due) > last ||
        latest(order, 'treatment.ended') !== undefined ||
        isBookedBetween(order, due),
    })
  },
}

export const APPOINTMENT_DUTIES = [
  remindPerson,
  tellOfMove,
  tellOfCancellation,
  rebookMissed,
  bookFirst,
  commence,
  supportWhileWaiting,
  preparationReviews,
  fillGap,
  fillWeeks,
  reviewAfterProgramme,
] as const

/** When and where; the renderer says what of it the reader may be told. */
function slotFacts(slot: Slot): Facts {
  return { start: slot.startsAt, place: slot.place ?? '' }
}

/** What a person may be told: with an address that is not safe, day and time alone. */
function toPerson(open: OpenOrder, neighbours: Neighbours, facts: Facts): Bound {
  const { details } = neighbours.get('contact', open.terms.person)
  const safe = details?.addressIsSafe === true
  return {
    to: [{ contactId: open.terms.person, role: 'person' }],
    facts: { ...facts, place: safe ? facts.place : '', safe },
  }
}

/** Offender manager, case manager and whoever the appointment is with, but not whoever made the change. */
function workersOf(
  open: OpenOrder,
  appointment: Appointment,
  by: string | undefined,
  offenderManager: Recipient,
): Recipient[] {
  const { terms, tell } = open
  const own: [string, Recipient][] = [
    [terms.offenderManager, offenderManager],
    [terms.caseManager, tell.caseManager],
  ]
  const other = appointment.with
  if (other !== undefined && !own.some(([contactId]) => contactId === other)) {
    own.push([other, tell.worker(other)])
  }
  return own.filter(([contactId]) => contactId !== by).map(([, recipient]) => recipient)
}

function* whileNothingBooked(
  open: OpenOrder,
  plan: {
    duty: string
    occasion: string
    because: string
    rungs: readonly Rung[]
    facts: Facts
    unless?: (order: Order) => boolean
  },
): Iterable<Planned> {
  yield* ladder(open.casefile, {
    duty: plan.duty,
    occasion: plan.occasion,
    hours: 'office',
    because: [...open.because, plan.because],
    facts: { ...caseFacts(open), ...plan.facts },
    rungs: plan.rungs,
    until: (order, due) => isBookedBetween(order, due) || plan.unless?.(order) === true,
  })
}

function isMove(appointment: Appointment, slot: Slot): boolean {
  return appointment.slots[0] !== slot
}

function isGiven({ casefile: { ledger } }: OpenOrder, { noticeId }: Planned): boolean {
  return ledger.entry(noticeId)?.is === 'sent' && ledger.failedAt(noticeId) === undefined
}

function occasionOf(appointmentId: string, slot: Slot): string {
  return `${appointmentId}_${stamp(slot.startsAt)}`
}

function movedOccasion(appointment: Appointment, slot: Slot): string {
  return `${occasionOf(appointment.appointmentId, slot)}_${factStamp(slot.setAt)}`
}

function cancelledOccasion(appointment: Appointment): string {
  return `${appointment.appointmentId}_${factStamp(appointment.cancelled?.at ?? 0)}`
}
