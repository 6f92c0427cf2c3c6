import { type Admission, intake } from '../../functions/intake/intake.ts'
import { receive } from '../../functions/receipts/receipts.ts'
import { reply } from '../../functions/replies/replies.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { OurEvent } from '../../shared/casefile/our-event.ts'
import type { Channels, Message } from '../../shared/channels/channel.ts'
import { deliverer, untilTaken } from './deliveries.ts'
import { storeFor } from './kept.ts'
import { type Random, randomOf } from './random.ts'
import type { Invocation, Step } from './scheduler.ts'
import type { World } from './setup.ts'
import type { Queue } from './wake-queue.ts'

/** What comes in from outside: events, what providers report, and what people write back. */

/** What an invocation that takes events in stands on. */
function portsFor(world: World, queue: Queue, invocation: Invocation, step: Step) {
  const ports = {
    store: storeFor(world, invocation, step),
    queue: queue.for(invocation, step),
    now: () => world.scheduler.now() + invocation.skew,
  }
  const take = (event: string | OurEvent): Promise<Admission> => intake(event, ports)
  return { ...ports, take }
}

/** Hands each event to intake. */
export function intakeIn(world: World, queue: Queue) {
  const { scheduler, faults } = world
  const occurred: Instant[] = []
  return deliverer(world, ({ title, at, body, refusal }, happened) => {
    scheduler.at(at, () => {
      if (occurred.some((other) => other > happened)) faults.count('events out of order')
      occurred.push(happened)
    })
    untilTaken(world, { title: `intake ${title}`, at, refusal }, (invocation, step) =>
      portsFor(world, queue, invocation, step).take(body),
    )
  })
}

/** Hands what providers report to receipts, and what receipts makes of it to intake, in one invocation. */
export function receiptsIn(world: World, queue: Queue) {
  return deliverer(world, ({ title, at, body }) =>
    untilTaken(world, { title: `receipts ${title}`, at }, (invocation, step) =>
      receive(body, portsFor(world, queue, invocation, step)),
    ),
  )
}

type ChannelsFor = (invocation: Invocation, step: Step) => Channels

/** Has those who get text messages write back: an answer to what was asked, a wish, or words for a worker. */
export function repliesIn(world: World, queue: Queue, channels: () => ChannelsFor) {
  const { seed, scheduler, invariants } = world
  const rate = randomOf(seed, 'how many write back').pick([0, 0.2, 0.6])
  const meant = new Map<string, Message>()
  const deliver = deliverer(world, ({ title, at, body }) => {
    untilTaken(world, { title: `reply ${title}`, at }, async (invocation, step) => {
      const message = meant.get(title)
      if (message) invariants.means(invocation, message)
      const { sms } = channels()(invocation, step)
      await reply(JSON.parse(body), { ...portsFor(world, queue, invocation, step), sms })
      return { is: 'accepted', eventId: title }
    })
  })
  const write = (message: Message, body: string, afterMs: number) => {
    const id = String(meant.size + 1)
    meant.set(id, message)
    deliver({
      title: id,
      at: scheduler.now() + afterMs,
      body: JSON.stringify({ from: message.address, body, id }),
    })
  }
  return (message: Message): void => {
    if (message.channel !== 'sms' || scheduler.now() >= world.calm) return
    const random = randomOf(seed, 'reply', message.messageId)
    if (!random.happens(rate)) return
    const body = wordsBack(message, random)
    write(message, body, random.between(1, 120) * MINUTE_MS)
    if (body === 'STOP' && random.happens(0.5)) write(message, 'START', random.between(3, 20) * HOUR_MS)
  }
}

/** Most answer what they were asked, by its letter where it has one. */
function wordsBack({ text }: Message, random: Random): string {
  const [, letter] = /reply ([A-M]) (?:YES|NO)/i.exec(text) ?? []
  const named = letter !== undefined && random.happens(0.85) ? `${letter} ` : ''
  const answer = named + random.pick(['YES', 'NO'])
  return random.happens(0.7)
    ? answer
    : random.pick(['STOP', 'STOP', 'START', 'Sorry, my car has broken down', 'Please help me', 'NOT ME'])
}
