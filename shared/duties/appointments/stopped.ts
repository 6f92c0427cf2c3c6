import { endOfDay, type Instant, londonDate } from '../../calendar/london.ts'
import { factStamp, keyOf } from '../../casefile/ids.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { type Bound, byFacts, type Duty, notice } from '../../planning/duty.ts'
import { written } from '../../planning/written.ts'
import { planningEnd } from '../orders/open-order.ts'
import type { OpenContact } from './day-list.ts'
import { remindPerson } from './reminders.ts'
import { APPOINTMENT_TEXTS } from './texts.ts'

const STOPPED = written({
  id: remindPerson.id,
  title: {
    en: 'An office knows which of its workers gets no more texts',
    cy: 'Mae swyddfa’n gwybod pa un o’i gweithwyr nad yw’n cael rhagor o negeseuon testun',
  },
  source: '003:489; the worker’s own diary prompt',
  rows: {
    stopped: {
      to: 'the probation office of a worker on an open order who said STOP',
      when: 'at once',
      until: 'they say START; the day is over',
      text: APPOINTMENT_TEXTS.stopped,
      asks: 'conversation',
    },
  },
})

/** A worker's STOP is respected except for what nobody may miss, and their office is told of it. */
export const tellOfStop: Duty<OpenContact> = {
  ...STOPPED,
  plan: byFacts(function* ({ casefile }) {
    const { stopped } = casefile.state
    if (!stopped) return
    yield notice(casefile, {
      ...STOPPED.row.stopped,
      occasion: factStamp(stopped.at),
      role: 'probation-office',
      due: stopped.at,
      stale: endOfDay(londonDate(stopped.at)),
      hours: 'any',
      because: [stopped.eventId],
      to: (neighbours) => officeOf(casefile, neighbours, stopped.at),
    })
  }),
}

/** The offices of a worker's open orders, as candidates; undefined if there are none. */
function officeOf(
  { id, state }: OpenContact['casefile'],
  neighbours: Neighbours,
  at: Instant,
): Bound | undefined {
  const contactId = keyOf(id)
  const orders = Object.keys(state.orders).map((orderId) => neighbours.get('order', orderId))
  const offices = orders.flatMap(({ terms, ended, died }) => {
    const isOpen = terms && !ended && !died && at < planningEnd(terms)
    return isOpen && terms.probationOffice !== contactId ? [terms.probationOffice] : []
  })
  if (offices.length === 0) return undefined
  return {
    to: [...new Set(offices)].map((office) => ({ contactId: office, role: 'probation-office' })),
    facts: { whose: neighbours.get('contact', contactId).details?.name ?? contactId },
  }
}
