import { createHash } from 'node:crypto'
import { DAY_MS, earliest, type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import { type Casefile, openCasefile } from '../../shared/casefile/casefile.ts'
import { failureOf } from '../../shared/casefile/failures.ts'
import { addressKey, type CasefileId, casefileId, keyOf, kindOf } from '../../shared/casefile/ids.ts'
import {
  type Address,
  type Entry,
  isSettled,
  LEASE_MS,
  NOT_KNOWN,
  type Settled,
} from '../../shared/casefile/ledger.ts'
import { refusalForAddress } from '../../shared/casefile/passing-on.ts'
import type { Channels } from '../../shared/channels/channel.ts'
import { loadNeighbours, neighboursFrom } from '../../shared/directory/neighbours.ts'
import { around, plan } from '../../shared/duties/all.ts'
import { fingerprint } from '../../shared/duties/catalogue.ts'
import { keepingOf } from '../../shared/duties/retention.ts'
import { choicesOf, questionIn } from '../../shared/messages/answers.ts'
import { ANSWER_LINK_DAYS, answerPath, linksFor } from '../../shared/messages/links.ts'
import { renderMessage } from '../../shared/messages/render.ts'
import type { Text } from '../../shared/messages/text.ts'
import { type Decision, decide } from '../../shared/planning/decide.ts'
import type { Notice, Planned } from '../../shared/planning/duty.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import type { Store } from '../../shared/store/store.ts'
import { forget, forgetCasefile } from '../forget/forget.ts'

export type WakePorts = {
  readonly store: Store
  readonly channels: Channels
  readonly rules: Rules
  /** What links to answer are signed with. */
  readonly linkKey: string
  readonly now: () => Instant
}

/** A notice that was settled in this wake, and what was said if anything was. */
export type Outcome = { readonly casefile: CasefileId; readonly entry: Settled; readonly text?: Text }
/** How long a casefile whose plan throws is left alone. */
const PUT_BACK_MS = 15 * MINUTE_MS
/** How soon a provider that could not say is asked again. */
const ASK_AGAIN_MS = MINUTE_MS
/** More rounds than a release has people to ask; beyond them the tick hands the casefile over again. */
const ROUNDS_MAX = 60

/**
 * Gives what a casefile owes now, and sets the instant at which it next needs attention. Run too early, twice, at
 * once with another, or after a crash, it gives nothing twice that its ledger knows of. What is over is forgotten.
 * Gives what it settled.
 */
export async function wake(id: CasefileId, ports: WakePorts): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const stored = await ports.store.open(id)
    if (!stored) break
    try {
      const casefile = openCasefile(id, stored.events, stored.entries)
      const now = ports.now()
      const notices = around(plan(casefile, ports.rules), now)
      const keeping = keepingOf(casefile, stored, notices, ports.rules, now)
      if (keeping.isOver) {
        await forgetCasefile(id, stored, ports.store)
        continue
      }
      const turn = await takeTurn(casefile, notices, ports, now)
      outcomes.push(...turn.outcomes)
      if (turn.again) continue
      await forget(id, keeping.expired, ports.store)
      const next = earliest(turn.next, keeping.next)
      const set = await ports.store.setWake(id, stored.head, next, fingerprint(ports.rules))
      if (set === 'set') break
    } catch (error) {
      await ports.store.setWake(id, stored.head, ports.now() + PUT_BACK_MS)
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

async function takeTurn(
  casefile: Casefile,
  notices: readonly Planned[],
  ports: WakePorts,
  now: Instant,
): Promise<Turn> {
  const { ledger } = casefile
  const lost = await findLost(casefile, ports, now)
  if (lost.found.length > 0) return { outcomes: lost.found, again: true, next: undefined }
  const isOwing = notices.some(({ due, noticeId }) => due <= now && !ledger.isDone(noticeId))
  const neighbours = isOwing ? await loadNeighbours(casefile, ports.store.events) : neighboursFrom(new Map())
  const outcomes: Outcome[] = []
  const ahead: Instant[] = lost.unknown.size > 0 ? [now + ASK_AGAIN_MS + spread(casefile.id)] : []
  const sends: Send[] = []
  const accountedFor = new Set<string>(lost.unknown)
  let again = false
  const skipNotice = async (notice: Notice, decision: Omit<Extract<Decision, { verb: 'skip' }>, 'verb'>) => {
    again = true
    outcomes.push(...(await skip(casefile, notice, decision, ports, now)))
  }
  for (const notice of notices) {
    if (lost.unknown.has(notice.noticeId)) continue
    const decision = decide(notice, ledger, neighbours, ports.rules, now)
    if (decision.verb !== 'rest') accountedFor.add(notice.noticeId)
    switch (decision.verb) {
      case 'rest':
        break
      case 'wait':
        ahead.push(decision.until)
        break
      case 'skip':
        await skipNotice(notice, decision)
        break
      case 'send': {
        const { misses, to } = decision
        if (!toldAlready(casefile, sends, notice, decision)) {
          sends.push({ notice, decision })
        } else if (!isSettled(ledger.entry(notice.noticeId))) {
          await skipNotice(notice, { reason: 'told-already', misses, to: to.contactId })
        }
      }
    }
  }
  const unfinished = await closeUnfinished(casefile, accountedFor, ports, now)
  outcomes.push(...unfinished.outcomes)
  ahead.push(...unfinished.ahead)
  again ||= unfinished.again
  for (const message of messagesOf(casefile.id, sends)) {
    const given = await give(casefile.id, message, ports, now)
    outcomes.push(...given.outcomes)
    ahead.push(...given.ahead)
    again ||= given.again
  }
  return { outcomes, again, next: ahead.length > 0 ? Math.min(...ahead) : undefined }
}

/**
 * A claim whose lease ran out may have been sent by a waker that died. What a receipt speaks of was; and a provider
 * that can be asked by our reference is asked, before anything is claimed anew or written off.
 */
async function findLost({ id, ledger }: Casefile, { store, channels }: WakePorts, now: Instant) {
  const found: Outcome[] = []
  const unknown = new Set<string>()
  for (const lost of ledger.entries) {
    if (lost.is !== 'claimed' || lost.leaseUntil > now || ledger.failedAt(lost.noticeId) !== undefined)
      continue
    const finding = ledger.isDelivered(lost.noticeId)
      ? 'accepted'
      : ((await channels[lost.channel].find?.(lost.messageId)) ?? 'absent')
    if (finding === 'unknown') unknown.add(lost.noticeId)
    if (finding !== 'accepted') continue
    const { leaseUntil: _, replaces: __, ...addressed } = lost
    const entry = { ...addressed, is: 'sent' } as const
    const text = (await store.texts(id)).get(lost.messageId)
    await noteQuestion(entry, text, store)
    await store.record(id, entry)
    found.push({ casefile: id, entry, ...(text && { text }) })
  }
  return { found, unknown }
}

/**
 * Closes what was begun and is in no plan any more, once nobody holds it: a claim may have gone, what was given back
 * did not.
 */
async function closeUnfinished(
  { id, ledger }: Casefile,
  accountedFor: ReadonlySet<string>,
  { store }: WakePorts,
  at: Instant,
): Promise<Given> {
  const given: Given = { outcomes: [], ahead: [], again: false }
  for (const unfinished of ledger.entries) {
    if (isSettled(unfinished) || accountedFor.has(unfinished.noticeId)) continue
    if (unfinished.is === 'claimed' && unfinished.leaseUntil > at) {
      given.ahead.push(unfinished.leaseUntil)
      continue
    }
    given.again = true
    const { noticeId, duty, step, occasion, due, because } = unfinished
    const { to, role, channel, address, language, misses, messageId, failed } = unfinished
    const said = { noticeId, duty, step, occasion, due, because, at, to, role, misses }
    const entry: Extract<Entry, { is: 'failed' | 'skipped' }> =
      unfinished.is === 'claimed'
        ? { ...said, channel, address, language, messageId, failed, is: 'failed', reason: NOT_KNOWN }
        : { ...said, is: 'skipped', reason: 'no-longer-true' }
    const standing = await store.claim(id, entry, at)
    if (!standing) given.outcomes.push({ casefile: id, entry })
  }
  return given
}

type Send = { readonly notice: Notice; readonly decision: Extract<Decision, { verb: 'send' }> }

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
  { reason, misses, to }: Omit<Extract<Decision, { verb: 'skip' }>, 'verb'>,
  { store }: WakePorts,
  now: Instant,
): Promise<Outcome[]> {
  const entry = { ...named(notice, now), is: 'skipped', reason, misses, to, role: notice.role } as const
  const standing = await store.claim(casefile.id, entry, now)
  return standing ? [] : [{ casefile: casefile.id, entry }]
}

type Message = { readonly messageId: string; readonly sends: readonly Send[] }

/** One message per recipient; what must go alone goes alone. */
function messagesOf(casefile: CasefileId, sends: readonly Send[]): Message[] {
  const groups = Map.groupBy(sends, ({ notice, decision }) =>
    notice.alone || decision.before.shortest
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
  if (first && sends.length === 1 && first.decision.before.failed.length === 0) return first.notice.noticeId
  const ids = sends.flatMap(({ notice, decision }) => [notice.noticeId, ...decision.before.failed])
  const digest = createHash('sha256').update(ids.join(' ')).digest('hex').slice(0, 24)
  return `${kindOf(casefile)}_${keyOf(casefile)}_message_${digest}`
}

type Given = { readonly outcomes: Outcome[]; readonly ahead: Instant[]; again: boolean }

/** Claim, send, record. What another waker holds or has settled is left to it. */
async function give(casefile: CasefileId, planned: Message, ports: WakePorts, now: Instant): Promise<Given> {
  const { store, channels } = ports
  const ahead: Instant[] = []
  const claimed: (Send & { address: Address })[] = []
  let again = false
  for (const send of planned.sends) {
    const { to, reach, misses, before } = send.decision
    const { messageId } = planned
    const { failed, messageId: replaces } = before
    const address = {
      ...{ to: to.contactId, role: to.role, ...reach, misses, messageId, failed },
      ...(before.shortest && { shortest: true as const }),
    }
    const claim = {
      ...named(send.notice, now),
      ...address,
      is: 'claimed',
      leaseUntil: now + LEASE_MS,
      ...(replaces !== undefined && { replaces }),
    } as const
    const standing = await store.claim(casefile, claim, now)
    if (!standing) {
      claimed.push({ ...send, address })
      continue
    }
    if (standing.is === 'claimed') ahead.push(standing.leaseUntil)
    else again = true
    // Another waker has this message: taking the rest of it would send two under one reference.
    if (claimed.length === 0) break
  }
  const [first] = claimed
  if (!first) return { outcomes: [], ahead, again }

  const { channel, address, language } = first.address
  const parts = claimed.map(({ notice, decision }) => ({
    text: notice.text,
    facts: { ...decision.facts, ...linksFor(notice, ports.rules, signedFor(notice, ports.linkKey, now)) },
  }))
  const text = renderMessage(parts, language, channel, first.address.shortest)
  await store.keepText(casefile, planned.messageId, text)
  const answer = await channels[channel].send(
    { ...text, messageId: planned.messageId, channel, address },
    now,
  )
  if (answer.is === 'unknown') return { outcomes: [], ahead: [...ahead, now + LEASE_MS], again }

  const outcomes: Outcome[] = []
  for (const { notice, decision, address: addressed } of claimed) {
    const replaces = decision.before.messageId
    const entry = ((): Exclude<Entry, { is: 'claimed' | 'skipped' }> => {
      const said = named(notice, now)
      switch (answer.is) {
        case 'accepted':
          return { ...said, ...addressed, is: 'sent' }
        case 'rejected':
          return { ...said, ...addressed, is: 'failed', reason: answer.reason }
        case 'throttled':
          return {
            ...{ ...said, ...addressed, is: 'throttled' },
            retryAt: now + answer.retryAfterMs + spread(casefile),
            ...(replaces !== undefined && { replaces }),
          }
      }
    })()
    if (entry.is === 'failed') await passToAddress(entry, store, now)
    await noteQuestion(entry, text, store)
    await store.record(casefile, entry)
    if (entry.is === 'throttled') ahead.push(entry.retryAt)
    else outcomes.push({ casefile, entry, text })
  }
  return { outcomes, ahead, again: again || answer.is !== 'throttled' }
}

/** An address to which nothing can be sent is one to all who would send there: it is told before we note it ourselves. */
async function passToAddress(entry: Extract<Entry, { is: 'failed' }>, store: Store, now: Instant) {
  if (failureOf(entry.reason) === 'message') return
  const refusal = refusalForAddress(entry, entry.reason, now)
  const id = casefileId('address', addressKey(entry.address))
  await store.append(id, refusal)
  await store.rouse(id, now)
}

/** What is asked by text message may be answered by one: the number knows what was asked there. */
async function noteQuestion(entry: Entry, text: Text | undefined, store: Store): Promise<void> {
  if (entry.is !== 'sent' || entry.channel !== 'sms' || choicesOf(entry).length === 0) return
  const isAsked = questionIn(text?.text ?? '', entry.noticeId).length > 0
  if (isAsked) await store.record(casefileId('address', addressKey(entry.address)), entry)
}

function signedFor({ noticeId }: Notice, linkKey: string, now: Instant): string {
  return answerPath(linkKey, noticeId, now + ANSWER_LINK_DAYS * DAY_MS)
}

function named(notice: Notice, at: Instant) {
  const { noticeId, duty, step, occasion, due, because } = notice
  return { noticeId, duty, step, occasion, due, because, at }
}

/** Throttled casefiles come back over a minute, each at its own second, not all at once. */
function spread(casefile: CasefileId): number {
  return createHash('sha256').update(casefile).digest().readUInt16BE(0) % MINUTE_MS
}
