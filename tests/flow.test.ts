import { beforeAll, describe, expect, test } from 'vitest'
import { type Arrival, readArrival } from '../infra/local/arrivals.ts'
import type { NoticeLine } from '../infra/local/notice-line.ts'
import { replay } from '../infra/local/replay.ts'
import { sampleCaseload } from '../infra/local/sample/caseload.ts'
import { SAMPLE_TO } from '../infra/local/sample/pen.ts'
import { londonTime } from '../shared/calendar/london.ts'

/** Whole-system questions, asked through replay of the sample caseload. */

const bodies = sampleCaseload().map((event) => JSON.stringify(event))

async function playSample(lines: readonly string[]): Promise<NoticeLine[]> {
  const given: NoticeLine[] = []
  const arrivals = lines.map((body, index) => readArrival(body, index + 1)) as Arrival[]
  await replay({ arrivals, until: londonTime(SAMPLE_TO, '23:59') }, (some) => void given.push(...some))
  return given
}

/** A shuffle that is the same every time. */
function shuffled<T>(items: readonly T[]): T[] {
  const keyed = items.map((item, index) => [Math.imul(index + 1, 2_654_435_761) >>> 0, item] as const)
  return keyed.sort(([a], [b]) => a - b).map(([, item]) => item)
}

describe('the sample caseload, replayed', () => {
  let lines: NoticeLine[]
  beforeAll(async () => {
    lines = await playSample(bodies)
  })

  test('gives the same bytes with its lines shuffled and a fifth of them repeated', async () => {
    const repeated = [...bodies, ...bodies.filter((_, index) => index % 5 === 0)]
    const again = await playSample(shuffled(repeated))
    expect(again.map((line) => JSON.stringify(line))).toEqual(lines.map((line) => JSON.stringify(line)))
  })

  test('tells nothing twice by one channel', () => {
    const ids = lines.map((line) => `${line.noticeId} ${'channel' in line ? line.channel : ''}`)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('tells no person on probation anything in quiet hours', () => {
    const early = lines.filter((line) => {
      const hour = new Date(line.at).toLocaleString('en-GB', { hour: '2-digit', timeZone: 'Europe/London' })
      return line.role === 'person' && line.outcome === 'sent' && (Number(hour) >= 21 || Number(hour) < 8)
    })
    expect(early).toEqual([])
  })

  test('gives a reason for everything it did not give', () => {
    expect(lines.filter((line) => line.outcome !== 'sent' && !line.reason)).toEqual([])
  })

  test('lets no prison read of another', () => {
    for (const line of lines.filter((one) => one.casefile.startsWith('clearance:') && one.text)) {
      const named = new Set(line.text?.match(/HMP [A-Z][a-z]+/g))
      expect(named.size, line.noticeId).toBeLessThanOrEqual(1)
    }
  })
})
