import { intake } from '../../functions/intake/intake.ts'
import { SWEEP_MS, tick, type WakeQueue } from '../../functions/tick/tick.ts'
import { wake } from '../../functions/wake/wake.ts'
import { type Instant, londonClock, londonTime, MINUTE_MS } from '../../shared/calendar/london.ts'
import { openCasefile } from '../../shared/casefile/casefile.ts'
import { type CasefileId, casefileId } from '../../shared/casefile/ids.ts'
import { entryId, LEASE_MS } from '../../shared/casefile/ledger.ts'
import type { Channel, Channels, SendResult } from '../../shared/channels/channel.ts'
import { neighboursOf } from '../../shared/directory/neighbours.ts'
import { around, plan } from '../../shared/duties/all.ts'
import { decide } from '../../shared/planning/decide.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { type Items, storeOf } from '../../shared/store/items.ts'
import type { Head, Store, Stored } from '../../shared/store/store.ts'
import { event, type Told } from '../story.ts'
import { type Exploration, explore, type Process, type Step } from './explore.ts'
import { type Contents, memoryItems, memoryStore } from './memory.ts'

/** One casefile, what is taken into it, and who is at work on it meanwhile. */
export type Story = {
  /** The clearance, unless it is about something else. */
  readonly casefile?: CasefileId
  /** What was taken in and settled a week before, or at `settledAt`. */
  readonly before: readonly Told[]
  readonly settledAt?: Instant
  /** What became of the waker that came when the casefile first owed something, a lease ago. */
  readonly firstWaker?: 'sent it' | 'died before sending' | 'died after sending'
  /** Something else was taken in at this very moment, and nobody has come yet. */
  readonly raisedNow?: true
  /** What is taken in now; or was a moment ago, and nobody has come yet. */
  readonly event?: Told
  readonly isTakenIn?: true
  readonly wakers: number
  readonly ticks: number
  readonly crashes: number
  /** How many messages the provider refuses for good before anything else. */
  readonly rejects?: number
  /** How many messages the provider turns away before it takes one. */
  readonly throttles: number
  /** The provider takes the first message there is now, and then reports that it was refused for what it says. */
  readonly refusesFirst?: true
  /** The provider can be asked, by our reference, what it took. */
  readonly canBeAsked?: true
  /** What was taken in before is over, and so long ago that it is to be forgotten. */
  readonly isOver?: true
  /** How many notices are owed whatever comes first, and how many may be: said here so that no story is empty. */
  readonly owed: number
  readonly mayBeOwed: number
}

/** The ports as one process meets them: every item a step, and two to open a casefile, as no store reads it at once. */
export type Ports = {
  readonly items: Items
  readonly queue: WakeQueue
  readonly channels: Channels
  readonly readHead: (id: CasefileId) => Promise<Head | undefined>
  readonly readRest: (id: CasefileId) => Promise<Omit<Stored, 'head'>>
}

/** A rule of the protocol taken away: from what every item keeps to, or from what a process does. */
export type Without = {
  readonly items?: (items: Items) => Items
  readonly ports?: (ports: Ports) => Ports
}

export const CASEFILE = casefileId('clearance', 'CL-1')
const A_WEEK_AGO = londonTime('2026-03-02', '09:00')
/** It stands still while the processes run: nobody here outlives a lease. A tick that comes now hands over all that is due. */
export const NOW = londonTime('2026-03-09', '09:20')
/** Until then the world goes on when they have ended. */
const HORIZON = londonTime('2026-04-10', '17:00')
const RULES = rulesWith({ goLive: londonTime('2026-03-09', '00:00') })
const RETRY_MS = MINUTE_MS
/** By how much a throttled send may delay a notice: its retry, and the minute over which retries are spread. */
const THROTTLE_COSTS_MS = RETRY_MS + MINUTE_MS
/** By how much a crash may: a lease that has to run out, and the sweep that finds a wake which nobody heeded. */
const CRASH_COSTS_MS = LEASE_MS + SWEEP_MS

/** Explores a story on the functions as they are, or without one of their rules. */
export async function check(story: Story, without: Without = {}): Promise<Exploration> {
  const expected = await expectedOf(story)
  const scene = await openScene(story, without)
  return explore({
    world: scene.world,
    processes: processesOf(scene),
    crashes: story.crashes,
    powerCut: { queued: 0 },
    async problem(crashes) {
      const late = await carryOn(scene, crashes)
      return late ?? toldWrongly(scene, expected, crashes) ?? keptWrongly(scene)
    },
  })
}

type Scene = {
  readonly story: Story
  readonly without: Without
  readonly world: World
  readonly neighbours: Store
}

