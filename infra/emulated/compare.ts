import { MINUTE_MS } from '../../shared/calendar/london.ts'
import { isOfProbe, kindOf } from '../../shared/casefile/ids.ts'
import { isSettled } from '../../shared/casefile/ledger.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { everyCasefile, type Store } from '../../shared/store/store.ts'
import { compareLines, type NoticeLine, noticeLine } from '../local/notice-line.ts'
import { type Rehearsal, replay } from '../local/replay.ts'
import type { Cloud } from './cloud.ts'

/** What became of each notice, by `lineKey`. */
export type Lines = ReadonlyMap<string, NoticeLine>

/** What a replay makes of a caseload: its notices, and every message in the order in which it was sent. */
export type Expected = { readonly notices: Lines; readonly given: readonly NoticeLine[] }

export type Comparison = {
  /** The number of notices that the replay settled. */
  readonly notices: number
  /** How many of them were settled later on the cloud, and the largest delay. */
  readonly late: { readonly notices: number; readonly longestMs: number }
  /** Each with everything that either side says about it: for the person who rehearses, not for a log. */
  readonly differences: readonly string[]
  /** What became of every notice on the cloud. */
  readonly ours: Lines
}

/** A notice and its channel; null if it used none. */
export function lineKey({ casefile, noticeId }: NoticeLine, channel: string | null | undefined): string {
  return `${casefile} ${noticeId} ${channel ?? 'none'}`
}

/**
 * On AWS a provider limits what is sent per second, and the rest follows within minutes; in a replay nothing has to
 * wait. A notice that waits for a lease to expire waits longer than this, and counts as a difference.
 */
const LATE_MAX_MS = 10 * MINUTE_MS

/** Replays a caseload on SQLite, with the settings of the cloud's stage. */
export async function expectedOf(
  cloud: Pick<Cloud, 'stage' | 'secret'>,
  { arrivals, until }: Pick<Rehearsal, 'arrivals' | 'until'>,
): Promise<Expected> {
  const store = sqliteStore(':memory:')
  const { goLive, address, letterheads } = cloud.stage
  const given: NoticeLine[] = []
  await replay(
    { arrivals, until, from: Date.parse(goLive), store, address, letterheads, linkKey: cloud.secret },
    (lines) => given.push(...lines),
  )
  const notices = await linesIn(store)
  store.close()
  return { notices, given }
}

/**
 * Compares the cloud's result for a caseload with its replay: every notice word for word as in the ledgers, and every
 * message that a provider accepted, once each.
 */
export async function compareWith(
  { notices, given }: Expected,
  cloud: Pick<Cloud, 'store' | 'taken'>,
): Promise<Comparison> {
  const ours = await linesIn(cloud.store)
  const { late, differences } = compareNotices(ours, notices)
  return {
    notices: notices.size,
    late,
    differences: [...differences, ...compareMessages(cloud, given)],
    ours,
  }
}

/** The same, running the replay itself. */
export async function compareWithReplay(
  cloud: Pick<Cloud, 'stage' | 'secret' | 'store' | 'taken'>,
  rehearsal: Pick<Rehearsal, 'arrivals' | 'until'>,
): Promise<Comparison> {
  return compareWith(await expectedOf(cloud, rehearsal), cloud)
}

/** What a store's ledgers say was settled, by notice and channel. */
async function linesIn(store: Store): Promise<Map<string, NoticeLine>> {
  const lines: NoticeLine[] = []
  for await (const { id } of everyCasefile(store)) {
    // An address's casefile holds only copies, for matching replies. A replay sends no probe.
    if (kindOf(id) === 'address' || isOfProbe(id)) continue
    const [stored, texts] = await Promise.all([store.open(id), store.texts(id)])
    for (const entry of stored?.entries.filter(isSettled) ?? []) {
      const text = 'messageId' in entry ? texts.get(entry.messageId) : undefined
      lines.push(noticeLine({ casefile: id, entry, ...(text && { text }) }))
    }
  }
  return new Map(lines.sort(compareLines).map((line) => [lineKey(line, line.channel), line]))
}

function compareNotices(ours: Lines, theirs: Lines) {
  const differences: string[] = []
  const late = { notices: 0, longestMs: 0 }
  for (const key of new Set([...theirs.keys(), ...ours.keys()])) {
    const [our, their] = [ours.get(key), theirs.get(key)]
    const lateMs = our && their ? Date.parse(our.at) - Date.parse(their.at) : 0
    const isInTime = lateMs >= 0 && lateMs <= LATE_MAX_MS
    if (!isInTime || said(our) !== said(their))
      differences.push(`notice ${key}\n  here   ${JSON.stringify(our)}\n  replay ${JSON.stringify(their)}`)
    else if (lateMs > 0) {
      late.notices++
      late.longestMs = Math.max(late.longestMs, lateMs)
    }
  }
  return { late, differences }
}

/** A line without its instant, which its answer links repeat. */
function said({ at: _, text, ...line }: Partial<NoticeLine> = {}): string {
  return JSON.stringify({ ...line, text: withoutChance(text) })
}

/**
 * A text without the parts that depend on when it was sent, or on which of two wakers came first: link signatures,
 * and the letters that distinguish two questions asked of one number.
 */
function withoutChance(text: string | undefined): string | undefined {
  return text?.replaceAll(/\?e=\w+&s=[\w-]+/g, '?…').replaceAll(/\b[A-Z] (?=[A-Z]{2,}\b)/g, '')
}

/**
 * Compares what the providers accepted with what the replay sent: once each, to the same address, in the same words.
 */
function compareMessages({ taken }: Pick<Cloud, 'taken'>, given: readonly NoticeLine[]): string[] {
  const describe = (channel = '', messageId = '', address = '', subject = '', text = '') =>
    [channel, messageId, address, channel === 'email' ? subject : '', withoutChance(text)].join(' | ')
  const told = taken.filter(({ messageId = '' }) => !isOfProbe(messageId))
  const ours = told.map((one) => describe(one.channel, one.messageId, one.address, one.subject, one.text))
  const theirs = new Set(
    given
      .filter(({ outcome }) => outcome === 'sent')
      .map((one) => describe(one.channel, one.messageId, one.address, one.subject, one.text)),
  )
  const known = new Set<string>()
  const differences: string[] = []
  for (const one of ours) {
    if (known.has(one)) differences.push(`message twice: ${one}`)
    else if (!theirs.has(one)) differences.push(`message not in replay: ${one}`)
    known.add(one)
  }
  for (const one of theirs) if (!known.has(one)) differences.push(`message in replay alone: ${one}`)
  return differences
}
