import type { Instant } from '../../../shared/calendar/london.ts'
import { openCasefile } from '../../../shared/casefile/casefile.ts'
import { compareEvents, type DomainEvent } from '../../../shared/casefile/events.ts'
import { crn as readCrn, noms as readNoms } from '../../../shared/casefile/fields.ts'
import { type CasefileId, casefileId, personKey, releaseKey } from '../../../shared/casefile/ids.ts'
import { nounOf } from '../../../shared/casefile/nouns.ts'
import type { Written } from '../../../shared/messages/dates.ts'
import { noticeName } from '../../../shared/messages/links.ts'
import type { Store, Stored } from '../../../shared/store/store.ts'
import { ofPerson } from '../../person.ts'
import { pastRow, withoutAnswer } from '../casefiles/rows.ts'
import { inWords } from '../frame/words.ts'
import { factsHeldIn, type HeldFact, noticeFacts, numbersIn } from './held-facts.ts'

/** One event, or one notice, and where it is held. */
export type HeldLine = {
  readonly at: Instant
  readonly what: string
  readonly name: string
  readonly facts: readonly HeldFact[]
}

export type Held = {
  readonly casefiles: readonly CasefileId[]
  readonly events: readonly HeldLine[]
  readonly told: readonly HeldLine[]
  readonly covered: number
}

/** The casefiles under which a person is known by a CRN, a prison number or a contact reference. */
export function knownBy(said: string): CasefileId {
  const [crn, noms] = [readCrn.parse(said), readNoms.parse(said)]
  if (crn !== undefined) return casefileId('person', personKey('crn', crn))
  if (noms !== undefined) return casefileId('person', personKey('noms', noms))
  return casefileId('person', personKey('contact', said.trim()))
}

/**
 * Everything held about one person, by the casefiles that name them, oldest first: every event with all its fields, and
 * every notice. Whatever is about somebody else, or warns of them, is covered, except the keys in `uncovered`.
 * Undefined if nothing is held under what they are known by.
 */
export async function heldAbout(
  said: string,
  uncovered: ReadonlySet<string>,
  language: Written,
  store: Pick<Store, 'open' | 'events' | 'texts'>,
): Promise<Held | undefined> {
  const { names, about } = await ofPerson([knownBy(said)], store)
  const noms = readNoms.parse(said)
  const releases = noms === undefined ? [] : [casefileId('release', releaseKey(noms))]
  const opened = await openAll([...names, ...about, ...releases], store)
  const own = new Set([...opened.values()].flatMap(({ events }) => events.flatMap(theirContact)))
  const isNamed = names.includes(casefileId('person', personKey('contact', said.trim())))
  if (isNamed) own.add(said.trim())
  const contacts = await openAll(
    [...own].map((id) => casefileId('contact', id)),
    store,
  )
  if (opened.size + contacts.size === 0) return undefined
  const ofContacts = [...contacts.values()].flatMap(({ events }) =>
    events.filter((one) => nounOf(one) === 'contact'),
  )
  const events = [...[...opened.values()].flatMap((one) => one.events), ...ofContacts]
  const texts = new Map(
    (await Promise.all([...opened.keys()].map((id) => store.texts(id)))).flatMap((one) => [...one]),
  )
  const known = { own, uncovered, texts, language }
  const happened = [...new Map(events.map((event) => [event.eventId, event])).values()]
    .toSorted(compareEvents)
    .map((event) => ({
      ...{ at: event.at, what: inWords(event.type, language), name: event.eventId },
      facts: [...numbersIn(event, language), ...factsHeldIn(event, known)],
    }))
  const told = [...opened].flatMap(([id, { events, entries }]) => {
    const { ledger } = openCasefile(id, events, entries)
    return entries.map((entry) => {
      const row = pastRow(id, entry, { ledger, events, texts })
      return {
        at: row.at,
        what: row.title[language],
        name: noticeName(row.noticeId),
        facts: noticeFacts(withoutAnswer(row), known),
      }
    })
  })
  told.sort((a, b) => a.at - b.at)
  const covered = [...happened, ...told].flatMap(({ facts }) =>
    facts.filter((one) => one.covered?.isStill),
  ).length
  return { casefiles: [...opened.keys(), ...contacts.keys()], events: happened, told, covered }
}

async function openAll(
  ids: readonly CasefileId[],
  store: Pick<Store, 'open'>,
): Promise<Map<CasefileId, Stored>> {
  const opened = await Promise.all([...new Set(ids)].map(async (id) => [id, await store.open(id)] as const))
  return new Map(opened.flatMap(([id, stored]) => (stored ? [[id, stored] as const] : [])))
}

/** The contact that an event names as its person: of an order, of a clearance. */
function theirContact({ type, info }: DomainEvent): string[] {
  if (type === 'order.made' || type === 'order.varied') return info.person === undefined ? [] : [info.person]
  return type === 'clearance.applied' || type === 'clearance.confirmed' ? [info.holder] : []
}
