import { type Admission, intake } from '../../functions/intake/intake.ts'
import { receive } from '../../functions/receipts/receipts.ts'
import { tick } from '../../functions/tick/tick.ts'
import { wake } from '../../functions/wake/wake.ts'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, writeInstant } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import type { Channel, Channels, Message, SendResult } from '../../shared/channels/channel.ts'
import { type Rules, rulesWith } from '../../shared/planning/rules.ts'
import { type Items, storeOf } from '../../shared/store/items.ts'
import { sqliteItems } from '../../shared/store/sqlite.ts'
import type { Due } from '../../shared/store/store.ts'
import { type Contents, memoryItems } from '../protocol/memory.ts'
import { bounce, complaint, delivery, sesEvent, textEvent } from '../receipts/samples.ts'
import type { Caseload } from './caseload.ts'
import { type Counts, type Fault, faultsOf } from './faults.ts'
import { type Invariants, invariantsOf, type Taken } from './invariants.ts'
import { randomOf } from './random.ts'
import { compare } from './reference-run.ts'
import { Broken, clock, type Ended, type Invocation, type Step, schedulerOf } from './scheduler.ts'

/** A mutant of our own making, to see that it is found: what takes the place of a port. */
export type Mutant = {
  readonly items?: (items: Items) => Items
  /** What a waker takes for the present. */
  readonly now?: (now: Instant) => Instant
}

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
  const { from, calm, until } = caseload
  const rules = rulesWith({ goLive: from, retentionMonths: caseload.retentionMonths })
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
  for (const { at, told } of caseload.coming) takeIn(told.eventId, at, JSON.stringify(told))
  const takeReport = receiptsIn(world, queue)
  queue.serve(channelsIn(world, takeReport))

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
  const unrest = invariants.problem() ?? (await invariants.atRest(until, held))
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

type World = {
  readonly seed: number
  readonly scheduler: ReturnType<typeof schedulerOf>
  readonly faults: ReturnType<typeof faultsOf>
  readonly kept: Kept
  readonly invariants: Invariants
  readonly rules: Rules
  readonly calm: Instant
  readonly mutant: Mutant
}

type Kept = {
  readonly items: Items
  /** Its casefiles are read in two goes, the head first, and its wake index may lag. */
  readonly isDynamo: boolean
  /** What its index showed the last time it was asked. */
  shown?: readonly Due[]
  close(): void
}

/** Most runs are on a store with DynamoDB's semantics, one in five on SQLite. */
function itemsOf(seed: number): Kept {
  if (seed % 5 === 0) {
    const { items, close } = sqliteItems(':memory:')
    return { items, isDynamo: false, close }
  }
  return { items: memoryItems({ contents: {} as Contents }), isDynamo: true, close: () => {} }
}

/** The store as one invocation meets it: every item a step that may break. */
function storeFor({ kept, invariants, faults }: World, invocation: Invocation, step: Step) {
  const items = invariants.watch(invocation)
  return storeOf({
    putEvent: (id, event) => step(`puts ${event.type} into ${id}`, 'store', () => items.putEvent(id, event)),
    raise: (id, from) => step(`raises ${id}`, 'store', () => items.raise(id, from)),
    async open(id) {
      if (!kept.isDynamo) return step(`opens ${id}`, 'store', () => items.open(id))
      const head = await step(
        `reads the head of ${id}`,
        'store',
        async () => (await kept.items.open(id))?.head,
      )
      if (!head) return undefined
      const rest = await step(`reads the rest of ${id}`, 'store', () => items.open(id))
      return rest && { ...rest, head }
    },
    events: (id, nouns) => step(`reads neighbour ${id}`, 'store', () => items.events(id, nouns)),
    setWake: (id, read, wake, planned) =>
      step(`sets the wake of ${id} to ${clock(wake)} if at version ${read.version}`, 'store', () =>
        items.setWake(id, read, wake, planned),
      ),
    due: (stretch, limit) =>
      step('asks what is due', 'store', async () => {
        const due = await items.due(stretch, limit)
        const behind = kept.shown
        kept.shown = due
        const lags = kept.isDynamo && behind && faults.strikes('wake index behind', invocation.random)
        return lags ? behind : due
      }),
    putClaim: (id, entry, now) =>
      step(
        `${entry.is === 'claimed' ? 'claims' : `skips (${entry.reason})`} ${entry.noticeId}`,
        'store',
        () => items.putClaim(id, entry, now),
      ),
    putEntry: (id, entry) =>
      step(`records ${entry.noticeId} ${entry.is}`, 'store', () => items.putEntry(id, entry)),
    putText: (id, written) => step('keeps the text', 'store', () => items.putText(id, written)),
    texts: (id) => step('reads texts', 'store', () => items.texts(id)),
    forget: (id, item) => step(`forgets something of ${id}`, 'store', () => items.forget(id, item)),
    forgetHead: (id, read) =>
      step(`forgets ${id} if at version ${read.version}`, 'store', async () => {
        const answer = await items.forgetHead(id, read)
        if (answer === 'forgotten') faults.count('casefile forgotten')
        return answer
      }),
    casefiles: (part) => step('lists casefiles', 'store', () => items.casefiles(part)),
  })
}

