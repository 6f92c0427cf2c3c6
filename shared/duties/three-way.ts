import { officeTime } from '../calendar/hours.ts'
import {
  addDays,
  addMonths,
  daysBetween,
  type Instant,
  type LocalDate,
  londonDate,
  londonTime,
} from '../calendar/london.ts'
import {
  type Appointment,
  booked,
  dayOf,
  documentsSent,
  type EventOf,
  halfWay,
  happened,
  isBookedBetween,
  isHeld,
  lastOfEachStart,
  latest,
  type Order,
  orderEnd,
  orderRunsUntil,
  orderStart,
  type Slot,
  standing,
  treatmentEnd,
} from '../casefile/order.ts'
import {
  type Duty,
  type Facts,
  factStamp,
  type Hours,
  ladder,
  type Planned,
  promptOnOrAfter,
  promptOnOrBefore,
  promptWorkingDaysAfter,
  type Recipient,
  type Rung,
  stamp,
} from './duty.ts'
import { caseFacts, type OpenOrder } from './open-order.ts'

/**
 * Section 2 of the schedule: three-way meetings. The person is reminded of theirs as of any appointment, and the
 * workers find it in the list of their day (ATR-01); what is here sees that it is booked, and that it stands.
 */

const firstMeeting: Duty<OpenOrder> = {
  id: 'TWM-01',
  title: 'The first meeting is a three-way meeting',
  source: '003:477, "The first meeting with the offender should be a three way meeting"',
  steps: {
    'first-meeting': {
      to: 'offender manager; +5 working days: probation office too',
      when: 'on the order (at once within 09:00–17:00 of a working day, else next 09:00), +3, +5 working days',
      until: 'a first three-way is booked',
    },
  },
  *plan(open) {
    const { casefile, order, rules, tell, because } = open
    const madeAt = order.made?.at ?? 0
    const day = londonDate(madeAt)
    const rung = (label: string, due: Instant, ...who: Recipient[]): Rung => ({
      step: 'first-meeting',
      label,
      due,
      tell: who,
    })
    const later = (count: number) => promptWorkingDaysAfter(rules, day, count)
    yield* ladder(casefile, {
      duty: 'TWM-01',
      occasion: day,
      hours: 'office',
      because,
      facts: caseFacts(open),
      rungs: [
        rung('on-the-order', officeTime(rules.settings.office, rules.days, madeAt), tell.offenderManager),
        rung('3-working-days', later(3), tell.offenderManager),
        rung('5-working-days', later(5), tell.offenderManager, tell.probationOffice),
      ],
      until: (state) => threeWays(state).some((meeting) => stageOf(open, state, meeting) === 'first'),
    })
  },
}

const halfWayMeeting: Duty<OpenOrder> = {
  id: 'TWM-04',
  title: 'A three-way meeting at the half-way point',
  source: '003:479, "There should be further three way meetings at the half-way point of the ATR"',
  steps: {
    'half-way': {
      to: 'offender manager, case manager; H+14: probation office too',
      when: 'H−28, H−14, H−7; H+7, H+14 overdue',
      until: 'half-way booked',
    },
  },
  *plan(open) {
    const { casefile, rules, tell, terms, because } = open
    const day = halfWay(terms)
    const both = [tell.offenderManager, tell.caseManager]
    const overdue = (days: number, who: readonly Recipient[]): Rung => ({
      step: 'half-way',
      label: `${days}-days-after`,
      text: 'half-way-overdue',
      due: promptOnOrAfter(rules, addDays(day, days)),
      tell: who,
    })
    yield* ladder(casefile, {
      duty: 'TWM-04',
      occasion: day,
      hours: 'office',
      because,
      facts: { ...caseFacts(open), day },
      rungs: [
        ...weeksBefore(open, 'half-way', day),
        overdue(7, both),
        overdue(14, [...both, tell.probationOffice]),
      ],
      until: (state) => threeWays(state).some((meeting) => stageOf(open, state, meeting) === 'half-way'),
    })
  },
}