/** Everything that outlives a process. */
type World = {
  now: Instant
  contents: Contents
  /** Whether the casefile waits to be woken. A queue told so twice may hand it over once or twice. */
  queued: 0 | 1
  rejects: number
  throttles: number
  accepted: readonly Accepted[]
}

/** A message that the provider took, and the notices in it: of an urgent one, by which channel. */
type Accepted = { readonly at: Instant; readonly messageId: string; readonly notices: readonly string[] }

/**
 * The casefile as it lies before the story, and its neighbours. Nobody in a story writes to a neighbour, so reading
 * one is no step: at any moment it gives the same. What intake puts into other casefiles has a head of its own there
 * and the same protocol; none of it is followed here.
 */
async function openScene(story: Story, without: Without = {}): Promise<Scene> {
  const shelf = { contents: {} as Contents }
  const neighbours = memoryStore(shelf)
  const { settledAt = A_WEEK_AGO } = story
  const ports = { store: neighbours, queue: { send: async () => {} }, now: () => settledAt }
  for (const told of story.before) await intake(JSON.stringify(told), ports)
  const id = idOf(story)
  const own = shelf.contents[id]
  const contents: Contents = own ? { [id]: own } : {}
  const atFirst = { queued: 0, rejects: 0, throttles: 0, accepted: [] } as const
  const world: World = { now: settledAt, contents, ...atFirst }
  const scene: Scene = { story, without: {}, world, neighbours }
  await wakeAlone(scene)
  if (story.firstWaker) {
    world.now = NOW - LEASE_MS
    await wakeAlone(scene, story.firstWaker)
  }
  world.now = NOW
  if (story.event && story.isTakenIn) await handIn(scene, story.event)
  if (story.raisedNow) await memoryItems(world).raise(id, NOW, NOW)
  world.rejects = story.rejects ?? 0
  world.throttles = story.throttles
  return { ...scene, without }
}

async function handIn(scene: Scene, told: Told, step = ALONE): Promise<void> {
  await intake(JSON.stringify(told), { ...portsOf(scene, step), now: () => scene.world.now })
}

function idOf({ casefile = CASEFILE }: Story): CasefileId {
  return casefile
}

/** Wakes the casefile with nobody else about. To die without an answer and to hear none leave the same: a claim. */
async function wakeAlone(scene: Scene, fate: Story['firstWaker'] = 'sent it'): Promise<void> {
  const { channels, ...ports } = portsOf(scene, ALONE)
  const send: Channel['send'] = async (message, now) => {
    if (fate === 'died before sending') return { is: 'unknown', reason: 'died' }
    const answer = await channels.email.send(message, now)
    return fate === 'died after sending' ? { is: 'unknown', reason: 'died' } : answer
  }
  const email = { ...channels.email, send }
  await wake(idOf(scene.story), {
    ...ports,
    channels: { email, sms: email },
    rules: RULES,
    linkKey: 'model',
    now: () => scene.world.now,
  })
}

/** Steps taken with nobody in between. */
const ALONE: Step = (_, act) => act()

/** An intake of the event, wakers and ticks that come if they come, and what the provider reports. */
function processesOf(scene: Scene): Process[] {
  const { event: comesIn, isTakenIn, wakers, ticks, refusesFirst } = scene.story
  const { world } = scene
  const now = () => world.now
  const processes: Process[] = [
    {
      name: 'waker',
      count: wakers,
      // With nothing queued this is one handed over twice, or too early. One that dies takes its message with it.
      async run(step) {
        await step('is woken', async () => {
          world.queued = 0
        })
        await wake(idOf(scene.story), { ...portsOf(scene, step), rules: RULES, linkKey: 'model', now })
      },
    },
    { name: 'tick', count: ticks, run: (step) => tick({ ...portsOf(scene, step), now }) },
  ]
  if (refusesFirst) {
    const { length: before } = world.accepted
    processes.push({
      name: 'report',
      count: 1,
      async run(step) {
        const first = await step('looks for a message to refuse', async () => world.accepted[before])
        if (first) await handIn(scene, refusalOf(first), step)
      },
    })
  }
  // Until it has its answer, whoever hands an event in will hand it in again.
  if (comesIn && !isTakenIn) {
    processes.push({
      name: 'intake',
      count: 1,
      redelivered: true,
      run: (step) => handIn(scene, comesIn, step),
    })
  }
  return processes
}

function refusalOf({ messageId }: Accepted): Told {
  return event(londonClock(NOW), 'notice.failed', { noticeId: messageId, reason: 'message' })
}

