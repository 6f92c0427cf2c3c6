import type { Hono } from 'hono'
import { addDays, type Instant } from '../../shared/calendar/london.ts'
import { weekOf } from '../../shared/casefile/counts.ts'
import { DUTIES } from '../../shared/duties/all.ts'
import type { Store } from '../../shared/store/store.ts'
import { worksHere } from './casefiles/own-casefiles.ts'
import { busiestAhead, howItGoes } from './figures/figures.ts'
import type { StaffPages } from './reader/reader.ts'
import type { Showing } from './reader/showing.ts'

export type FigurePorts = {
  readonly store: Pick<Store, 'counts' | 'due' | 'events'>
  readonly now: () => Instant
}

/** A quarter of a year. */
const WEEKS = 13

/**
 * How the service is doing, from counts kept as things happened: it opens no casefile and names nobody, so all staff may
 * see it.
 */
export function serveFigures(
  app: Hono<StaffPages>,
  { store, now }: FigurePorts,
  { show, notFound }: Showing,
): void {
  app.get('/figures', async (c) => {
    if (!(await worksHere(c.get('reader'), store))) return notFound(c)
    const only = DUTIES.find(({ id }) => id === c.req.query('duty'))
    const week = weekOf(now())
    const [counts, ahead] = await Promise.all([
      store.counts(addDays(week, -7 * (WEEKS - 1)), week),
      busiestAhead(store, now()),
    ])
    return show(c, 'figures', { ...howItGoes(counts, now(), only?.id), ...ahead, only })
  })
}
