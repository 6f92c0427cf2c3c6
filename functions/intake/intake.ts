import type { Instant } from '../../shared/calendar/london.ts'
import { countedOf, type DutyWeek } from '../../shared/casefile/counts.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { failureOf } from '../../shared/casefile/failures.ts'
import { type CasefileId, casefileOfNotice, isOfProbe, kindOf } from '../../shared/casefile/ids.ts'
import { type Entry, isAddressed, type Role } from '../../shared/casefile/ledger.ts'
import { nounOf } from '../../shared/casefile/nouns.ts'
import type { OurEvent } from '../../shared/casefile/our-event.ts'
import {
  type Concern,
  isReceipt,
  messageOf,
  type Receipt,
  receiptForAddress,
} from '../../shared/casefile/passing-on.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { casefilesOf, mattersFrom } from '../../shared/casefile/routing.ts'
import { digestOf } from '../../shared/casefile/wire.ts'
import { NOUNS_OF_DAYS, saysOfDays } from '../../shared/casefile/worker-days.ts'
import { isOffice } from '../../shared/directory/reach.ts'
import type { Store } from '../../shared/store/store.ts'
import type { WakeQueue } from '../tick/tick.ts'
import { passOnDays } from './days.ts'
import { isOfSomebody, passOnFacts } from './people.ts'

export type IntakePorts = {
  readonly store: Pick<Store, 'takeIn' | 'open' | 'events' | 'entries' | 'count'>
  readonly queue: WakeQueue
  readonly now: () => Instant
}

/** What became of one event handed in. */
export type Admission =
  | { readonly is: 'accepted'; readonly eventId: string; readonly concern?: Concern | undefined }
  | { readonly is: 'duplicate'; readonly eventId: string }
  /** Not one of our types: acknowledged, counted, dropped. */
  | { readonly is: 'ignored'; readonly eventType: string }
  | { readonly is: 'refused'; readonly reason: string }

/**
 * Takes in one event, our own or the text of any: into every casefile it concerns. It brings their wakes forward to the
 * instant from which the event matters, and queues those for which that is now. It does the same for a known event: the
 * process that first took it in may have died half-way. If its first casefile knows the eventId for a different event,
 * nothing is taken in: the first one stays.
 */
export async function intake(
  incoming: string | OurEvent,
  { store, queue, now }: IntakePorts,
): Promise<Admission> {
  const reading = readEvent(incoming, now())
  if (reading.is === 'refused') return reading
  if (reading.is === 'unknown-type') return { is: 'ignored', eventType: reading.eventType }
  const ports = { store, queue, now }
  const { event } = reading
  // The address's casefile comes first, so that after a crash both are done again.
  const { passedOn, concern, counted } = isReceipt(event) ? await forAddress(event, store) : {}
  if (passedOn) await takeIn(passedOn, ports)
  const taken = await takeIn(event, ports)
  const isOurs = typeof incoming !== 'string'
  const became =
    taken === 'known for another' && isOurs ? await takeIn(await asFirstSaid(event, store), ports) : taken
  if (became === 'known for another')
    return { is: 'refused', reason: 'eventId: already used for another event' }
  const { eventId } = event
  if (counted && became === 'added' && !isOfProbe(counted.casefile))
    await store.count(counted.casefile, counted.counts)
  return became === 'added' ? { is: 'accepted', eventId, concern } : { is: 'duplicate', eventId }
}

/**
 * Puts an event into every casefile it concerns. Returns whether it was new to any, or its id belongs to another event.
 */
