import { plannedOutsideQuiet } from '../calendar/hours.ts'
import {
  addDays,
  DAY_MS,
  dayOfWeek,
  earliest,
  HOUR_MS,
  type Instant,
  londonDate,
  londonTime,
} from '../calendar/london.ts'
import type { Reason } from '../casefile/ledger.ts'
import {
  type Appointment,
  booked,
  dayOf,
  endOf,
  happened,
  isBookedBetween,
  latest,
  type Order,
  orderStart,
  requirementEnd,
  requirementStart,
  type Slot,
  sheetsOf,
  standing,
  treatmentBegan,
} from '../casefile/order.ts'
import type { Neighbours } from '../directory/neighbours.ts'
import { reachOf } from '../directory/reach.ts'
import {
  type Bound,
  type Duty,
  type Facts,
  factStamp,
  ladder,
  notice,
  noticeIdOf,
  type Planned,
  promptOnOrAfter,
  promptOnOrBefore,
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

/** Moved and moved back is the same start again: it is reminded of once. */
function lastOfEachStart({ slots }: Appointment): Slot[] {
  return slots.filter((slot) => slots.findLast((other) => other.startsAt === slot.startsAt) === slot)
}

/** How long `moved` does for the reminder a day before. */
const MOVED_REMINDS_MS = 12 * HOUR_MS
/** A reminder a day before is of no use this near the start. */
const DAY_BEFORE_STALE_MS = 3 * HOUR_MS

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
    const toldOfMove = step === 'day-before' && movedTells(open, appointment, slot, due)
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

/** Whether `moved` tells the person of this very start late enough to spare them the reminder a day before. */
function movedTells(open: OpenOrder, appointment: Appointment, slot: Slot, due: Instant): boolean {
  if (!isMove(appointment, slot)) return false
  const entry = open.casefile.ledger.entry(movedId(open, appointment, slot))
  if (entry?.is === 'skipped' || entry?.is === 'failed') return false
  return (entry?.is === 'sent' ? entry.at : slot.setAt) >= due - MOVED_REMINDS_MS
}

/** The person cannot be reminded of this start: somebody has to ring them. */
function* ringAboutReminder(open: OpenOrder, appointment: Appointment, slot: Slot): Iterable<Planned> {
  if (slot.leftAt !== undefined) return
  const { casefile, rules } = open
  const workingDayBefore = londonTime(rules.days.before(dayOf(slot), 1), rules.settings.promptAt)
  if (isMove(appointment, slot) && slot.setAt >= workingDayBefore - MOVED_REMINDS_MS) return
  const ids = [
    ...reminders(open, appointment, slot),
    ...(isMove(appointment, slot) ? movedPerson(open, appointment, slot) : []),
  ].map((one) => one.noticeId)
  yield ringThem(open, slot, {
    occasion: occasionOf(appointment.appointmentId, slot),
    due: Math.max(workingDayBefore, slot.setAt),
    because: slot.eventId,
    text: 'ring-them',
    facts: {},
    why: (neighbours) => {
      const entries = ids.map((id) => casefile.ledger.entry(id))
      const arrived = ids.some((id) => isGiven(open, id))
      if (arrived) return undefined
      const unreachable = reachOf(open.terms.person, neighbours)
      if (typeof unreachable === 'string') return unreachable
      if (ids.some((id) => casefile.ledger.failedAt(id) !== undefined)) return 'not-delivered'
      const last = entries[1]
      return last?.is === 'skipped' && last.reason !== 'before-go-live' ? last.reason : undefined
    },
  })
}

/** The person could not be told that an appointment had moved or was off. */
function* ringAboutChanges(open: OpenOrder, appointment: Appointment): Iterable<Planned> {
  const slot = standing(appointment)
  const told = appointment.cancelled
    ? [...cancelledPerson(open, appointment)]
    : isMove(appointment, slot)
      ? [...movedPerson(open, appointment, slot)]
      : []
  for (const { noticeId, due, because } of told) {
    const step = appointment.cancelled ? 'cancelled' : 'moved'
    yield ringThem(open, slot, {
      occasion: `${appointment.appointmentId}_${step}_${factStamp(due)}`,
      due,
      because: because.at(-1) ?? slot.eventId,
      text: `ring-them-${step}`,
      facts: {},
      why: () => {
        const entry = open.casefile.ledger.entry(noticeId)
        if (open.casefile.ledger.failedAt(noticeId) !== undefined) return 'not-delivered'
        return entry?.is === 'skipped' && entry.reason !== 'before-go-live' ? entry.reason : undefined
      },
    })
  }
}

function ringThem(
  open: OpenOrder,
  slot: Slot,
  ring: {
    occasion: string
    due: Instant
    because: string
    text: string
    facts: Facts
    why: (neighbours: Neighbours) => Reason | undefined
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
    to: (neighbours) => {
      const why = ring.why(neighbours)
      if (why === undefined) return undefined
      return {
        to: [
          { contactId: terms.caseManager, role: 'case-manager' },
          { contactId: terms.offenderManager, role: 'offender-manager', covered: true },
          { contactId: terms.probationOffice, role: 'probation-office' },
        ],
        facts: {
          ...ring.facts,
          ...slotFacts(slot),
          ...caseFacts(open),
          who: whoIs(open, neighbours),
          why,
        },
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
      for (const [index, slot] of appointment.slots.entries()) {
        const before = appointment.slots[index - 1]
        if (!before) continue
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
            was: before.startsAt,
            late: londonDate(now) > dayOf(before),
          }),
        })
      }
    }
  },
}

