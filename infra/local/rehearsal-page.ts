import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openForActing } from '../../functions/acts/acts.ts'
import { todosIn } from '../../functions/acts/todos.ts'
import { howItGoes } from '../../functions/web/figures/figures.ts'
import { FRONTEND, renderPage, STYLES } from '../../functions/web/frame/views.ts'
import { inWords } from '../../functions/web/frame/words.ts'
import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import { weekOf } from '../../shared/casefile/counts.ts'
import { type Reason, UNREACHED } from '../../shared/casefile/ledger.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import { everyCasefile, type Store } from '../../shared/store/store.ts'
import type { NoticeLine } from './notice-line.ts'

/** The result of a rehearsal, for the team whose caseload it is: collected while it plays, and written as one page. */
export type RehearsalNotes = {
  note(lines: readonly NoticeLine[], now: Instant): void
  /**
   * The page, self-contained: by duty and week, the busiest minute, who was not reached, what was asked and not done.
   */
  page(store: Store, rules: Rules, from: Instant, until: Instant): Promise<string>
}

/** Starts collecting, with nothing given yet. */
export function openRehearsalNotes(): RehearsalNotes {
  const minutes = new Map<Instant, number>()
  const unreached = new Map<string, number>()
  const add = <Key>(counts: Map<Key, number>, key: Key, count = 1) =>
    void counts.set(key, (counts.get(key) ?? 0) + count)
  return {
    note(lines, now) {
      const sent = lines.filter(({ outcome }) => outcome === 'sent').length
      if (sent > 0) add(minutes, Math.floor(now / MINUTE_MS) * MINUTE_MS, sent)
      for (const { outcome, reason, role, to } of lines) {
        const isUnreached = outcome === 'failed' || UNREACHED.has(reason as Reason)
        if (isUnreached) add(unreached, `${to ?? 'nobody'}\t${inWords(role)}\t${inWords(reason ?? '')}`)
      }
    },
    async page(store, rules, from, until) {
      const counts = await store.counts(weekOf(from), weekOf(until))
      const [busiest] = [...minutes].sort(([, a], [, b]) => b - a)
      return renderPage('rehearsal', {
        ...howItGoes(counts, until),
        ...{ from, until, busiest: busiest && { at: busiest[0], count: busiest[1] } },
        unreached: mostFirst(unreached),
        notDone: mostFirst(await notDone(store, rules, until)),
        styles: [readFileSync(join(FRONTEND, 'dist/govuk/govuk-frontend.min.css'), 'utf8'), STYLES].join(
          '\n',
        ),
      })
    },
  }

  /** What was asked and is still open at the end, by duty and the role that was asked. */
  async function notDone(store: Store, rules: Rules, until: Instant): Promise<Map<string, number>> {
    const asked = new Map<string, number>()
    for await (const { id } of everyCasefile(store)) {
      const opened = await openForActing(id, { store, rules: () => rules, now: () => until })
      for (const { entry, isOverdue } of opened ? await todosIn(opened, () => true) : []) {
        add(asked, `${entry.duty}\t${inWords(entry.role)}\t${isOverdue ? 'overdue' : 'in time still'}`)
      }
    }
    return asked
  }
}

/** Rows of a table; their keys are cells separated by tabs. */
function mostFirst(counts: ReadonlyMap<string, number>): (string | number)[][] {
  return [...counts].sort(([, a], [, b]) => b - a).map(([key, count]) => [...key.split('\t'), count])
}