function portsOf(scene: Scene, step: Step): Omit<Ports, 'items'> & { readonly store: Store } {
  const { story, without, world, neighbours } = scene
  const whole = memoryItems(world)
  const items = without.items?.(whole) ?? whole
  const isOurs = (id: CasefileId) => id === idOf(story)
  const claimed = new Map<string, Set<string>>()
  const channel: Channel = {
    send: ({ messageId }) =>
      step(`sends ${messageId}`, async (): Promise<SendResult> => {
        if (world.rejects > 0) {
          world.rejects--
          return { is: 'rejected', reason: 'permanent' }
        }
        if (world.throttles > 0) {
          world.throttles--
          return { is: 'throttled', retryAfterMs: RETRY_MS }
        }
        const notices = [...(claimed.get(messageId) ?? [])]
        world.accepted = [...world.accepted, { at: world.now, messageId, notices }]
        return { is: 'accepted' }
      }),
    ...(story.canBeAsked && {
      find: (messageId) =>
        step(`asks the provider of ${messageId}`, async () =>
          world.accepted.some((message) => message.messageId === messageId) ? 'accepted' : 'absent',
        ),
    }),
  }
  const ports: Ports = {
    readHead: (id) => step('reads the head', async () => (await items.open(id))?.head),
    readRest: (id) =>
      step('reads events and ledger', async () => {
        const { events = [], entries = [] } = (await items.open(id)) ?? {}
        return { events, entries }
      }),
    channels: { email: channel, sms: channel },
    queue: {
      async send(ids) {
        if (!ids.some(isOurs)) return
        await step('queues the casefile', async () => {
          world.queued = 1
        })
      },
    },
    items: {
      putEvent: async (id, event) =>
        isOurs(id) ? step('puts the event', () => items.putEvent(id, event)) : 'added',
      async raise(id, from, begun) {
        if (isOurs(id)) await step('raises the version', () => items.raise(id, from, begun))
      },
      async open(id) {
        const head = await ports.readHead(id)
        return head && { head, ...(await ports.readRest(id)) }
      },
      events: (id, nouns) => neighbours.events(id, nouns),
      entries: (id, noticeId) => step(`reads the entries of ${noticeId}`, () => items.entries(id, noticeId)),
      setWake: (id, read, wake, plannedUnder) =>
        step(`sets the wake to ${clock(wake)} if at version ${read.version}`, () =>
          items.setWake(id, read, wake, plannedUnder),
        ),
      due: (stretch, limit) => step('asks what is due', () => items.due(stretch, limit)),
      async putClaim(id, entry, now) {
        const own = entryId(entry)
        const does = entry.is === 'claimed' ? `claims ${own}` : `skips ${own} as ${entry.reason}`
        const standing = await step(does, () => items.putClaim(id, entry, now))
        if (entry.is === 'claimed' && !standing) {
          claimed.set(entry.messageId, (claimed.get(entry.messageId) ?? new Set()).add(own))
        }
        return standing
      },
      putEntry: (id, entry) => step(`records ${entryId(entry)} ${entry.is}`, () => items.putEntry(id, entry)),
      // Evidence for people. No process decides by it, and to die before or after keeping it is to die unsent.
      putText: async () => {},
      texts: async () => new Map(),
      count: async () => {},
      counts: async () => [],
      async forget(id, item) {
        if ('event' in item) await step(`forgets ${item.event.type}`, () => items.forget(id, item))
        else if ('entry' in item) await step(`forgets ${entryId(item.entry)}`, () => items.forget(id, item))
      },
      forgetHead: (id, read) =>
        step(`forgets the head if at version ${read.version}`, () => items.forgetHead(id, read)),
      casefiles: (part) => step('lists casefiles', () => items.casefiles(part)),
      ofKind: (...list) => step('lists a kind', () => items.ofKind(...list)),
    },
  }
  const { items: met, ...others } = without.ports?.(ports) ?? ports
  return { ...others, store: storeOf(met) }
}

/** The world as it goes on when all have ended: what is queued is woken, what is due is handed over, time passes. */
async function carryOn(scene: Scene, crashes: number): Promise<string | undefined> {
  const { world } = scene
  for (let turns = 0; world.now <= HORIZON; turns++) {
    if (turns === TURNS_MAX) return `it never comes to rest: at ${clock(world.now)} it is still woken`
    while (world.queued > 0) {
      world.queued = 0
      await wakeAlone(scene)
    }
    if ((await tick({ ...portsOf(scene, ALONE), now: () => world.now })) > 0) continue
    const late = await wokenTooLate(scene, crashes)
    if (late) return late
    const wakesAt = world.contents[idOf(scene.story)]?.head?.wake
    if (wakesAt === undefined) break
    world.now = wakesAt > world.now ? wakesAt : sweepAfter(world.now)
  }
  return undefined
}

const TURNS_MAX = 100

function sweepAfter(instant: Instant): Instant {
  return (Math.floor(instant / SWEEP_MS) + 1) * SWEEP_MS
}

