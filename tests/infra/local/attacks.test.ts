import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { HOUR_MS, londonDate, londonTimeOfDay } from '../../../shared/calendar/london.ts'
import { AROUND_A_RELEASE, release, rota } from '../../duties/releases/release-story.ts'
import { contact, event, order } from '../../story.ts'
import { CLIENT, startIssuer } from '../../web/issuer.ts'
import { startMailServer } from './mail-server.ts'
import { eventually, post, startThroughcare, type Throughcare } from './throughcare.ts'

/** What somebody might do to the service of one machine, from its disk and from the network. */

const REACHED_AT = 'https://throughcare.example.org'
const PASSWORD = 'SECRET'
const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})
function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
  open.push(() => rmSync(folder, { recursive: true }))
  return folder
}
async function start(...given: Parameters<typeof startThroughcare>) {
  const throughcare = await startThroughcare(...given)
  open.push(() => throughcare.stop())
  return throughcare
}
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

describe('what is kept', () => {
  test('can be read by its owner alone, also in a folder that was open to all', async () => {
    const folder = newFolder()
    chmodSync(folder, 0o755)
    const throughcare = await start(['--data', folder])
    await post(throughcare, JSON.stringify(contact('C-OM')))
    expect(modeOf(folder)).toBe('700')
    const modes = readdirSync(folder).map((name) => [name, modeOf(join(folder, name))])
    expect(modes.filter(([, mode]) => mode !== '600')).toEqual([])
    expect(modes.map(([name]) => name)).toEqual(
      expect.arrayContaining(['account.json', 'link-key', 'session-key', 'throughcare.db', 'token']),
    )
  })

  test.each(['link-key', 'session-key', 'token', 'account.json', 'sign-in.json'])(
    'is not used where others can read %s',
    async (name) => {
      const folder = newFolder()
      writeFileSync(join(folder, name), '{"hash":"sample sample sample"}', { mode: 0o644 })
      await expect(startThroughcare(['--data', folder])).rejects.toThrow(`${name} can be read by others`)
    },
  )

  test.each(['link-key', 'session-key', 'token'])('is not used with an empty %s', async (name) => {
    const folder = newFolder()
    writeFileSync(join(folder, name), '\n', { mode: 0o600 })
    await expect(startThroughcare(['--data', folder])).rejects.toThrow(`${name} does not contain a key`)
  })
})

describe('it does not start, and says why at once,', () => {
  const SMTP_URL = 'smtp://127.0.0.1:1'
  test.each<[string, string[], Record<string, string>, string]>([
    [
      'in a folder that cannot be made',
      ['--data', '/proc/nope'],
      {},
      '/proc/nope: no such file or directory',
    ],
    [
      'with mail to send and nowhere for links to lead',
      ['--data', 'D'],
      { SMTP_URL },
      '--address is missing',
    ],
    ['with mail to send to the invented people of the sample', [], { SMTP_URL }, '--data is missing'],
    ['with the sample open to others', [], { HOST: '0.0.0.0' }, '--data is missing'],
    ['at an address that can be listened to', ['--address', 'http://example.org'], {}, 'expected https'],
    ['at an address that is none', ['--address', 'example.org'], {}, '--address: expected one such as https'],
    ['on a port that is none', [], { PORT: '70000' }, 'PORT: expected a number'],
    [
      'with an empty token for callbacks',
      [],
      { NOTIFY_CALLBACK_TOKEN: '' },
      'NOTIFY_CALLBACK_TOKEN: expected',
    ],
  ])('%s', async (_, options, environment, said) => {
    const folder = newFolder()
    const begun = performance.now()
    const given = options.map((one) => (one === 'D' ? folder : one))
    await expect(startThroughcare(given, environment)).rejects.toThrow(said)
    expect(performance.now() - begun).toBeLessThan(10_000)
  })
})

