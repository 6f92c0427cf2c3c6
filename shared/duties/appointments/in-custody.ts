import type { Instant } from '../../calendar/london.ts'
import { dayOf, standing } from '../../casefile/appointment.ts'
import { booked } from '../../casefile/booked.ts'
import { factStamp } from '../../casefile/ids.ts'
import type { Stay } from '../../casefile/order.ts'
import * as roles from '../../directory/roles.ts'
import { promptWorkingDaysAfter } from '../../planning/ladder.ts'
import { when } from '../../planning/when.ts'
import type { OpenOrder } from '../orders/open-order.ts'
import { about, type OrderSubject, orderDuty } from '../orders/rows.ts'
import { remindPerson } from './reminders.ts'
import { slotFacts } from './telling-the-person.ts'
import { APPOINTMENT_TEXTS as TEXTS } from './texts.ts'

type InPrison = OrderSubject & { readonly stay: Stay; readonly due: Instant; readonly startsAt: Instant }

/** Each stay in prison with an appointment in it. */
function* stays(open: OpenOrder): Iterable<InPrison> {
  for (const stay of open.order.custody) {
    const { from, until = Number.POSITIVE_INFINITY } = stay
    const [slot] = booked(open.order)
      .map(standing)
      .filter(({ startsAt }) => startsAt > from.at && startsAt < until)
      .toSorted((a, b) => a.startsAt - b.startsAt)
    if (!slot) continue
    const due = Math.max(promptWorkingDaysAfter(open.rules, dayOf(slot), -1), slot.setAt, from.at)
    const thing = {
      occasion: `custody_${factStamp(from.at)}`,
      facts: slotFacts(slot),
      because: [from.eventId, slot.eventId],
    }
    yield about(open, thing, { stay, due, startsAt: slot.startsAt })
  }
}

/** Nobody in prison is reminded: a worker is told so once per stay, however much is planned for it. */
export const ringThePrison = orderDuty(stays)({
  id: remindPerson.id,
  title: remindPerson.title,
  source: remindPerson.source,
  hours: 'any',
  stale: ({ startsAt }) => startsAt,
  until: {
    says: 'start passed; released',
    met: ({ custody }, due, { stay }) =>
      custody.some(
        ({ from, until = Number.POSITIVE_INFINITY }) => from.at === stay.from.at && until <= due,
      ) || stay.until !== undefined,
  },
  asks: 'conversation',
  rows: {
    'ring-them': {
      to: {
        says: 'case manager; none or absent: offender manager',
        of: ({ terms }) => [
          {
            role: 'case-manager',
            to: [{ contactId: terms.caseManager, role: 'case-manager' }, ...roles.offenderManager(terms)],
          },
        ],
      },
      when: when(
        'once for a whole stay in prison: 09:00 on the working day before the first appointment in it, or at once if learnt later: do not ring their number, check with the prison',
        ({ due }: InPrison) => [{ due }],
      ),
      text: TEXTS.ringOfStay,
    },
  },
})
