import { addDays, endOfDay, type Instant } from '../../calendar/london.ts'
import type { Matter } from '../../casefile/casefile.ts'
import type { Order, Terms } from '../../casefile/order.ts'
import { orderEnd } from '../../casefile/order-days.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import * as roles from '../../directory/roles.ts'
import type { Facts } from '../../messages/text.ts'
import type { Told } from '../../planning/duty.ts'
import type { Recipient } from '../../planning/ladder.ts'
import type { Rules } from '../../planning/rules.ts'

/** An order after it was made, as its duties see it. */
export type OpenOrder = {
  readonly casefile: Matter<'order'>
  readonly order: Order
  readonly terms: Terms
  /** The events that made it, and set its terms. */
  readonly because: readonly string[]
  readonly rules: Rules
  readonly tell: ReturnType<typeof recipientsOf>
}

/** An order, and what was told on it. */
export type ToldOrder = OpenOrder & Told

/** Nothing is planned on an order more than this many days after its end. */
const AFTER_END_DAYS = 14

/** The casefile as an open order; undefined until its opening event has come. */
export function openOrder(casefile: Matter<'order'>, rules: Rules): OpenOrder | undefined {
  const { terms, made, happened } = casefile.state
  if (!terms || !made) return undefined
  const varied = happened['order.varied']?.filter((event) => event.occurredAt > made.occurredAt) ?? []
  const because = [made, ...varied].map((event) => event.eventId)
  return { casefile, order: casefile.state, terms, because, rules, tell: recipientsOf(terms) }
}

/** The last moment for which anything is planned on an order. */
export function planningEnd(terms: Terms): Instant {
  return endOfDay(addDays(orderEnd(terms), AFTER_END_DAYS))
}

/** Whether an order is in force at `at`, and its person alive, so that its workers still work with them. */
export function isRunning({ terms, ended, died }: Order, at: Instant): boolean {
  return terms !== undefined && !ended && !died && at < planningEnd(terms)
}

function recipientsOf(terms: Terms) {
  const recipient = (role: Recipient['role'], to: ReturnType<typeof roles.person>): Recipient => ({
    role,
    to,
  })
  return {
    person: recipient('person', roles.person(terms)),
    offenderManager: recipient('offender-manager', roles.offenderManager(terms)),
    offenderManagerOrDutyOfficer: recipient('offender-manager', roles.offenderManagerOrDutyOfficer(terms)),
    dutyOfficer: recipient('duty-officer', roles.dutyOfficer(terms)),
    caseManager: recipient('case-manager', roles.caseManager(terms)),
    providerManager: recipient('provider-manager', roles.providerManager(terms)),
    probationOffice: recipient('probation-office', roles.probationOffice(terms)),
    worker: (contactId: string): Recipient => ({
      role: 'worker',
      contactId,
      to: roles.worker(terms, contactId),
    }),
  }
}

/** Facts that every worker's message may contain: which case, and nothing about why. */
export function caseFacts(open: OpenOrder): Facts {
  return { orderId: open.terms.orderId, wales: open.terms.wales === true }
}

/** A worker is told who it is about; in a limited-access case only the reference, and no name. */
export function whoIs({ terms }: OpenOrder, neighbours: Neighbours): string {
  return terms.limitedAccess ? '' : (neighbours.get('contact', terms.person).details?.name ?? '')
}