type Queue = ReturnType<typeof queueIn>
type Waiting = { readonly id: CasefileId; readonly at: Instant }

/** How long a queue waits for the acknowledgement of what it handed out. */
const REDELIVERED_AFTER_MINUTES = [1, 12] as const
const BATCH_MAX = 3

/** The wake queue: what is in it is handed out in small batches, until each is acknowledged; some of it twice. */
function queueIn(world: World) {
  const { scheduler, faults, invariants, mutant, rules } = world
  const waiting: Waiting[] = []
  const awake = new Map<CasefileId, number>()
  let channels: ((invocation: Invocation, step: Step) => Channels) | undefined

  const put = (id: CasefileId, at: Instant) => {
    waiting.push({ id, at })
    scheduler.at(at, handOut)
  }
  const handOut = () => {
    const here = waiting.filter(({ at }) => at <= scheduler.now())
    const [first] = here
    if (!first || !channels) return
    const size = randomOf(world.seed, 'batch', first.id, scheduler.now()).between(1, BATCH_MAX)
    const batch = here.slice(0, size)
    for (const one of batch) waiting.splice(waiting.indexOf(one), 1)
    const failed = new Set<Waiting>()
    const serve = channels
    const again = (ones: Iterable<Waiting>, { random }: Invocation) => {
      for (const { id } of ones)
        put(id, scheduler.now() + random.between(...REDELIVERED_AFTER_MINUTES) * MINUTE_MS)
    }
    scheduler.begin(
      `wake ${batch.map(({ id }) => id).join(' ')}`,
      async (invocation, step) => {
        for (const one of batch) {
          const others = awake.get(one.id) ?? 0
          if (others > 0) faults.count('casefile woken twice at once')
          awake.set(one.id, others + 1)
          const now = () => {
            const present = scheduler.now() + invocation.skew
            return invariants.tellTime(invocation, mutant.now ? mutant.now(present) : present)
          }
          try {
            await wake(one.id, {
              store: storeFor(world, invocation, step),
              channels: serve(invocation, step),
              rules,
              linkKey: 'simulation',
              now,
            })
          } catch (error) {
            if (!(error instanceof Broken)) invariants.accuse(`waking ${one.id} threw: ${inFull(error)}`)
            failed.add(one)
            invariants.broke(invocation)
          }
          awake.set(one.id, (awake.get(one.id) ?? 1) - 1)
        }
        if (failed.size > 0 && failed.size < batch.length) faults.count('batch that fails in part')
      },
      ({ how }, invocation) => {
        if (how === 'died') {
          for (const { id } of batch) awake.set(id, 0)
          again(batch, invocation)
        } else again(failed, invocation)
      },
    )
  }
  return {
    /** Without faults, for what is known on the first day. */
    plain: {
      async send(ids: readonly CasefileId[]) {
        for (const id of ids) put(id, scheduler.now())
      },
    },
    serve(by: (invocation: Invocation, step: Step) => Channels) {
      channels = by
    },
    for: (invocation: Invocation, step: Step) => ({
      async send(ids: readonly CasefileId[]) {
        const strikes = (fault: Fault) => faults.strikes(fault, invocation.random)
        for (const id of ids) {
          await step(`queues ${id}`, 'queue', async () => {
            if (strikes('queue refuses')) throw new Broken('queue refuses')
            if (strikes('queue message lost')) return scheduler.say('the queue', `loses ${id}`)
            const late = strikes('queue message delayed') ? lateness(invocation) : 0
            put(id, scheduler.now() + late)
            if (strikes('queue message twice'))
              put(id, scheduler.now() + invocation.random.pick([0, 0, lateness(invocation)]))
          })
        }
      },
    }),
  }
}

