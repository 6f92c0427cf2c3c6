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

/** What is removed of one casefile: all of it, or what it holds of another. */
export type Part = {
  readonly id: CasefileId
  readonly isWhole: boolean
  readonly stored: Stored
  /** The texts that go with it, by messageId: all of a whole casefile, of another those that name the removed one. */
  readonly texts: readonly string[]
}

/**
 * What has to go for a casefile to be forgotten: the copies that other casefiles hold of its events and of what it
 * asked by text message, and what they were told that names it, such as a worker's list of a day; then itself. In this
 * order what was broken off is found again. Nothing, if it is not there.
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
  // What is said of a release lies also in the casefiles of the same person's others, under whatever number.
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

/** Whether an address's casefile was told something of a casefile, or of a contact, that is to go. */
function isSaidOf({ type, info }: DomainEvent, id: CasefileId): boolean {
  if (!type.startsWith('address.')) return false
  const said: Readonly<Record<string, unknown>> = { ...info }
  return said.casefile === id || (kindOf(id) === 'contact' && said.contactId === keyOf(id))
}

function names(text: string, key: string): boolean {
  return text.split(/[^A-Za-z0-9-]+/).includes(key)
}

/** Removes it. It is `moved-on` when something came in meanwhile, and is then to be removed again. */
export async function remove(
  { id, isWhole, stored, texts }: Part,
  store: Pick<Store, 'forget' | 'forgetHead' | 'texts'>,
): Promise<'forgotten' | 'moved-on'> {
  if (isWhole) return forgetCasefile(id, stored, store)
  await forget(id, { ...inOrder(stored), texts }, store)
  return 'forgotten'
}
