import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { Instant } from '../calendar/london.ts'
import { added } from '../casefile/counts.ts'
import type { DomainEvent } from '../casefile/events.ts'
import type { CasefileId } from '../casefile/ids.ts'
import { type Entry, entryId } from '../casefile/ledger.ts'
import { nounOf } from '../casefile/nouns.ts'
import type { Text } from '../messages/text.ts'
import { type Items, storeOf } from './items.ts'
import { liesIn } from './keys.ts'
import { refuseLater, SCHEMA } from './schema.ts'
import { BEGINS_BELOW, type Due, givesWay, type Head, type Store } from './store.ts'
import { type Transactions, transactionsOf } from './transactions.ts'

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
  create index if not exists claims on entries (casefile) where body ->> 'is' = 'claimed';
  create table if not exists texts (
    casefile text, message_id text, body text not null, primary key (casefile, message_id)
  ) strict, without rowid;
  create table if not exists counts (
    week text, duty text, what text, count integer not null, primary key (week, duty, what)
  ) strict, without rowid;
`

/**
 * The store of one machine: one file, or `:memory:`. Concurrent writes are committed together, and each promise resolves
 * when they are on disk. Throws if a later version wrote the file.
 */
export function sqliteStore(path: string): SqliteStore {
  const { items, committed, endLeases, close } = sqliteItems(path)
  return { ...storeOf(items, committed), endLeases, close }
}

type SqliteStore = Store & {
  /**
   * Ends every lease, and brings the wakes of their casefiles forward to `now`. Only for the one process that uses the
   * file: the process that held them is dead.
   */
  endLeases(now: Instant): Promise<void>
  close(): void
}

/** The parts of that store; writes are on disk when `committed` says so. */
export function sqliteItems(path: string) {
  const db = new DatabaseSync(path)
  db.exec('pragma journal_mode = wal; pragma busy_timeout = 5000;')
  refuseLater(db.prepare('pragma user_version').get()?.user_version, path)
  db.exec(`${TABLES} pragma user_version = ${SCHEMA};`)
  db.function('lies_in', { deterministic: true }, (part, of, id) =>
    Number(liesIn({ part: Number(part), of: Number(of) }, id as CasefileId)),
  )
  const transactions = transactionsOf(db)
  return {
    items: itemsIn(db, transactions),
    committed: transactions.kept,
    async endLeases(now: Instant) {
      transactions.writing()
      db.prepare(
        `update heads set wake = min(coalesce(wake, ?1), ?1)
         where id in (select casefile from entries where body ->> 'is' = 'claimed')`,
      ).run(now)
      db.prepare(
        `update entries set body = json_set(body, '$.leaseUntil', ?1)
         where body ->> 'is' = 'claimed' and body ->> 'leaseUntil' > ?1`,
      ).run(now)
      await transactions.kept()
    },
    close() {
      transactions.close()
      db.close()
    },
  }
}

/** The items in a file. With one connection and no await in between, a read and a following write are atomic here. */
function itemsIn(db: DatabaseSync, { reading, writing }: Transactions): Items {
  const sql = statementsOf(db)
  const changed = (statement: StatementSync, ...given: SQLInputValue[]): boolean => {
    writing()
    return statement.run(...given).changes === 1
  }
  const rows = (statement: StatementSync, ...given: SQLInputValue[]) => {
    reading()
    return statement.all(...given)
  }
  const putEntry = (id: CasefileId, entry: Entry) =>
    changed(sql.putEntry, id, entryId(entry), JSON.stringify(entry))
  return {
    async putEvent(id, event) {
      const isNew = changed(sql.putEvent, id, nounOf(event), event.eventId, JSON.stringify(event))
      return isNew ? 'added' : 'known'
    },
    async raise(id, from, begun) {
      changed(sql.raise, id, from ?? begun, from ?? null)
    },
    async open(id) {
      const [head] = rows(sql.head, id)
      if (!head) return undefined
      const events = bodies<DomainEvent>(rows(sql.events, id))
      return { head: headOf(head), events, entries: bodies<Entry>(rows(sql.entries, id)) }
    },
    async events(id, nouns) {
      return bodies<DomainEvent>(rows(sql.nouns, id, JSON.stringify(nouns)))
    },
    async entries(id, noticeId) {
      return bodies<Entry>(rows(sql.entriesOf, id, noticeId))
    },
    async putClaim(id, claim, now) {
      const [standing] = bodies<Entry>(rows(sql.entry, id, entryId(claim)))
      if (standing && !givesWay(standing, claim, now)) return standing
      putEntry(id, claim)
      return undefined
    },
    async putEntry(id, entry) {
      putEntry(id, entry)
    },
    async putText(id, { messageId, text }) {
      changed(sql.putText, id, messageId, JSON.stringify(text))
    },
    async setWake(id, { version, wake: was }, wake, plannedUnder) {
      const isSet = changed(sql.setWake, wake, plannedUnder ?? null, id, version, was)
      return isSet ? 'set' : 'moved-on'
    },
    async due({ after = Number.MIN_SAFE_INTEGER, until }, limit) {
      return rows(sql.due, after, until, limit) as Due[]
    },
    async count(_, counts) {
      for (const { week, duty, counts: of } of counts)
        for (const [what, count] of Object.entries(of)) changed(sql.count, week, duty, what, count)
    },
    async counts(from, to) {
      const lines = rows(sql.counts, from, to) as {
        week: string
        duty: string
        what: string
        count: number
      }[]
      return added(lines.map(({ week, duty, what, count }) => ({ week, duty, counts: { [what]: count } })))
    },
    async texts(id) {
      const texts = rows(sql.texts, id) as { message_id: string; body: string }[]
      return new Map(texts.map((row) => [row.message_id, JSON.parse(row.body) as Text]))
    },
    async forget(id, item) {
      if ('event' in item) changed(sql.forgetEvent, id, nounOf(item.event), item.event.eventId)
      else if ('entry' in item) changed(sql.forgetEntry, id, entryId(item.entry))
      else changed(sql.forgetText, id, item.messageId)
    },
    async forgetHead(id, { version, wake }) {
      return changed(sql.forgetHead, id, version, wake) ? 'forgotten' : 'moved-on'
    },
    async casefiles({ part, of }) {
      return rows(sql.casefiles, part, of) as Due[]
    },
    async ofKind(kind, limit, after = `${kind}:`) {
      return rows(sql.ofKind, after, `${kind};`, limit).map(({ id }) => id as CasefileId)
    },
  }
}

function statementsOf(db: DatabaseSync) {
  return {
    putEvent: db.prepare('insert or ignore into events values (?, ?, ?, ?)'),
    raise: db.prepare(
      `insert into heads (id, version, wake) values (?1, abs(random() % ${BEGINS_BELOW}), ?2) on conflict do update
       set version = version + 1, wake = min(coalesce(wake, ?2), coalesce(?3, wake, ?2))`,
    ),
    head: db.prepare('select version, wake, planned_under from heads where id = ?'),
    events: db.prepare('select body from events where casefile = ?'),
    nouns: db.prepare(
      'select body from events where casefile = ? and noun in (select value from json_each(?))',
    ),
    entries: db.prepare('select body from entries where casefile = ?'),
    // After the notice's id comes nothing, or `/` and the channel; `0` is the character after `/`.
    entriesOf: db.prepare(
      `select body from entries where casefile = ?1 and notice_id >= ?2 and notice_id < ?2 || '0'
       and body ->> 'noticeId' = ?2`,
    ),
    entry: db.prepare('select body from entries where casefile = ? and notice_id = ?'),
    setWake: db.prepare(
      `update heads set wake = ?, planned_under = coalesce(?, planned_under)
       where id = ? and version = ? and wake is ?`,
    ),
    due: db.prepare('select id, wake from heads where wake > ? and wake <= ? order by wake, id limit ?'),
    putEntry: db.prepare('insert or replace into entries values (?, ?, ?)'),
    count: db.prepare(
      'insert into counts values (?, ?, ?, ?) on conflict do update set count = count + excluded.count',
    ),
    counts: db.prepare('select week, duty, what, count from counts where week >= ? and week <= ?'),
    putText: db.prepare('insert or replace into texts values (?, ?, ?)'),
    texts: db.prepare('select message_id, body from texts where casefile = ?'),
    forgetEvent: db.prepare('delete from events where casefile = ? and noun = ? and event_id = ?'),
    forgetEntry: db.prepare('delete from entries where casefile = ? and notice_id = ?'),
    forgetText: db.prepare('delete from texts where casefile = ? and message_id = ?'),
    forgetHead: db.prepare('delete from heads where id = ? and version = ? and wake is ?'),
    casefiles: db.prepare('select id, wake from heads where lies_in(?, ?, id) order by id'),
    // An id begins with its kind and `:`; `;` is the character after that.
    ofKind: db.prepare('select id from heads where id > ? and id < ? order by id limit ?'),
  }
}

function headOf({ version, wake, planned_under }: Record<string, unknown>): Head {
  return {
    version: version as number,
    wake: wake as number,
    plannedUnder: (planned_under as string | null) ?? undefined,
  }
}

function bodies<T>(rows: readonly Record<string, unknown>[]): T[] {
  return rows.map(({ body }) => JSON.parse(body as string) as T)
}