/** From seconds to hours. */
function lateness({ random }: Pick<Invocation, 'random'>): number {
  return random.pick([1, 10, 100, 1000, 5000]) * random.between(200, 2000)
}

/** Hands each event to intake. */
function intakeIn(world: World, queue: Queue) {
  const { scheduler, faults } = world
  const occurred: Instant[] = []
  return deliverer(world, (title, at, body, happened) => {
    scheduler.at(at, () => {
      if (occurred.some((other) => other > happened)) faults.count('events out of order')
      occurred.push(happened)
    })
    untilTaken(world, `intake ${title}`, at, (invocation, step) => {
      const store = storeFor(world, invocation, step)
      return intake(body, {
        store,
        queue: queue.for(invocation, step),
        now: () => scheduler.now() + invocation.skew,
      })
    })
  })
}

/** Hands what providers report to receipts, and what receipts makes of it to intake, in one invocation. */
function receiptsIn(world: World, queue: Queue) {
  const { scheduler } = world
  return deliverer(world, (title, at, body) =>
    untilTaken(world, `receipts ${title}`, at, (invocation, step) => {
      const store = storeFor(world, invocation, step)
      const ports = {
        store,
        queue: queue.for(invocation, step),
        now: () => scheduler.now() + invocation.skew,
      }
      return receive(body, { take: (event) => intake(event, ports) })
    }),
  )
}

/** Begins an invocation, and another whenever the one before did not end well. */
function untilTaken(
  world: World,
  title: string,
  at: Instant,
  work: (invocation: Invocation, step: Step) => Promise<Admission>,
): void {
  const { scheduler, invariants } = world
  const begin = () =>
    scheduler.begin(
      title,
      async (invocation, step) => {
        const admission = await work(invocation, step)
        if (admission.is === 'refused') invariants.accuse(`${title} is refused: ${admission.reason}`)
      },
      (end, { random }) => {
        if (isOursToExplain(end)) invariants.accuse(`${title} threw: ${inFull(end.error)}`)
        const again = scheduler.now() + random.between(...REDELIVERED_AFTER_MINUTES) * MINUTE_MS
        if (end.how !== 'done') untilTaken(world, title, again, work)
      },
    )
  scheduler.at(at, begin)
}

/** A sender that delivers at least once: late, twice, or not before it is asked again. */
function deliverer(
  { seed, faults }: World,
  handIn: (title: string, at: Instant, body: string, happened: Instant) => void,
): (title: string, at: Instant, body: string) => void {
  return (title, at, body) => {
    const random = randomOf(seed, 'delivery', title)
    const strikes = (fault: Fault) => faults.strikes(fault, random)
    const late = strikes('event delayed') ? lateness({ random }) : 0
    const lost = strikes('event lost and redelivered') ? random.between(1, 30) * MINUTE_MS : 0
    handIn(title, at + late + lost, body, at)
    if (strikes('event delivered twice')) {
      handIn(title, at + random.pick([0, 0, lateness({ random }), DAY_MS / 2]), body, at)
    }
  }
}

function beginTick(world: World, queue: Queue) {
  const { scheduler, invariants } = world
  scheduler.begin(
    'tick',
    async (invocation, step) => {
      const ports = { store: storeFor(world, invocation, step), queue: queue.for(invocation, step) }
      await tick({ ...ports, now: () => scheduler.now() + invocation.skew })
    },
    (end) => {
      if (isOursToExplain(end)) invariants.accuse(`tick threw: ${inFull(end.error)}`)
    },
  )
}

