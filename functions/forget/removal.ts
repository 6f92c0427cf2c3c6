import type { DomainEvent } from '../../shared/casefile/events.ts'
import {
  addressKey,
  type CasefileId,
  casefileId,
  casefileOfNotice,
  keyOf,
  kindOf,
} from '../../shared/casefile/ids.ts'
import { type Entry, isAddressed } from '../../shared/casefile/ledger.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import { inOrder } from '../../shared/duties/retention.ts'
import type { Store, Stored } from '../../shared/store/store.ts'
import { ofPerson } from '../person.ts'
import { forget, forgetCasefile } from './forget.ts'

/** What is removed from one casefile: all of it, or what it holds about another. */
export type Part = {
  readonly id: CasefileId
  readonly isWhole: boolean
  readonly stored: Stored
  /**
   * The texts to remove, by messageId: all of a whole casefile; in another one, those that name the removed casefile.
   */
  readonly texts: readonly string[]
}

/**
 * What has to be removed to forget a casefile: copies of its events in other casefiles and of what it asked by text
 * message; what other casefiles were told that names it, such as a worker's day list; then the casefile itself. In this
 * order an interrupted removal can be found again. Empty if there is no such casefile.
 */
export async function removalOf(
  id: CasefileId,
  store: Pick<Store, 'open' | 'events' | 'texts'>,
): Promise<Part[]> {
  const stored = await store.open(id)
  if (!stored) return []
  const own = new Set(stored.events.filter((event) => casefilesOf(event)[0] === id))
  const asked = stored.entries.filter(isAddressed).map((entry) => addressKey(entry.address))
  const others = new Set([
    ...[...own].flatMap((event) => casefilesOf(event).slice(1)),
    ...asked.map((key) => casefileId('address', key)),
  ])
  // Events of a release are also in the same person's other casefiles, under any number.
  const named = [...others].filter((other) => kindOf(other) === 'person')
  for (const one of (await ofPerson(named, store)).about) others.add(one)
  others.delete(id)
  const ids = new Set([...own].map(({ eventId }) => eventId))
  const isCopy = (event: DomainEvent) => ids.has(event.eventId) || isSaidOf(event, id)
  const isAbout = (entry: Entry) =>
    casefileOfNotice(entry.noticeId) === id || (kindOf(id) === 'contact' && entry.to === keyOf(id))
  const copies = await Promise.all(
    [...others].map(async (other): Promise<Part[]> => {
      const theirs = await store.open(other)
      if (!theirs) return []
      const events = theirs.events.filter(isCopy)
      const entries = kindOf(other) === 'address' ? theirs.entries.filter(isAbout) : []
      const isWhole = events.length + entries.length === theirs.events.length + theirs.entries.length
      const texts = [...(await store.texts(other))]
        .filter(([, { text }]) => isWhole || names(text, keyOf(id)))
        .map(([messageId]) => messageId)
      if (events.length + entries.length + texts.length === 0) return []
      return [{ id: other, isWhole, stored: { ...theirs, events, entries }, texts }]
    }),
  )
  const texts = [...(await store.texts(id)).keys()]
  return [...copies.flat(), { id, isWhole: true, stored, texts }]
}

/** Whether an address's casefile holds something about the casefile or contact to be removed. */
function isSaidOf({ type, info }: DomainEvent, id: CasefileId): boolean {
  if (!type.startsWith('address.')) return false
  const said: Readonly<Record<string, unknown>> = { ...info }
  return said.casefile === id || (kindOf(id) === 'contact' && said.contactId === keyOf(id))
}

function names(text: string, key: string): boolean {
  return text.split(/[^A-Za-z0-9-]+/).includes(key)
}

/** Removes it. `moved-on` means that something arrived meanwhile, and it has to be removed again. */
export async function remove(
  { id, isWhole, stored, texts }: Part,
  store: Pick<Store, 'forget' | 'forgetHead' | 'texts'>,
): Promise<'forgotten' | 'moved-on'> {
  if (isWhole) return forgetCasefile(id, stored, store)
  await forget(id, { ...inOrder(stored), texts }, store)
  return 'forgotten'
}