function* movedPerson(open: OpenOrder, appointment: Appointment, slot: Slot): Iterable<Planned> {
  const before = appointment.slots[appointment.slots.indexOf(slot) - 1]
  if (!before || slot.setAt >= slot.startsAt) return
  if (slot.leftAt !== undefined && slot.leftAt <= slot.setAt) return
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
    to: (neighbours) => toPerson(open, neighbours, { ...slotFacts(slot), was: before.startsAt }),
  })
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
      const { days, settings } = open.rules
      yield* whileNothingBooked(open, {
        duty: 'CUS-13',
        occasion: `${appointmentId}_${factStamp(cancelled.at)}`,
        because: cancelled.eventId,
        rungs: [
          {
            step: 'rebook',
            due: londonTime(days.after(londonDate(cancelled.at), 1), settings.promptAt),
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
    for (const { appointmentId } of Object.values(open.order.appointments)) {
      const sheets = sheetsOf(open.order, appointmentId)
      const missed = sheets.find((sheet) => sheet.info.attendance !== 'attended')
      if (!missed || sheets.at(-1)?.info.attendance === 'attended') continue
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
        facts: { attended: missed.info.attendance === 'attended-intoxicated' },
      })
    }
  },
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

const OVERDUE_WEEKS_MAX = 200

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
    yield* ladder(casefile, {
      ...common,
      occasion: commenceBy,
      rungs: [14, 7, 1].map((days) => ({
        step: 'commence-by',
        label: `${days}-days`,
        due: promptOnOrBefore(rules, addDays(commenceBy, -days)),
        tell: [tell.offenderManager],
      })),
      until: (order) => booked(order, 'treatment').some((one) => dayOf(standing(one)) <= commenceBy),
    })
    const first = rules.days.after(commenceBy, 2)
    yield* ladder(casefile, {
      ...common,
      occasion: commenceBy,
      rungs: everyDays(open, first, 7, OVERDUE_WEEKS_MAX).map((day) => ({
        step: 'overdue',
        label: day,
        due: promptOnOrAfter(rules, day),
        tell: [tell.offenderManager, tell.caseManager],
      })),
      until: treatmentBegan,
    })
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
    const { casefile, rules, tell, terms } = open
    const runsUntil = londonTime(addDays(requirementEnd(terms), 1), '00:00')
    for (const opened of gaps(open, runsUntil)) {
      const day = londonDate(opened)
      const due = earliest(
        ...[day, addDays(day, 1)]
          .map((from) => promptOnOrAfter(rules, from))
          .filter((prompt) => prompt >= opened),
      )
      if (due === undefined) continue
      yield* ladder(casefile, {
        duty: 'ATR-15',
        occasion: stamp(opened),
        hours: 'office',
        because: open.because,
        facts: { ...caseFacts(open), requirementEnd: requirementEnd(terms) },
        rungs: [{ step: 'gap', due, tell: [tell.offenderManager, tell.caseManager] }],
        until: (order, at) => at >= runsUntil || isBookedBetween(order, at, at + GAP_DAYS * DAY_MS),
      })
    }
  },
}