function isOursToExplain(end: Ended): end is Extract<Ended, { how: 'failed' }> {
  return end.how === 'failed' && !(end.error instanceof Broken)
}

/** The provider of both channels, as one invocation meets it. In half of all runs text messages can be asked after. */
function channelsIn(world: World, takeReport: (title: string, at: Instant, body: string) => void) {
  const { seed, scheduler, faults, invariants, calm } = world
  const luck = randomOf(seed, 'outage')
  const outage = faults.strikes('provider outage', luck)
    ? { from: calm - luck.between(4, 60) * HOUR_MS, hours: luck.between(1, 7) }
    : undefined
  const isOut = () =>
    outage !== undefined &&
    scheduler.now() >= outage.from &&
    scheduler.now() < outage.from + outage.hours * HOUR_MS
  const canBeAsked = seed % 2 === 0

  const accept = async (message: Message, now: Instant, invocation: Invocation, taken: Taken) => {
    const nth = await invariants.accepted(message, now, invocation, taken)
    report(message, nth)
  }
  const report = ({ messageId, channel }: Message, nth: number) => {
    const title = `${messageId} (${nth})`
    const random = randomOf(seed, 'report', title)
    const strikes = (fault: Fault) => faults.strikes(fault, random)
    const say = (what: 'delivered' | 'bounced' | 'unwanted') => {
      const at = scheduler.now() + random.between(1, 1200) * 1000
      takeReport(`${title} ${what}`, at, JSON.stringify(reportOf(what, channel, messageId, at)))
    }
    const bounces = strikes('bounce')
    const contradicts = strikes('receipts that contradict')
    if (bounces || contradicts) say('bounced')
    if (!bounces || contradicts) say('delivered')
    if (channel === 'email' && strikes('complaint')) say('unwanted')
  }

  return (invocation: Invocation, step: Step): Channels => {
    const { random } = invocation
    const strikes = (fault: Fault) => faults.strikes(fault, random)
    const answer = async (message: Message, now: Instant): Promise<SendResult> => {
      if (isOut()) {
        faults.count('provider outage')
        return { is: 'throttled', retryAfterMs: random.between(1, 10) * MINUTE_MS }
      }
      if (strikes('provider breaks')) throw new Broken('provider breaks')
      if (strikes('provider throttles'))
        return { is: 'throttled', retryAfterMs: random.between(1, 300) * 1000 }
      if (strikes('provider rejects')) return { is: 'rejected', reason: 'permanent' }
      if (strikes('provider times out')) return { is: 'unknown', reason: 'no-answer' }
      const isLost = strikes('provider takes it and times out')
      await accept(message, now, invocation, isLost ? 'unsaid' : 'said')
      return isLost ? { is: 'unknown', reason: 'no-answer' } : { is: 'accepted' }
    }
    const channel: Channel = {
      send: (message, now) =>
        step(`sends ${message.messageId} by ${message.channel}`, 'provider', () => answer(message, now)),
    }
    const find: NonNullable<Channel['find']> = (messageId) =>
      step(`asks after ${messageId}`, 'provider', async () => {
        if (strikes('provider cannot say')) return 'unknown'
        return invariants.wasAccepted(messageId) ? 'accepted' : 'absent'
      })
    return { email: channel, sms: canBeAsked ? { ...channel, find } : channel }
  }
}

function reportOf(
  what: 'delivered' | 'bounced' | 'unwanted',
  channel: Message['channel'],
  messageId: string,
  at: Instant,
): object {
  if (channel === 'sms') {
    return textEvent(
      what === 'delivered' ? 'TEXT_DELIVERED' : 'TEXT_INVALID',
      { eventTimestamp: at },
      messageId,
    )
  }
  const when = writeInstant(at)
  switch (what) {
    case 'delivered':
      return sesEvent('Delivery', delivery(when), messageId)
    case 'bounced':
      return sesEvent('Bounce', bounce('Permanent', when), messageId)
    case 'unwanted':
      return sesEvent('Complaint', complaint('abuse', when), messageId)
  }
}

function nextMinute(instant: Instant): Instant {
  return Math.ceil(instant / MINUTE_MS) * MINUTE_MS
}

function inFull(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
