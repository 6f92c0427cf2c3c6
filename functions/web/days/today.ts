import { addDays, DAY_MS, endOfDay, type Instant, londonDate } from '../../../shared/calendar/london.ts'
import { type CasefileId, KINDS, type Kind, keyOf, kindOf } from '../../../shared/casefile/ids.ts'
import { type Reason, UNREACHED } from '../../../shared/casefile/ledger.ts'
import { happened, type Order } from '../../../shared/casefile/order.ts'
import type { Words, Written } from '../../../shared/messages/dates.ts'
import { noticeName } from '../../../shared/messages/links.ts'
import { isFor, type OpenedCasefile, openForActing } from '../../acts/acts.ts'
import { type Todo, todosIn } from '../../acts/todos.ts'
import { linksTo } from '../acts/offering.ts'
import type { CasefilePorts } from '../casefiles/casefiles.ts'
import { forecast } from '../casefiles/forecast.ts'
import { casefilesBehind, casefilesNaming } from '../casefiles/own-casefiles.ts'
import { calledBy, type IsNamed } from '../casefiles/own-list.ts'
import { type NoticeRow, pastRow } from '../casefiles/rows.ts'
import { namesIn } from '../casefiles/story.ts'
import { isOnLimitedOrder } from '../records/limited.ts'

/** Whose day is shown: its casefiles, which they may read, which contacts are them, who is named, and the language. */
export type Whose = {
  readonly opened: readonly OpenedCasefile[]
  readonly mayRead: (one: OpenedCasefile) => boolean
  readonly isThey: (contactId: string) => boolean
  readonly isNamed: IsNamed
  readonly language: Written
}

/** The day of a worker, in every casefile that names them, or in those of some kinds. */
export async function ownDay(
  contactIds: readonly string[],
  language: Written,
  ports: CasefilePorts,
  kinds: readonly Kind[] = KINDS,
): Promise<Whose> {
  const ids = await casefilesNaming(contactIds, ports.store)
  const opened = await openAll(await casefilesOfKinds(kinds, ids, ports), ports)
  const readable = new Set<OpenedCasefile>()
  for (const one of opened) if (await isFor({ reads: 'their own', contactIds }, one)) readable.add(one)
  return {
    opened,
    mayRead: (one) => readable.has(one),
    isThey: (contactId) => contactIds.includes(contactId),
    isNamed: () => true,
    language,
  }
}

/** The casefiles of some kinds among those given, and what lies behind them. */
export async function casefilesOfKinds(
  kinds: readonly Kind[],
  ids: readonly CasefileId[],
  { store, now }: CasefilePorts,
): Promise<CasefileId[]> {
  const isShown = (id: CasefileId) => kinds.includes(kindOf(id))
  return (await casefilesBehind(ids.filter(isShown), now(), store)).filter(isShown)
}

/** Everybody's day in some casefiles, for readers who are no contact: in English, naming nobody on a limited order. */
export async function everybodysDay(ids: readonly CasefileId[], ports: CasefilePorts): Promise<Whose> {
  const isNamed: IsNamed = (contactId, neighbours) => !isOnLimitedOrder(contactId, neighbours)
  return {
    opened: await openAll(ids, ports),
    mayRead: () => true,
    isThey: () => true,
    isNamed,
    language: 'en',
  }
}

async function openAll(ids: readonly CasefileId[], ports: CasefilePorts): Promise<OpenedCasefile[]> {
  const opened = await Promise.all(ids.map((id) => openForActing(id, ports)))
  return opened.filter((one) => one !== undefined)
}

/** A notice on somebody's day, and the numbers to ring the people it is about. */
export type DayRow<Row extends NoticeRow = NoticeRow> = Row & {
  readonly name: string | undefined
  readonly phone: string | undefined
  /** What its casefile is called. */
  readonly called: string
}

/** What is asked of somebody, and where it is done. */
export type DayTodo = {
  readonly doer: { readonly contactId: string; readonly name: string; readonly role: string }
  readonly isOverdue: boolean
  readonly at: Instant
  readonly duty: string
  readonly step: string
  readonly title: Words
  readonly casefile: CasefileId
  readonly called: string
  readonly notice: string
  readonly acts: readonly { readonly href: string; readonly text: string }[]
}

/** What they have to do, most pressing first; this page never asks on behalf of a sponsor, peer or relative. */
export async function todosOf(whose: Whose, ports: CasefilePorts): Promise<DayTodo[]> {
  const { opened, isThey } = whose
  const todos = (await Promise.all(opened.map((one) => todosIn(one, isThey)))).flat()
  const shown = todos.filter(({ entry }) => entry.role !== 'meeter')
  const written = await Promise.all(shown.map((todo) => writtenTodo(todo, whose, ports)))
  return written.sort((a, b) => Number(b.isOverdue) - Number(a.isOverdue) || a.at - b.at)
}

