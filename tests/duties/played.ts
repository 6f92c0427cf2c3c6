import { type Arrival, readArrival } from '../../infra/local/arrivals.ts'
import { replay } from '../../infra/local/replay.ts'
import type { Instant } from '../../shared/calendar/london.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import type { Caseload } from '../simulation/caseload.ts'

/** A store in which everything of a generated caseload that can be taken in has come in and been told until an instant. */
export async function played({ known, coming }: Caseload, until: Instant) {
  const told = [...known, ...coming.filter((one) => !one.refusal).map((one) => one.told)]
  const read = told.map((one, line) => readArrival(JSON.stringify(one), line))
  const arrivals = read.filter((one): one is Arrival => 'at' in one)
  const store = sqliteStore(':memory:')
  await replay({ arrivals, until, store }, () => {})
  return store
}
