import { isQuiet, quietUntil } from '../../calendar/hours.ts'
import { addDays, endOfDay, type Instant, londonDate } from '../../calendar/london.ts'
import { standing } from '../../casefile/appointment.ts'
import { booked } from '../../casefile/booked.ts'
import type { EventOf } from '../../casefile/events.ts'
import { factStamp } from '../../casefile/ids.ts'
import type { Order } from '../../casefile/order.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { resolve } from '../../directory/reach.ts'
import * as roles from '../../directory/roles.ts'
import { byLedger, type Duty, notice, type Planned } from '../../planning/duty.ts'
import type { Recipient } from '../../planning/ladder.ts'
import { written } from '../../planning/written.ts'
import { caseFacts, type OpenOrder, type ToldOrder } from '../orders/open-order.ts'
import { tellOfCancellation, workersOf } from './changes.ts'
import { missedBecause, toPerson } from './telling-the-person.ts'
import { APPOINTMENT_TEXTS as TEXTS } from './texts.ts'

/** When an order ends, its future appointments are off: the person and the workers expecting them are told. */

/** How many days of future appointments the person is told about. */
const SOON_DAYS = 14
/** These reasons cancel future appointments; after others, somebody else may continue with the person. */
const CANCELS: readonly string[] = ['completed', 'revoked']

const ENDS = written({
  id: tellOfCancellation.id,
  title: tellOfCancellation.title,
  source: tellOfCancellation.source,
  rows: {
    cancelled: [
      {
        to: 'person',
        when: `at once when the order ends \`completed\` or \`revoked\`, of the appointments within ${SOON_DAYS} days in one message, outside quiet hours`,
        until: 'the last of these starts has passed',
        text: TEXTS.orderEnded,
      },
      {
        to: 'offender manager, case manager, `with`: each of their own',
        when: 'at once when the order ends, but by a death; `transferred` or `breached`, or where the person cannot be reached: asked to tell the person, again at once when what they were sent fails',
        until: 'the last of these starts has passed',
        asks: 'conversation',
        text: TEXTS.orderEndedForWorkers,
      },
    ],
  },
})
const [PERSON, WORKERS] = ENDS.row.cancelled

export const tellOfOrderEnd: Duty<OpenOrder> = {
  ...ENDS,
  outlivesOrder: true,
  plan: byLedger(function* (open) {
    const { ended } = open.order
    if (!ended || ended.info.reason === 'died') return
    const soon = (order: Order) => startsSoon(order, ended)
    const starts = { now: soon(open.order), atFirst: open.casefile.asOf(ended.at, soon) }
    const [told] = CANCELS.includes(ended.info.reason) ? person(open, ended, starts) : []
    if (told) yield told
    yield* workers(open, ended, told)
  }),
}

function common({ because }: OpenOrder, { at, eventId }: EventOf<'order.ended'>) {
  return { occasion: `ended_${factStamp(at)}`, due: at, because: [...because, eventId] }
}

function* person(
  open: OpenOrder,
  ended: EventOf<'order.ended'>,
  starts: Record<'now' | 'atFirst', readonly Instant[]>,
): Iterable<Planned> {
  const isOvertaken = starts.now.length === 0
  const told = isOvertaken ? starts.atFirst : starts.now
  if (told.length === 0) return
  yield notice(open.casefile, {
    ...{ ...PERSON, ...common(open, ended) },
    role: 'person',
    stale: Math.max(...told),
    hours: 'person',
    alone: true,
    untold: isOvertaken ? 'no-longer-true' : undefined,
    to: (neighbours, now) => toPerson(open, neighbours, { starts: ahead(told, now) }),
  })
}

type Tells = ReturnType<typeof common> & {
  /** Whether they are asked to tell the person; undefined if there is nothing to say. */
  tellThem(neighbours: Neighbours, now: Instant): boolean | undefined
}

/** The workers are told immediately; and again if `told` turns out not to have reached the person. */
function* workers(
  open: ToldOrder,
  ended: EventOf<'order.ended'>,
  told: Planned | undefined,
): Iterable<Planned> {
  const { terms, casefile, ledger } = open
  const atOnce: Tells = {
    ...common(open, ended),
    tellThem: (neighbours, now) =>
      !CANCELS.includes(ended.info.reason) ||
      isTooLateFor(open, told) ||
      resolve(roles.person(terms), neighbours, {}, now).is !== 'reachable',
  }
  const tellings: Tells[] = [atOnce]
  const failedAt = told && ledger.failedAt(told.noticeId)
  if (told && failedAt !== undefined) {
    tellings.push({
      ...{ ...atOnce, occasion: `${atOnce.occasion}_${factStamp(failedAt)}`, due: failedAt },
      tellThem: (neighbours, now) => missedBecause(open, told, neighbours, now) !== undefined || undefined,
    })
  }
  const waiting = whoWaits(open, open.order, ended)
  const waited = casefile.asOf(ended.at, (order) => whoWaits(open, order, ended))
  for (const [key, [{ role, contactId, to }, starts]] of new Map([...waited, ...waiting])) {
    for (const { tellThem, ...when } of tellings) {
      yield notice(casefile, {
        ...{ ...WORKERS, ...when, role },
        ...(contactId !== undefined && { contactId }),
        stale: Math.max(...starts),
        hours: 'any',
        untold: waiting.has(key) ? undefined : 'no-longer-true',
        to: (neighbours, now) => {
          if (typeof to === 'function') return to(neighbours, now)
          const asked = tellThem(neighbours, now)
          if (asked === undefined) return undefined
          const facts = { starts: ahead(starts, now), tellThem: asked, days: SOON_DAYS }
          return { to, facts: { ...caseFacts(open), ...facts } }
        },
      })
    }
  }
}

/** Whether a message to the person that must wait for the end of quiet hours would then come too late. */
function isTooLateFor({ rules }: OpenOrder, told: Planned | undefined): boolean {
  if (told?.stale === undefined || !isQuiet(rules.settings.quiet, told.due)) return false
  return told.stale <= quietUntil(rules.settings.quiet, told.due)
}

/** Each worker with future appointments, with the starts of theirs. */
function whoWaits(
  open: OpenOrder,
  order: Order,
  ended: EventOf<'order.ended'>,
): ReadonlyMap<string, [Recipient, Instant[]]> {
  const waiting = new Map<string, [Recipient, Instant[]]>()
  for (const one of booked(order)) {
    const { startsAt } = standing(one)
    if (startsAt <= ended.at) continue
    for (const recipient of workersOf(open, one, undefined, open.tell.offenderManager)) {
      const key = `${recipient.role} ${recipient.contactId}`
      const [, starts] = waiting.get(key) ?? [recipient, []]
      waiting.set(key, [recipient, [...starts, startsAt]])
    }
  }
  return waiting
}

function startsSoon(order: Order, { at }: EventOf<'order.ended'>): Instant[] {
  const until = endOfDay(addDays(londonDate(at), SOON_DAYS))
  return booked(order)
    .map((one) => standing(one).startsAt)
    .filter((start) => start > at && start < until)
}

function ahead(starts: readonly Instant[], now: Instant) {
  return starts
    .filter((start) => start > now)
    .toSorted((a, b) => a - b)
    .map((start) => ({ start }))
}
