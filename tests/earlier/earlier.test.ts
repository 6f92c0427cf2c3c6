import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { reconcile } from '../../functions/reconcile/reconcile.ts'
import { type Arrival, readArrival } from '../../infra/local/arrivals.ts'
import type { NoticeLine } from '../../infra/local/notice-line.ts'
import { replay } from '../../infra/local/replay.ts'
import { writeInstant } from '../../shared/calendar/london.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'

/**
 * What earlier versions kept, as they kept it, and today's code. Each folder is named by the day of its version, and
 * holds the file of its store half way through a caseload (`kept.jsonl`: how its tables were made, and their rows)
 * and the events of the whole of it (`events.jsonl`). To add one: replay a caseload on `sqliteStore(FILE)` until some
 * morning, and write out its tables.
 */

const FROM = Date.parse('2026-09-01T00:00:00+01:00')
const KEPT_AT = Date.parse('2027-01-13T10:30:00Z')
const UNTIL = Date.parse('2027-05-31T00:00:00Z')

const versions = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((one) => one.isDirectory())

describe.each(versions.map(({ name }) => name))('a caseload that was kept on %s', (version) => {
  const lines = (file: string) =>
    readFileSync(join(import.meta.dirname, version, file), 'utf8')
      .trim()
      .split('\n')
  const arrivals = lines('events.jsonl').map((line, number) => readArrival(line, number + 1)) as Arrival[]
  const coming = arrivals.filter(({ at }) => at > KEPT_AT)

  /** The store of that version, opened by the code of today. */
  async function withKept<T>(use: (store: ReturnType<typeof sqliteStore>) => Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
    const file = join(folder, 'throughcare.db')
    const db = new DatabaseSync(file)
    for (const line of lines('kept.jsonl')) {
      const { sql, table, row } = JSON.parse(line)
      if (sql) db.exec(sql)
      else db.prepare(`insert into ${table} values (${row.map(() => '?').join(', ')})`).run(...row)
    }
    db.close()
    const store = sqliteStore(file)
    try {
      return await use(store)
    } finally {
      store.close()
      rmSync(folder, { recursive: true })
    }
  }

  test('nothing is broken in it, nothing unresolved, and everything is planned again', async () => {
    const report = await withKept((store) => reconcile({ store, rules: rulesWith(), now: () => KEPT_AT }))
    expect(report).toMatchObject({ broken: [], unresolved: [] })
    expect(report.sent).toBeGreaterThan(100)
    expect(report.woken.otherRules).toBeGreaterThan(20)
  })

  test('goes on as one would that today’s version had kept from the start, tells nothing twice, and nothing of days gone by under a row that is new since', async () => {
    const ofToday: NoticeLine[] = []
    await replay({ arrivals, from: FROM, until: UNTIL }, (given) => ofToday.push(...given))
    const ofThen = await withKept(async (store) => {
      const given: NoticeLine[] = []
      await reconcile({ store, rules: rulesWith(), now: () => KEPT_AT })
      await replay({ arrivals: coming, from: FROM, until: UNTIL, store }, (more) => given.push(...more))
      return given
    })
    expect(ofThen.length).toBeGreaterThan(100)
    const [before, after] = [true, false].map((isBefore) =>
      ofToday.filter(({ at }) => at <= writeInstant(KEPT_AT) === isBefore),
    )
    const wasDue = new Set(before?.map(({ noticeId }) => noticeId))
    const underNewRows = ofThen.filter(({ noticeId }) => wasDue.has(noticeId))
    expect(underNewRows.filter(({ outcome }) => outcome !== 'skipped')).toEqual([])
    expect(ofThen.filter((line) => !underNewRows.includes(line))).toEqual(after)
  })
})
