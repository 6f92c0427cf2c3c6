import { DAY_MS, type Instant } from '../../../shared/calendar/london.ts'
import { type Casefile, fold, type States } from '../../../shared/casefile/casefile.ts'
import type { DomainEvent } from '../../../shared/casefile/events.ts'
import { type CasefileId, type Kind, keyOf, kindOf } from '../../../shared/casefile/ids.ts'
import { isAddressed } from '../../../shared/casefile/ledger.ts'
import { nounOf } from '../../../shared/casefile/nouns.ts'
import type { Reader } from '../../../shared/directory/readers.ts'
import type { Written } from '../../../shared/messages/dates.ts'
import type { Rules } from '../../../shared/planning/rules.ts'
import type { Store } from '../../../shared/store/store.ts'
import { isFor, offersTo, openForActing } from '../../acts/acts.ts'
import { askedIn } from '../../acts/todos.ts'
import { formName } from '../frame/act-form.ts'
import { partOf } from '../frame/paging.ts'
import { sayIn } from '../frame/welsh.ts'
import { wholeDay } from '../frame/words.ts'
import type { NameOf } from './facts.ts'
import { forecast } from './forecast.ts'
import { casefilesAbout, casefilesNaming } from './own-casefiles.ts'
import { repliesFor } from './replies.ts'
import { type NoticeRow, pastRow } from './rows.ts'
import {
  type Filter,
  happenedLines,
  namesIn,
  noticeLines,
  storyPage,
  toCome,
  whatComesNext,
} from './story.ts'

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
  readonly store: Pick<Store, 'open' | 'events' | 'texts' | 'ofKind'>
  readonly rules: () => Rules | Promise<Rules>
  readonly now: () => Instant
}

/** Which part of a casefile's story a reader asks for, and in which language. */
export type Asked = { readonly filter: Filter; readonly page: number; readonly language: Written }

/** How far ahead a page shows what will be told; a reader who asks for what is planned sees a year. */
const AHEAD_DAYS = 28
const PLANNED_DAYS = 366
/** How many of the next things are shown above the story. */
const NEXT_MAX = 3

/**
 * One casefile: who works on it, what its reader can do, what comes next, and a page of its story. Undefined if there is
 * none, and equally if this reader may not see it. `seen` is what others may see of the messages.
 */
export async function casefilePage(
  id: CasefileId,
  reader: Reader,
  { filter, page, language }: Asked,
  seen: (row: NoticeRow) => NoticeRow,
  ports: CasefilePorts,
) {
  const opened = await openForActing(id, ports)
  if (!opened || !(await isFor(reader, opened))) return undefined
  const { casefile, ask, posts, rules, now, stored } = opened
  const { entries, events } = stored
  const texts = await ports.store.texts(id)
  const told = entries.map((entry) => pastRow(id, entry, { ledger: casefile.ledger, events, texts }))
  const elsewhere = kindOf(id) === 'contact' ? await toldElsewhere(keyOf(id), reader, ports) : []
  const until = now + (filter === 'planned' ? PLANNED_DAYS : AHEAD_DAYS) * DAY_MS
  const offers = offersTo(reader, opened)
  const written = await ask((neighbours) => {
    const nameOf = namesIn(events, neighbours, language, reader)
    const rows = [...told, ...elsewhere, ...forecast({ casefile, neighbours, events, rules }, now, until)]
    return {
      lines: [
        ...happenedLines(events, nameOf, language),
        ...noticeLines(rows.map(seen), nameOf),
        ...toCome(casefile, now, nameOf, language),
      ],
      people: posts.map(({ contactId, role }) => ({
        ...{ contactId, role, name: nameOf(contactId) },
        phone: neighbours.get('contact', contactId).details?.phone,
      })),
      about: kindOf(id) === 'order' ? personOf(casefile as Casefile<'order'>, nameOf) : undefined,
    }
  })
  const { lines, people, about } = written
  return {
    ...{
      kind: kindOf(id),
      key: keyOf(id),
      heading: about ?? ownName(casefile) ?? nameOf(id, events, language),
      reference: nameOf(id, events, language),
      people,
    },
    ...{ offers, isAsked: await askedIn(opened, reader), form: formName(opened), filter },
    replies: reader.reads === 'everything' ? [] : await repliesFor(offers, opened, ports.store),
    next: whatComesNext(lines, now, NEXT_MAX),
    story: storyPage(lines, filter, page, now),
    // Only support can do something about facts that nothing can be planned from.
    setAside: reader.reads === 'everything' ? casefile.setAside : [],
  }
}

/** The name of a prison or a person; undefined if there is none, or it is not known. */
export function ownName({ id, state }: Pick<Casefile, 'id' | 'state'>): string | undefined {
  const hasName = kindOf(id) === 'prison' || kindOf(id) === 'contact'
  return hasName ? (state as States['prison'] | States['contact']).details?.name : undefined
}

function personOf({ state }: Casefile<'order'>, nameOf: NameOf): string | undefined {
  return state.terms && nameOf(state.terms.person)
}

/** What a contact was told in the casefiles that name them or are about them, if this reader may read those. */
async function toldElsewhere(contactId: string, reader: Reader, ports: CasefilePorts): Promise<NoticeRow[]> {
  const ids = [
    ...(await casefilesNaming([contactId], ports.store)),
    ...(await casefilesAbout(contactId, ports.store)),
  ]
  const rows = await Promise.all(
    [...new Set(ids)].map(async (id) => {
      const opened = await openForActing(id, ports)
      if (!opened || !(await isFor(reader, opened))) return []
      const { casefile, stored } = opened
      const texts = await ports.store.texts(id)
      return stored.entries
        .filter((entry) => isAddressed(entry) && entry.to === contactId)
        .map((entry) => pastRow(id, entry, { ledger: casefile.ledger, events: stored.events, texts }))
    }),
  )
  return rows.flat()
}

/** How many casefiles a page shows. */
const PAGE = 100

/** The casefiles of one kind after a given one, with their names: one part of a list that may be long. */
export async function casefilesPage(kind: ShownKind, after: string | undefined, { store }: CasefilePorts) {
  const { ids, ...part } = await partOf(kind, PAGE, after, store)
  const casefiles = await Promise.all(
    ids.map(async (id) => {
      const events = kind === 'release' ? await store.events(id, ['release']) : []
      return { key: keyOf(id), name: nameOf(id, events) }
    }),
  )
  return { casefiles, part }
}

/** A casefile's name on a page: for a release its ids, days and areas, for anything else its key. */
export function nameOf(id: CasefileId, events: readonly DomainEvent[], language: Written = 'en'): string {
  if (kindOf(id) !== 'release') return keyOf(id)
  const { byId } = fold(
    'release',
    events.filter((event) => nounOf(event) === 'release'),
  )
  const names = Object.values(byId).map(({ releaseId, releaseOn, area }) =>
    [releaseId, releaseOn ? wholeDay(releaseOn, language) : sayIn(language)('day not known'), area].join(
      ', ',
    ),
  )
  return names.join('; ') || keyOf(id)
}
