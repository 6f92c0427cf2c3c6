import { HOUR_MS, type Instant, MINUTE_MS, writeInstant } from '../../shared/calendar/london.ts'
import type { Channel, Channels, Message, SendResult } from '../../shared/channels/channel.ts'
import { bounce, complaint, delivery, sesEvent, textEvent } from '../receipts/samples.ts'
import type { Fault } from './faults.ts'
import { randomOf } from './random.ts'
import { Broken, type Invocation, type Step } from './scheduler.ts'
import type { Taken } from './seen.ts'
import type { World } from './setup.ts'

/** The provider of both channels, as one invocation meets it. In half of all runs text messages can be asked after. */
export function channelsIn(
  world: World,
  takeReport: (report: { readonly title: string; readonly at: Instant; readonly body: string }) => void,
  writeBack: (message: Message) => void,
) {
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
    writeBack(message)
  }
  const report = ({ messageId, channel }: Message, nth: number) => {
    const title = `${messageId} (${nth})`
    const random = randomOf(seed, 'report', title)
    const strikes = (fault: Fault) => faults.strikes(fault, random)
    const say = (what: Report) => {
      const at = scheduler.now() + random.between(1, 1200) * 1000
      takeReport({
        title: `${title} ${what}`,
        at,
        body: JSON.stringify(reportOf(what, channel, messageId, at)),
      })
    }
    const failures: Report[] = [
      ...(strikes('bounce') ? (['bounced'] as const) : []),
      ...(strikes('mailbox full, or telephone off') ? (['passing'] as const) : []),
      ...(strikes('refused for what it says') ? (['refused'] as const) : []),
    ]
    const contradicts = strikes('receipts that contradict')
    const [failure = contradicts ? 'bounced' : undefined] = failures
    if (failure) say(failure)
    if (!failure || contradicts) say('delivered')
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
      if (strikes('provider rejects')) {
        return { is: 'rejected', reason: random.pick(['permanent', 'passing', 'message']) }
      }
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

type Report = 'delivered' | 'bounced' | 'passing' | 'refused' | 'unwanted'

const IN_TEXTS: Readonly<Record<Exclude<Report, 'unwanted'>, string>> = {
  delivered: 'TEXT_DELIVERED',
  bounced: 'TEXT_INVALID',
  passing: 'TEXT_UNREACHABLE',
  refused: 'TEXT_CARRIER_BLOCKED',
}

function reportOf(what: Report, channel: Message['channel'], messageId: string, at: Instant): object {
  if (channel === 'sms' && what !== 'unwanted') {
    return textEvent(IN_TEXTS[what], { eventTimestamp: at }, messageId)
  }
  const when = writeInstant(at)
  switch (what) {
    case 'delivered':
      return sesEvent('Delivery', delivery(when), messageId)
    case 'bounced':
      return sesEvent('Bounce', bounce('Permanent', when), messageId)
    case 'passing':
      return sesEvent('Bounce', bounce('Transient', when), messageId)
    case 'refused':
      return sesEvent('Bounce', refusedContent(when), messageId)
    case 'unwanted':
      return sesEvent('Complaint', complaint('abuse', when), messageId)
  }
}

function refusedContent(when: string) {
  return { bounce: { ...bounce('Transient', when).bounce, bounceSubType: 'ContentRejected' } }
}