async function takeIn(
  event: DomainEvent,
  { store, queue, now }: IntakePorts,
): Promise<'added' | 'known' | 'known for another'> {
  const casefiles = casefilesOf(event)
  const at = now()
  const take = (id: CasefileId) => store.takeIn(id, event, mattersFrom(id, event, at))
  const [first, ...others] = casefiles
  if (first === undefined) return 'known'
  let isNew = false
  if (isOfSomebody(event)) {
    // A casefile learns facts about its person before the event that opens it, so that it tells nothing untrue.
    if (!(await holds(store, first, event))) return 'known for another'
    const passedOn = await passOnFacts(event, store, at)
    isNew = passedOn.isNew
    await queue.send(passedOn.given)
  }
  const taken = await take(first)
  if (taken === 'known' && !(await holds(store, first, event))) return 'known for another'
  const isOfPerson = (id: CasefileId) => kindOf(id) === 'person'
  const everywhere = [taken, ...(await Promise.all(others.filter((id) => !isOfPerson(id)).map(take)))]
  // The worker's day comes after the order, so that a woken worker's casefile finds the appointment there.
  const days = saysOfDays(event)
    ? await passOnDays(await store.events(first, NOUNS_OF_DAYS), store, at, event)
    : []
  const woken = casefiles.filter((id) => mattersFrom(id, event, at) === at)
  await queue.send([...new Set([...woken, ...days])])
  return isNew || everywhere.includes('added') ? 'added' : 'known'
}

/**
 * An event of ours sent again under the same eventId is the same event, since its first sender may have died half-way:
 * the first version stays, even if more is known by now about when, or about whom, it is.
 */
async function asFirstSaid(event: DomainEvent, store: IntakePorts['store']): Promise<DomainEvent> {
  const [first] = casefilesOf(event)
  const ofItsNoun = first === undefined ? [] : await store.events(first, [nounOf(event)])
  return ofItsNoun.find(({ eventId, type }) => eventId === event.eventId && type === event.type) ?? event
}

/** Whether the event that a casefile holds under an event's id, if any, is the same event. */
async function holds(store: IntakePorts['store'], id: CasefileId, event: DomainEvent): Promise<boolean> {
  const ofItsNoun = await store.events(id, [nounOf(event)])
  const known = ofItsNoun.find(({ eventId }) => eventId === event.eventId)
  return known === undefined || digestOf(known) === digestOf(event)
}

type ForAddress = {
  readonly passedOn?: DomainEvent
  readonly concern?: Concern | undefined
  readonly counted?: { readonly casefile: CasefileId; readonly counts: readonly DutyWeek[] }
}

/**
 * What a receipt tells the address's casefile, and what it adds to the counts. A failure is always passed on; a
 * delivery only to an address where something failed, since elsewhere it changes nothing.
 */
async function forAddress(receipt: Receipt, store: IntakePorts['store']): Promise<ForAddress> {
  const casefile = casefileOfNotice(receipt.info.noticeId)
  const entries = casefile && (await entriesFor(receipt, casefile, store))
  const sent = entries && messageOf(receipt, entries)
  if (!sent) return {}
  const ofMessage = entries.filter((entry) => isAddressed(entry) && entry.messageId === sent.messageId)
  const counted = { casefile, counts: countedIn(receipt, ofMessage) }
  const passedOn = receiptForAddress(receipt, sent)
  if (!passedOn) return {}
  if (receipt.type === 'notice.failed') return { passedOn, concern: concernOf(receipt, sent.role), counted }
  const [address] = casefilesOf(passedOn)
  const known = address === undefined ? [] : await store.events(address, ['address'])
  return known.some(({ type }) => type === 'address.failed') ? { passedOn, counted } : { counted }
}

/** What a receipt adds to the counts. Who complains of a message has got it. */
function countedIn(receipt: Receipt, ofMessage: readonly Entry[]): readonly DutyWeek[] {
  if (receipt.type === 'notice.delivered') return countedOf('delivered', ofMessage)
  return failureOf(receipt.info.reason) === 'complaint' ? [] : countedOf('bounced', ofMessage)
}

/**
 * The ledger entries needed to read a receipt. Most messages carry the id of the single notice that they tell: then
 * only that notice's entries are read.
 */
async function entriesFor({ info }: Receipt, casefile: CasefileId, store: IntakePorts['store']) {
  const entries = await store.entries(casefile, info.noticeId)
  const isAlone = entries.some((entry) => isAddressed(entry) && entry.messageId === info.noticeId)
  return isAlone ? entries : (await store.open(casefile))?.entries
}

function concernOf({ info }: Receipt, reader: Role): Concern | undefined {
  const kind = failureOf(info.reason)
  if (kind === 'message') return 'words-refused'
  return kind === 'complaint' && isOffice(reader) ? 'office-complains' : undefined
}
