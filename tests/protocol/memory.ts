import { added, type DutyWeek } from '../../shared/casefile/counts.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { type CasefileId, kindOf } from '../../shared/casefile/ids.ts'
import { type Entry, entryId } from '../../shared/casefile/ledger.ts'
import { nounOf } from '../../shared/casefile/nouns.ts'
import type { Text } from '../../shared/messages/text.ts'
import { type Items, storeOf } from '../../shared/store/items.ts'
import { liesIn } from '../../shared/store/keys.ts'
import { givesWay, type Head, type Store } from '../../shared/store/store.ts'

/** Everything a store holds, as one value: never changed, only replaced, so that to keep it is to remember it. */
export type Contents = Readonly<Record<CasefileId, Kept>>

type Kept = {
  readonly head?: Head
  /** The version of the head that was forgotten: one that begins again goes on from it, where a store leaves it to chance. */
  readonly forgotten?: number
  readonly events: readonly DomainEvent[]
  readonly entries: readonly Entry[]
  readonly texts: Readonly<Record<string, Text>>
}

type Shelf = { contents: Contents; counts?: readonly DutyWeek[] }

const NOTHING: Kept = { events: [], entries: [], texts: {} }

/** A store whose whole contents are one value in `shelf`, to be looked at, put aside and put back at any time. */
export function memoryStore(shelf: Shelf): Store {
  return storeOf(memoryItems(shelf))
}

/** Its items, written one by one as on DynamoDB. */
export function memoryItems(shelf: Shelf): Items {
  const kept = (id: CasefileId) => shelf.contents[id] ?? NOTHING
  const keep = (id: CasefileId, change: Partial<Kept>) => {
    shelf.contents = { ...shelf.contents, [id]: { ...kept(id), ...change } }
  }
  const heads = () =>
    Object.entries(shelf.contents)
      .flatMap(([id, { head }]) => (head ? [{ id: id as CasefileId, ...head }] : []))
      .sort((a, b) => compare(a.id, b.id))
  const putEntry = (id: CasefileId, entry: Entry) => {
    const others = kept(id).entries.filter((one) => entryId(one) !== entryId(entry))
    keep(id, { entries: [...others, entry].sort((a, b) => compare(entryId(a), entryId(b))) })
  }
  return {
    async putEvent(id, event) {
      const { events } = kept(id)
      if (events.some((known) => known.eventId === event.eventId && known.type === event.type)) return 'known'
      keep(id, { events: [...events, event] })
      return 'added'
    },
    async raise(id, from, begun) {
      const { head, forgotten = 0 } = kept(id)
      const { version = forgotten, wake = from ?? begun, plannedUnder } = head ?? {}
      keep(id, { head: { version: version + 1, wake: Math.min(wake, from ?? wake), plannedUnder } })
    },
    async open(id) {
      const { head, events, entries } = kept(id)
      return head && { head, events, entries }
    },
    async events(id, nouns) {
      return kept(id).events.filter((event) => nouns.includes(nounOf(event)))
    },
    async entries(id, noticeId) {
      return kept(id).entries.filter((entry) => entry.noticeId === noticeId)
    },
    async setWake(id, read, wake, plannedUnder) {
      const { head } = kept(id)
      if (head?.version !== read.version || head.wake !== read.wake) return 'moved-on'
      keep(id, { head: { version: head.version, wake, plannedUnder: plannedUnder ?? head.plannedUnder } })
      return 'set'
    },
    async due({ after = Number.NEGATIVE_INFINITY, until }, limit) {
      return heads()
        .flatMap(({ id, wake }) => (wake > after && wake <= until ? [{ id, wake }] : []))
        .sort((a, b) => a.wake - b.wake)
        .slice(0, limit)
    },
    async putClaim(id, claim, now) {
      const standing = kept(id).entries.find((one) => entryId(one) === entryId(claim))
      if (standing && !givesWay(standing, claim, now)) return standing
      putEntry(id, claim)
      return undefined
    },
    async putEntry(id, entry) {
      putEntry(id, entry)
    },
    async putText(id, { messageId, text }) {
      keep(id, { texts: { ...kept(id).texts, [messageId]: text } })
    },
    async count(_, counts) {
      shelf.counts = added([...(shelf.counts ?? []), ...counts])
    },
    async counts(from, to) {
      return (shelf.counts ?? []).filter(({ week }) => week >= from && week <= to)
    },
    async texts(id) {
      return new Map(Object.entries(kept(id).texts))
    },
    async forget(id, item) {
      const { events, entries, texts } = kept(id)
      if ('event' in item) {
        const isIt = (one: DomainEvent) =>
          one.eventId === item.event.eventId && nounOf(one) === nounOf(item.event)
        keep(id, { events: events.filter((one) => !isIt(one)) })
      } else if ('entry' in item) {
        keep(id, { entries: entries.filter((one) => entryId(one) !== entryId(item.entry)) })
      } else {
        const { [item.messageId]: _, ...others } = texts
        keep(id, { texts: others })
      }
    },
    async forgetHead(id, read) {
      const { head, ...rest } = kept(id)
      if (head?.version !== read.version || head.wake !== read.wake) return 'moved-on'
      shelf.contents = { ...shelf.contents, [id]: { ...rest, forgotten: head.version } }
      return 'forgotten'
    },
    async casefiles(part) {
      return heads().flatMap(({ id, wake }) => (liesIn(part, id) ? [{ id, wake }] : []))
    },
    async ofKind(kind, limit, after = `${kind}:`) {
      const ids = heads().map(({ id }) => id)
      return ids
        .filter((id) => kindOf(id) === kind && id > after)
        .sort(compare)
        .slice(0, limit)
    },
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