async function writtenTodo(
  { opened, entry, isOverdue, doer, offers }: Todo,
  { isNamed, language }: Whose,
  ports: CasefilePorts,
): Promise<DayTodo> {
  const { casefile, stored, ask } = opened
  const { id } = casefile
  const name = await ask((neighbours) => namesIn(stored.events, neighbours, language)(doer))
  const { duty, step, title } = pastRow(id, entry, { ...NO_TEXTS, ledger: casefile.ledger })
  return {
    ...{ isOverdue, at: entry.at, duty, step, title },
    doer: { contactId: doer, name, role: entry.role },
    casefile: id,
    called: await calledBy(opened, language, isNamed),
    notice: `/notices/${kindOf(id)}/${encodeURIComponent(keyOf(id))}/${noticeName(entry.noticeId)}`,
    acts: await linksTo(offers, ports),
  }
}

const NO_TEXTS = { events: [], texts: new Map() }

/** How long a failure is shown, unless somebody rings first. */
const FAILED_DAYS = 7

/** What was told since midnight, newest first, and what failed in the last week. */
export async function toldOf(whose: Whose, now: Instant) {
  const rows = await rowsOf(whose, ({ casefile, stored }) =>
    stored.entries
      .filter(({ at }) => at > now - FAILED_DAYS * DAY_MS)
      .map((entry) => pastRow(casefile.id, entry, { ...NO_TEXTS, ledger: casefile.ledger }))
      .filter((row) => !isFailed(row) || !wasRung(casefile, row)),
  )
  const newest = rows.sort((a, b) => b.at - a.at)
  const isToday = ({ at }: NoticeRow) => londonDate(at) === londonDate(now)
  return {
    told: newest.filter((row) => isToday(row) && row.channel !== undefined && !isFailed(row)),
    failed: lastOfEach(newest.filter(isFailed)),
  }
}

/** The newest of the notices that did not reach somebody in one matter, so that they are rung once. */
function lastOfEach(newest: readonly DayRow[]): DayRow[] {
  const about = ({ casefile, to, role }: DayRow) => `${casefile} ${to ?? role}`
  return newest.filter((row, nth) => newest.findIndex((one) => about(one) === about(row)) === nth)
}

function isFailed({ outcome, reason }: NoticeRow): boolean {
  return outcome === 'failed' || (outcome === 'skipped' && UNREACHED.has(reason as Reason))
}

function wasRung({ id, state }: OpenedCasefile['casefile'], { at }: NoticeRow): boolean {
  return kindOf(id) === 'order' && happened(state as Order, 'person.rung').some((rung) => rung.at >= at)
}

/** Who will be told what by the end of tomorrow, and who will not, each soonest first. */
export async function aheadOf(whose: Whose, now: Instant) {
  const today = londonDate(now)
  const until = endOfDay(addDays(today, 1))
  const rows = await rowsOf(whose, async ({ casefile, stored, rules, ask }) =>
    ask((neighbours) => forecast({ casefile, neighbours, events: stored.events, rules }, now, until)),
  )
  const ahead = rows
    .filter(({ at, reason }) => at > now && at <= until && reason !== 'not-needed')
    .sort((a, b) => a.at - b.at)
  const isToday = ({ at }: NoticeRow) => londonDate(at) === today
  return {
    laterToday: ahead.filter(isToday),
    tomorrow: ahead.filter((row) => !isToday(row)),
    day: endOfDay(addDays(today, 1)) - 1,
  }
}

/** The notices found in the casefiles of a day, with the names of those whom they are about. */
export async function rowsOf<Row extends NoticeRow>(
  { opened, mayRead, isNamed, language }: Whose,
  find: (one: OpenedCasefile) => readonly Row[] | Promise<readonly Row[]>,
): Promise<DayRow<Row>[]> {
  const rows = await Promise.all(
    opened.filter(mayRead).map(async (one) => {
      const [found, called] = [await find(one), await calledBy(one, language, isNamed)]
      return one.ask((neighbours) => {
        const nameOf = namesIn(one.stored.events, neighbours, language)
        const nameIf = (contactId: string) => (isNamed(contactId, neighbours) ? nameOf(contactId) : undefined)
        return found.map((row) => {
          const name = row.to === undefined ? undefined : nameIf(row.to)
          return {
            ...{ ...row, called, name },
            phone: name && row.to && neighbours.get('contact', row.to).details?.phone,
            misses: row.misses.map(({ contactId, reason }) => ({
              ...{ contactId: nameIf(contactId) ?? contactId, reason },
            })),
          }
        })
      })
    }),
  )
  return rows.flat()
}