const endMeeting: Duty<OpenOrder> = {
  id: 'TWM-05',
  title: 'A three-way meeting at the end of treatment',
  source: '003:479, "and at the end of treatment to confirm progress"',
  steps: {
    end: {
      to: 'offender manager, case manager; then probation office',
      when: 'E−28, E−14, E−7; E+1 and the 2 working days after, then probation office',
      until: 'end booked',
    },
  },
  *plan(open) {
    const { casefile, order, rules, tell, terms } = open
    const day = treatmentEnd(order, terms)
    const dayAfter = addDays(day, 1)
    const after = (count: number) => promptWorkingDaysAfter(rules, dayAfter, count)
    const overdue = (due: Instant, who: readonly Recipient[]): Rung => ({
      step: 'end',
      label: londonDate(due),
      text: 'end-overdue',
      due,
      tell: who,
    })
    // After a Friday, E+1 moves to Monday, which is the first of the two working days after it too: one prompt.
    const daily = [...new Set([promptOnOrAfter(rules, dayAfter), after(1), after(2)])]
    const ended = latest(order, 'treatment.ended')
    yield* ladder(casefile, {
      duty: 'TWM-05',
      occasion: day,
      hours: 'office',
      because: [...open.because, ...(ended ? [ended.eventId] : [])],
      facts: { ...caseFacts(open), day },
      rungs: [
        ...weeksBefore(open, 'end', day),
        ...daily.map((due) => overdue(due, [tell.offenderManager, tell.caseManager])),
        overdue(after(3), [tell.probationOffice]),
      ],
      until: (state) => threeWays(state).some((meeting) => isAtEnd(open, state, meeting)),
    })
  },
}

const afterProgramme: Duty<OpenOrder> = {
  id: 'TWM-06',
  title: 'Core programme completed: a report, and a three-way meeting to review it',
  source: '003:509, "At this point the ATR case manager should arrange a three way"',
  steps: {
    completed: {
      to: 'offender manager',
      when: 'at once; again at +5 working days',
      until: '`completion-report` sent and a later three-way booked',
    },
    'report-and-meeting': {
      to: 'case manager (report, meeting)',
      when: '+3 and +5 working days',
      until: '`completion-report` sent and a later three-way booked',
    },
  },
  *plan(open) {
    const { casefile, rules, tell } = open
    const completed = latest(open.order, 'core-programme.completed')
    if (!completed) return
    const after = (count: number) => promptWorkingDaysAfter(rules, londonDate(completed.at), count)
    const common = {
      duty: 'TWM-06',
      occasion: factStamp(completed.at),
      hours: 'office',
      because: [...open.because, completed.eventId],
      facts: { ...caseFacts(open), completedOn: completed.info.on, ...done(open.order, completed.at) },
      until: (state: Order, due: Instant) => {
        const { reportSent, meetingBooked } = done(state, due)
        return reportSent && meetingBooked
      },
    } as const
    yield* ladder(casefile, {
      ...common,
      rungs: [
        { step: 'completed', due: completed.at, hours: 'any', tell: [tell.offenderManager] },
        {
          step: 'completed',
          label: '5-working-days',
          text: 'completed-outstanding',
          due: after(5),
          tell: [tell.offenderManager],
        },
      ],
    })
    yield* ladder(casefile, {
      ...common,
      rungs: [3, 5].map((count) => ({
        step: 'report-and-meeting',
        label: `${count}-working-days`,
        due: after(count),
        tell: [tell.caseManager],
      })),
    })
  },
}

const beforePlanReview: Duty<OpenOrder> = {
  id: 'TWM-07',
  title: 'The three-way after the core programme comes before the planned review of the sentence plan',
  source: '003:509, "this should take place prior to planned reviews of the sentence and care plans"',
  steps: {
    'before-review': {
      to: 'case manager',
      when: '10 and 5 working days before `reviewOn`, core programme completed, none booked',
      until: 'booked',
    },
  },
  *plan(open) {
    yield* aroundPlanReview(open, 'TWM-07', (reviewOn) => ({
      rungs: [10, 5].map((count) => ({
        step: 'before-review',
        label: `${count}-working-days`,
        due: promptWorkingDaysAfter(open.rules, reviewOn, -count),
        tell: [open.tell.caseManager],
      })),
      until: (state, due) =>
        latest(state, 'core-programme.completed') === undefined || isReviewMeetingBooked(state, due),
    }))
  },
}

