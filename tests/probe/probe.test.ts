import { beforeEach, describe, expect, test } from 'vitest'
import { intake } from '../../functions/intake/intake.ts'
import { casefileOf, MAILBOX, probe } from '../../functions/probe/probe.ts'
import { type Arrival, readArrival } from '../../infra/local/arrivals.ts'
import type { NoticeLine } from '../../infra/local/notice-line.ts'
import { replay } from '../../infra/local/replay.ts'
import { HOUR_MS, MINUTE_MS } from '../../shared/calendar/london.ts'
import { isOfProbe } from '../../shared/casefile/ids.ts'
import { ourEvent } from '../../shared/casefile/our-event.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { everyCasefile, type Store } from '../../shared/store/store.ts'

/** A service that sends itself one notice an hour: here with the real intake, the real wake and a store in memory. */

const THREE = Date.parse('2027-01-04T03:00:00Z')

let store: Store
let sent: Arrival[]

beforeEach(() => {
  store = sqliteStore(':memory:')
  sent = []
})

function probeAt(now: number) {
  const send = async (event: object) => {
    sent.push(readArrival(JSON.stringify(event), sent.length + 1) as Arrival)
  }
  return probe({ store, send, now: () => now })
}

/** Takes in what was sent, and gives what is told of it within the hour. */
async function told(): Promise<NoticeLine[]> {
  const lines: NoticeLine[] = []
  const until = THREE + HOUR_MS - 1
  await replay({ arrivals: sent, until, from: THREE - HOUR_MS, store }, (some) => void lines.push(...some))
  return lines.filter(({ outcome }) => outcome === 'sent')
}

async function report(noticeId: string) {
  const queue = { send: async () => {} }
  const receipt = ourEvent('notice.delivered', THREE + MINUTE_MS, { noticeId })
  await intake(receipt, { store, queue, now: () => THREE + MINUTE_MS })
}

describe('a probe', () => {
  test('is told at once in the night, once, to the mailbox simulator', async () => {
    await probeAt(THREE)
    const lines = await told()
    expect(lines).toMatchObject([{ duty: 'FAX-06', channel: 'email', address: MAILBOX }])
    expect(Date.parse(lines[0]?.at ?? '')).toBe(THREE)
  })

  test('is delivered when its receipt has come by the next hour', async () => {
    expect(await probeAt(THREE)).toBe('not delivered')
    const [line] = await told()
    await report(line?.noticeId ?? '')
    expect(await probeAt(THREE + HOUR_MS)).toBe('delivered')
  })

  test('is not delivered when it was sent and nobody reported on it', async () => {
    await probeAt(THREE)
    await told()
    expect(await probeAt(THREE + HOUR_MS)).toBe('not delivered')
  })

  test('is forgotten whole an hour later, but for the contact, which is one event for ever', async () => {
    await probeAt(THREE)
    const [line] = await told()
    await report(line?.noticeId ?? '')
    await probeAt(THREE + HOUR_MS)
    const left: string[] = []
    for await (const { id } of everyCasefile(store)) left.push(id)
    expect(left.filter((id) => !id.startsWith('address:'))).toEqual(['contact:PROBE'])
    expect((await store.open('contact:PROBE'))?.events).toHaveLength(1)
  })

  test('that nobody came back for is forgotten by one of the next day', async () => {
    await probeAt(THREE)
    await told()
    await probeAt(THREE + 20 * HOUR_MS)
    expect(await store.open(casefileOf(THREE))).toBeUndefined()
  })

  test('sends the same events again within its hour, and knows its own ids', async () => {
    await probeAt(THREE)
    const first = sent.map(({ body }) => body)
    await probeAt(THREE + 40 * MINUTE_MS)
    expect(sent.slice(first.length).map(({ body }) => body)).toEqual(first)
    const ids = first.map((body) => JSON.parse(body).eventId)
    expect([...ids, casefileOf(THREE), 'order_PROBE-2027-01-04T03_FAX-06_x'].filter(isOfProbe)).toHaveLength(
      5,
    )
    expect(['O-1001', 'order:O-1001', 'order_O-1001_FAX-06_x', 'contact:PROBE'].filter(isOfProbe)).toEqual([])
  })
})
