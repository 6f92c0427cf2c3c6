import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import { kindOf, readCasefileId } from '../../shared/casefile/ids.ts'
import type { NoticeLine } from '../local/notice-line.ts'
import { type Lines, lineKey } from './compare.ts'
import type { Fault } from './faults.ts'

/** What a fault cost the people who should have been told something during it or just after. */
export type Cost = {
  /** Who: a role, and whether it is about a release, which is urgent, or anything else. */
  readonly who: string
  readonly notices: number
  readonly late: number
  /** Of the notices told late. */
  readonly medianMs: number
  readonly longestMs: number
  /** Notices not told, by reason. */
  readonly notTold: readonly string[]
}

/** For this long after a fault, waiting notices may delay those that fall due. */
const AFTERMATH_MS = 15 * MINUTE_MS

/**
 * Compares what was told with what would have been told, for everything that fell due during a fault: who was affected,
 * and how much.
 */
export function costOf({ from, until }: Pick<Fault, 'from' | 'until'>, ours: Lines, theirs: Lines): Cost[] {
  const affected = [...theirs].filter(
    ([, { outcome, at }]) => outcome === 'sent' && isWithin(Date.parse(at), from, until + AFTERMATH_MS),
  )
  const byWhom = Map.groupBy(affected, ([, { casefile, role }]) => whoOf(casefile, role))
  const costs = [...byWhom].map(([who, notices]) => {
    const told = notices.map(([key, their]) => ({
      our: ours.get(key) ?? ours.get(lineKey(their, null)),
      their,
    }))
    const late = told
      .flatMap(({ our, their }) =>
        our?.outcome === 'sent' ? [Date.parse(our.at) - Date.parse(their.at)] : [],
      )
      .filter((lateMs) => lateMs > 0)
      .sort((a, b) => a - b)
    return {
      who,
      notices: notices.length,
      late: late.length,
      medianMs: late[Math.floor(late.length / 2)] ?? 0,
      longestMs: late.at(-1) ?? 0,
      notTold: told.flatMap(({ our }) =>
        our?.outcome === 'sent' ? [] : [our?.reason ?? 'nothing stands of it'],
      ),
    }
  })
  return costs.sort((a, b) => b.longestMs - a.longestMs || (a.who < b.who ? -1 : 1))
}

function isWithin(at: Instant, from: Instant, until: Instant): boolean {
  return at >= from && at < until
}

function whoOf(casefile: string, role: string): string {
  return `${role}, of ${kindOf(readCasefileId(casefile)) === 'release' ? 'a release' : 'anything else'}`
}

/**
 * The instants at which most is told, which are the worst for a fault: this many, at least a day apart. Notices about
 * a release count tenfold.
 */
export function worstMoments(lines: readonly NoticeLine[], many: number): Instant[] {
  const told = Map.groupBy(
    lines.filter(({ outcome }) => outcome === 'sent'),
    ({ at }) => at,
  )
  const weightOf = ({ casefile }: NoticeLine) => (kindOf(readCasefileId(casefile)) === 'release' ? 10 : 1)
  const busiest = [...told]
    .map(([at, some]) => ({
      at: Date.parse(at),
      weight: some.reduce((sum, line) => sum + weightOf(line), 0),
    }))
    .sort((a, b) => b.weight - a.weight || a.at - b.at)
  const chosen: Instant[] = []
  for (const { at } of busiest) {
    if (chosen.length < many && chosen.every((one) => Math.abs(one - at) >= APART_MS)) chosen.push(at)
  }
  return chosen
}

const APART_MS = 24 * 60 * MINUTE_MS
