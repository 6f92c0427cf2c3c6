import { type Instant, londonDate } from '../../shared/calendar/london.ts'
import { fold } from '../../shared/casefile/casefile.ts'
import { compareEvents, type DomainEvent, nounOf } from '../../shared/casefile/events.ts'
import { type CasefileId, casefileId, type Kind, keyOf, kindOf } from '../../shared/casefile/ids.ts'
import { neighboursFrom } from '../../shared/directory/neighbours.ts'
import { mayRead, type Reader } from '../../shared/directory/readers.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import { everyHead, type Store } from '../../shared/store/store.ts'
import { offersTo, openForActing } from '../acts/acts.ts'
import { formName } from './act-form.ts'
import { forecast } from './forecast.ts'
import { pageOf } from './paging.ts'
import { repliesFor } from './replies.ts'
import { type NoticeRow, pastRow } from './rows.ts'
import { wholeDay } from './words.ts'

/** The kinds of casefile that a worker looks for. */
export const SHOWN_KINDS = [
  'order',
  'clearance',
  'release',
  'prison',
  'rota',
  'contact',
] as const satisfies Kind[]
export type ShownKind = (typeof SHOWN_KINDS)[number]

export type CasefilePorts = {
  readonly store: Pick<Store, 'open' | 'events' | 'texts' | 'heads'>
  readonly rules: () => Rules | Promise<Rules>
  readonly now: () => Instant
}

/**
 * One casefile: what its reader can do, what was given, what will be, what deliberately is not, and the events that it
 * follows from. Undefined when there is none, and no otherwise when it is not for this reader.
 */
export async function casefilePage(id: CasefileId, reader: Reader, ports: CasefilePorts) {
  const opened = await openForActing(id, ports)
  if (!opened) return undefined
  const { casefile, ask, posts, rules, now, stored } = opened
  const { head, entries, events } = stored
  if (!(await ask((neighbours) => mayRead(reader, casefile, neighbours, londonDate(now))))) return undefined
  const texts = await ports.store.texts(id)
  const ahead = await ask((neighbours) => forecast({ casefile, neighbours, events, rules }, now))
  const past = entries.map((entry) => pastRow(id, entry, { ledger: casefile.ledger, events, texts }))
  const offers = offersTo(reader, opened)
  return {
    id,
    kind: kindOf(id),
    name: nameOf(id, events),
    wake: head.wake,
    ...{ offers, form: formName(opened) },
    replies: reader.reads === 'everything' ? [] : await repliesFor(offers, opened, ports.store),
    people: posts.map(({ contactId, role }) => ({ contactId, role })),
    planned: ahead.filter((row) => row.outcome === 'planned'),
    untold: ahead.filter((row) => row.outcome !== 'planned'),
    given: past.sort(newestFirst),
    events: events
      .toSorted((a, b) => compareEvents(b, a))
      .map(({ eventId, type, at }) => ({ eventId, type, at })),
  }
}

function newestFirst(a: NoticeRow, b: NoticeRow): number {
  return b.at - a.at || (a.noticeId < b.noticeId ? -1 : 1)
}

/** How many casefiles a page shows. */
const PAGE = 100

type Listed = { readonly key: string; readonly wake: Instant | undefined }

/** One page of the casefiles of one kind: by key, but releases, whose key says nothing, by what comes next. */
export async function casefilesPage(kind: ShownKind, asked: number, { store }: CasefilePorts) {
  const found: Listed[] = []
  for await (const { id, wake } of everyHead(store)) {
    if (kindOf(id) === kind) found.push({ key: keyOf(id), wake })
  }
  found.sort(kind === 'release' ? byWake : byKey)
  const { skip, ...paging } = pageOf(found.length, PAGE, asked)
  const casefiles = await Promise.all(
    found.slice(skip, skip + PAGE).map(async (one) => {
      const id = casefileId(kind, one.key)
      const events = kind === 'release' ? await store.events(id, ['release']) : []
      return { ...one, name: nameOf(id, events) }
    }),
  )
  return { casefiles, ...paging }
}

function byKey(a: Listed, b: Listed): number {
  return a.key.localeCompare(b.key, 'en', { numeric: true })
}

function byWake(a: Listed, b: Listed): number {
  return (a.wake ?? Number.POSITIVE_INFINITY) - (b.wake ?? Number.POSITIVE_INFINITY) || byKey(a, b)
}

/** What a casefile is called on a page: a release by its ids, days and areas, anything else by its key. */
function nameOf(id: CasefileId, events: readonly DomainEvent[]): string {
  if (kindOf(id) !== 'release') return keyOf(id)
  const { byId } = fold(
    'release',
    events.filter((event) => nounOf(event) === 'release'),
  )
  const names = Object.values(byId).map(({ releaseId, releaseOn, area }) =>
    [releaseId, releaseOn ? wholeDay(releaseOn) : 'day not known', area].join(', '),
  )
  return names.join('; ') || keyOf(id)
}

/** What a worker finds without a link: the casefile of each contact that they are, and the orders they work on. */
export async function ownCasefiles(contactIds: readonly string[], { store, now }: CasefilePorts) {
  const reader: Reader = { reads: 'their own', contactIds }
  const orders = await Promise.all(
    contactIds.map(async (contactId) => {
      const events = await store.events(casefileId('contact', contactId), ['order', 'appointment'])
      return Object.keys(fold('contact', events).orders)
    }),
  )
  const named = await Promise.all(
    [...new Set(orders.flat())].sort().map(async (key) => {
      const id = casefileId('order', key)
      const state = fold('order', await store.events(id, ['order']))
      return mayRead(reader, { id, state }, neighboursFrom(new Map()), londonDate(now())) ? [id] : []
    }),
  )
  return [...contactIds.map((contactId) => casefileId('contact', contactId)), ...named.flat()].map((id) => ({
    kind: kindOf(id),
    key: keyOf(id),
  }))
}
