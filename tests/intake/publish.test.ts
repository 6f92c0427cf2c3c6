import { expect, test } from 'vitest'
import { takeOurs } from '../../functions/intake/publish.ts'
import { ourTopic } from '../../functions/runtime/our-topic.ts'
import { londonTime, MINUTE_MS } from '../../shared/calendar/london.ts'
import { ourEvent } from '../../shared/casefile/our-event.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'

/** What happens here is taken in like any event, and other services are told of it. */

const NOW = londonTime('2026-03-10', '12:00')
const ASKED = { contactId: 'C-1', channel: 'sms' } as const
const optedOut = ourEvent('contact.opted-out', NOW, ASKED, { eventId: 'reply/1/C-1' })

function ours() {
  const told: { eventType: string | undefined; event: Record<string, unknown> }[] = []
  const topic = ourTopic(async ({ Message, MessageAttributes }) => {
    told.push({ eventType: MessageAttributes.eventType.StringValue, event: JSON.parse(Message) })
  }, 'arn:aws:sns:eu-west-2:000000000000:ours')
  const queue = { send: async () => {} }
  const take = takeOurs({ store: sqliteStore(':memory:'), queue, now: () => NOW }, topic)
  return { take, told }
}

test('an event of ours is told once it is taken in, and by its type, so that others may ask for theirs alone', async () => {
  const { take, told } = ours()
  expect(await take(optedOut)).toMatchObject({ is: 'accepted' })
  expect(told).toEqual([{ eventType: 'throughcare.contact.opted-out', event: optedOut }])
})

test('an event without an id is told under the one that it was taken in by', async () => {
  const { take, told } = ours()
  const { eventId: _, ...nameless } = optedOut
  const admission = await take(nameless)
  expect(told[0]?.event).toMatchObject({ eventId: 'eventId' in admission ? admission.eventId : '' })
})

test('what becomes of a probe of the service by itself is taken in, and nobody else hears of it', async () => {
  const { take, told } = ours()
  const noticeId = 'order_PROBE-2026-03-10T12_FAX-06_changed_x_offender-manager'
  expect(await take(ourEvent('notice.delivered', NOW, { noticeId }))).toMatchObject({ is: 'accepted' })
  expect(told).toEqual([])
})

test('one that was known is told again: the one who took it in first may have died before telling', async () => {
  const { take, told } = ours()
  await take(optedOut)
  expect(await take(optedOut)).toMatchObject({ is: 'duplicate' })
  expect(told[1]).toEqual(told[0])
})

test('said again later, since whoever said it first died half way, it is the event that it was', async () => {
  const { take } = ours()
  await take(optedOut)
  const again = ourEvent('contact.opted-out', NOW + MINUTE_MS, ASKED, { eventId: 'reply/1/C-1' })
  expect(await take(again)).toMatchObject({ is: 'duplicate' })
  const another = ourEvent('contact.opted-in', NOW, ASKED, { eventId: 'reply/1/C-1' })
  expect(await take(another)).toMatchObject({ is: 'refused' })
})

test('what is refused is told to nobody', async () => {
  const { take, told } = ours()
  expect(await take({ ...optedOut, occurredAt: 'once' })).toMatchObject({ is: 'refused' })
  expect(told).toEqual([])
})
