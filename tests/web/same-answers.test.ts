import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { handle, type LambdaEvent } from 'hono/aws-lambda'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EVENT_BYTES_MAX } from '../../shared/casefile/read-event.ts'
import { startThroughcare, type Throughcare } from '../infra/local/throughcare.ts'
import { contact, order, PEOPLE } from '../story.ts'
import { CLIENT, type Issuer, startIssuer } from './issuer.ts'
import { CALLBACK_TOKEN, openPages } from './pages.ts'

/** One machine and the function behind API Gateway, asked the same: each request has one answer. */

const ADDRESS = 'https://throughcare.example.org'
const line = (told: object) => JSON.stringify(told)
const [first, second] = [contact('C-A'), contact('C-B')]
const BEARER = { authorization: `Bearer ${CALLBACK_TOKEN}` }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

type Request = readonly [path: string, body?: string, headers?: Readonly<Record<string, string>>]
const REQUESTS: Readonly<Record<string, Request>> = {
  'one event': ['/events', line(first)],
  'the same event again': ['/events', line(first)],
  'one event over several lines': ['/events', JSON.stringify(second, null, 2)],
  'several events, one a line': ['/events', [first, second, contact('C-C')].map(line).join('\n')],
  'several, and blank lines, with Windows line ends': [
    '/events',
    `${line(first)}\r\n\r\n${line(second)}\r\n`,
  ],
  'one good event among bad ones': ['/events', `${line(contact('C-D'))}\nno event\n{}`],
  'an event under the id of another': ['/events', line({ ...first, occurredAt: '2026-02-01T00:00' })],
  'an event in the wrapper of SNS': [
    '/events',
    line({ Type: 'Notification', MessageId: 'M-1', Message: line(contact('C-E')) }),
  ],
  'an event of a type that is not ours': ['/events', line({ ...first, eventType: 'tea.made' })],
  'no event': ['/events', 'no event'],
  nothing: ['/events', ''],
  'an event that is too long': ['/events', line({ ...first, padding: 'x'.repeat(EVENT_BYTES_MAX) })],
  'events from a page of another site': ['/events', line(first), { origin: 'https://example.com' }],
  'a report without a token': ['/receipts/notify', '{}'],
  'a report with one': ['/receipts/notify', line({ reference: null, status: 'delivered' }), BEARER],
  'what is no report': ['/receipts/notify', '{}', BEARER],
  'a reply without a token': ['/replies/notify', '{}'],
  'what is no reply': ['/replies/notify', '{}', BEARER],
  'an answer by a forged link': ['/a/rR-9abcde0123456789a', 'answer=yes', FORM],
  'a question by a forged link': ['/a/rR-9abcde0123456789a'],
  'an act without sign-in': ['/acts/contact-sheet.submitted/order/O-1', 'step=do', FORM],
  'an act from a page of another site': [
    '/acts/contact-sheet.submitted/order/O-1',
    'step=do',
    { ...FORM, origin: 'https://example.com' },
  ],
  'the same, as the browser says': [
    '/acts/contact-sheet.submitted/order/O-1',
    'step=do',
    { ...FORM, 'sec-fetch-site': 'cross-site' },
  ],
  'the first page without sign-in': ['/'],
  'a casefile without sign-in': ['/casefiles/order/O-1'],
  'a page that is not there': ['/nowhere'],
  'a return from an issuer that was not gone to': ['/callback?code=1&state=2'],
  'being signed out': ['/signed-out'],
  'our styles': ['/throughcare.css'],
}

/** As much of an answer as is not made anew for each: no nonces, states and challenges. */
type Answer = { status: number; type: string; place: string; body: string }
const answerOf = (status: number, headers: Headers, body: string): Answer => ({
  status,
  type: headers.get('content-type') ?? '',
  place: (headers.get('location') ?? '').split('?')[0] ?? '',
  body: body.replaceAll(/nonce="[^"]*"/g, ''),
})

describe('the same request has the same answer', () => {
  let issuer: Issuer
  let throughcare: Throughcare
  let onAws: ReturnType<typeof handle>
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
  beforeAll(async () => {
    issuer = await startIssuer(ADDRESS)
    const settings = {
      ...{ issuer: issuer.url, clientId: CLIENT.id, clientSecret: CLIENT.secret, scope: 'openid email' },
      ...{ support: { claim: 'cognito:groups', value: 'support' }, givesVerifiedEmailOnly: false },
    }
    writeFileSync(join(folder, 'sign-in.json'), line(settings), { mode: 0o600 })
    const environment = { NOTIFY_CALLBACK_TOKEN: CALLBACK_TOKEN }
    throughcare = await startThroughcare(['--data', folder, '--address', ADDRESS], environment)
    const story = [...PEOPLE, order()]
    const { app } = await openPages(Date.now(), story, { address: ADDRESS, issuer: issuer.url })
    onAws = handle(app)
    for (const told of story) await ask(['/events', line(told)])
  })
  afterAll(async () => {
    await throughcare?.stop()
    await issuer?.stop()
    rmSync(folder, { recursive: true })
  })

  async function ask([path, body, headers]: Request): Promise<Answer> {
    const answer = await fetch(throughcare.address + path, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body !== undefined && { body }),
      headers: { authorization: `Bearer ${throughcare.token}`, ...headers },
      redirect: 'manual',
    })
    return answerOf(answer.status, answer.headers, await answer.text())
  }

  async function askAws([path, body, headers]: Request): Promise<Answer> {
    const [rawPath = '', rawQueryString = ''] = path.split('?')
    const domainName = new URL(ADDRESS).hostname
    const answer = await onAws({
      version: '2.0',
      ...{ routeKey: '$default', rawPath, rawQueryString, isBase64Encoded: false },
      ...(body !== undefined && { body }),
      headers: { host: domainName, ...headers },
      requestContext: { domainName, http: { method: body === undefined ? 'GET' : 'POST', path: rawPath } },
    } as unknown as LambdaEvent)
    const text = answer.isBase64Encoded ? Buffer.from(answer.body, 'base64').toString() : answer.body
    return answerOf(answer.statusCode, new Headers(answer.headers as Record<string, string>), text)
  }

  test.each(Object.entries(REQUESTS))('%s', async (_, request) => {
    expect(await ask(request)).toEqual(await askAws(request))
  })
})
