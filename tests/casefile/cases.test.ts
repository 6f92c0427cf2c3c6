import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { EVENT_BYTES_MAX, readEvent } from '../../shared/casefile/read-event.ts'

/**
 * What others really send: a body for each published event of other justice services, and our own events as Java and
 * Kotlin write them. The values are invented, the shapes are their producers'.
 */
type Case = { readonly source: string; readonly body: unknown; readonly note?: string }

const cases = (name: string): Case[] =>
  readFileSync(join(import.meta.dirname, 'cases', `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
const read = ({ body }: Case) => readEvent(JSON.stringify(body), londonTime('2026-06-02', '10:00'))
const infoOf = (one: Case): DomainEvent['info'] => {
  const reading = read(one)
  if (reading.is !== 'event') throw new Error(JSON.stringify(reading))
  return reading.event.info
}

/** The types of other services that are understood. */
const UNDERSTOOD =
  /(?<!detail-type.{3,6})(prison-offender-events|prisoner-offender-search)\.prisoner\.(released|received|merged)\b/
/** Those of them that say not who, or not when. */
const UNUSABLE: readonly [RegExp, RegExp][] = [
  [/generatePrisonerReleasedEvent/, /^additionalInformation.nomsNumber: expected a prison number/],
  [/Jackson numeric timestamp/, /^occurredAt: expected text, got a number$/],
]

describe('events of other services, as they publish them', () => {
  const neighbours = cases('neighbours')

  test.each(neighbours)('$source', (one) => {
    const isWrappedByAnother = one.source.startsWith('EventBridge')
    const isOurs = UNDERSTOOD.test(JSON.stringify(one.body)) && !isWrappedByAnother
    const [, unusable] = UNUSABLE.find(([source]) => source.test(one.source)) ?? []
    if (unusable) expect(read(one)).toEqual({ is: 'refused', reason: expect.stringMatching(unusable) })
    else expect(read(one).is).toBe(isOurs ? 'event' : 'unknown-type')
  })

  test('45 are understood, 139 are not ours, and two say not who or when', () => {
    const counts: Record<string, number> = {}
    for (const one of neighbours) counts[read(one).is] = (counts[read(one).is] ?? 0) + 1
    expect(counts).toEqual({ event: 45, 'unknown-type': 139, refused: 2 })
  })

  test('a movement says the same with blanks, nulls and in another case', () => {
    const said = (source: RegExp) => neighbours.filter((one) => source.test(one.source)).map(infoOf)
    expect(said(/trailing blank in code/)).toMatchObject([{ nomisMovementReasonCode: 'DEC' }])
    expect(said(/NOMS with blanks/)).toMatchObject([{ nomsNumber: 'A9001AA' }])
    expect(said(/hospital-released\.json/)).toMatchObject([
      { nomisMovementReasonCode: 'HO', reason: 'RELEASED' },
    ])
    expect(said(/makePrisonerMergeEvent/)).toMatchObject([
      { nomsNumber: 'A9044AA', removedNomsNumber: 'A9045AA' },
    ])
  })
})

describe('our own events, as other languages write them', () => {
  const booking = {
    orderId: 'O-1',
    appointmentId: 'A-1',
    kind: 'treatment',
    startsAt: Date.parse('2026-06-10T13:00:00Z'),
    durationMinutes: 60,
  }
  const contact = { contactId: 'C-1', name: 'Name' }
  const release = {
    releaseId: 'R-1',
    area: 'N07',
    releaseOn: '2026-06-10',
    initials: 'AB',
    dutyOfficer: 'C-1',
  }
  const MEANT: readonly Record<string, unknown>[] = [
    booking,
    booking,
    { ...contact, email: 'c@example.com' },
    contact,
    // Two numbers in one field are none that could be dialled.
    { ...contact, mobile: undefined },
    { ...contact, mobile: '+447700900001' },
    { ...contact, email: 'c@example.com' },
    { contactId: '9f0a2112-acde-4501-b1f9-3f2f5f04e426', name: 'Name' },
    { contactId: '2500123456', name: 'Name' },
    release,
    { ...release, area: 'N07UAT', dutyOfficer: 'N07A123' },
    release,
    { ...release, gateTime: '09:00' },
    booking,
  ]

  test.each(cases('producers').map((one, index) => ({ ...one, meant: MEANT[index] })))(
    '$source',
    ({ meant, ...one }) => {
      expect(infoOf(one)).toEqual(meant)
    },
  )
})

describe('a body at the size limit is read in fifty milliseconds, whatever it holds', () => {
  const filled = (unit: string) => unit.repeat((EVENT_BYTES_MAX - 1_000) / Buffer.byteLength(unit))
  const said = (type: string, info: string, more = '') =>
    `{"eventType":"throughcare.${type}","occurredAt":"2026-06-01T10:00:00Z"${more},"additionalInformation":{${info}}}`
  const ended = '"orderId":"O-1","endedOn":"2026-06-01","reason":"completed"'
  const endedWith = (unknown: string) => said('order.ended', `${ended},"more":${unknown}`)
  const piled = 'a\u0301\u0316'

  test.each([
    ['a quotation mark, and then escaped ones without end', `"${filled('\\"')}`],
    ['escaped quotation marks', endedWith(`"${filled('\\"')}"`)],
    ['brackets without end', filled('[')],
    ['brackets in brackets', endedWith(`${'['.repeat(130_000)}${']'.repeat(130_000)}`)],
    ['objects', endedWith(`[${filled('{},')}{}]`)],
    ['numbers', endedWith(`[${filled('1,')}1]`)],
    ['nulls', endedWith(`[${filled('null,')}1]`)],
    ['blanks', endedWith(`"x${filled(' ')}x"`)],
    ['marks piled on one letter', endedWith(`"${piled}${filled('\u0301\u0316')}"`)],
    ['marks piled on many letters', endedWith(`"${filled(`a${'\u0301\u0316'.repeat(15)}`)}"`)],
    ['shifts that are none', said('rota.published', `"area":"N","owner":"C","shifts":[${filled('1,')}1]`)],
    ['identifiers', said('order.ended', ended, `,"personReference":{"identifiers":[${filled('1,')}1]}`)],
    ['digits where a number to ring is expected', said('contact.updated', `"mobile":"${filled('1')}"`)],
    ['digits where an id is expected', said('order.ended', `"orderId":"${filled('1')}"`)],
    ['an address without end', said('contact.updated', `"email":"${filled('a@')}"`)],
  ])('%s', (_, body) => {
    const cpuMs = Array.from({ length: 5 }, () => {
      const before = process.threadCpuUsage()
      readEvent(body, londonTime('2026-06-02', '10:00'))
      const { user, system } = process.threadCpuUsage(before)
      return (user + system) / 1_000
    })
    expect(Math.min(...cpuMs)).toBeLessThan(50)
  })
})
