import { DatabaseSync } from 'node:sqlite'
import { type DomainEvent, nounOf } from '../casefile/events.ts'
import type { CasefileId } from '../casefile/ids.ts'
import type { Entry } from '../casefile/ledger.ts'
import type { Text } from '../messages/text.ts'
import { refuseLater, SCHEMA } from './schema.ts'
import { givesWay, type Head, liesIn, type Store } from './store.ts'

const TABLES = `
  create table if not exists heads (
    id text primary key, version integer not null, wake integer, planned_under text
  ) strict, without rowid;
  create index if not exists wakes on heads (wake, id) where wake is not null;
  create table if not exists events (
    casefile text, noun text, event_id text, body text not null, primary key (casefile, noun, event_id)
  ) strict, without rowid;
  create table if not exists entries (
    casefile text, notice_id text, body text not null, primary key (casefile, notice_id)
  ) strict, without rowid;
  create table if not exists texts (
    casefile text, message_id text, body text not null, primary key (casefile, message_id)
  ) strict, without rowid;
`

/**
 * The store of one machine: one file, or `:memory:`. Every write is on disk before its promise is kept. Throws where a
 * later version kept the file.
 */
export function sqliteStore(path: string): Store & { close(): void } {
  const db = new DatabaseSync(path)
  db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;')
  refuseLater(db.prepare('pragma user_version').get()?.user_version, path)
  db.exec(`${TABLES} pragma user_version = ${SCHEMA};`)
  db.function('lies_in', { deterministic: true }, (part, of, id) =>
    Number(liesIn({ part: Number(part), of: Number(of) }, id as CasefileId)),
  )
  const sql = {
    append: db.prepare('insert or ignore into events values (?, ?, ?, ?)'),
    rouse: db.prepare(
      'insert into heads (id, version, wake) values (?, 1, ?) on conflict do update set version = version + 1, wake = excluded.wake',
    ),
    head: db.prepare('select version, wake, planned_under from heads where id = ?'),
    events: db.prepare('select body from events where casefile = ?'),
    noun: db.prepare('select body from events where casefile = ? and noun = ?'),
    entries: db.prepare('select body from entries where casefile = ?'),
    entry: db.prepare('select body from entries where casefile = ? and notice_id = ?'),
    setWake: db.prepare(
      'update heads set wake = ?, planned_under = coalesce(?, planned_under) where id = ? and version = ? and wake is ?',
    ),
    due: db.prepare('select id, wake from heads where wake <= ? order by wake, id limit ?'),
    postpone: db.prepare('update heads set wake = ? where id = ? and wake = ?'),
    record: db.prepare('insert or replace into entries values (?, ?, ?)'),
    keepText: db.prepare('insert or replace into texts values (?, ?, ?)'),
    texts: db.prepare('select message_id, body from texts where casefile = ?'),
    forgetEvent: db.prepare('delete from events where casefile = ? and noun = ? and event_id = ?'),
    forgetEntry: db.prepare('delete from entries where casefile = ? and notice_id = ?'),
    forgetText: db.prepare('delete from texts where casefile = ? and message_id = ?'),
    forgetHead: db.prepare('delete from heads where id = ? and version = ? and wake is ?'),
    heads: db.prepare(
      'select id, version, wake, planned_under from heads where id > ? and lies_in(?, ?, id) order by id limit ?',
    ),
  }
  const record = (id: CasefileId, entry: Entry) => sql.record.run(id, entry.noticeId, JSON.stringify(entry))
  return {
    async append(id, event) {
      const { changes } = sql.append.run(id, nounOf(event), event.eventId, JSON.stringify(event))
      return changes === 1 ? 'added' : 'known'
    },
    async rouse(id, now) {
      sql.rouse.run(id, now)
    },
    async open(id) {
      const head = sql.head.get(id)
      if (!head) return undefined
      const events = bodies<DomainEvent>(sql.events.all(id))
      return { head: headOf(head), events, entries: bodies<Entry>(sql.entries.all(id)) }
    },
    async events(id, nouns) {
      return nouns.flatMap((noun) => bodies<DomainEvent>(sql.noun.all(id, noun)))
    },
    async setWake(id, read, wake, plannedUnder) {
      const was = read.wake ?? null
      const { changes } = sql.setWake.run(wake ?? null, plannedUnder ?? null, id, read.version, was)
      return changes === 1 ? 'set' : 'moved-on'
    },
    async due(now, limit) {
      return sql.due.all(now, limit) as { id: CasefileId; wake: number }[]
    },
    async postpone(id, wake, until) {
      return sql.postpone.run(until, id, wake).changes === 1 ? 'postponed' : 'moved-on'
    },
    async claim(id, entry, now) {
      // One connection, and nothing awaited in between: reading and writing are one step here.
      const [standing] = bodies<Entry>([sql.entry.get(id, entry.noticeId)])
      if (standing && !givesWay(standing, entry, now)) return standing
      record(id, entry)
      return undefined
    },
    async record(id, entry) {
      record(id, entry)
    },
    async keepText(id, messageId, text) {
      sql.keepText.run(id, messageId, JSON.stringify(text))
    },
    async texts(id) {
      const rows = sql.texts.all(id) as { message_id: string; body: string }[]
      return new Map(rows.map((row) => [row.message_id, JSON.parse(row.body) as Text]))
    },
    async forget(id, item) {
      if ('event' in item) sql.forgetEvent.run(id, nounOf(item.event), item.event.eventId)
      else if ('noticeId' in item) sql.forgetEntry.run(id, item.noticeId)
      else sql.forgetText.run(id, item.messageId)
    },
    async forgetHead(id, read) {
      const { changes } = sql.forgetHead.run(id, read.version, read.wake ?? null)
      return changes === 1 ? 'forgotten' : 'moved-on'
    },
    async heads(after, limit, { part, of }) {
      const rows = sql.heads.all(after ?? '', part, of, limit)
      return rows.map((row) => ({ ...headOf(row), id: row.id as CasefileId }))
    },
    close: () => db.close(),
  }
}

function headOf({ version, wake, planned_under }: Record<string, unknown>): Head {
  return {
    version: version as number,
    wake: (wake as number | null) ?? undefined,
    plannedUnder: (planned_under as string | null) ?? undefined,
  }
}

function bodies<T>(rows: (Record<string, unknown> | undefined)[]): T[] {
  return rows.filter((row) => row !== undefined).map((row) => JSON.parse(row.body as string) as T)
}
