import { expect, test } from 'vitest'
import { sampleCaseload } from '../../infra/local/sample/caseload.ts'
import { readMoment } from '../../shared/calendar/london.ts'
import { rowsOf } from '../../shared/duties/catalogue.ts'
import { play, type Told } from '../story.ts'

/** What is said so late, though it asks for no act: it is still so, lies ahead, or leads to what is still to be read. */
const STILL_SO = [
  ...['ATR-08 moved', 'SP-05 stopped', 'SP-13 half-served', 'CUST-01 received', 'DEATH-01 told'],
  ...['SP-21 too-few', 'FAX-02 return'],
]

const BACK = '2027-03-01T10:00:00Z'

test('after three months off nothing speaks of days gone by, except what still has to be done', async () => {
  const back = readMoment(BACK)?.epochMilliseconds ?? 0
  const known = (sampleCaseload() as unknown as Told[]).filter(
    ({ occurredAt }) => (readMoment(occurredAt)?.epochMilliseconds ?? 0) < back - 92 * 86_400_000,
  )
  const late = known.map((told) => ({ ...told, receivedAt: BACK }))
  const lines = await play(late, '2027-03-01T10:30:00Z')
  const sent = lines.filter(({ outcome }) => outcome === 'sent')
  expect(sent.length).toBeGreaterThan(10)
  const idle = sent.filter(
    (line) =>
      !STILL_SO.includes(`${line.duty} ${line.step}`) &&
      !rowsOf(line).some(({ asks, answers }) => asks !== undefined || answers !== undefined),
  )
  expect(idle.map(({ duty, step, text }) => `${duty} ${step}: ${text}`)).toEqual([])
  expect(sent.filter(({ duty }) => /^GATE-(01|02|08|09|10|12|29)/.test(duty))).toEqual([])
  expect(sent.filter(({ role }) => role === 'person')).toEqual([])
})
