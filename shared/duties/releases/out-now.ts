import { earliest, type Instant, londonDate, MINUTE_MS } from '../../calendar/london.ts'
import { noticeIdOf } from '../../casefile/ids.ts'
import { isSettled } from '../../casefile/ledger.ts'
import { refutationOf } from '../../casefile/release.ts'
import { onCall } from '../../casefile/rota.ts'
import { type Bound, byLedger, type Duty, notice, type Planned } from '../../planning/duty.ts'
import type { Recipient } from '../../planning/ladder.ts'
import {
  gateFacts,
  isUnexpected,
  meeter,
  meeterText,
  type OutReport,
  outReport,
  says,
  staleAfter,
  untilClosed,
} from './gate-facts.ts'
import { MEETING, OUT_NOW, PERHAPS_OUT } from './gate-rows.ts'
import { type Acceptance, acceptedVersion, accepter } from './meeters.ts'
import {
  because,
  dutyOfficer,
  keyWorkerAndDutyOfficer,
  type OpenRelease,
  type Says,
  type ToldRelease,
  upTo,
  versionOf,
} from './open-release.ts'

/** More people than any rota has on call at once. */
const ON_CALL_MAX = 20

export const outNow: Duty<OpenRelease> = {
  ...OUT_NOW,
  plan: byLedger(function* (open) {
    yield* untilClosed(open, tellOutNow(open))
    yield* untilClosed(open, tellPerhapsOut(open))
  }),
}

function* tellOutNow(open: ToldRelease): Iterable<Planned> {
  const { casefile } = open
  const report = outReport(open)
  if (!report || !isUnexpected(open, report)) return
  const { at: due, isSure } = report
  const { text } = OUT_NOW.row['out-now']
  const draft = { ...OUT_NOW.row['out-now'], ...news(open, due, report.eventIds), ...corrected(open, report) }
  const [first] = open.ledger.of(draft.duty, draft.step, draft.occasion)
  const accepted = accepter(open)
  const facts: Says = (neighbours) => gateFacts(open, neighbours, report)
  if (accepted) {
    const isEveryoneTold = first !== undefined && accepted.at > due
    if (isEveryoneTold || isToldWhenConfirmed(open, accepted, report)) return
    yield notice(casefile, {
      ...draft,
      text: meeterText(open, accepted, report, { sure: text.meeter, worker: text.worker, other: text.other }),
      ...meeter(open, accepted, facts),
    })
    return
  }
  const everyone = [...keyWorkerAndDutyOfficer(open, facts), ...onCallTogether(open, facts, first?.at)]
  const said = isSure ? text.everyone : text.everyonePerhaps
  for (const one of everyone) yield notice(casefile, { ...draft, text: said, ...one })
}

/** What is said at once of a report, once for each London day, whichever service reports it. */
function news(open: ToldRelease, reportedAt: Instant, eventIds: readonly string[]) {
  return {
    occasion: `${versionOf(open.release, planAt(open, reportedAt))}_${londonDate(reportedAt)}`,
    due: reportedAt,
    stale: staleAfter(reportedAt),
    hours: 'any',
    alone: true,
    because: [...because(open), ...eventIds],
  } as const
}

/** Told of one prison first, they are told of the other too. */
function corrected(open: ToldRelease, { at, eventIds, prisonId, isCorrected }: OutReport) {
  const { occasion } = news(open, at, eventIds)
  return isCorrected ? { occasion: `${occasion}_${prisonId}` } : {}
}

/** The confirmation of an acceptance says where the person is by then; a report that came after it is told by itself. */
function isToldWhenConfirmed(open: ToldRelease, accepted: Acceptance, report: OutReport): boolean {
  if (open.release.releaseOn === undefined) return false
  const { casefile } = open
  const named = { occasion: acceptedVersion(open, accepted), role: 'meeter', contactId: accepted.by } as const
  const entry = open.ledger.entry(noticeIdOf(casefile.id, { ...MEETING.row.confirmed, ...named }))
  return !isSettled(entry) || report.eventIds.some((eventId) => entry.because.includes(eventId))
}

/** What an early report leaves open: ring the prison, the plan stands. Until something makes it sure, or nothing of it. */
function* tellPerhapsOut(open: ToldRelease): Iterable<Planned> {
  const { casefile, release } = open
  const row = OUT_NOW.row['perhaps-out']
  for (const report of release.early) {
    const on = londonDate(report.at)
    const isPlannedDay = on === release.releaseOn
    const refuted = refutationOf(release, report)
    const merged = isPlannedDay && refuted?.type.endsWith('.released') ? refuted : undefined
    const fuller = release.home && londonDate(release.home.at) >= on ? release.home : undefined
    const waited = report.at + PERHAPS_OUT.afterMinutes * MINUTE_MS
    const tell =
      isPlannedDay && !merged ? [dutyOfficer(open, says(open))] : keyWorkerAndDutyOfficer(open, says(open))
    const draft = {
      ...row,
      ...news(open, report.at, merged ? [report.eventId, merged.eventId] : [report.eventId]),
      ...(isPlannedDay && { due: merged?.at ?? waited }),
    }
    const notices = tell.map((one) => notice(casefile, { ...draft, ...one }))
    yield* upTo(earliest(fuller?.at, merged ? undefined : refuted?.at), notices)
  }
}

/**
 * Everyone on call when the first of them is told. Who they are is not known until then: each is the first, the
 * second, the third of however many there are.
 */
function onCallTogether(open: ToldRelease, says: Says, since: Instant | undefined): Recipient[] {
  const { area, keyWorker: named, dutyOfficer: officer } = open.release
  return Array.from({ length: ON_CALL_MAX }, (_, nth) => ({
    role: 'on-call',
    contactId: String(nth + 1),
    to: (neighbours, now): Bound | undefined => {
      const all = onCall(neighbours.get('rota', area), since ?? now)
      const facts = says(neighbours)
      if (all.length === 0 && nth === 0) return { to: [], facts, nobody: 'nobody-on-call' }
      const contactId = all.filter((one) => one !== named && one !== officer)[nth]
      return contactId === undefined ? undefined : { to: [{ contactId, role: 'on-call' }], facts }
    },
  }))
}

/** When the plan was set that stood at a moment; the first one, before that. */
function planAt({ release }: ToldRelease, at: Instant): Instant {
  const plan = release.plans.findLast((event) => event.at <= at) ?? release.plans[0]
  return plan?.at ?? 0
}
