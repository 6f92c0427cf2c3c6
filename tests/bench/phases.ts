import { copyFileSync, statSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { MINUTE_MS } from '../../shared/calendar/london.ts'
import { openCasefile } from '../../shared/casefile/casefile.ts'
import { casefileOfNotice, kindOf } from '../../shared/casefile/ids.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { plan } from '../../shared/duties/all.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { booking, cancellation, EVENING, move, NOON, opening, releaseTomorrow } from './load.ts'
import { openMachine } from './machine.ts'
import { cpuMs, msEach, perSecond } from './measure.ts'

/** What is measured of Throughcare, each on a file of its own. Rates are a second, times in milliseconds. */

/** Leaves a file in which `orders` reminders wait for Saturday noon, with what it took to bring them there. */
export async function fill(file: string, orders: number) {
  const evening = await openMachine(file, () => EVENING)
  const tick = () => msEach(2_000, () => evening.store.due({ until: EVENING }, 1))
  await evening.takeAll(orders / 10, opening)
  const tickBesideFew = await tick()
  await evening.takeAll(orders - orders / 10, (number) => opening(number + orders / 10))
  const tickBesideMany = await tick()
  const intake = await evening.takeAll(orders, (number) => [booking(number, NOON)])
  const moved = await evening.takeAll(orders / 10, (number) => [move(number * 10, NOON)])
  const cancelled = await evening.takeAll(orders / 20, (number) => [cancellation(number * 20 + 5)])
  await evening.close()
  const bytes = statSync(file).size / orders
  return { intake, move: moved, cancel: cancelled, tickBesideFew, tickBesideMany, bytes }
}

/** Tells all that is due at once in a copy of a file, to a provider that takes everything. */
export async function drain(file: string) {
  const machine = await openMachine(copyOf(file), () => NOON)
  const [before, begun] = [cpuMs(), performance.now()]
  await machine.idle()
  const { length } = machine.sent
  const figures = { notices: length, drain: perSecond(length, begun), cpuMs: (cpuMs() - before) / length }
  await machine.close()
  return figures
}

/**
 * Tells the same to a provider that takes so many a second and makes the rest wait: how much longer that takes than the
 * provider needs, and how long somebody who is to be at a gate tomorrow waits whose release becomes known half-way.
 */
export async function besideSlowProvider(file: string, notices: number, rate: number) {
  const machine = await openMachine(copyOf(file), () => NOON, paced(rate))
  const begun = performance.now()
  while (machine.sent.length < notices / 2) await setTimeout(10)
  const known = performance.now()
  for (const told of releaseTomorrow()) await machine.take(told)
  const isOfRelease = ({ messageId }: { messageId: string }) =>
    kindOf(casefileOfNotice(messageId) ?? 'order:') === 'release'
  while (!machine.sent.some(isOfRelease)) await setTimeout(1)
  const urgentMs = performance.now() - known
  await machine.idle()
  const ratio = (performance.now() - begun) / ((machine.sent.length / rate) * 1_000)
  await machine.close()
  return { ratio, urgentMs }
}

/** How late notices are that fall due one after another, so many a second. */
export async function lateness(file: string, rate: number, seconds: number): Promise<number[]> {
  const count = rate * seconds
  const dueOf = (number: number) => NOON + number * (1_000 / rate)
  const evening = await openMachine(file, () => EVENING)
  await evening.takeAll(count, (number) => [...opening(number), booking(number, dueOf(number))])
  await evening.close()
  const shift = NOON - 1_000 - Date.now()
  const noon = await openMachine(file, () => Date.now() + shift)
  while (noon.sent.length < count && Date.now() + shift < dueOf(count) + MINUTE_MS) await setTimeout(50)
  await noon.close()
  if (noon.sent.length < count) throw new Error(`${count - noon.sent.length} notices were not told`)
  return noon.sent.map(({ at, messageId }) => at - dueOf(Number(/_A-(\d+)_/.exec(messageId)?.[1])))
}

/** Processor time of one plan of an order with so many events. */
export function planOf(events: number): number {
  const told = Array.from({ length: events / 2 }, (_, number) => {
    const due = NOON + number * 20 * MINUTE_MS
    const ofOneOrder = (event: ReturnType<typeof booking>) => ({
      ...event,
      eventId: `${event.eventType}/${number}`,
      additionalInformation: { ...event.additionalInformation, orderId: 'O-0' },
    })
    return [ofOneOrder(booking(number, due)), ofOneOrder(move(number, due + MINUTE_MS))]
  }).flat()
  const known = [...opening(0), ...told].flatMap((one) => {
    const reading = readEvent(JSON.stringify(one), NOON)
    return reading.is === 'event' ? [reading.event] : []
  })
  const rules = rulesWith()
  const [times, before] = [5, cpuMs()]
  for (let time = 0; time < times; time++) plan(openCasefile('order:O-0', known, []), rules, NOON)
  return (cpuMs() - before) / times
}

let copies = 0
/** A file that may be worked off beside the one that it is a copy of. */
export function copyOf(file: string): string {
  const copy = `${file}.${copies++}`
  copyFileSync(file, copy)
  return copy
}

/** A provider that takes so many a second, one after another. */
function paced(rate: number) {
  let free = 0
  return async () => {
    free = Math.max(free, performance.now()) + 1_000 / rate
    await setTimeout(free - performance.now())
  }
}
