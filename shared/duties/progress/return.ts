import { addDays, type Instant, type LocalDate, londonDate, londonTime } from '../../calendar/london.ts'
import { kept } from '../../casefile/appointment.ts'
import { ordersWorkedOn } from '../../casefile/contact.ts'
import { sheetsAbout, sheetsOf } from '../../casefile/contact-sheets.ts'
import { keyOf } from '../../casefile/ids.ts'
import { happened, type Order } from '../../casefile/order.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { absenceOn } from '../../directory/reach.ts'
import { type Bound, byFacts, type Duty, notice } from '../../planning/duty.ts'
import { written } from '../../planning/written.ts'
import type { OpenContact } from '../appointments/day-list.ts'
import { isCutOff, missingAt, reported } from './reported.ts'
import { PROGRESS_TEXTS } from './texts.ts'

/** Section 3 of the schedule: an offender manager who returns is told what the duty officer was told. */

const RULE = written({
  id: 'FAX-02',
  title: {
    en: 'Somebody who comes back learns what went to the duty officer',
    cy: 'Mae rhywun sy’n dod yn ôl yn cael gwybod beth aeth at y swyddog ar ddyletswydd',
  },
  source: '003:491, "to the OM or in his/her absence the duty officer"',
  rows: {
    return: {
      to: 'offender manager',
      when: '09:00 of the first working day back: case references and times of what went to the duty officer',
      until: 'nothing went to the duty officer',
      text: PROGRESS_TEXTS.returned,
    },
  },
})

export const tellWhoReturns: Duty<OpenContact> = {
  ...RULE,
  plan: byFacts(function* (open) {
    const { casefile, rules } = open
    const orders = ordersWorkedOn(keyOf(casefile.id), casefile.state)
    const absences = orders.length > 0 ? (casefile.state.details?.absent ?? []) : []
    for (const [day, away] of Map.groupBy(absences, (absence) => firstDayBack(open, absence))) {
      yield notice(casefile, {
        ...RULE.row.return,
        occasion: day,
        role: 'offender-manager',
        due: londonTime(day, rules.settings.promptAt),
        hours: 'office',
        because: orders
          .flatMap(([, named]) => named.filter((event) => londonDate(event.at) < day).slice(-1))
          .map((event) => event.eventId),
        to: (neighbours) => whatWent(open, neighbours, away),
      })
    }
  }),
}

type Absence = { readonly from: LocalDate; readonly to: LocalDate }

/** The first working day after an absence that is not in another absence. */
function firstDayBack({ casefile, rules }: OpenContact, { to }: Absence): LocalDate {
  const day = rules.days.onOrAfter(addDays(to, 1))
  const next = absenceOn(casefile.state, day)
  return next ? firstDayBack({ casefile, rules }, next) : day
}

function whatWent(
  { casefile }: OpenContact,
  neighbours: Neighbours,
  away: readonly Absence[],
): Bound | undefined {
  const contactId = keyOf(casefile.id)
  const isAway = (at: Instant) => away.some(({ from, to }) => from <= londonDate(at) && londonDate(at) <= to)
  const orders = ordersWorkedOn(contactId, casefile.state).map(([orderId]) =>
    neighbours.get('order', orderId),
  )
  const went = orders.flatMap((order) =>
    [...toldInstead(order, contactId)]
      .filter((at) => isAway(at) && offenderManagerAt(order, at) === contactId)
      .map((at) => ({ orderId: order.terms?.orderId, at })),
  )
  if (went.length === 0) return undefined
  const offices = orders.flatMap((order) => order.terms?.probationOffice ?? [])
  return {
    to: [
      { contactId, role: 'offender-manager', covered: true },
      ...offices.map((office) => ({ contactId: office, role: 'probation-office' }) as const),
    ],
    facts: {
      cases: [...new Set(went.map(({ orderId }) => orderId))].join(', '),
      went: went.toSorted((a, b) => a.at - b.at),
    },
  }
}

/** When something on an order was told to its offender manager or, in their absence, to the duty officer. */
function* toldInstead(order: Order, offenderManager: string): Iterable<Instant> {
  const { ended, died, appointments } = order
  if (died || ended?.info.reason === 'died') return
  for (const appointment of reported(order)) {
    const { appointmentId } = appointment
    for (const sheet of sheetsOf(order, appointmentId)) yield sheet.at
    for (const slot of kept(appointment)) {
      const missing = missingAt(slot)
      const isReported = sheetsAbout(order, appointmentId, slot).some((sheet) => sheet.at <= missing)
      if (!isReported && !isCutOff(order, slot)) yield missing
    }
  }
  const moves = Object.values(appointments)
    .flatMap(({ slots }) => slots.slice(1))
    .filter(({ by }) => by !== offenderManager)
    .map(({ setAt }) => setAt)
  const others = [...happened(order, 'disclosure.flagged'), ...happened(order, 'withdrawal.proposed')]
  for (const at of [...moves, ...others.map((event) => event.at)]) {
    if (ended === undefined || at < ended.at) yield at
  }
}

/** Who the offender manager was at a moment. */
function offenderManagerAt(order: Order, at: Instant): string | undefined {
  const said = [...happened(order, 'order.made'), ...happened(order, 'order.varied')]
    .filter(({ info }) => info.offenderManager !== undefined)
    .toSorted((a, b) => a.at - b.at)
  return (said.findLast((event) => event.at <= at) ?? said[0])?.info.offenderManager
}