/** Whether, at rest, anything lies ahead of the casefile that its wake will not be in time for. */
async function wokenTooLate(
  { world, neighbours, story }: Scene,
  crashes: number,
): Promise<string | undefined> {
  const id = idOf(story)
  const stored = await memoryStore(world).open(id)
  if (!stored) return undefined
  const { wake = Number.POSITIVE_INFINITY } = stored.head
  const casefile = openCasefile(id, stored.events, stored.entries)
  const notices = around(plan(casefile, RULES), world.now)
  const decided = await neighboursOf(
    casefile,
    neighbours.events,
  )((known) =>
    notices.map((notice) => ({ notice, decision: decide(notice, casefile.ledger, known, RULES, world.now) })),
  )
  for (const { notice, decision } of decided) {
    if (decision.verb === 'rest') continue
    const at = decision.verb === 'wait' ? decision.until : world.now
    if (wake <= at + crashes * CRASH_COSTS_MS) continue
    return `at ${clock(world.now)} the wake is set to ${clock(stored.head.wake)}, and ${notice.noticeId} waits for ${clock(at)}`
  }
  return undefined
}

/** What came in is kept, with a head for it to be woken by; what is over and was left alone is not. */
function keptWrongly({ world, story }: Scene): string | undefined {
  const { head, events = [], entries = [] } = world.contents[idOf(story)] ?? {}
  const isKept = events.some(({ eventId }) => eventId === story.event?.eventId)
  if (story.event && !isKept) return `${story.event.eventType} is lost`
  if (!head && events.length + entries.length > 0) return 'what is left has no head'
  return head && story.isOver && !story.event ? 'what is over is not forgotten' : undefined
}

/** How often each notice is told, and when first. */
type Telling = ReadonlyMap<string, { readonly first: Instant; readonly times: number }>

function tellingOf({ accepted }: World): Telling {
  const told = accepted.flatMap(({ at, notices }) => notices.map((noticeId) => ({ at, noticeId })))
  const byNotice = Map.groupBy(told, ({ noticeId }) => noticeId)
  return new Map([...byNotice].map(([id, times]) => [id, { first: times[0]?.at ?? 0, times: times.length }]))
}

/** What is told when nobody is in anybody's way and the event comes before the first waker, or after. */
type Expected = { readonly eventFirst: Telling; readonly eventLast: Telling }

async function expectedOf(story: Story): Promise<Expected> {
  const tellAlone = async (isEventFirst: boolean) => {
    const scene = await openScene({ ...story, rejects: 0, throttles: 0 })
    if (!isEventFirst) await wakeAlone(scene)
    if (story.event) await handIn(scene, story.event)
    await carryOn(scene, 0)
    return tellingOf(scene.world)
  }
  const eventFirst = await tellAlone(true)
  const eventLast = await tellAlone(false)
  const either = new Set([...eventFirst.keys(), ...eventLast.keys()])
  const both = [...eventFirst.keys()].filter((noticeId) => eventLast.has(noticeId))
  if (both.length !== story.owed || either.size !== story.mayBeOwed) {
    throw new Error(`the schedule has changed, and this story with it: ${[...either].join(', ')}`)
  }
  return { eventFirst, eventLast }
}

/** What is owed whichever comes first is told, never zero times; nothing more often than owed and once a crash. */
function toldWrongly(
  { world, story }: Scene,
  { eventFirst, eventLast }: Expected,
  crashes: number,
): string | undefined {
  const told = tellingOf(world)
  const delay = story.throttles * THROTTLE_COSTS_MS + crashes * CRASH_COSTS_MS
  for (const [noticeId, owed] of eventFirst) {
    const ifLast = eventLast.get(noticeId)
    if (!ifLast) continue
    const due = Math.max(owed.first, ifLast.first)
    const first = told.get(noticeId)?.first
    if (first === undefined) return `${noticeId} is never told`
    if (first > due + delay) return `${noticeId} is owed at ${clock(due)} and told at ${clock(first)}`
  }
  const extra = story.canBeAsked ? 0 : crashes
  for (const [noticeId, { times }] of told) {
    const owed = Math.max(eventFirst.get(noticeId)?.times ?? 0, eventLast.get(noticeId)?.times ?? 0)
    if (owed === 0) return `${noticeId} is told and was never owed`
    if (times > owed + extra) return `${noticeId} is told ${times} times`
  }
  // What is sent again after a crash may meanwhile have company; nothing else shares a reference.
  if (crashes > 0) return undefined
  for (const [messageId, messages] of Map.groupBy(world.accepted, (message) => message.messageId)) {
    const different = new Set(messages.map(({ notices }) => notices.toSorted().join(' ')))
    if (different.size > 1) return `${different.size} different messages have the reference ${messageId}`
  }
  return undefined
}

function clock(at: Instant | undefined): string {
  return at === undefined ? 'never' : londonClock(at).replace('T', ' ')
}
