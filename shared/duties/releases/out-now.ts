import { type Instant, londonDate } from '../../calendar/london.ts'
import { onCall } from '../../casefile/rota.ts'
import { type Bound, type Duty, notice, type Planned } from '../../planning/duty.ts'
import type { Recipient } from '../../planning/ladder.ts'
import { cameOutAt, gateFacts, meeter, prisonOut, staleAfter, untilClosed } from './gate-facts.ts'
import { OUT_NOW } from './gate-rows.ts'
import { accepter } from './meeters.ts'
import { because, keyWorkerAndDutyOfficer, type OpenRelease, type Says, versionOf } from './open-release.ts'

/** More people than any rota has on call at once. */
const ON_CALL_MAX = 20

export const outNow: Duty<OpenRelease> = {
  ...OUT_NOW,
  *plan(open) {
    yield* untilClosed(open, tellOutNow(open))
  },
}

function* tellOutNow(open: OpenRelease): Iterable<Planned> {
  const { casefile, release } = open
  const due = cameOutAt(open)
  if (due === undefined || !release.home) return
  const { text } = OUT_NOW.row['out-now']
  const draft = {
    ...OUT_NOW.row['out-now'],
    occasion: `${versionOf(release, planAt(open, due))}_${londonDate(due)}`,
    due,
    hours: 'any',
    alone: true,
    because: [...because(open), release.home.eventId],
    stale: staleAfter(due),
  } as const
  const [first] = casefile.ledger.of(draft.duty, draft.step, draft.occasion)
  const accepted = accepter(open)
  const where: Says = (neighbours) => gateFacts(open, neighbours, prisonOut(open))
  if (accepted) {
    const isEveryoneTold = first !== undefined && accepted.at > due
    if (!isEveryoneTold)
      yield notice(casefile, { ...draft, text: text.meeter, ...meeter(open, accepted, where) })
    return
  }
  const everyone = [...keyWorkerAndDutyOfficer(open, where), ...onCallTogether(open, first?.at)]
  for (const one of everyone) yield notice(casefile, { ...draft, text: text.everyone, ...one })
}

/**
 * Everyone on call when the first of them is told. Who they are is not known until then: each is the first, the
 * second, the third of however many there are.
 */
function onCallTogether(open: OpenRelease, since: Instant | undefined): Recipient[] {
  const { area, keyWorker: named, dutyOfficer: officer } = open.release
  return Array.from({ length: ON_CALL_MAX }, (_, nth) => ({
    role: 'on-call',
    contactId: String(nth + 1),
    to: (neighbours, now): Bound | undefined => {
      const all = onCall(neighbours.get('rota', area), since ?? now)
      const facts = gateFacts(open, neighbours, prisonOut(open))
      if (all.length === 0 && nth === 0) return { to: [], facts, nobody: 'nobody-on-call' }
      const contactId = all.filter((one) => one !== named && one !== officer)[nth]
      return contactId === undefined ? undefined : { to: [{ contactId, role: 'on-call' }], facts }
    },
  }))
}

/** When the plan was set that stood at a moment; the first one, before that. */
function planAt({ release }: OpenRelease, at: Instant): Instant {
  const plan = release.plans.findLast((event) => event.at <= at) ?? release.plans[0]
  return plan?.at ?? 0
}
