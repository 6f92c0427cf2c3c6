import { dayOf as dayOfSlot, lastOfEachStart } from '../../casefile/appointment.ts'
import type { EventOf } from '../../casefile/events.ts'
import { factStamp, stamp } from '../../casefile/ids.ts'
import { happened, type Order } from '../../casefile/order.ts'
import { isAbout, lastWordOf, type MeetingAt } from '../../casefile/three-way.ts'
import { ANSWERS } from '../../messages/answers.ts'
import type { Facts } from '../../messages/text.ts'
import { any, either, onlyIf, type When } from '../../planning/rows.ts'
import { labelled, when, workingDaysBefore } from '../../planning/when.ts'
import type { OpenOrder } from '../orders/open-order.ts'
import {
  about,
  caseManager,
  type DayOfOrder,
  dayOf,
  type OrderUntil,
  offenderManager,
  orderDuty,
} from '../orders/rows.ts'
import { THREE_WAY_TEXTS as TEXTS } from './texts.ts'

type Declined = EventOf<'appointment.declined'>

/** A meeting that is at risk: because somebody declined, or else because somebody has not confirmed. */
type Risk = DayOfOrder & MeetingAt & { readonly declined: Declined | undefined }

const NOT_CONFIRMED = onlyIf<Risk>(
  'where the offender manager or the case manager has not confirmed',
  ({ declined }) => declined === undefined,
  workingDaysBefore(dayOf('a three-way'), 2),
)
const DECLINED: When<Risk> = when('at once when anybody declines', ({ declined }) =>
  declined ? [{ due: declined.at }] : [],
)

const MOVED: OrderUntil<Risk> = {
  says: 'moved; cancelled; started',
  met: (order, _, meeting) => isLeft(order, meeting),
}
/** One of the two posts that must confirm. */
type Post = 'offenderManager' | 'caseManager'

const CALLED: Readonly<Record<Post, string>> = {
  offenderManager: 'the offender manager',
  caseManager: 'the case manager',
}

function confirms(post: Post): OrderUntil<Risk> {
  return {
    says: `${CALLED[post]} confirms`,
    met: (order, _, risk) => hasConfirmed(order, risk, risk.terms[post]),
  }
}

/** They had not confirmed when it fell due, and so were asked themselves. */
function isAsked(post: Post): OrderUntil<Risk> {
  return {
    says: `${CALLED[post]} is asked themselves`,
    met: (order, _, risk) => !hasConfirmed(order, risk, risk.terms[post]),
  }
}

const THEY_CONFIRM: OrderUntil<Risk> = {
  says: 'the one who declined confirms',
  met: (order, _, risk) => risk.declined !== undefined && hasConfirmed(order, risk, risk.declined.info.by),
}

/** What a worker who declined is told, and what the other is told about it. */
function declinedBy(post: Post) {
  return either<Risk>(
    ({ declined, terms }) => declined?.info.by === terms[post],
    TEXTS.declinedThemselves,
    TEXTS.declined,
  )
}

export const atRisk = orderDuty(risks)({
  id: 'TWM-14',
  title: {
    en: 'A three-way meeting that somebody has not confirmed, or has declined, is at risk',
    cy: 'Mae cyfarfod tair ffordd nad yw rhywun wedi’i gadarnhau, neu wedi’i wrthod, mewn perygl',
  },
  source: '003:477, "with both the treatment provider and offender manager present"',
  hours: 'office',
  until: MOVED,
  stale: ({ slot }) => slot.startsAt,
  rows: {
    'at-risk': [
      {
        to: offenderManager,
        when: NOT_CONFIRMED,
        until: any(MOVED, confirms('offenderManager')),
        apart: true,
        text: TEXTS.notConfirmed,
        answers: ANSWERS.appointment,
      },
      {
        to: caseManager,
        when: NOT_CONFIRMED,
        until: any(MOVED, confirms('caseManager')),
        apart: true,
        text: TEXTS.notConfirmed,
        answers: ANSWERS.appointment,
      },
      {
        to: offenderManager,
        when: labelled('confirmed', NOT_CONFIRMED),
        until: any(MOVED, isAsked('offenderManager'), confirms('caseManager')),
        apart: true,
        text: TEXTS.otherNotConfirmed,
      },
      {
        to: offenderManager,
        when: DECLINED,
        until: any(MOVED, THEY_CONFIRM),
        hours: 'any',
        apart: true,
        text: declinedBy('offenderManager'),
      },
      {
        to: caseManager,
        when: DECLINED,
        until: any(MOVED, THEY_CONFIRM),
        hours: 'any',
        apart: true,
        text: declinedBy('caseManager'),
      },
    ],
  },
})

function* risks(open: OpenOrder): Iterable<Risk> {
  for (const meeting of Object.values(open.order.appointments)) {
    if (meeting.kind !== 'three-way') continue
    for (const slot of lastOfEachStart(meeting)) {
      const at: MeetingAt = { appointmentId: meeting.appointmentId, slot }
      yield riskOf(open, at)
      for (const declined of happened(open.order, 'appointment.declined')) {
        if (isAbout(declined, at)) yield riskOf(open, at, declined)
      }
    }
  }
}

function riskOf(open: OpenOrder, at: MeetingAt, declined?: Declined): Risk {
  const { startsAt, eventId } = at.slot
  const occasion = `${at.appointmentId}_${stamp(startsAt)}`
  return about(
    open,
    {
      occasion: declined ? `${occasion}_${factStamp(declined.at)}` : occasion,
      facts: { start: startsAt, ...(declined ? declinedFacts(open, declined) : awaitedFacts(open, at)) },
      because: [declined?.eventId ?? eventId],
    },
    { ...at, day: dayOfSlot(at.slot), declined },
  )
}

function awaitedFacts(open: OpenOrder, at: MeetingAt): Facts {
  const [first, second] = awaited(open.order, { ...open, ...at })
  const isOffenderManager = first === open.terms.offenderManager
  return { awaited: second ? 'both' : isOffenderManager ? 'offender-manager' : 'case-manager' }
}

function declinedFacts({ terms }: OpenOrder, { info }: Declined): Facts {
  const { person, offenderManager, caseManager } = terms
  const roles = { [person]: 'person', [caseManager]: 'case-manager', [offenderManager]: 'offender-manager' }
  return { declinedBy: roles[info.by] ?? 'another' }
}

/** The workers who have not confirmed. */
function awaited(state: Order, risk: OpenOrder & MeetingAt): string[] {
  const { offenderManager, caseManager } = risk.terms
  return [offenderManager, caseManager].filter((worker) => !hasConfirmed(state, risk, worker))
}

/** Whether a meeting was moved from this time, or cancelled. */
function isLeft(state: Order, { appointmentId, slot }: MeetingAt): boolean {
  const { slots = [] } = state.appointments[appointmentId] ?? {}
  const same = slots.find(({ setAt, startsAt }) => setAt === slot.setAt && startsAt === slot.startsAt)
  return same?.leftAt !== undefined
}

/** Whether a contact's last answer is that they will come to a meeting at this time. */
function hasConfirmed(state: Order, meeting: MeetingAt, contactId: string): boolean {
  return lastWordOf(state, meeting, contactId)?.type === 'appointment.confirmed'
}
