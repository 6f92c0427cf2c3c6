import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { OTHERS_AT_ONCE } from '../../../infra/local/machine.ts'
import { type Tally, underTraffic } from './traffic.ts'

/** The service of one machine, as a real process, in which what happens to machines happens again and again. */

const TIMEOUT_MS = 180_000
/** From its start, which takes about a second, to its end. */
const LIVES_MS_MAX = 1_500

test(
  'kill -9 loses no notice, and repeats no more of them than were on their way',
  async () => {
    const KILLS = 20
    const random = randomFrom(1)
    const tally = await underTraffic(async (running) => {
      for (let kill = 0; kill < KILLS; kill++) {
        await setTimeout(random() * LIVES_MS_MAX)
        await running.throughcare.kill()
        await running.restart()
      }
    })
    report(tally, `${KILLS} kills`)
    expect(tally.lost).toEqual([])
    expect(tally.repeats).toBeLessThanOrEqual(KILLS * tally.inFlightMax)
  },
  TIMEOUT_MS,
)

test(
  'being asked to stop in the middle of its work loses no notice and repeats none',
  async () => {
    const STOPS = 10
    const random = randomFrom(2)
    const statuses: (number | null)[] = []
    const tally = await underTraffic(async (running) => {
      for (let stop = 0; stop < STOPS; stop++) {
        await setTimeout(random() * LIVES_MS_MAX)
        statuses.push(await running.throughcare.stop())
        await running.restart()
      }
    })
    report(tally, `${STOPS} stops`)
    expect(statuses).toEqual(statuses.map(() => 0))
    expect(tally.lost).toEqual([])
    expect(tally.repeats).toBe(0)
  },
  TIMEOUT_MS,
)

test(
  'a full disk loses no notice, repeats no more than were on their way, and needs no restart',
  async () => {
    const TIMES_FULL = 10
    const random = randomFrom(3)
    const tally = await underTraffic(async ({ throughcare }) => {
      for (let time = 0; time < TIMES_FULL; time++) {
        await setTimeout(random() * LIVES_MS_MAX)
        throughcare.fillDisk()
        await setTimeout(random() * LIVES_MS_MAX)
        throughcare.makeRoom()
      }
    })
    report(tally, `full ${TIMES_FULL} times`)
    expect(tally.lost).toEqual([])
    // What was claimed before goes out while the disk is full, and none of it can be recorded.
    expect(tally.repeats).toBeLessThanOrEqual(TIMES_FULL * OTHERS_AT_ONCE)
  },
  TIMEOUT_MS,
)

function report({ orders, mails, repeats, lost }: Tally, disturbances: string): void {
  process.stdout.write(
    `${disturbances}: ${orders} orders, ${mails} e-mails, ${repeats} repeats, ${lost.length} lost\n`,
  )
}

/** The same numbers between 0 and 1 for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
