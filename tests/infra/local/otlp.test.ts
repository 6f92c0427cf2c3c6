import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import * as z from 'zod'
import { contact, event, order } from '../../story.ts'
import { eventually, startThroughcare, type Throughcare } from './throughcare.ts'

/** Traces and counts of one machine, as whatever takes OTLP by HTTP receives them. */

const Spans = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
            }),
          ),
        }),
      ),
    }),
  ),
})
const Metrics = z.object({
  resourceMetrics: z.array(
    z.object({
      scopeMetrics: z.array(
        z.object({
          metrics: z.array(
            z.object({
              name: z.string(),
              sum: z.object({ dataPoints: z.array(z.object({ asDouble: z.number() })) }).optional(),
            }),
          ),
        }),
      ),
    }),
  ),
})

async function listen(heard: (path: string, body: unknown, traceparent: string | undefined) => void) {
  const server = createServer(async (request, response) => {
    const { traceparent } = request.headers
    heard(request.url ?? '', await json(request), typeof traceparent === 'string' ? traceparent : undefined)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  onTestFinished(close)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, close }
}

/** Takes OTLP, and reads it. */
async function collector() {
  const bodies: string[] = []
  const spans: z.infer<typeof Spans>['resourceSpans'][0]['scopeSpans'][0]['spans'] = []
  const counts = new Map<string, number>()
  const { url, close } = await listen((path, body) => {
    bodies.push(JSON.stringify(body))
    if (path === '/v1/traces') {
      for (const { scopeSpans } of Spans.parse(body).resourceSpans)
        spans.push(...scopeSpans.flatMap((scope) => scope.spans))
      return
    }
    for (const { scopeMetrics } of Metrics.parse(body).resourceMetrics) {
      for (const { name, sum } of scopeMetrics.flatMap((scope) => scope.metrics)) {
        const [point] = sum?.dataPoints ?? []
        if (point) counts.set(name, point.asDouble)
      }
    }
  })
  return { url, close, bodies, spans, counts }
}

const MARKED = {
  name: 'Zebedee Marked',
  email: 'marked@example.com',
  mobile: '07700 900777',
}
const TRACE = '0af7651916cd43dd8448eb211c80319c'
const CALLER = 'b7ad6b7169203331'

/** Posts events as part of the caller's trace. */
function send({ address, token }: Throughcare, ...events: readonly object[]): Promise<Response> {
  return fetch(`${address}/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, traceparent: `00-${TRACE}-${CALLER}-01` },
    body: events.map((one) => JSON.stringify(one)).join('\n'),
  })
}

test('a notice given is one trace with the request that caused it, and nobody can be read in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { url, bodies, spans, counts } = await collector()
  const told: (string | undefined)[] = []
  const webhook = await listen((_, __, traceparent) => told.push(traceparent))
  const throughcare = await startThroughcare(['--data', folder], {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_BSP_SCHEDULE_DELAY: '50',
    WEBHOOK_URL: webhook.url,
    WEBHOOK_SECRET: `whsec_${Buffer.from('a secret of these tests, 32 bytes').toString('base64')}`,
  })
  const at = new Date().toISOString()
  const known = [contact('C-OM', MARKED), order({ sentencedOn: at.slice(0, 10) }, at)]
  const flagged = event(at, 'disclosure.flagged', { orderId: 'O-1', by: 'C-CM' })
  await send(throughcare, ...known)
  await throughcare.visit('/a/a-secret-that-opens-a-notice')
  await throughcare.visit('/casefiles/order/O-1')
  // The clock has looked at what came in by now: else it could hand over what follows before its request does.
  await send(throughcare, flagged)
  await eventually(() => told[0])
  expect(await throughcare.stop()).toBe(0)

  const parentOf = (name: string) => {
    const span = spans.find((one) => one.name === name && one.traceId === TRACE)
    return spans.find(({ spanId }) => spanId === span?.parentSpanId)?.name ?? span?.parentSpanId
  }
  expect(parentOf('POST /events')).toBe(CALLER)
  expect(parentOf('intake')).toBe('POST /events')
  expect(parentOf('store.takeIn')).toBe('intake')
  expect(parentOf('email.send')).toBe('wake')
  expect(['POST /events', 'intake']).toContain(parentOf('wake'))
  const telling = spans.find(({ name }) => name === 'webhook')
  expect(told[0]).toBe(`00-${telling?.traceId}-${telling?.spanId}-01`)
  expect(telling?.traceId).not.toBe(TRACE)
  expect(spans.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['GET /a/:link', 'GET /casefiles/:kind/:key']),
  )
  expect(counts.get('EventsAccepted')).toBe([...known, flagged].length)
  expect(counts.get('NoticesSent')).toBeGreaterThan(0)
  const emitted = bodies.join('\n')
  for (const one of [...Object.values(MARKED), '+447700900777', 'a-secret-that-opens-a-notice'])
    expect(emitted).not.toContain(one)
})

test('what a timer starts later is in no trace of what set it, and a collector that is gone holds up no stop', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { url, spans, close } = await collector()
  const throughcare = await startThroughcare(['--data', folder], {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_BSP_SCHEDULE_DELAY: '50',
    THROUGHCARE_CLOCK_SPEED: '600',
  })
  await send(throughcare, contact('C-OM', MARKED))
  const ticks = () => spans.filter(({ name }) => name === 'tick')
  await eventually(() => (spans.some(({ name }) => name === 'wake') && ticks().length > 2) || undefined)
  expect(ticks().filter(({ traceId, parentSpanId }) => traceId === TRACE || parentSpanId)).toEqual([])
  close()
  const asked = performance.now()
  expect(await throughcare.stop()).toBe(0)
  expect(performance.now() - asked).toBeLessThan(9_000)
})
