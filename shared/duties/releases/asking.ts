import { addDays, endOfDay, HOUR_MS, type Instant, londonTime, MINUTE_MS } from '../../calendar/london.ts'
import { noticeIdOf } from '../../casefile/ids.ts'
import { isLapsed, isSettled, type Settled } from '../../casefile/ledger.ts'
import { dayBefore, plannedAt } from '../../casefile/release.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import type { Candidate } from '../../directory/reach.ts'
import { notice, type Planned } from '../../planning/duty.ts'
import { ladder, type Rung, type Telling, toTheEnd } from '../../planning/ladder.ts'
import { gateFacts, says } from './gate-facts.ts'
import { ASKING, MEETING, NOBODY, PLANNED } from './gate-rows.ts'
import { accepter, canBeAsked, candidates, declinedAt, falls, hasDeclined, offShiftHour } from './meeters.ts'
import {
  because,
  type DatedRelease,
  dutyOfficer,
  keyWorkerOf,
  type OpenRelease,
  recipient,
  rotaOwner,
  type ToldDatedRelease,
  versionOf,
} from './open-release.ts'

const ASK_EVERY_MS = ASKING.everyMinutes * MINUTE_MS
/** More people than any release has to ask. */
const ASKS_MAX = 50

/** GATE-01 `plan`: the key worker is asked a week ahead. */
export function* planAhead(open: ToldDatedRelease): Iterable<Planned> {
  const due = londonTime(addDays(open.releaseOn, -PLANNED.daysBefore), PLANNED.at)
  const asking = askingFrom(open)
  const tell = [
    recipient('key-worker', (neighbours, now) => keyWorkerByDay(open, neighbours, now), says(open)),
  ]
  yield* untilAccepted(open, [{ ...MEETING.row.plan, due, tell }], asking > due ? asking : open.gateTime)
}

/** It asks for an answer, so it does not wake anybody who is off shift. */
function keyWorkerByDay(open: ToldDatedRelease, neighbours: Neighbours, now: Instant): Candidate[] {
  return keyWorkerOf(open, neighbours, now).map((one) => {
    const notBefore = offShiftHour(open, neighbours, one.contactId, now)
    return notBefore === undefined ? one : { ...one, notBefore }
  })
}

/** The ladder of candidates: the next is asked when the one before has not taken it. */
export function* ask(open: ToldDatedRelease): Iterable<Planned> {
  const { casefile, release } = open
  const asks: Settled[] = []
  for (let nth = 1; nth <= ASKS_MAX; nth++) {
    const due = askDue(open, asks.at(-1))
    if (due === undefined || due >= askingUntil(open)) return
    const occasion = `${versionOf(release)}_${nth}`
    const draft = { ...MEETING.row.accept, occasion, role: 'meeter' } as const
    const noticeId = noticeIdOf(casefile.id, draft)
    const entry = open.ledger.entry(noticeId)
    if (!open.ledger.isGiven(noticeId)) {
      const tried = new Set(asks.flatMap(triedBy))
      yield notice(casefile, {
        ...draft,
        due,
        stale: askingUntil(open),
        hours: 'any',
        alone: true,
        because: because(open),
        lookAgainMs: ASK_EVERY_MS,
        untold: accepter(open) ? 'no-longer-true' : undefined,
        to: (neighbours, now) => {
          const to = candidates(open, neighbours, now).filter(
            ({ contactId }) => !tried.has(contactId) && !hasDeclined(open, contactId),
          )
          const isWorthAsking = to.some((one) => canBeAsked(one, neighbours, now))
          const isNobodyAsked = nth === 1 && now >= askingUntil(open)
          return isWorthAsking || isNobodyAsked ? { to, facts: gateFacts(open, neighbours) } : undefined
        },
      })
    }
    if (!isSettled(entry)) return
    asks.push(entry)
  }
}

/** Who need not be asked again. One who was skipped, but not for being out of reach, was never asked. */
function triedBy(asked: Settled): string[] {
  return asked.is === 'skipped' ? asked.misses.map((miss) => miss.contactId) : [asked.to]
}

/** When the next candidate is asked: half an hour after the last, or at once when that ask came to nothing. */
function askDue(open: ToldDatedRelease, last: Settled | undefined): Instant | undefined {
  const from = last?.at ?? askingFrom(open)
  const fallsSince = falls(open).filter((fall) => last === undefined || fall > last.at)
  return [...(last ? nextAskAfter(open, last) : [from]), ...fallsSince]
    .map((moment) => Math.max(moment, from))
    .sort((a, b) => a - b)
    .find((moment) => !accepter(open, moment))
}

function nextAskAfter(open: ToldDatedRelease, last: Settled): Instant[] {
  const isNobodyAsked = isLapsed(last) || (last.is === 'skipped' && last.misses.length > 0)
  if (isNobodyAsked) return [last.at]
  if (last.is === 'skipped') return [last.at + ASK_EVERY_MS]
  const failedAt = open.ledger.failedAt(last.noticeId)
  const cameToNothing = [...declinedAt(open, last.to), ...(failedAt === undefined ? [] : [failedAt])]
  return [last.at + ASK_EVERY_MS, ...cameToNothing]
}

function askingFrom({ release, releaseOn }: ToldDatedRelease): Instant {
  const planned = plannedAt(release)
  return isCourtWithoutTime(release) ? planned : Math.max(planned, dayBefore(releaseOn, ASKING.from))
}

/** A court says on the day itself, when 07:00 is past: asking goes on until the day is over. */
export function askingUntil({
  release,
  releaseOn,
  gateTime,
}: Pick<DatedRelease, 'release' | 'releaseOn' | 'gateTime'>): Instant {
  return isCourtWithoutTime(release) ? endOfDay(releaseOn) : gateTime
}

function isCourtWithoutTime({ place, gateTime }: OpenRelease['release']): boolean {
  return place === 'court' && gateTime === undefined
}

/** GATE-01 `uncovered` and `nobody`: those who must know that nobody has accepted. */
export function* uncovered(open: ToldDatedRelease): Iterable<Planned> {
  const { releaseOn, gateTime } = open
  const tell = [dutyOfficer(open, says(open)), rotaOwner(open, says(open))]
  yield* untilAccepted(open, [
    { ...MEETING.row.uncovered, due: dayBefore(releaseOn, NOBODY.warnedAt), tell },
    { ...MEETING.row.nobody, label: '1-hour', due: gateTime - NOBODY.hoursBefore * HOUR_MS, tell },
    { ...MEETING.row.nobody, urgent: 'rung', label: 'gate-time', due: gateTime, tell },
  ])
}

/** Rungs that are owed while nobody has accepted: not those of a time when somebody had. */
function* untilAccepted(
  open: ToldDatedRelease,
  rungs: readonly (Rung & Telling)[],
  stale?: Instant,
): Iterable<Planned> {
  const notices = ladder(
    open.casefile,
    {
      duty: MEETING.id,
      occasion: versionOf(open.release),
      hours: 'any',
      alone: true,
      because: because(open),
      rungs,
      ...(stale !== undefined && { stale }),
      until: () => false,
      telling: (rung) => rung,
    },
    toTheEnd(open),
  )
  for (const one of notices) {
    if (accepter(open, one.due)) continue
    yield accepter(open) ? { ...one, untold: 'no-longer-true' } : one
  }
}