const atPlanReview: Duty<OpenOrder> = {
  id: 'TWM-08',
  title: 'Not arranged by the review of the sentence plan: the offender manager asks the case manager',
  source: '003:509, "the OM should contact the ATR case manager for an update"',
  steps: {
    ask: {
      to: 'offender manager',
      when: 'on `reviewOn`, + 2 working days: ask the case manager',
      until: 'booked',
    },
  },
  *plan(open) {
    const { rules, tell } = open
    yield* aroundPlanReview(open, 'TWM-08', (reviewOn) => ({
      rungs: [
        { label: 'on-the-day', due: promptOnOrBefore(rules, reviewOn) },
        { label: '2-working-days', due: promptWorkingDaysAfter(rules, reviewOn, 2) },
      ].map((rung) => ({ step: 'ask', ...rung, tell: [tell.offenderManager] })),
      until: isReviewMeetingBooked,
    }))
  },
}

const jointReviews: Duty<OpenOrder> = {
  id: 'TWM-10',
  title: 'Joint reviews with the person, every month or six weeks, until the order is completed',
  source:
    '003:495, "in all medium to high seriousness cases every month/six weeks until the Order is completed"',
  steps: {
    review: {
      to: 'offender manager, case manager',
      when: 'high or any `attention`: monthly; medium: every 42 days, from order start or the last review or three-way held: 7 days before; overdue the day after',
      until: 'a review or three-way is booked in that window; order ended',
    },
  },
  *plan(open) {
    const { casefile, order, rules, tell, terms, because } = open
    const windows = reviewWindows(open)
    const before = (day: LocalDate) => promptOnOrBefore(rules, addDays(day, -7))
    for (const [index, { after, day }] of windows.entries()) {
      const next = windows[index + 1]
      const rung = (label: string, due: Instant, text: string): Rung => ({
        step: 'review',
        label,
        due,
        text,
        tell: [tell.offenderManager, tell.caseManager],
      })
      yield* ladder(casefile, {
        duty: 'TWM-10',
        occasion: day,
        hours: 'office',
        because,
        facts: { ...caseFacts(open), day },
        rungs: [
          rung('7-days-before', before(day), 'review'),
          rung('day-after', promptOnOrAfter(rules, addDays(day, 1)), 'review-overdue'),
        ],
        ...(next && { stale: before(next.day) }),
        until: (state, due) =>
          londonDate(due) > orderRunsUntil(order, terms) ||
          isBookedBetween(state, endOf(after) - 1, endOf(day), ...REVIEWS),
      })
    }
  },
}

const atRisk: Duty<OpenOrder> = {
  id: 'TWM-14',
  title: 'A three-way meeting that somebody has not confirmed, or has declined, is at risk',
  source: '003:477, "with both the treatment provider and offender manager present"',
  steps: {
    'at-risk': {
      to: 'the worker who has not confirmed, and the offender manager',
      when: '2 working days before a three-way that offender manager or case manager has not confirmed; at once when anyone declines',
      until: 'confirmed; cancelled',
    },
  },
  *plan(open) {
    for (const meeting of Object.values(open.order.appointments)) {
      if (meeting.kind !== 'three-way') continue
      for (const slot of lastOfEachStart(meeting)) {
        const at: At = { appointmentId: meeting.appointmentId, slot }
        yield* unconfirmed(open, at)
        for (const declined of happened(open.order, 'appointment.declined')) {
          if (isAbout(declined, at)) yield* declinedBy(open, at, declined)
        }
      }
    }
  },
}

export const THREE_WAY_DUTIES = [
  firstMeeting,
  halfWayMeeting,
  endMeeting,
  afterProgramme,
  beforePlanReview,
  atPlanReview,
  jointReviews,
  atRisk,
] as const

function threeWays(order: Order): Appointment[] {
  return booked(order, 'three-way')
}

/** So near half-way, or the end, a meeting is the one for it. */
const STAGE_DAYS = 28
/** So near the end, the meeting after the core programme is the one at the end too. */
const BOTH_DAYS = 14