describe('from the network', () => {
  let throughcare: Throughcare
  let folder = ''
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
    throughcare = await startThroughcare(['--data', folder, '--address', REACHED_AT], {
      NOTIFY_CALLBACK_TOKEN: 'a token of these tests',
    })
    await post(throughcare, [contact('C-OM'), order()].map((one) => JSON.stringify(one)).join('\n'))
  })
  afterAll(async () => {
    await throughcare.stop()
    rmSync(folder, { recursive: true })
  })
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(throughcare.address + path, { redirect: 'manual', ...init })
  const form = (body: Record<string, string>, headers = {}) => ({
    method: 'POST',
    body: new URLSearchParams(body),
    headers,
  })
  const inbound = { from: '07700 900456', body: 'STOP', id: 'SMS-1' }

  test.each([
    ['/', {}],
    ['/casefiles/order', {}],
    ['/casefiles/order/O-1', {}],
    ['/notices/order/O-1/abcde', {}],
    ['/acts/appointment.booked/order/O-1', form({})],
    ['/who', form({ contactId: 'C-OM' })],
    ['/', { headers: { cookie: 'who=C-OM' } }],
    ['/', { headers: { cookie: '__Host-session=eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..a.b.c' } }],
  ])('%s is for those who have signed in', async (path, init) => {
    const answer = await ask(path, init)
    expect([answer.status, answer.headers.get('location')?.split('?')[0]]).toEqual([302, '/sign-in'])
    expect(await answer.text()).toBe('')
  })

  test.each(['', 'wrong', 'x'.repeat(100_000)])('a wrong password lets nobody in', async (password) => {
    const answer = await ask('/sign-in', form({ password }))
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null])
  })

  test('the right one does, to no other site, until one signs out', async () => {
    expect((await throughcare.visit('/casefiles/order/O-1')).status).toBe(200)
    const said = /with the password (\S+)/.exec(throughcare.written())?.[1] ?? ''
    const answer = await ask('/sign-in', form({ password: said, back: '//example.org' }))
    expect(answer.headers.get('location')).toBe('/')
    const cookie = answer.headers.get('set-cookie') ?? ''
    for (const part of ['__Host-session=', 'HttpOnly', 'Secure', 'SameSite=Lax'])
      expect(cookie).toContain(part)
    const out = await ask('/sign-out', { headers: { cookie: cookie.split(';')[0] ?? '' } })
    expect(out.headers.get('set-cookie')).toContain('__Host-session=; Max-Age=0')
  })

  test.each<[string, Record<string, string>]>([
    ['no token', {}],
    ['another', { authorization: 'Bearer 0123456789abcdef' }],
    ['nothing for a token', { authorization: 'Bearer ' }],
    ['a token of another kind', { authorization: 'Basic YTpi' }],
  ])('events and replies that bear %s are not taken', async (_, headers) => {
    const body = JSON.stringify(event('2026-01-01T00:00', 'contact.updated', { contactId: 'C-X', name: 'X' }))
    const answers = [
      await ask('/events', { method: 'POST', body, headers }),
      await ask('/replies', { method: 'POST', body: JSON.stringify(inbound), headers }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([401, 401])
    expect((await throughcare.visit('/casefiles/contact/C-X')).status).toBe(404)
  })

  test('a reply that GOV.UK Notify did not hand over is not heard', async () => {
    const body = JSON.stringify({ id: 'SMS-2', source_number: '447700900456', message: 'STOP' })
    const bearers = ['', 'Bearer wrong', `Bearer ${throughcare.token}`]
    for (const authorization of bearers) {
      expect(
        (await ask('/replies/notify', { method: 'POST', body, headers: { authorization } })).status,
      ).toBe(403)
    }
  })

  test('an answer by a link that nobody was sent is refused, without signing in', async () => {
    for (const link of ['/a/rR-9abcde0123456789a', '/a/x']) {
      for (const init of [{}, form({ answer: 'yes' })]) {
        const answer = await ask(link, init)
        expect([403, 404]).toContain(answer.status)
      }
    }
  })

  /** A request as a proxy hands it on: `fetch` would not let its Host be said. */
  const proxied = (host: string, origin: string | undefined, path = '/sign-in', body = 'password=wrong') =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { host, ...(origin && { origin }), 'content-type': 'application/x-www-form-urlencoded' }
      request(throughcare.address + path, { method: 'POST', headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
        .on('error', reject)
        .end(body)
    })
  const here = () => new URL(throughcare.address).host

  test('a form gets through a proxy that keeps its Host, and one that puts ours in its place', async () => {
    expect(await proxied('throughcare.example.org', REACHED_AT)).toBe(403)
    expect(await proxied(here(), REACHED_AT)).toBe(403)
    const said = `password=${/with the password (\S+)/.exec(throughcare.written())?.[1]}`
    expect(await proxied('throughcare.example.org', REACHED_AT, '/sign-in', said)).toBe(303)
    expect(await proxied(here(), REACHED_AT, '/sign-in', said)).toBe(303)
  })

  test('a page of another site, or under another name for this machine, gets nothing done', async () => {
    const said = `password=${/with the password (\S+)/.exec(throughcare.written())?.[1]}`
    expect(await proxied(here(), 'https://example.com', '/sign-in', said)).toBe(403)
    expect(await proxied(here(), 'null', '/sign-in', said)).toBe(403)
    expect(await proxied('rebound.example.com', undefined, '/sign-in', said)).toBe(421)
    expect((await ask('/sign-in', form({ password: 'x' }, { 'sec-fetch-site': 'cross-site' }))).status).toBe(
      403,
    )
  })
})

