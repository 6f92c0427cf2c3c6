import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import { expect, onTestFinished, test } from 'vitest'
import { contact, event, order } from '../../story.ts'
import { eventually, post, startThroughcare } from './throughcare.ts'

/** What happens here, told to another service, and verified by a library that is not ours. */

const WEBHOOK_SECRET = `whsec_${Buffer.from('a secret of these tests, 32 bytes').toString('base64')}`

/** Another service, which hears after so many refusals. */
async function listener(refusals: number) {
  const heard: { headers: IncomingHttpHeaders; body: string; status: number }[] = []
  const server = createServer(async (request, response) => {
    const status = heard.length < refusals ? 503 : 204
    heard.push({ headers: request.headers, body: await text(request), status })
    response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/heard` }
}

test('a STOP is told to another service, signed, again after a refusal and after a crash, and not once it was heard', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { heard, url } = await listener(1)
  const environment = { WEBHOOK_URL: url, WEBHOOK_SECRET }
  const first = await startThroughcare(['--data', folder], environment)
  await post(first, JSON.stringify(contact('C-PERSON', { mobile: '07700 900456' })))
  await fetch(`${first.address}/replies`, {
    method: 'POST',
    body: JSON.stringify({ from: '07700 900456', body: 'STOP', id: 'SMS-1' }),
    headers: { authorization: `Bearer ${first.token}` },
  })
  await eventually(() => heard[0])
  await first.kill()
  const second = await startThroughcare(['--data', folder], environment)
  onTestFinished(async () => void (await second.stop()))
  const told = await eventually(() => heard.find(({ status }) => status === 204))
  expect(told.headers['webhook-id']).toBe(heard[0]?.headers['webhook-id'])
  // It sends no traces, so it names none.
  expect(told.headers).not.toHaveProperty('traceparent')
  const verifier = new Webhook(WEBHOOK_SECRET)
  const headers = told.headers as Record<string, string>
  expect(verifier.verify(told.body, headers)).toMatchObject({ eventType: 'throughcare.contact.opted-out' })
  expect(() => verifier.verify(`${told.body} `, headers)).toThrow(WebhookVerificationError)
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(heard.filter(({ status }) => status === 204)).toHaveLength(1)
})

test('that a notice was given is told to another service', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { heard, url } = await listener(0)
  const throughcare = await startThroughcare(['--data', folder], { WEBHOOK_URL: url, WEBHOOK_SECRET })
  onTestFinished(async () => void (await throughcare.stop()))
  const at = new Date().toISOString()
  const story = [
    contact('C-OM'),
    order({ sentencedOn: at.slice(0, 10) }, at),
    event(at, 'disclosure.flagged', { orderId: 'O-1', by: 'C-CM' }),
  ]
  await post(throughcare, story.map((one) => JSON.stringify(one)).join('\n'))
  const told = await eventually(() => heard.find(({ body }) => body.includes('FAX-05')))
  expect(JSON.parse(told.body)).toMatchObject({
    eventType: 'throughcare.notice.given',
    additionalInformation: { casefile: 'order:O-1', to: 'C-OM', channel: 'email' },
  })
})
