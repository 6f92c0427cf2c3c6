import { expect, test } from 'vitest'
import { ourTopic } from '../../functions/runtime/our-topic.ts'
import { tellOthers } from '../../functions/wake/tell-others.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import type { SendResult } from '../../shared/channels/channel.ts'
import { contact, event, order } from '../story.ts'
import { world } from './world.ts'

/** What other services hear of notices: that they were given, or failed; no address, and none of their words. */

const FLAGGED_AT = londonTime('2026-03-02', '10:01')

/** The case manager flags something of which the offender manager is told at once. */
async function flagged(answer: SendResult) {
  const { tell, settledAt } = world((_, now) => (now < FLAGGED_AT ? { is: 'accepted' } : answer))
  await settledAt('2026-03-02', '10:00')
  await tell(contact('C-OM'), contact('C-CM'), order())
  await settledAt('2026-03-02', '10:00')
  await tell(event('2026-03-02T10:01', 'disclosure.flagged', { orderId: 'O-1', by: 'C-CM' }))
  const outcomes = await settledAt('2026-03-02', '10:01')
  return outcomes.filter(({ entry }) => entry.duty === 'FAX-05')
}

const topic = () => {
  const told: { type: string; event: Record<string, unknown> }[] = []
  const publish = ourTopic(async ({ Message, MessageAttributes }) => {
    told.push({ type: MessageAttributes.eventType.StringValue, event: JSON.parse(Message) })
  }, 'arn:aws:sns:eu-west-2:000000000000:ours')
  return { told, publish }
}
const nobody = (noticeId: string) => expect.unreachable(noticeId)

test('a notice that was given is told by its ids, its duty and whom it went to', async () => {
  const { told, publish } = topic()
  const outcomes = await flagged({ is: 'accepted' })
  await tellOthers(outcomes, publish, nobody)
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject({
    type: 'throughcare.notice.given',
    event: {
      occurredAt: '2026-03-02T10:01:00Z',
      additionalInformation: {
        noticeId: outcomes[0]?.entry.noticeId,
        casefile: 'order:O-1',
        duty: 'FAX-05',
        to: 'C-OM',
        role: 'offender-manager',
        channel: 'email',
      },
    },
  })
  expect(JSON.stringify(told)).not.toMatch(/@|Disclos/)
})

test('one that the provider refused is told as failed, with its reason', async () => {
  const { told, publish } = topic()
  await tellOthers(await flagged({ is: 'rejected', reason: 'permanent' }), publish, nobody)
  expect(told[0]).toMatchObject({
    type: 'throughcare.notice.failed',
    event: { additionalInformation: { channel: 'email', reason: 'permanent' } },
  })
})

test('said twice it has the same eventId, and a topic that is down stops nobody', async () => {
  const { told, publish } = topic()
  const outcomes = await flagged({ is: 'accepted' })
  await tellOthers(outcomes, publish, nobody)
  await tellOthers(outcomes, publish, nobody)
  expect(told[1]).toEqual(told[0])
  const missed: string[] = []
  await tellOthers(
    outcomes,
    async () => Promise.reject(new Error('down')),
    (id) => void missed.push(id),
  )
  expect(missed).toEqual(outcomes.map(({ entry }) => entry.noticeId))
})