test('where an issuer is set, it is the one who lets people in', async () => {
  const issuer = await startIssuer(REACHED_AT)
  open.push(() => issuer.stop())
  const folder = newFolder()
  const settings = {
    ...{ issuer: issuer.url, clientId: CLIENT.id, clientSecret: CLIENT.secret, scope: 'openid email' },
    ...{ support: { claim: 'groups', value: 'support' }, givesVerifiedEmailOnly: false },
  }
  writeFileSync(join(folder, 'sign-in.json'), JSON.stringify(settings), { mode: 0o600 })
  const throughcare = await start(['--data', folder, '--address', REACHED_AT])
  const answer = await throughcare.visit('/casefiles/order')
  const location = new URL(answer.headers.get('location') ?? '')
  expect([answer.status, location.origin]).toEqual([302, issuer.url])
  expect(location.searchParams.get('redirect_uri')).toBe(`${REACHED_AT}/callback`)
  expect(existsSync(join(folder, 'account.json'))).toBe(false)
  const asked = { method: 'POST', body: new URLSearchParams({ contactId: 'C-OM' }) }
  expect((await throughcare.visit('/who', asked)).headers.get('location')).toContain(issuer.url)
})

test('a mail server that is away is logged and in /health from the start on, until it is back', async () => {
  const port = await new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
  const { address, written } = await start(['--data', newFolder(), '--address', REACHED_AT], {
    SMTP_URL: `smtp://user:${PASSWORD}@127.0.0.1:${port}`,
  })
  const health = async () => {
    const answer = await fetch(`${address}/health`)
    return [answer.status, (await answer.json()) as { components: { email: object } }] as const
  }
  const [, { components }] = await eventually(async () => {
    const one = await health()
    return one[0] === 503 ? one : undefined
  })
  expect(components.email).toMatchObject({ status: 'DOWN', reason: expect.stringContaining('ECONNREFUSED') })
  const lines = written()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
  expect(lines).toContainEqual(
    expect.objectContaining({ level: 'ERROR', message: 'provider failing', channel: 'email' }),
  )
  expect(written()).not.toContain(PASSWORD)
})

test('while a long import comes in, a gate alert goes out and pages open as ever', async () => {
  const mail = await startMailServer()
  open.push(() => mail.close())
  const throughcare = await start(['--data', newFolder(), '--address', REACHED_AT], { SMTP_URL: mail.url })
  const now = Date.now()
  const at = new Date(now).toISOString()
  const around = [
    ...AROUND_A_RELEASE,
    rota([[new Date(now - HOUR_MS).toISOString(), new Date(now + 48 * HOUR_MS).toISOString(), 'C-DAY']]),
  ]
  await post(throughcare, around.map((one) => JSON.stringify(one)).join('\n'))
  const orders = Array.from({ length: 300 }, (_, n) =>
    JSON.stringify(order({ orderId: `O-${n}`, sentencedOn: at.slice(0, 10) }, at)),
  )
  let isImported = false
  const imported = post(throughcare, orders.join('\n')).then(({ answers }) => {
    isImported = true
    return answers.filter(({ is }) => is === 'accepted').length
  })
  await setTimeout(500)
  const gate = now + 3 * HOUR_MS
  const alert = release({ releaseOn: londonDate(gate), gateTime: londonTimeOfDay(gate).slice(0, 5) }, at)
  const begun = performance.now()
  await post(throughcare, JSON.stringify(alert))
  await eventually(() => mail.mails.find(({ messageId }) => messageId.startsWith('release_')))
  const alertedMs = performance.now() - begun
  const page = performance.now()
  expect((await throughcare.visit('/casefiles/contact/C-DAY')).status).toBe(200)
  const pageMs = performance.now() - page
  expect(isImported).toBe(false)
  process.stdout.write(
    `while importing: alert after ${Math.round(alertedMs)} ms, page ${Math.round(pageMs)} ms\n`,
  )
  expect(alertedMs).toBeLessThan(5_000)
  expect(pageMs).toBeLessThan(5_000)
  expect(await imported).toBe(orders.length)
})
