import type { Instant } from '../../shared/calendar/london.ts'
import { failureOf } from '../../shared/casefile/failures.ts'
import { addressKey, type CasefileId, casefileId } from '../../shared/casefile/ids.ts'
import { type Entry, isSettled, LEASE_MS } from '../../shared/casefile/ledger.ts'
import { refusalForAddress } from '../../shared/casefile/passing-on.ts'
import type { SendResult } from '../../shared/channels/channel.ts'
import { choicesOf, isOverdue } from '../../shared/duties/catalogue.ts'
import { answerPath, linksFor } from '../../shared/messages/links.ts'
import { renderMessage } from '../../shared/messages/render.ts'
import type { Text } from '../../shared/messages/text.ts'
import type { Store } from '../../shared/store/store.ts'
import type { Outcome, WakePorts } from './ports.ts'
import { noteTold, putQuestion } from './questions.ts'
import { type Closing, type Message, named, type Send, spread } from './turn.ts'

/** The result of carrying out a turn, or part of it. */
export type Given = {
  readonly outcomes: readonly Outcome[]
  /** The ledger entries known to have replaced the ones read: ours and other wakers'. */
  readonly standing: readonly Entry[]
  /** Those of them still to be recorded. */
  readonly unrecorded: readonly Entry[]
}

/** Records why something is not told, unless another waker holds or has settled it. */
export async function close(casefile: CasefileId, entry: Closing, ports: WakePorts): Promise<Given> {
  const [standing] = await ports.store.claim(casefile, [entry], entry.at)
  if (standing) return { outcomes: [], standing: [standing], unrecorded: [] }
  return { outcomes: [{ casefile, entry }], standing: [entry], unrecorded: [] }
}

/**
 * Claims a message, renders and sends it, except for notices that another waker holds or has settled. Throws if it
 * should be a call and no channel calls.
 */
export async function give(
  casefile: CasefileId,
  { messageId, letterhead, sends }: Message,
  ports: WakePorts,
  now: Instant,
): Promise<Given> {
  const { store, channels } = ports
  const claims = sends.map((send) => claimOf(send, messageId, now))
  const letters: (string | undefined)[] = []
  for (const claim of claims) letters.push(await putQuestion(claim, store, now))
  let text: Text | undefined
  const answers = await store.claim(casefile, claims, now, (claimed) => {
    const ours = sends.flatMap((send, index) =>
      claimed.includes(claims[index] as Claimed)
        ? [partOf(send, letters[index], claimed[0] as Claimed, ports)]
        : [],
    )
    const { channel, language, shortest } = claimed[0] as Claimed
    text = renderMessage(ours, language, channel, { ...letterhead, shortest })
    return { messageId, text }
  })
  const others = answers.filter((standing) => standing !== undefined)
  const [first] = claims
  if (!first || !text) return { outcomes: [], standing: heldBy(others[0], claims), unrecorded: [] }

  const ours = claims.filter((_, index) => !answers[index])
  const { channel, address, language } = first
  const by = channels[channel]
  if (!by) throw new Error(`the rules have people rung, and there is no channel that calls`)
  const result = await by.send({ ...text, messageId, channel, address, language, letterhead }, now)
  const became = ours.map((claim) => becameOf(claim, result, casefile, now))
  for (const entry of became) {
    if (entry.is === 'failed') await passToAddress(entry, store, now)
    await noteTold(entry, casefile, store, now)
  }
  return {
    outcomes: became.filter(isSettled).map((entry) => ({ casefile, entry, ...(text && { text }) })),
    standing: [...others, ...became],
    unrecorded: result.is === 'unknown' ? [] : became,
  }
}

type Claimed = Extract<Entry, { is: 'claimed' }>

function claimOf({ notice, decision, way, since }: Send, messageId: string, now: Instant): Claimed {
  const { to, misses, channels } = decision
  const { reach, before } = way
  const { failed, messageId: replaces, shortest } = before
  return {
    ...named(notice, now),
    ...{ to: to.contactId, role: to.role, ...reach, misses, messageId, failed },
    ...(shortest && { shortest }),
    since,
    ...(channels && { ways: channels }),
    is: 'claimed',
    leaseUntil: now + LEASE_MS,
    ...(replaces !== undefined && { replaces }),
  }
}

/** If another waker holds a message's first notice, the whole message is theirs. */
function heldBy(holder: Entry | undefined, claims: readonly Claimed[]): Entry[] {
  if (!holder) return []
  if (holder.is !== 'claimed') return [holder]
  return [holder, ...claims.slice(1).map((claim) => ({ ...claim, leaseUntil: holder.leaseUntil }))]
}

/** What a claim becomes after the provider's response. If that is unknown, the claim stays until its lease expires. */
function becameOf(claim: Claimed, result: SendResult, casefile: CasefileId, now: Instant): Entry {
  const { leaseUntil: _, replaces, ...addressed } = claim
  switch (result.is) {
    case 'accepted':
      return { ...addressed, is: 'sent' }
    case 'rejected':
      return { ...addressed, is: 'failed', reason: result.reason }
    case 'throttled': {
      const retryAt = now + result.retryAfterMs + spread(casefile)
      return { ...addressed, is: 'throttled', retryAt, ...(replaces !== undefined && { replaces }) }
    }
    case 'unknown':
      return claim
  }
}

/**
 * One notice of a message to be rendered. All its notices link to the first one's page, which is about the whole
 * message.
 */
function partOf(
  { notice, decision }: Send,
  letter: string | undefined,
  { noticeId }: Claimed,
  { rules, linkKey }: WakePorts,
) {
  const path = choicesOf(notice).length > 0 ? answerPath(linkKey, notice.noticeId) : ''
  const facts = {
    ...decision.facts,
    letter,
    ...linksFor({ casefile: notice.casefile, noticeId }, rules, path),
  }
  return { text: notice.text, facts, isOverdue: isOverdue(notice) }
}

/**
 * An address that cannot be sent to is unusable for everybody: its casefile is told before our own entry is written.
 */
async function passToAddress(entry: Extract<Entry, { is: 'failed' }>, store: Store, now: Instant) {
  if (failureOf(entry.reason) === 'message') return
  const refusal = refusalForAddress(entry, entry.reason, now)
  if (refusal) await store.takeIn(casefileId('address', addressKey(entry.address)), refusal)
}
