import { isInOffice, officeHoursAfter } from '../../calendar/hours.ts'
import { HOUR_MS, type Instant, londonDate } from '../../calendar/london.ts'
import type { EventOf } from '../../casefile/events.ts'
import { factStamp } from '../../casefile/ids.ts'
import { happened } from '../../casefile/order.ts'
import { type Reply, repliesIn } from '../../casefile/replies.ts'
import type { Candidate } from '../../directory/reach.ts'
import { isMobileShared } from '../../directory/reach.ts'
import * as roles from '../../directory/roles.ts'
import type { Template } from '../../messages/text.ts'
import { notice, type Planned } from '../../planning/duty.ts'
import { promptWorkingDaysAfter } from '../../planning/ladder.ts'
import { caseFacts, type OpenOrder } from '../orders/open-order.ts'

/** How long a reply may stay unread: working hours until the duty officer is told, working days until the office is. */
export const UNREAD = { hours: 2, days: 1 }

type Row = { readonly duty: string; readonly step: string; readonly text: Template }
type Received = EventOf<'reply.received'>

/** Somebody must read what a person writes back: the notice says that they wrote; the words are shown after sign-in. */
export function* replies(open: OpenOrder, row: Row): Iterable<Planned> {
  const { order } = open
  for (const reply of repliesIn([...happened(order, 'reply.received'), ...happened(order, 'reply.read')])) {
    for (const step of stepsOf(open, reply.received)) yield* told(open, reply, row, step)
  }
}

type Step = { readonly label: string; readonly due: Instant; readonly to: readonly Candidate[] }

function stepsOf({ rules, terms }: OpenOrder, { at, info }: Received): Step[] {
  const { office } = rules.settings
  const isUrgent = info.crisis === true || !isInOffice(office, rules.days, at)
  const caseManager: Candidate[] = [{ contactId: terms.caseManager, role: 'case-manager' }]
  return [
    { label: 'at-once', due: at, to: [...caseManager, ...roles.offenderManager(terms)] },
    ...(isUrgent ? [{ label: 'urgent', due: at, to: roles.dutyOfficer(terms) }] : []),
    {
      label: `${UNREAD.hours}-hours`,
      due: officeHoursAfter(office, rules.days, at, UNREAD.hours * HOUR_MS),
      to: roles.dutyOfficer(terms),
    },
    {
      label: `${UNREAD.days}-working-day`,
      due: promptWorkingDaysAfter(rules, londonDate(at), UNREAD.days),
      to: roles.probationOffice(terms),
    },
  ]
}

function* told(
  open: OpenOrder,
  { received: reply, readAt }: Reply,
  row: Row,
  { label, due, to }: Step,
): Iterable<Planned> {
  const { casefile } = open
  const { replyId, contactId, crisis = false } = reply.info
  if (readAt !== undefined && readAt <= due && due > reply.at) return
  const [first] = to
  yield notice(casefile, {
    ...row,
    occasion: `${replyId}_${factStamp(reply.at)}_${label}`,
    role: first?.role ?? 'probation-office',
    due,
    hours: 'any',
    alone: true,
    because: [...open.because, reply.eventId],
    untold: readAt === undefined ? undefined : 'no-longer-true',
    to: (neighbours) => {
      const shared = isMobileShared(contactId, neighbours)
      const facts = { at: reply.at, crisis, unread: due > reply.at, shared }
      return { to, facts: { ...caseFacts(open), ...facts } }
    },
  })
}
