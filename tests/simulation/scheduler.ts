import { type Instant, londonClock, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { Fault, Faults } from './faults.ts'
import { type Random, randomOf } from './random.ts'

/** One run of a function, from its start until it ends or dies in the middle of a step. */
export type Invocation = {
  readonly name: string
  /** The luck of this invocation alone. */
  readonly random: Random
  readonly since: Instant
  /** By how much its clock is wrong. */
  readonly skew: number
  /** It was crashed, or ended with an error: what it had begun may lie half done. */
  isBroken: boolean
}

/** How an invocation ended: a dead one never proceeds, and its caller gets no answer. */
export type Ended = { readonly how: 'done' | 'died' } | { readonly how: 'failed'; readonly error: unknown }

/** Whose port is called: each breaks in ways of its own. */
export type Port = 'store' | 'queue' | 'provider'

/** Takes one step of an invocation: at once, later, or never, as the scheduler and the faults will have it. */
export type Step = <T>(does: string, port: Port, act: () => Promise<T>) => Promise<T>

/** An error that the faults brought about; any other is the system's own. */
export class Broken extends Error {}

/** No invocation lives longer, and every lease does. */
const LIFE_MS = 10 * MINUTE_MS
export const SKEW_MS = MINUTE_MS
/** By how much what an invocation does may lie behind what it was decided on. */
export const LAG_MS = LIFE_MS + SKEW_MS

/** What is to be done, and not before when. */
type Due = { readonly at: Instant; readonly act: () => void }

export type Scheduler = ReturnType<typeof schedulerOf>

/**
 * Runs every invocation on one virtual clock. Between any two steps of one invocation any other may take any number of
 * its own; a random number says which.
 */
export function schedulerOf(
  seed: number,
  start: Instant,
  faults: Faults,
  tell: ((line: string) => void) | undefined,
) {
  const order = randomOf(seed, 'scheduler')
  const names = new Map<string, number>()
  const ready: Due[] = []
  const later: Due[] = []
  let now = start
  let steps = 0

  const at = (instant: Instant, act: () => void) => {
    ;(instant <= now ? ready : later).push({ at: instant, act })
  }
  const say = (who: string, what: string) => tell?.(`${clock(now)}  ${who} ${what}`)

  const begin = (
    title: string,
    work: (invocation: Invocation, step: Step) => Promise<void>,
    ended: (end: Ended, invocation: Invocation) => void,
  ): void => {
    const nth = (names.get(title) ?? 0) + 1
    names.set(title, nth)
    const name = `${title} #${nth}`
    const random = randomOf(seed, name)
    const skew = faults.strikes('clock askew', random) ? random.between(-SKEW_MS, SKEW_MS) : 0
    const invocation: Invocation = { name, random, since: now, skew, isBroken: false }
    let isOver = false
    const end = (how: Ended) => {
      if (isOver) return
      isOver = true
      if (how.how !== 'done') invocation.isBroken = true
      ended(how, invocation)
    }
    const die = (fault: Fault, does: string): Promise<never> => {
      if (!isOver) say(name, `${fault}: ${does}`)
      end({ how: 'died' })
      return new Promise(() => {})
    }
    const step: Step = (does, port, act) => {
      const strikes = (fault: Fault) => faults.strikes(fault, random)
      const hangs = strikes('call that hangs') ? random.between(1, 400) * 1000 : 0
      const diesBefore = strikes('crash before the effect')
      const diesAfter = !diesBefore && strikes('crash after the effect')
      const throttled = port === 'store' && strikes('store throttled')
      const timedOut = port === 'store' && strikes('store timed out, having written')
      const perform = async () => {
        steps++
        if (isOver) return die('crash before the effect', does)
        if (now > invocation.since + LIFE_MS) {
          faults.count('invocation out of time')
          return die('invocation out of time', does)
        }
        if (diesBefore) return die('crash before the effect', does)
        if (throttled) {
          say(name, `store throttled: ${does}`)
          throw new Broken('store throttled')
        }
        const answer = await act()
        if (diesAfter) return die('crash after the effect', does)
        if (timedOut) {
          say(name, `store timed out, having written: ${does}`)
          throw new Broken('store timed out')
        }
        if (tell) say(name, does + inWords(answer))
        return answer
      }
      // Nobody else is at work: there is no order to choose.
      if (hangs === 0 && ready.length === 0) return perform()
      return new Promise((resolve, reject) => at(now + hangs, () => perform().then(resolve, reject)))
    }
    if (tell) say(name, `begins${skew === 0 ? '' : `, its clock ${skew / 1000} s off`}`)
    work(invocation, step).then(
      () => end({ how: 'done' }),
      (error: unknown) => end({ how: 'failed', error }),
    )
  }

  return {
    at,
    begin,
    say,
    now: () => now,
    steps: () => steps,
    /** Lets one invocation take a step, or moves the clock on to the next one due, or to `other` if that is sooner. */
    async proceed(until: Instant, other: Instant): Promise<'stepped' | 'other' | 'over'> {
      if (ready.length === 0) {
        const next = Math.min(other, ...later.map((due) => due.at))
        if (next > until) return 'over'
        now = Math.max(now, next)
        for (let index = later.length - 1; index >= 0; index--) {
          const due = later[index]
          if (due && due.at <= now) ready.push(...later.splice(index, 1))
        }
        if (other <= now) return 'other'
      }
      const [chosen] = ready.splice(order.between(0, ready.length - 1), 1)
      chosen?.act()
      await drained()
      return 'stepped'
    },
  }
}

/** When every promise that could be kept was kept: an invocation that has not ended waits at a step. */
function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function inWords(answer: unknown): string {
  if (typeof answer === 'string') return `: ${answer}`
  if (answer !== null && typeof answer === 'object' && 'is' in answer) return `: ${answer.is}`
  return ''
}

export function clock(instant: Instant): string {
  const seconds = Math.floor(instant / 1000) % 60
  return `${londonClock(instant).replace('T', ' ')}:${String(seconds).padStart(2, '0')}`
}
