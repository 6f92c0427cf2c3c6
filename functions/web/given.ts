import type { Instant } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import { openLedger } from '../../shared/casefile/ledger.ts'
import type { Store } from '../../shared/store/store.ts'
import { pageOf } from './paging.ts'
import { type NoticeRow, pastRow } from './rows.ts'

/** A notice that was given, or never will be, and where the rest about it stands. */
export type Given = { readonly at: Instant; readonly casefile: CasefileId; readonly noticeId: string }

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
  const opened = new Map<CasefileId, Promise<(noticeId: string) => NoticeRow | undefined>>()
  const rows: NoticeRow[] = []
  for (const { casefile, noticeId } of given.newest(skip, PAGE)) {
    const rowOf = opened.get(casefile) ?? openRows(casefile, store)
    opened.set(casefile, rowOf)
    const row = (await rowOf)(noticeId)
    if (row) rows.push(row)
  }
  return { rows, ...paging }
}

async function openRows(id: CasefileId, store: GivenPorts['store']) {
  const { events = [], entries = [] } = (await store.open(id)) ?? {}
  const texts = await store.texts(id)
  const ledger = openLedger(entries, events)
  return (noticeId: string) => {
    const entry = ledger.entry(noticeId)
    return entry && pastRow(id, entry, { ledger, events, texts })
  }
}
