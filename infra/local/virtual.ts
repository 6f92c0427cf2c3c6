import { setImmediate, setTimeout } from 'node:timers/promises'
import type { ClockControl } from '../../functions/web/web.ts'
import { DAY_MS, type Instant } from '../../shared/calendar/london.ts'
import type { Machine, MachinePorts } from './machine.ts'
import { type Moment, openTimeline, type TimelinePorts } from './timeline.ts'

/** The machine on a clock that a person moves, with a caseload whose events arrive as the clock passes them. */
export type VirtualMachine = Machine & { readonly clock: ClockControl }

export type VirtualPorts = Omit<TimelinePorts, 'failed'> &
  Pick<MachinePorts, 'given' | 'failed'> & {
    /** The clock's time when somebody first looks. */
    readonly opensAt: Instant
  }

/** How often a running clock advances, and the longest stretch of real time that it makes up for. */
const BEAT_MS = 100
const CATCH_UP_MS = 1_000
/** Looking for the next notice stops there. */
const NEXT_NOTICE_DAYS_MAX = 366

/** Starts with the clock stopped at `opensAt`, everything before it played, or at the caseload's first event. */
export async function startVirtualMachine({
  given,
  opensAt,
  failed,
  ...ports
}: VirtualPorts): Promise<VirtualMachine> {
  const timeline = openTimeline({ ...ports, failed })
  const inTurn = queueOfTurns()
  let lastTick: Instant = 0
  let speed = 0
  let running = Promise.resolve()

  const goTo = async (instant: Instant): Promise<Moment> => {
    const moment = await timeline.goTo(instant)
    given(moment.outcomes)
    lastTick = timeline.now()
    await setImmediate() // a long stretch of virtual time must leave room for page requests
    return moment
  }
  /** Advances from one event or wake to the next until the clock shows `until`, or `isEnough` accepts a moment. */
  const moveTo = async (until: Instant, isEnough = (_: Moment) => false) => {
    for (let at = await timeline.ahead(); at !== undefined && at <= until; at = await timeline.ahead()) {
      if (isEnough(await goTo(at))) return
    }
    await goTo(until)
  }
  const run = async () => {
    for (let before = Date.now(); speed > 0; ) {
      await setTimeout(BEAT_MS)
      const passed = Math.min(Date.now() - before, CATCH_UP_MS)
      before = Date.now()
      await inTurn(async () => {
        if (speed > 0) await moveTo(timeline.now() + passed * speed)
      })
    }
  }
  const halt = async () => {
    speed = 0
    await running
  }

  const begin = await timeline.ahead()
  if (begin !== undefined) await goTo(begin)
  if (opensAt > timeline.now()) await moveTo(opensAt)
  return {
    now: timeline.now,
    take: (event) =>
      inTurn(async () => {
        const admission = await timeline.take(event)
        await goTo(timeline.now())
        return admission
      }),
    lastTick: () => lastTick,
    stop: halt,
    clock: {
      speed: () => speed,
      async runAt(faster) {
        await halt()
        speed = faster
        running = run().catch((error) => {
          speed = 0
          failed('tick', error)
        })
      },
      async moveBy(milliseconds) {
        await halt()
        await inTurn(() => moveTo(timeline.now() + milliseconds))
      },
      async moveToNextNotice() {
        await halt()
        const hasNotice = ({ outcomes }: Moment) => outcomes.some(({ entry }) => entry.is !== 'skipped')
        await inTurn(() => moveTo(timeline.now() + NEXT_NOTICE_DAYS_MAX * DAY_MS, hasNotice))
      },
    },
  }
}

/** Work that must not interleave: each piece starts when the one before it has ended, successfully or not. */
function queueOfTurns() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work)
    last = turn
    return turn
  }
}
