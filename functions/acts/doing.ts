import type { Said } from '../../shared/acts/act.ts'
import { countedOf } from '../../shared/casefile/counts.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { type CasefileId, casefileId, kindOf, personKey } from '../../shared/casefile/ids.ts'
import { type Entry, mayHaveBeenTold } from '../../shared/casefile/ledger.ts'
import { type OurEvent, ourEvent } from '../../shared/casefile/our-event.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { casefilesOf, prisonNumberOf } from '../../shared/casefile/routing.ts'
import { digestOf } from '../../shared/casefile/wire.ts'
import { writeEvent } from '../../shared/casefile/write-event.ts'
import type { Reader } from '../../shared/directory/readers.ts'
import type { Store } from '../../shared/store/store.ts'
import { ofPerson } from '../person.ts'
import {
  type ActPorts,
  asksFor,
  isFor,
  type Offer,
  type OpenedCasefile,
  type OpenPorts,
  openForActing,
} from './acts.ts'

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
  const events = eventsOf(offer, said, form, stored.events, now())
  let isNew = false
  for (const event of events) {
    const admission = await take(event)
    isNew ||= admission.is === 'accepted'
    if (admission.is === 'refused' && !(await isTaken(event.eventId ?? '', about.id, store))) {
      throw new Error(`an act of ours was refused: ${admission.reason}`)
    }
  }
  if (isNew) await store.count(about.id, countedOf('actedOn', askedFor(offer, stored.entries)))
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

/** Said to who would open what others work on already. */
export const OTHERS = {
  en: 'Others work on this already: ask them to go on with it, or support staff',
  cy: 'Mae eraill yn gweithio ar hyn eisoes: gofynnwch iddynt fynd ymlaen ag ef, neu i staff cymorth',
}

/**
 * What others work on that an act would go on with, if it would: it opens what is not there yet, or what its doer may read. To
 * know a number is not enough to join those who work on what is called by it, nor to be given what is so of the person
 * whose it is.
 */
export async function othersIn(
  reader: Reader,
  { act }: Offer,
  would: readonly DomainEvent[],
  ports: OpenPorts,
): Promise<CasefileId | undefined> {
  const id = act.opens && would.flatMap(casefilesOf).find((one) => kindOf(one) === act.opens)
  if (!id) return undefined
  const there = await openForActing(id, ports)
  if (!there || there.posts.length === 0) return othersPersonIn(reader, id, would, ports)
  const isOnItsWay = there.stored.events.some(({ eventId }) => would.some((one) => one.eventId === eventId))
  return isOnItsWay || (await isFor(reader, there)) ? undefined : id
}

/** Whom events name by a number under which others work with them, and the reader does not. */
async function othersPersonIn(
  reader: Reader,
  opening: CasefileId,
  would: readonly DomainEvent[],
  ports: OpenPorts,
): Promise<CasefileId | undefined> {
  for (const number of new Set(would.flatMap(({ person }) => numbersOf(person)))) {
    const person = casefileId('person', number)
    const { about } = await ofPerson([person], ports.store)
    const opened = await Promise.all(
      about.filter((id) => id !== opening).map((id) => openForActing(id, ports)),
    )
    const worked = opened.flatMap((one) => (one && one.posts.length > 0 ? [one] : []))
    const own = await Promise.all(worked.map((one) => isFor(reader, one)))
    if (worked.length > 0 && !own.includes(true)) return person
  }
  return undefined
}

function numbersOf({ crn, noms }: DomainEvent['person']): string[] {
  return [
    ...(crn === undefined ? [] : [personKey('crn', crn)]),
    ...(noms === undefined ? [] : [personKey('noms', noms)]),
  ]
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
  const { releaseId } = about.subject.settled
  const happenings = act.becomes(said, about, name)
  const doing = digestOf([form, doer, happenings])
  return happenings.map(({ type, info, person }, nth) => {
    const eventId = `act/${doing}/${nth}`
    const there = before.find((one) => one.eventId === eventId)
    if (there) return again(there)
    const last = Math.max(...before.filter((one) => one.type === type).map(({ at }) => at))
    // What somebody said by telephone is theirs, and was recorded by who heard it.
    const who = 'by' in info ? { recordedBy: doer } : { by: doer }
    return ourEvent(type, Math.max(now, last + 1), { ...info, ...who } as never, {
      eventId,
      ...(person ?? { noms: releaseId && prisonNumberOf(releaseId, before) }),
    })
  })
}

/** What an act came to before, said again as it was said then: whoever took it in may have died before all was done. */
export function again(event: DomainEvent): OurEvent {
  return writeEvent(event) as OurEvent
}

/** Short enough to be read out, and too many to meet twice. */
const NAME_LENGTH = 12

/** Whether the same form, sent at the same time by another request, was a little sooner. */
async function isTaken(eventId: string, id: CasefileId, store: ActPorts['store']): Promise<boolean> {
  const stored = await store.open(id)
  return stored?.events.some((one) => one.eventId === eventId) ?? false
}