/** Which of the three-way meetings one is: as was said, else the first, the one about half-way, or the one at the end. */
function stageOf({ order, terms }: OpenOrder, state: Order, meeting: Appointment): Appointment['stage'] {
  if (meeting.stage) return meeting.stage
  const { startsAt } = standing(meeting)
  const day = londonDate(startsAt)
  const isFirst = threeWays(state).every((other) => standing(other).startsAt >= startsAt)
  if (isFirst) return 'first'
  if (Math.abs(daysBetween(halfWay(terms), day)) <= STAGE_DAYS) return 'half-way'
  return day >= addDays(treatmentEnd(order, terms), -STAGE_DAYS) ? 'end' : undefined
}

/** The meeting at the end of treatment, which the one after the core programme may serve as. */
function isAtEnd(open: OpenOrder, state: Order, meeting: Appointment): boolean {
  if (stageOf(open, state, meeting) === 'end') return true
  const completed = latest(state, 'core-programme.completed')
  const day = dayOf(standing(meeting))
  const fromEnd = Math.abs(daysBetween(treatmentEnd(open.order, open.terms), day))
  return !meeting.stage && completed !== undefined && day >= completed.info.on && fromEnd <= BOTH_DAYS
}

/** Whether the three-way that reviews the core programme is booked: after its completion or, till then, from `due` on. */
function isReviewMeetingBooked(state: Order, due: Instant): boolean {
  const since = latest(state, 'core-programme.completed')?.info.on ?? londonDate(due)
  return threeWays(state).some((meeting) => dayOf(standing(meeting)) >= since)
}

/** What of the two things that follow the core programme is done. */
function done(state: Order, due: Instant) {
  return {
    reportSent: documentsSent(state, 'completion-report').length > 0,
    meetingBooked: isReviewMeetingBooked(state, due),
  }
}

/** Four, two and one weeks before the day by which a meeting should be held. */
function weeksBefore({ rules, tell }: OpenOrder, step: string, day: LocalDate): Rung[] {
  return [28, 14, 7].map((days) => ({
    step,
    label: `${days}-days-before`,
    due: promptOnOrBefore(rules, addDays(day, -days)),
    tell: [tell.offenderManager, tell.caseManager],
  }))
}

/** The ladder of one duty around the day on which the sentence plan is to be reviewed, if one is set. */
function* aroundPlanReview(
  open: OpenOrder,
  duty: string,
  plan: (reviewOn: LocalDate) => {
    rungs: readonly Rung[]
    until: (state: Order, due: Instant) => boolean
  },
): Iterable<Planned> {
  const completed = latest(open.order, 'sentence-plan.completed')
  const reviewOn = completed?.info.reviewOn
  if (!completed || reviewOn === undefined) return
  yield* ladder(open.casefile, {
    duty,
    occasion: reviewOn,
    hours: 'office',
    because: [...open.because, completed.eventId],
    facts: { ...caseFacts(open), reviewOn },
    ...plan(reviewOn),
  })
}

const REVIEWS = ['review', 'three-way'] as const
const REVIEW_DAYS = 42

/** A review falls due on `day`, and one booked later than `after` is it. */
type Window = { readonly after: LocalDate; readonly day: LocalDate }

/** The windows from order start, or the last review or three-way held, one upon another while the order lasts. */
function reviewWindows({ order, terms }: OpenOrder): Window[] {
  const { seriousness, attention = [] } = terms
  const isMonthly = seriousness === 'high' || attention.length > 0
  if (!isMonthly && seriousness === 'low') return []
  const held = Object.values(order.appointments)
    .filter((one) => REVIEWS.some((kind) => kind === one.kind) && isHeld(order, one))
    .map((one) => dayOf(standing(one)))
  const from = held.toSorted().at(-1) ?? orderStart(terms)
  const later = (count: number) => (isMonthly ? addMonths(from, count) : addDays(from, REVIEW_DAYS * count))
  const windows: Window[] = []
  for (let count = 1; later(count) <= orderEnd(terms); count++) {
    windows.push({ after: later(count - 1), day: later(count) })
  }
  return windows
}

function endOf(day: LocalDate): Instant {
  return londonTime(addDays(day, 1), '00:00')
}

