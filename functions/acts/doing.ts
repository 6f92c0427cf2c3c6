import type { Said, Subject } from '../../shared/acts/act.ts'
import { countedOf } from '../../shared/casefile/counts.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { type CasefileId, kindOf } from '../../shared/casefile/ids.ts'
import { type Entry, mayHaveBeenTold } from '../../shared/casefile/ledger.ts'
import { type OurEvent, ourEvent } from '../../shared/casefile/our-event.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import { digestOf } from '../../shared/casefile/wire.ts'
import type { Reader } from '../../shared/directory/readers.ts'
import type { Store } from '../../shared/store/store.ts'
import { type ActPorts, asksFor, isFor, type Offer, type OpenedCasefile, openForActing } from './acts.ts'

/**
 * Does an act: takes in the events that it becomes, in the name of its doer. `form` tells one doing from the next: the
 * same sent twice is one. Gives the casefile that the act opened, if that is what it is for. Throws where intake refuses
 * an event, which is a fault of ours.
 */
export async function doAct(
  offer: Offer,
  said: Said,
  form: string,
  { store, take, now }: Pick<ActPorts, 'take' | 'now'> & DoingStore,
  { stored }: Pick<OpenedCasefile, 'stored'>,
): Promise<CasefileId | undefined> {
  const { act, about } = offer
  const known = new Set(stored.events.map(({ eventId }) => eventId))
  const events = eventsOf(offer, said, form, stored.events, now())
  for (const event of events) {
    const { eventId = '' } = event
    if (known.has(eventId)) continue
    const admission = await take(event)
    if (admission.is === 'refused' && !(await isTaken(eventId, about.id, store))) {
      throw new Error(`an act of ours was refused: ${admission.reason}`)
    }
  }
  await store.count(about.id, countedOf('actedOn', askedFor(offer, stored.entries)))
  return act.opens && readOurs(events, now()).flatMap(casefilesOf)[0]
}

/** What an act is done in: what it was asked for by is counted as acted on. */
export type DoingStore = { readonly store: Pick<Store, 'open' | 'events' | 'count'> }

/** Of each duty that asks for what is done for the first time, the latest notice that asked. */
function askedFor({ act, about: { subject } }: Offer, entries: readonly Entry[]): Entry[] {
  if (subject.isAgain) return []
  const asking = entries.filter((entry) => mayHaveBeenTold(entry) && asksFor(entry, act, subject))
  return [...new Map(asking.toSorted((a, b) => a.at - b.at).map((entry) => [entry.duty, entry])).values()]
}

/** The events that an act comes to, as they would be taken in at `now`, for a reader who asks what would follow from it. */
export function wouldHappen(
  offer: Offer,
  said: Said,
  form: string,
  { stored, now }: Pick<OpenedCasefile, 'stored' | 'now'>,
): DomainEvent[] {
  return readOurs(eventsOf(offer, said, form, stored.events, now), now)
}

/**
 * Whether an act would go on with what others work on: it opens what is not there yet, or what its doer may read. To
 * know a number is not enough to join those who work on what is called by it.
 */
export async function isOthers(
  reader: Reader,
  { act }: Offer,
  would: readonly DomainEvent[],
  ports: Omit<ActPorts, 'take'>,
): Promise<boolean> {
  const id = act.opens && would.flatMap(casefilesOf).find((one) => kindOf(one) === act.opens)
  const there = id && (await openForActing(id, ports))
  if (!there || there.posts.length === 0) return false
  const isOnItsWay = there.stored.events.some(({ eventId }) => would.some((one) => one.eventId === eventId))
  return !isOnItsWay && !(await isFor(reader, there))
}

function readOurs(events: readonly OurEvent[], now: number): DomainEvent[] {
  return events.flatMap((one) => {
    const reading = readEvent(one, now)
    return reading.is === 'event' ? [reading.event] : []
  })
}

function eventsOf(
  { act, about, doer }: Offer,
  said: Said,
  form: string,
  before: readonly DomainEvent[],
  now: number,
): OurEvent[] {
  // Who goes back and writes over a form that opened something may mean somebody else: that opens another.
  const opening = act.opens ? [said] : []
  const name = digestOf([form, doer, about.id, about.subject.key, ...opening]).slice(0, NAME_LENGTH)
  const happenings = act.becomes(said, about, name)
  const doing = digestOf([form, doer, happenings])
  return happenings.map(({ type, info, person }, nth) => {
    const last = Math.max(...before.filter((one) => one.type === type).map(({ at }) => at))
    // What somebody said by telephone is theirs, and was recorded by who heard it.
    const who = 'by' in info ? { recordedBy: doer } : { by: doer }
    return ourEvent(type, Math.max(now, last + 1), { ...info, ...who } as never, {
      eventId: `act/${doing}/${nth}`,
      ...(person ?? { noms: prisonNumberOf(about.subject, before) }),
    })
  })
}

/** Short enough to be read out, and too many to meet twice. */
const NAME_LENGTH = 12

/** Whether the same form, sent at the same time by another request, was a little sooner. */
async function isTaken(eventId: string, id: CasefileId, store: ActPorts['store']): Promise<boolean> {
  const stored = await store.open(id)
  return stored?.events.some((one) => one.eventId === eventId) ?? false
}

/** The number by which a release's casefile is found, if that is how. */
function prisonNumberOf({ settled }: Subject, events: readonly DomainEvent[]): string | undefined {
  if (settled.releaseId === undefined) return undefined
  return events.find(
    ({ info, person }) => 'releaseId' in info && info.releaseId === settled.releaseId && person.noms,
  )?.person.noms
}
