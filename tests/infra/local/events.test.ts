import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EVENT_BYTES_MAX } from '../../../shared/casefile/read-event.ts'
import { contact, event } from '../../story.ts'
import { post, startThroughcare, type Throughcare } from './throughcare.ts'

/** `POST /events` on a running service: everything that is sent gets a clear answer and disturbs nothing beside it. */

let throughcare: Throughcare
beforeAll(async () => {
  throughcare = await startThroughcare()
})
afterAll(() => throughcare.stop())

let number = 0
/** An event that nobody sent before. */
const fresh = () => {
  const contactId = `C-FRESH-${number++}`
  return event('2026-08-31T12:00Z', 'contact.updated', { contactId, name: 'Somebody' })
}
const line = (told: object) => JSON.stringify(told)
const impossibleDate = { ...fresh(), occurredAt: '2026-02-30T10:00:00Z' }
const malformed = event('2026-08-31T12:00Z', 'contact.updated', { contactId: 'C 1', name: '' })
const unknownType = { ...fresh(), eventType: 'throughcare.tea.made' }
const noCasefile = event('2026-08-31T12:00Z', 'contact-sheet.read', {
  orderId: 'O-NOBODY-MADE',
  appointmentId: 'A-1',
  by: 'C-OM',
})

describe('one event', () => {
  test.each<[string, (told: object) => string]>([
    ['on one line', line],
    ['over several lines', (told) => JSON.stringify(told, null, 2)],
    ['with Windows line ends', (told) => JSON.stringify(told, null, 2).replaceAll('\n', '\r\n')],
    ['behind a byte order mark', (told) => `\uFEFF${line(told)}`],
    ['in the SNS wrapper', (told) => line({ Type: 'Notification', MessageId: 'M-1', Message: line(told) })],
  ])('%s is accepted, and the second time a duplicate', async (_, write) => {
    const told = fresh()
    const accepted = { line: 1, is: 'accepted', eventId: told.eventId }
    expect(await post(throughcare, write(told))).toEqual({ status: 200, answers: [accepted] })
    const again = await post(throughcare, write(told))
    expect(again).toEqual({ status: 200, answers: [{ ...accepted, is: 'duplicate' }] })
  })

  test('about a casefile that nobody opened is kept until somebody does', async () => {
    const { status, answers } = await post(throughcare, line(noCasefile))
    expect(status).toBe(200)
    expect(answers).toMatchObject([{ is: 'accepted' }])
  })

  test('of a type that we do not know is acknowledged', async () => {
    const { status, answers } = await post(throughcare, line(unknownType))
    expect({ status, answers }).toEqual({
      status: 200,
      answers: [{ line: 1, is: 'ignored', eventType: 'throughcare.tea.made' }],
    })
  })
})

const deep = '['.repeat(100_000)
const BAD: [string, string | Uint8Array<ArrayBuffer>, RegExp][] = [
  ['nothing', '', /expected an event/],
  ['blank lines', '\n \r\n\n', /expected an event/],
  ['words', 'hello', /not JSON/],
  ['half an event', line(fresh()).slice(0, 40), /not JSON/],
  ['a number', '7', /event: /],
  ['null', 'null', /event: /],
  ['a list', `[${line(fresh())}]`, /event: /],
  [
    'one event whose text is not in UTF-8',
    Uint8Array.from(Buffer.from(JSON.stringify(contact('C-1', { name: 'José' })), 'latin1')),
    /UTF-8/,
  ],
  ['bytes that are no text', Uint8Array.from([0xff, 0xfe, 0x00, 0x80, 0xc3]), /UTF-8/],
  ['zeros', new Uint8Array(1_000), /not JSON/],
  ['brackets without end', deep, /not JSON/],
  ['an impossible date', line(impossibleDate), /occurredAt: expected a date and time/],
  ['an event from next year', line({ ...fresh(), occurredAt: '2027-09-01T00:00:00Z' }), /occurredAt: /],
  ['an event that misses what it needs', line(malformed), /additionalInformation\.contactId: expected an id/],
  ['two megabytes on one line', line({ ...fresh(), description: 'x'.repeat(2 ** 21) }), /at most 262144/],
]

describe('what cannot be read', () => {
  test.each(BAD)('%s alone is refused with 400 and a reason', async (_, body, reason) => {
    const { status, answers } = await post(throughcare, body)
    expect(status).toBe(400)
    expect(answers).toEqual([{ line: 1, is: 'refused', reason: expect.stringMatching(reason) }])
  })

  test.each(BAD.slice(2))('%s between two events disturbs neither', async (_, body, reason) => {
    const encode = (told: object) => Buffer.from(`${line(told)}\n`)
    const bytes = Buffer.concat([encode(fresh()), Buffer.from(body), Buffer.from('\n'), encode(fresh())])
    const { status, answers } = await post(throughcare, Uint8Array.from(bytes))
    expect(status).toBe(200)
    expect(answers).toEqual([
      { line: 1, is: 'accepted', eventId: expect.any(String) },
      { line: 2, is: 'refused', reason: expect.stringMatching(reason) },
      { line: 3, is: 'accepted', eventId: expect.any(String) },
    ])
  })

  test('two megabytes over many lines are refused line by line, to the last', async () => {
    const body = JSON.stringify({ ...fresh(), list: Array.from({ length: 300_000 }, () => 1) }, null, 2)
    const { status, answers } = await post(throughcare, body)
    expect(status).toBe(400)
    expect(answers.length).toBe(body.split('\n').length)
    expect(answers.every(({ is }) => is === 'refused')).toBe(true)
  })
})

describe('a stream of events', () => {
  test('is answered line by line, blank lines counted', async () => {
    const body = [line(fresh()), '', line(unknownType), 'x', line(fresh())].join('\n')
    const { status, answers } = await post(throughcare, body)
    expect(status).toBe(200)
    expect(answers.map((one) => [one.line, one.is])).toEqual([
      [1, 'accepted'],
      [3, 'ignored'],
      [4, 'refused'],
      [5, 'accepted'],
    ])
  })

  test('a line as long as an event may be is read, one byte more is not', async () => {
    const told = { ...fresh(), description: '' }
    const room = EVENT_BYTES_MAX - Buffer.byteLength(line(told))
    const of = (length: number) => line({ ...told, description: 'x'.repeat(length) })
    const { answers } = await post(throughcare, [of(room), of(room + 1)].join('\n'))
    expect(answers.map(({ is }) => is)).toEqual(['accepted', 'refused'])
  })

  test('pages of other sites cannot send events through a worker’s browser', async () => {
    const foreign = { method: 'POST', body: line(fresh()), headers: { origin: 'https://example.org' } }
    expect((await fetch(`${throughcare.address}/events`, foreign)).status).toBe(403)
  })
})

test('it says how it is', async () => {
  expect(await (await fetch(`${throughcare.address}/ping`)).text()).toBe('pong')
  const health = await fetch(`${throughcare.address}/health`)
  expect(health.status).toBe(200)
  expect(await health.json()).toMatchObject({ status: 'UP', heartbeat: { ageSeconds: 0 } })
})