/** The moments at which such a gap opened, or will as things stand: when a meeting ends or a booking goes. */
function gaps(open: OpenOrder, runsUntil: Instant): Instant[] {
  const { casefile, order } = open
  const changes = [
    ...happened(order, 'appointment.cancelled'),
    ...happened(order, 'appointment.rearranged'),
    ...happened(order, 'contact-sheet.submitted'),
  ].map((event) => event.at)
  const ends = booked(order).map((one) => endOf(standing(one)))
  const moments = [...new Set([...changes, ...ends])].sort((a, b) => a - b)
  const opened: Instant[] = []
  let isOpen = false
  for (const moment of moments) {
    const then = casefile.asOf(moment)
    const wasOpen = isOpen
    isOpen =
      moment + GAP_DAYS * DAY_MS <= runsUntil &&
      treatmentBegan(then) &&
      !isBookedBetween(then, moment - 1, moment + GAP_DAYS * DAY_MS)
    if (isOpen && !wasOpen) opened.push(moment)
  }
  return opened
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
    const start = orderStart(open.terms)
    const monday = addDays(start, 1 - dayOfWeek(start))
    for (let week = 0; week < FILLED_WEEKS; week++) {
      const nextMonday = addDays(monday, 7 * (week + 1))
      const from = londonTime(nextMonday, '00:00')
      const to = londonTime(addDays(nextMonday, 7), '00:00')
      yield* ladder(open.casefile, {
        duty: 'ATR-16',
        occasion: nextMonday,
        hours: 'office',
        because: open.because,
        facts: { ...caseFacts(open), weekOf: nextMonday },
        rungs: [
          {
            step: 'empty-week',
            due: promptOnOrBefore(open.rules, addDays(nextMonday, -4)),
            tell: [open.tell.offenderManager],
          },
        ],
        stale: from,
        until: (order) => isBookedBetween(order, from - 1, to),
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
    const days = everyDays(open, addDays(completed.info.on, every), every).filter((day) => day <= last)
    yield* ladder(open.casefile, {
      duty: 'ATR-18',
      occasion: completed.info.on,
      hours: 'office',
      because: [...open.because, completed.eventId],
      facts: { ...caseFacts(open), completedOn: completed.info.on },
      rungs: prompts(open, 'review', days, [open.tell.offenderManager]),
      until: (order, due) => latest(order, 'treatment.ended') !== undefined || isBookedBetween(order, due),
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
  plan: { duty: string; occasion: string; because: string; rungs: readonly Rung[]; facts: Facts },
): Iterable<Planned> {
  yield* ladder(open.casefile, {
    duty: plan.duty,
    occasion: plan.occasion,
    hours: 'office',
    because: [...open.because, plan.because],
    facts: { ...caseFacts(open), ...plan.facts },
    rungs: plan.rungs,
    until: (order: Order, due) => isBookedBetween(order, due),
  })
}

function isMove(appointment: Appointment, slot: Slot): boolean {
  return appointment.slots[0] !== slot
}

function isGiven(open: OpenOrder, noticeId: string): boolean {
  const { ledger } = open.casefile
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

function movedId(open: OpenOrder, appointment: Appointment, slot: Slot): string {
  return noticeIdOf(open.casefile.id, {
    duty: 'ATR-08',
    step: 'moved',
    occasion: movedOccasion(appointment, slot),
    role: 'person',
  })
}
