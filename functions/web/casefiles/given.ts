import type { Instant } from '../../../shared/calendar/london.ts'
import type { CasefileId } from '../../../shared/casefile/ids.ts'
import { entryId } from '../../../shared/casefile/ledger.ts'
import { openLedger } from '../../../shared/casefile/open-ledger.ts'
import type { Store } from '../../../shared/store/store.ts'
import { pageOf } from '../frame/paging.ts'
import { type NoticeRow, pastRow } from './rows.ts'

/** A notice that was given, or never will be, and the entry in which the rest about it stands. */
export type Given = { readonly at: Instant; readonly casefile: CasefileId; readonly entryId: string }

/** What was given in all casefiles together, in order of time. */
export type GivenNotices = {
  count(): number
  /** Newest first. */
  newest(skip: number, limit: number): readonly Given[]
}

export type GivenPorts = { readonly store: Pick<Store, 'open' | 'texts'>; readonly given: GivenNotices }

/** How many notices a page shows. */
const PAGE = 50

/** One page of what was given, newest first. */
export async function givenPage({ store, given }: GivenPorts, asked: number) {
  const { skip, ...paging } = pageOf(given.count(), PAGE, asked)
  const opened = new Map<CasefileId, Promise<ReadonlyMap<string, NoticeRow>>>()
  const rows: NoticeRow[] = []
  for (const { casefile, entryId } of given.newest(skip, PAGE)) {
    const known = opened.get(casefile) ?? openRows(casefile, store)
    opened.set(casefile, known)
    const row = (await known).get(entryId)
    if (row) rows.push(row)
  }
  return { rows, ...paging }
}

async function openRows(id: CasefileId, store: GivenPorts['store']) {
  const { events = [], entries = [] } = (await store.open(id)) ?? {}
  const texts = await store.texts(id)
  const ledger = openLedger(entries, events)
  return new Map(entries.map((entry) => [entryId(entry), pastRow(id, entry, { ledger, events, texts })]))
}
