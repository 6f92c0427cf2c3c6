import { createHash } from 'node:crypto'
import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import { type Casefile, openCasefile } from '../../shared/casefile/casefile.ts'
import {
  type Address,
  type Entry,
  isAddressed,
  isSettled,
  type Settled,
} from '../../shared/casefile/ledger.ts'
import { type CasefileId, keyOf, kindOf } from '../../shared/casefile/routing.ts'
import type { Channels } from '../../shared/channels/channel.ts'
import { loadNeighbours, neighboursFrom } from '../../shared/directory/neighbours.ts'
import { fingerprint } from '../../shared/duties/catalogue.ts'
import { type Decision, decide } from '../../shared/duties/decide.ts'
import type { Notice } from '../../shared/duties/duty.ts'
import { around, plan } from '../../shared/duties/plan.ts'
import type { Rules } from '../../shared/duties/rules.ts'
import { renderMessage, type Text } from '../../shared/messages/render.ts'
import type { Store } from '../../shared/store/store.ts'

export type WakePorts = {
  readonly store: Store
  readonly channels: Channels
  readonly rules: Rules
  readonly now: () => Instant
}

/** A notice that was settled in this wake, and what was said if anything was. */
export type Outcome = { readonly casefile: CasefileId; readonly entry: Settled; readonly text?: Text }

/** Longer than a waker can live, so that only a dead sender's lease runs out. */
export const LEASE_MS = 15 * MINUTE_MS
/** How long a casefile whose plan throws is left alone. */
const PUT_BACK_MS = 15 * MINUTE_MS
/** How soon a provider that could not say is asked again. */
const ASK_AGAIN_MS = MINUTE_MS
/** More rounds than a release has people to ask; beyond them the tick hands the casefile over again. */
const ROUNDS_MAX = 60

/**
 * Gives what a casefile owes now, and sets the instant at which it next needs attention. Run too early, twice, at
 * once with another, or after a crash, it gives nothing twice that its ledger knows of. Gives what it settled.
 */
export async function wake(id: CasefileId, ports: WakePorts): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const stored = await ports.store.open(id)
    if (!stored) break
    const { version } = stored.head
    try {
      const casefile = openCasefile(id, stored.events, stored.entries)
      const turn = await takeTurn(casefile, ports)
      outcomes.push(...turn.outcomes)
      if (turn.again) continue
      const set = await ports.store.setWake(id, version, turn.next, fingerprint(ports.rules))
      if (set === 'set') break
    } catch (error) {
      await ports.store.setWake(id, version, ports.now() + PUT_BACK_MS)
      throw error
    }
  }
  return outcomes
}

type Turn = {
  readonly outcomes: readonly Outcome[]
  /** The ledger is no longer what the plan was made from. */
  readonly again: boolean
  /** The earliest thing still ahead. */
  readonly next: Instant | undefined
}

async function takeTurn(casefile: Casefile, ports: WakePorts): Promise<Turn> {
  const now = ports.now()
  const notices = around(plan(casefile, ports.rules), now)
  const isOwing = notices.some(({ due, noticeId }) => due <= now && !casefile.ledger.isDone(noticeId))
  const neighbours = isOwing ? await loadNeighbours(casefile, ports.store.events) : neighboursFrom(new Map())
  const outcomes: Outcome[] = []
  const ahead: Instant[] = []
  const sends: Send[] = []
  let again = false
  for (const notice of notices) {
    const decision = decide(notice, casefile.ledger, neighbours, ports.rules, now)
    if (decision.verb === 'send' || decision.verb === 'skip') {
      const found = await findLost(casefile, notice, ports)
      if (found === 'unknown') ahead.push(now + ASK_AGAIN_MS + spread(casefile.id))
      if (typeof found === 'object') outcomes.push(found)
      if (found !== 'absent') {
        again ||= found !== 'unknown'
        continue
      }
    }
    switch (decision.verb) {
      case 'rest':
        break
      case 'wait':
        ahead.push(decision.until)
        break
      case 'skip': {
        again = true
        outcomes.push(...(await skip(casefile, notice, decision, ports, now)))
        break
      }
      case 'send': {
        const before = casefile.ledger.entry(notice.noticeId)
        if (!toldAlready(casefile, sends, notice, decision)) sends.push({ notice, decision, before })
        else if (!isSettled(before)) {
          again = true
          const to = decision.to.contactId
          const told = { verb: 'skip', reason: 'told-already', misses: [], to } as const
          outcomes.push(...(await skip(casefile, notice, told, ports, now)))
        }
      }
    }
  }
  for (const message of messagesOf(casefile.id, sends)) {
    const given = await give(casefile.id, message, ports, now)
    outcomes.push(...given.outcomes)
    ahead.push(...given.ahead)
    again ||= given.again
  }
  return { outcomes, again, next: ahead.length > 0 ? Math.min(...ahead) : undefined }
}

