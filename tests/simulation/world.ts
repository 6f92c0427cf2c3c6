import { intake } from '../../functions/intake/intake.ts'
import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { storeOf } from '../../shared/store/items.ts'
import { atRest } from './at-rest.ts'
import type { Caseload } from './caseload.ts'
import { intakeIn, receiptsIn, repliesIn } from './doors.ts'
import { type Counts, type Fault, faultsOf } from './faults.ts'
import { invariantsOf } from './invariants.ts'
import { itemsOf } from './kept.ts'
import { channelsIn } from './providers.ts'
import { compare } from './reference-run.ts'
import { clock, schedulerOf } from './scheduler.ts'
import type { Mutant } from './setup.ts'
import { beginTick, queueIn } from './wake-queue.ts'

/** One run to be had: the same setup is the same run, to the last step. */
export type Setup = {
  readonly seed: number
  readonly caseload: Caseload
  readonly without: ReadonlySet<Fault>
  readonly mutant?: Mutant
  /** Hears of every step. */
  readonly tell?: (line: string) => void
}

export type Run = {
  readonly problem: string | undefined
  readonly counts: Counts
  readonly steps: number
  readonly messages: number
  /** How many notices an undisturbed run settled, each of which this one had to settle too. */
  readonly compared: number
}

/** More steps than any run needs that ever comes to rest. */
const STEPS_MAX = 60_000

/** Runs a caseload through the whole system, with faults, until the calm has lasted long enough for everything. */
export async function run({ seed, caseload, without, mutant = {}, tell }: Setup): Promise<Run> {
  const { from, goLive, calm, until } = caseload
  const rules = rulesWith({ goLive, retentionMonths: caseload.retentionMonths })
  const faults = faultsOf(seed, without, () => scheduler.now() >= calm)
  const scheduler = schedulerOf(seed, from, faults, tell)
  const kept = itemsOf(seed)
  const mutated = mutant.items?.(kept.items) ?? kept.items
  const invariants = invariantsOf(kept.items, mutated, rules, scheduler.now)
  const world = { seed, scheduler, faults, kept, invariants, rules, calm, mutant }
  const queue = queueIn(world)

  for (const told of caseload.known)
    await intake(JSON.stringify(told), {
      store: storeOf(invariants.items),
      queue: queue.plain,
      now: scheduler.now,
    })
  const takeIn = intakeIn(world, queue)
  for (const [nth, { at, told, refusal }] of caseload.coming.entries()) {
    takeIn({ title: `${told.eventId} (${nth})`, at, body: JSON.stringify(told), refusal })
  }
  const takeReport = receiptsIn(world, queue)
  const writeBack = repliesIn(world, queue, () => channels)
  const channels = channelsIn(world, takeReport, writeBack)
  queue.serve(channels)

  let ticked: Instant = 0
  for (;;) {
    if (invariants.problem() || scheduler.steps() > STEPS_MAX) break
    const [first] = await kept.items.due({ until: Number.MAX_SAFE_INTEGER }, 1)
    const tickAt = first ? Math.max(nextMinute(first.wake), ticked + MINUTE_MS) : Number.POSITIVE_INFINITY
    const went = await scheduler.proceed(until, tickAt)
    if (went === 'over') break
    if (went === 'stepped') continue
    ticked = scheduler.now()
    scheduler.at(ticked, () => beginTick(world, queue))
  }
  if (scheduler.steps() > STEPS_MAX)
    invariants.accuse(`it never comes to rest: ${STEPS_MAX} steps by ${clock(scheduler.now())}`)
  const held = new Set<string>()
  const unrest = invariants.problem() ?? (await atRest(invariants.seen, until, held))
  kept.close()
  const { problem = unrest, compared } = unrest
    ? { compared: 0 }
    : await compare(invariants.appended(), invariants.ledger(), { rules, until, held })
  return {
    problem,
    counts: faults.counts,
    steps: scheduler.steps(),
    messages: invariants.messages(),
    compared,
  }
}

function nextMinute(instant: Instant): Instant {
  return Math.ceil(instant / MINUTE_MS) * MINUTE_MS
}
