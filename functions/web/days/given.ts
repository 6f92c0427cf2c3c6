import type { Instant } from '../../../shared/calendar/london.ts'
import type { CasefileId } from '../../../shared/casefile/ids.ts'
import { entryId } from '../../../shared/casefile/ledger.ts'
import type { CasefilePorts } from '../casefiles/casefiles.ts'
import { pastRow } from '../casefiles/rows.ts'
import { pageOf } from '../frame/paging.ts'
import { everybodysDay, rowsOf } from './today.ts'

/** A notice that was given, or never will be, and the ledger entry with the rest about it. */
export type Given = { readonly at: Instant; readonly casefile: CasefileId; readonly entryId: string }

/** What was given across all casefiles, in order of time. */
export type GivenNotices = {
  count(): number
  /** Newest first. */
  newest(skip: number, limit: number): readonly Given[]
}

/** How many notices a page shows. */
const PAGE = 50

/** One page of what was given, newest first; nobody on a limited-access order is named. */
export async function givenPage(given: GivenNotices, ports: CasefilePorts, asked: number) {
  const { skip, ...paging } = pageOf(given.count(), PAGE, asked)
  const shown = given.newest(skip, PAGE)
  const places = new Map(shown.map((one, place) => [`${one.casefile} ${one.entryId}`, place]))
  const whose = await everybodysDay([...new Set(shown.map(({ casefile }) => casefile))], ports)
  const rows = await rowsOf(whose, async ({ casefile: { id, ledger }, stored: { events, entries } }) => {
    const texts = await ports.store.texts(id)
    return entries.flatMap((entry) => {
      const place = places.get(`${id} ${entryId(entry)}`)
      return place === undefined ? [] : [{ ...pastRow(id, entry, { ledger, events, texts }), place }]
    })
  })
  return { rows: rows.sort((a, b) => a.place - b.place), ...paging }
}