type Answer = EventOf<'appointment.confirmed' | 'appointment.declined'>

/** A meeting at one of its times. */
type At = { readonly appointmentId: string; readonly slot: Slot }

/** Whether an answer is about a meeting at this time: given while it stood. */
function isAbout({ info, at }: Answer, { appointmentId, slot }: At): boolean {
  const { setAt, startsAt, leftAt = startsAt } = slot
  return info.appointmentId === appointmentId && at >= setAt && at < Math.min(startsAt, leftAt)
}

/** Whether a meeting was moved from this time, or is off. */
function isLeft(state: Order, { appointmentId, slot }: At): boolean {
  const { slots = [] } = state.appointments[appointmentId] ?? {}
  const same = slots.find(({ setAt, startsAt }) => setAt === slot.setAt && startsAt === slot.startsAt)
  return same?.leftAt !== undefined
}

/** Whether the last word of a contact is that they come to a meeting at this time. */
function hasConfirmed(state: Order, meeting: At, contactId: string): boolean {
  const answers = [...happened(state, 'appointment.confirmed'), ...happened(state, 'appointment.declined')]
  const theirs = answers.filter((answer) => isAbout(answer, meeting) && answer.info.by === contactId)
  return theirs.toSorted((a, b) => a.at - b.at).at(-1)?.type === 'appointment.confirmed'
}

/** Two working days before a meeting, somebody has not said that they come. */
function* unconfirmed(open: OpenOrder, meeting: At): Iterable<Planned> {
  const { rules, order, terms } = open
  const { slot } = meeting
  const awaited = (state: Order) =>
    [terms.offenderManager, terms.caseManager].filter((worker) => !hasConfirmed(state, meeting, worker))
  const [first, second] = awaited(order)
  yield* warn(open, meeting, {
    occasion: stamp(slot.startsAt),
    due: promptWorkingDaysAfter(rules, dayOf(slot), -2),
    hours: 'office',
    because: slot.eventId,
    text: 'at-risk',
    facts: {
      awaited: second ? 'both' : first === terms.offenderManager ? 'offender-manager' : 'case-manager',
    },
    isMet: (state) => awaited(state).length === 0,
  })
}

/** Somebody has said that they cannot come. */
function* declinedBy(
  open: OpenOrder,
  meeting: At,
  { info, at, eventId }: EventOf<'appointment.declined'>,
): Iterable<Planned> {
  const { person, offenderManager, caseManager } = open.terms
  const roles = { [person]: 'person', [caseManager]: 'case-manager', [offenderManager]: 'offender-manager' }
  yield* warn(open, meeting, {
    occasion: `${stamp(meeting.slot.startsAt)}_${factStamp(at)}`,
    due: at,
    hours: 'any',
    because: eventId,
    text: 'at-risk-declined',
    facts: { declinedBy: roles[info.by] ?? 'another' },
    isMet: (state) => hasConfirmed(state, meeting, info.by),
  })
}

/** Tells the offender manager, and the case manager unless they have confirmed, until the danger is met. */
function* warn(
  open: OpenOrder,
  meeting: At,
  warning: {
    occasion: string
    due: Instant
    hours: Hours
    because: string
    text: string
    facts: Facts
    isMet: (state: Order) => boolean
  },
): Iterable<Planned> {
  const { casefile, terms, tell, because } = open
  const { startsAt } = meeting.slot
  const isOver = (state: Order) => isLeft(state, meeting) || warning.isMet(state)
  const warnings = [
    { who: tell.offenderManager, until: isOver },
    {
      who: tell.caseManager,
      until: (state: Order) => isOver(state) || hasConfirmed(state, meeting, terms.caseManager),
    },
  ]
  for (const { who, until } of warnings) {
    yield* ladder(casefile, {
      duty: 'TWM-14',
      occasion: `${meeting.appointmentId}_${warning.occasion}`,
      hours: warning.hours,
      because: [...because, warning.because],
      facts: { ...caseFacts(open), ...warning.facts, start: startsAt },
      rungs: [{ step: 'at-risk', due: warning.due, text: warning.text, tell: [who] }],
      stale: startsAt,
      until,
    })
  }
}
