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
 * Does an act: takes in its events, in the name of its doer. `form` identifies one use of the form: sending it twice is
 * one act. Returns the casefile that the act opened, if it opens one. Throws if intake refuses an event, which is a
 * bug.
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

/** The store for doing an act: the notice that asked for it is counted as acted on. */
export type DoingStore = { readonly store: Pick<Store, 'open' | 'events' | 'count'> }

/** The latest notice of each duty that asked for this, if it is done for the first time. */
function askedFor({ act, about: { subject } }: Offer, entries: readonly Entry[]): Entry[] {
  if (subject.isAgain) return []
  const asking = entries.filter((entry) => mayHaveBeenTold(entry) && asksFor(entry, act, subject))
  return [...new Map(asking.toSorted((a, b) => a.at - b.at).map((entry) => [entry.duty, entry])).values()]
}

/** The events of an act as they would be taken in at `now`, to preview what would follow from it. */
export function wouldHappen(
  offer: Offer,
  said: Said,
  form: string,
  { stored, now }: Pick<OpenedCasefile, 'stored' | 'now'>,
): DomainEvent[] {
  return readOurs(eventsOf(offer, said, form, stored.events, now), now)
}

/** Shown to somebody who would open what others already work on. */
export const OTHERS = {
  en: 'Others work on this already: ask them to go on with it, or support staff',
  cy: 'Mae eraill yn gweithio ar hyn eisoes: gofynnwch iddynt fynd ymlaen ag ef, neu i staff cymorth',
}

/**
 * The casefile of other people that an act would join, if it would: an act opens something new, or something that its
 * doer may read. Knowing a number is not enough to join the people who work on it, nor to receive facts about its
 * person.
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

/** The person whom events name by a number that other people work with, and the reader does not. */
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
  // Somebody who goes back and changes a form that opened something may mean somebody else: that opens another.
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
    // What somebody said by telephone is theirs, recorded by the person who heard it.
    const who = 'by' in info ? { recordedBy: doer } : { by: doer }
    return ourEvent(type, Math.max(now, last + 1), { ...info, ...who } as never, {
      eventId,
      ...(person ?? { noms: releaseId && prisonNumberOf(releaseId, before) }),
    })
  })
}

/** An event of an earlier attempt, sent again unchanged: the process that took it in may have died half-way. */
export function again(event: DomainEvent): OurEvent {
  return writeEvent(event) as OurEvent
}

/** Short enough to be read out, and too many to collide. */
const NAME_LENGTH = 12

/** Whether another request with the same form was a little faster. */
async function isTaken(eventId: string, id: CasefileId, store: ActPorts['store']): Promise<boolean> {
  const stored = await store.open(id)
  return stored?.events.some((one) => one.eventId === eventId) ?? false
}
