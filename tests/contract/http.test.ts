import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { exampleOf, PUBLISHED } from '../../infra/contract/examples.ts'
import { startThroughcare, type Throughcare } from '../infra/local/throughcare.ts'

/** One machine, asked what the published OpenAPI document says it may be asked. */

type Operation = { readonly responses: Readonly<Record<string, { readonly content?: Content }>> }
type Content = Readonly<Record<string, { readonly schema: object }>>
const { paths } = parse(
  readFileSync(join(import.meta.dirname, '../../docs/contract/openapi.yaml'), 'utf8'),
) as { paths: Record<string, { get?: Operation; post?: Operation }> }
const ajv = new Ajv2020({ strictTypes: false })

describe('over HTTP', () => {
  let throughcare: Throughcare
  beforeAll(async () => {
    throughcare = await startThroughcare([], { NOTIFY_CALLBACK_TOKEN: 'sample-token' })
  })
  afterAll(() => throughcare.stop())

  const ask = async (path: string, request: RequestInit = {}) => {
    const response = await fetch(`${throughcare.address}${path}`, { ...request, redirect: 'manual' })
    const { get, post } = paths[path] ?? {}
    const said = (request.method === 'POST' ? post : get)?.responses[response.status]
    expect(said, `${path} answers ${response.status}`).toBeDefined()
    const [mediaType = ''] = (response.headers.get('content-type') ?? '').split(';')
    const schema = said?.content?.[mediaType]?.schema
    expect(said?.content === undefined || schema !== undefined, `${path} answers in ${mediaType}`).toBe(true)
    return { status: response.status, text: await response.text(), isAsSaid: schema && ajv.compile(schema) }
  }
  const post = (path: string, body: string, headers = {}) => ask(path, { method: 'POST', body, headers })

  test('every example is taken in, and every answer is as it is said', async () => {
    const examples = PUBLISHED.map((type) => JSON.stringify(exampleOf(type)))
    const { status, text, isAsSaid } = await post('/events', examples.join('\n'))
    const answers = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(answers.filter((one) => !isAsSaid?.(one))).toEqual([])
    expect({ status, answers: answers.length }).toEqual({ status: 200, answers: PUBLISHED.length })
    expect(answers.filter(({ is }) => is !== 'accepted' && is !== 'duplicate')).toEqual([])
  })

  test('a body that is no event is refused as it is said', async () => {
    const { status, text, isAsSaid } = await post('/events', 'no event')
    expect(status).toBe(400)
    expect(isAsSaid?.(JSON.parse(text))).toBe(true)
  })

  test.each(['/health', '/info'])('%s answers as it is said', async (path) => {
    const { status, text, isAsSaid } = await ask(path)
    expect(status).toBe(200)
    isAsSaid?.(JSON.parse(text))
    expect(isAsSaid?.errors ?? []).toEqual([])
  })

  test('/ping says pong', async () => {
    expect(await ask('/ping')).toMatchObject({ status: 200, text: 'pong' })
  })

  test('a report of GOV.UK Notify wants its token, and is answered as it is said', async () => {
    const report = JSON.stringify({ reference: null, status: 'delivered' })
    expect((await post('/receipts/notify', report)).status).toBe(403)
    const { text, isAsSaid } = await post('/receipts/notify', report, {
      authorization: 'Bearer sample-token',
    })
    expect(isAsSaid?.(JSON.parse(text))).toBe(true)
  })

  test('a reply that GOV.UK Notify hands over wants its token, and is answered as it is said', async () => {
    const inbound = JSON.stringify({ id: 'SMS-2', source_number: '447700900456', message: 'STOP' })
    expect((await post('/replies/notify', inbound)).status).toBe(403)
    for (const body of [inbound, '{}']) {
      const { text, isAsSaid } = await post('/replies/notify', body, { authorization: 'Bearer sample-token' })
      expect(isAsSaid?.(JSON.parse(text))).toBe(true)
    }
  })

  test('a reply to a text message is answered as it is said', async () => {
    const inbound = JSON.stringify({ from: '07700900456', body: 'STOP', id: 'SMS-1' })
    for (const body of [inbound, '{}']) {
      const { text, isAsSaid } = await post('/replies', body)
      expect(isAsSaid?.(JSON.parse(text))).toBe(true)
    }
  })

  test('the clock is moved, and the page to go back to named', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await post('/clock', 'move=day', form)).status).toBe(303)
  })
})
