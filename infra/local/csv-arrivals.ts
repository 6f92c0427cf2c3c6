import { readCaseload, takeCaseload } from '../../functions/acts/caseload.ts'
import type { LineKindName } from '../../shared/acts/lines.ts'
import type { Instant } from '../../shared/calendar/london.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { type Arrival, readArrival } from './arrivals.ts'
import { CAUGHT } from './outbox.ts'
import { openWorld } from './world.ts'

export type CsvFile = { readonly kind: LineKindName; readonly csv: string }

/** What is wrong in one of several files, and the index of that file. */
export type CsvWrong = { readonly nth: number; readonly words: readonly string[] }

/** The events that CSV files would become if taken in at `now`, each file after those before it. */
export async function csvArrivals(files: readonly CsvFile[], now: Instant): Promise<Arrival[] | CsvWrong> {
  const store = sqliteStore(':memory:')
  const rules = () => rulesWith({ goLive: now })
  const { take } = openWorld({ store, channels: CAUGHT, rules, now: () => now })
  const arrivals: Arrival[] = []
  for (const [nth, { kind, csv }] of files.entries()) {
    const caseload = await readCaseload(csv, kind, { reads: 'everything' }, { store, rules, now: () => now })
    if (caseload.is === 'wrong') {
      const words = caseload.wrong.map(({ line, column, words }) =>
        [`line ${line}`, column, words].filter((one) => one !== undefined).join(': '),
      )
      return { nth, words }
    }
    await takeCaseload(caseload.events, take)
    for (const event of caseload.events) {
      const arrival = readArrival(JSON.stringify(event), arrivals.length + 1)
      if ('at' in arrival) arrivals.push(arrival)
    }
  }
  store.close()
  return arrivals
}
