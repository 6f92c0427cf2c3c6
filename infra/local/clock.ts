import type { WakeQueue } from '../../functions/tick/tick.ts'
import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { Store } from '../../shared/store/store.ts'

type ClockPorts = {
  readonly store: Pick<Store, 'due'>
  readonly queue: WakeQueue
  readonly now: () => Instant
  /** How long one minute of `now` lasts, in milliseconds. */
  readonly minuteMs: number
  readonly failed: (error: unknown) => void
}

/** More casefiles than are ever due at the same time on one machine. */
const DUE_MAX = 1_000_000
/** How soon after a write the clock checks whether a wake now comes sooner, in milliseconds. */
const LOOK_MS = 20

/**
 * The equivalent of the tick on AWS: hands over every casefile when its wake comes, by a timer for the earliest.
 * Every minute it hands over everything due, whatever was lost or moved into the past meanwhile.
 */
export function openClock({ store, queue, now, minuteMs, failed }: ClockPorts) {
  let timer: NodeJS.Timeout | undefined
  let looking: NodeJS.Timeout | undefined
  let swept: Instant = Number.NEGATIVE_INFINITY
  /** Every wake up to this instant was handed over. */
  let reached: Instant | undefined
  let striking = Promise.resolve()
  let isStopped = false

  const setTimer = async () => {
    const [first] = await store.due(stretch(Number.MAX_SAFE_INTEGER), 1)
    const next = Math.min(first?.wake ?? Number.POSITIVE_INFINITY, swept + MINUTE_MS)
    setIn(Math.min(Math.max(0, next - now()), MINUTE_MS))
  }
  const setIn = (ms: number) => {
    clearTimeout(timer)
    if (!isStopped) timer = setTimeout(strike, (ms * minuteMs) / MINUTE_MS)
  }
  const stretch = (until: Instant) => ({ ...(reached !== undefined && { after: reached }), until })
  const handOver = async () => {
    const until = now()
    // A clock that was set back starts again from its new time.
    const isSweep = until >= swept + MINUTE_MS || until < (reached ?? until)
    const due = await store.due(isSweep ? { until } : stretch(until), DUE_MAX)
    await queue.send(due.map(({ id }) => id))
    reached = until
    if (isSweep) swept = until
    await setTimer()
  }
  const strike = () => {
    striking = striking.then(handOver).catch((error) => {
      failed(error)
      setIn(MINUTE_MS)
    })
    return striking
  }
  return {
    /** Hands over everything due now. */
    strike,
    /** Call after a write: a wake may come sooner than the timer. */
    look() {
      if (isStopped) return
      looking ??= setTimeout(() => {
        looking = undefined
        striking = striking.then(setTimer).catch(failed)
      }, LOOK_MS)
    },
    lastStrike: () => swept,
    async stop() {
      isStopped = true
      clearTimeout(timer)
      clearTimeout(looking)
      await striking
    },
  }
}