/**
 * A claim whose lease ran out may have been sent by a waker that died. A provider that can be asked by our reference
 * is asked, before anything is claimed anew or written off: what it took is sent.
 */
async function findLost(
  casefile: Casefile,
  notice: Notice,
  { store, channels }: WakePorts,
): Promise<Outcome | 'absent' | 'unknown'> {
  const lost = casefile.ledger.entry(notice.noticeId)
  if (lost?.is !== 'claimed') return 'absent'
  const finding = (await channels[lost.channel].find?.(lost.messageId)) ?? 'absent'
  if (finding !== 'accepted') return finding
  const { leaseUntil: _, replaces: __, ...addressed } = lost
  const entry = { ...addressed, is: 'sent' } as const
  await store.record(casefile.id, entry)
  const text = (await store.texts(casefile.id)).get(lost.messageId)
  return { casefile: casefile.id, entry, ...(text && { text }) }
}

type Send = {
  readonly notice: Notice
  readonly decision: Extract<Decision, { verb: 'send' }>
  /** What became of it so far. */
  readonly before: Entry | undefined
}

/** Somebody who would get one step twice gets it once. */
function toldAlready(casefile: Casefile, sends: Send[], notice: Notice, decision: Send['decision']): boolean {
  const { duty, step, occasion } = notice
  const to = decision.to.contactId
  return (
    sends.some(
      (send) =>
        send.decision.to.contactId === to &&
        send.notice.duty === duty &&
        send.notice.step === step &&
        send.notice.occasion === occasion,
    ) ||
    casefile.ledger
      .of(duty, step, occasion)
      .some((entry) => entry.is === 'sent' && entry.to === to && entry.noticeId !== notice.noticeId)
  )
}

async function skip(
  casefile: Casefile,
  notice: Notice,
  { reason, misses, to }: Extract<Decision, { verb: 'skip' }>,
  { store }: WakePorts,
  now: Instant,
): Promise<Outcome[]> {
  const entry = { ...named(notice, now), is: 'skipped', reason, misses, to, role: notice.role } as const
  const standing = await store.claim(casefile.id, entry, now)
  return standing ? [] : [{ casefile: casefile.id, entry }]
}

type Planned = { readonly messageId: string; readonly sends: readonly Send[] }

/** One message per recipient; what must go alone goes alone. */
function messagesOf(casefile: CasefileId, sends: readonly Send[]): Planned[] {
  const groups = Map.groupBy(sends, ({ notice, decision }) =>
    notice.alone
      ? notice.noticeId
      : [decision.to.contactId, decision.reach.address, decision.reach.language].join(' '),
  )
  return [...groups.values()].map((group) => ({ messageId: messageIdOf(casefile, group), sends: group }))
}

/**
 * A first message of one notice bears its id; one of several, or one sent in place of another, a digest.
 * Receipts route by either.
 */
