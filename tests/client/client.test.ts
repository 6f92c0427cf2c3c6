import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Event, NotTaken, throughcareClient } from '../../infra/client/client.ts'
import { exampleOf, PUBLISHED } from '../../infra/contract/examples.ts'
import { startThroughcare } from '../infra/local/throughcare.ts'

/** What another system tells by our client. */

const flagged: Event = {
  eventType: 'throughcare.disclosure.flagged',
  eventId: 'flag-1',
  occurredAt: '2026-03-02T10:00:00Z',
  additionalInformation: { orderId: 'O-1001', by: 'C-CM' },
}

/** A service that answers with these statuses, one a request, and with 200 from then on. */
async function service(...statuses: number[]) {
  const bodies: string[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    bodies.push(body)
    const status = statuses[bodies.length - 1] ?? 200
    const lines = body.split('\n').map((_, index) => ({ line: index + 1, is: 'accepted', eventId: 'E' }))
    response.writeHead(status).end(status === 200 ? lines.map((one) => JSON.stringify(one)).join('\n') : 'no')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { bodies, client: throughcareClient({ url, token: 'of-this-test', waitMs: 1, attempts: 3 }) }
}

test('every event of the contract is taken in, and its answer is that of the service', async () => {
  const { address, stop } = await startThroughcare([])
  onTestFinished(async () => void (await stop()))
  const client = throughcareClient({ url: address, token: 'a sample wants none' })
  const answers = await client.send(PUBLISHED.map((type) => exampleOf(type) as Event))
  expect(answers.map(({ line }) => line)).toEqual(PUBLISHED.map((_, index) => index + 1))
  expect(answers.filter(({ is }) => is !== 'accepted' && is !== 'duplicate')).toEqual([])
  expect(await client.send([flagged])).toEqual([{ line: 1, is: 'accepted', eventId: 'flag-1' }])
  expect(await client.send([flagged])).toEqual([{ line: 1, is: 'duplicate', eventId: 'flag-1' }])
  expect(await client.sendLines(['no event'])).toEqual([{ line: 1, is: 'refused', reason: 'not JSON' }])
})

describe('a service that answers', () => {
  test('that it is busy is asked again, with the same', async () => {
    const { client, bodies } = await service(503, 429)
    expect(await client.send([flagged])).toMatchObject([{ is: 'accepted' }])
    expect(bodies).toEqual([bodies[0], bodies[0], bodies[0]])
  })

  test('that it is busy for ever, or not at all, is given up', async () => {
    const { client, bodies } = await service(500, 500, 500, 500)
    await expect(client.send([flagged])).rejects.toThrow(NotTaken)
    expect(bodies).toHaveLength(3)
    const nobody = throughcareClient({ url: 'http://127.0.0.1:9', token: 't', waitMs: 1, attempts: 2 })
    await expect(nobody.send([flagged])).rejects.toThrow(NotTaken)
  })

  test('that it does not know us is asked no more', async () => {
    const { client, bodies } = await service(401)
    await expect(client.send([flagged])).rejects.toThrow('401 no')
    expect(bodies).toHaveLength(1)
  })

  test('to a thousand and one events has three requests, and an answer for each event', async () => {
    const { client, bodies } = await service()
    const answers = await client.send(Array.from({ length: 1_001 }, () => flagged))
    expect(bodies).toHaveLength(3)
    expect(answers.at(-1)?.line).toBe(1_001)
  })
})

test('an event that is not of the contract does not compile', () => {
  const told = { occurredAt: '2026-03-02T10:00:00Z' }
  const additionalInformation = { orderId: 'O-1001', by: 'C-CM' }
  // @ts-expect-error there is no such type
  const noType: Event = { ...told, eventType: 'throughcare.disclosure.lowered', additionalInformation }
  // @ts-expect-error a flag says of which order
  const noOrder: Event = { ...flagged, additionalInformation: { by: 'C-CM' } }
  const shifts = [{ from: '2026-03-02T10:00', contactId: 'C-1' }]
  const noEnd: Event = {
    ...{ ...told, eventType: 'throughcare.rota.published' },
    // @ts-expect-error a shift has an end
    additionalInformation: { area: 'north', owner: 'C-1', shifts },
  }
  expect([noType, noOrder, noEnd]).toHaveLength(3)
})
