import { DatabaseSync } from 'node:sqlite'
import { cpuMs, rateOf } from '../measure.ts'

/** What a peer does a second with jobs that do nothing, and the processor that a job took it, in milliseconds. */
export type Figures = {
  readonly intake: number
  readonly cancel: number
  readonly drain: number
  readonly cpuMs: number
}

/**
 * The least that a durable queue on one SQLite file can do: a row a job, on disk before it is acknowledged, claimed and
 * finished in a commit each. No plan, no text, no ledger, nobody chosen: what Throughcare does beside it is the rest.
 */
export function bareSqlite(file: string, jobs: number): Figures {
  const db = new DatabaseSync(file)
  db.exec(`pragma journal_mode = wal; pragma synchronous = full;
    create table jobs (key text primary key, due integer not null, body text not null, state text not null) strict;
    create index due on jobs (due) where state = 'waiting'`)
  const put = db.prepare("insert into jobs values (?, ?, ?, 'waiting')")
  const drop = db.prepare('delete from jobs where key = ?')
  const next = db.prepare("select key from jobs where state = 'waiting' and due <= ? order by due limit 1")
  const set = db.prepare('update jobs set state = ? where key = ?')
  const body = JSON.stringify({ to: 'C-PERSON-1', text: 'x'.repeat(300) })
  const intake = rateOf(jobs, (number) => put.run(`A-${number}`, number, body))
  const cancel = rateOf(jobs / 10, (number) => drop.run(`A-${number * 10}`))
  const left = jobs - Math.ceil(jobs / 10)
  const before = cpuMs()
  const drain = rateOf(left, () => {
    const { key } = next.get(jobs) as { key: string }
    set.run('claimed', key)
    set.run('done', key)
  })
  const figures = { intake, cancel, drain, cpuMs: (cpuMs() - before) / left }
  db.close()
  return figures
}