function messageIdOf(casefile: CasefileId, sends: readonly Send[]): string {
  const [first] = sends
  if (first && sends.length === 1 && failedBefore(first).addresses.length === 0) return first.notice.noticeId
  const ids = sends.flatMap((send) => [send.notice.noticeId, ...failedBefore(send).addresses])
  const digest = createHash('sha256').update(ids.join(' ')).digest('hex').slice(0, 24)
  return `${kindOf(casefile)}_${keyOf(casefile)}_message_${digest}`
}

/** Where a notice did not arrive before, and the message that did not. */
function failedBefore({ before }: Send): { addresses: readonly string[]; messageId: string | undefined } {
  if (!isAddressed(before)) return { addresses: [], messageId: undefined }
  if (before.is === 'claimed') return { addresses: before.failed, messageId: before.replaces }
  return { addresses: [...before.failed, before.address], messageId: before.messageId }
}

type Given = { readonly outcomes: Outcome[]; readonly ahead: Instant[]; readonly again: boolean }

/** Claim, send, record. What another waker holds or has settled is left to it. */
async function give(casefile: CasefileId, planned: Planned, ports: WakePorts, now: Instant): Promise<Given> {
  const { store, channels } = ports
  const ahead: Instant[] = []
  const claimed: (Send & { address: Address })[] = []
  let again = false
  for (const send of planned.sends) {
    const { to, reach, misses } = send.decision
    const { messageId } = planned
    const before = failedBefore(send)
    const address = { to: to.contactId, role: to.role, ...reach, misses, messageId, failed: before.addresses }
    const claim = {
      ...named(send.notice, now),
      ...address,
      is: 'claimed',
      leaseUntil: now + LEASE_MS,
      ...(before.messageId !== undefined && { replaces: before.messageId }),
    } as const
    const standing = await store.claim(casefile, claim, now)
    if (!standing) claimed.push({ ...send, address })
    else if (standing.is === 'claimed') ahead.push(standing.leaseUntil)
    else again = true
  }
  const [first] = claimed
  if (!first) return { outcomes: [], ahead, again }

  const { channel, address, language } = first.address
  const parts = claimed.map(({ notice, decision }) => ({
    text: notice.text,
    facts: { ...decision.facts, ...linksFor(notice, ports.rules.settings.address) },
  }))
  const text = renderMessage(parts, language, channel)
  await store.keepText(casefile, planned.messageId, text)
  const answer = await channels[channel].send(
    { ...text, messageId: planned.messageId, channel, address },
    now,
  )
  if (answer.is === 'unknown') return { outcomes: [], ahead: [...ahead, now + LEASE_MS], again }

  const outcomes: Outcome[] = []
  for (const { notice, address: addressed } of claimed) {
    const entry = ((): Exclude<Entry, { is: 'claimed' | 'skipped' }> => {
      const said = named(notice, now)
      switch (answer.is) {
        case 'accepted':
          return { ...said, ...addressed, is: 'sent' }
        case 'rejected':
          return { ...said, ...addressed, is: 'failed', reason: answer.reason }
        case 'throttled':
          return { ...said, is: 'throttled', retryAt: now + answer.retryAfterMs + spread(casefile) }
      }
    })()
    await store.record(casefile, entry)
    if (entry.is === 'throttled') ahead.push(entry.retryAt)
    else outcomes.push({ casefile, entry, text })
  }
  return { outcomes, ahead, again: again || answer.is !== 'throttled' }
}

/** Where the reader finds the rest, behind sign-in, and where an answer to this very notice is given. */
function linksFor({ casefile, noticeId }: Notice, address: string) {
  return {
    link: `${address}/casefiles/${kindOf(casefile)}/${keyOf(casefile)}`,
    answer: `${address}/answers/${noticeId}`,
  }
}

function named(notice: Notice, at: Instant) {
  const { noticeId, duty, step, occasion, due, because } = notice
  return { noticeId, duty, step, occasion, due, because, at }
}

/** Throttled casefiles come back over a minute, each at its own second, not all at once. */
function spread(casefile: CasefileId): number {
  return createHash('sha256').update(casefile).digest().readUInt16BE(0) % MINUTE_MS
}
