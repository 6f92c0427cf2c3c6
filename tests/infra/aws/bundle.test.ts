import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { App, Stack } from 'aws-cdk-lib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encryptCookie } from '../../../functions/web/reader/encrypted-cookie.ts'
import { Casefiles } from '../../../infra/aws/casefiles.ts'
import { Channels } from '../../../infra/aws/channels.ts'
import { EncryptionKeys } from '../../../infra/aws/constructs/encryption-keys.ts'
import { ManagedSecret } from '../../../infra/aws/constructs/managed-secret.ts'
import { Monitoring } from '../../../infra/aws/constructs/monitoring.ts'
import { Rollout } from '../../../infra/aws/constructs/rollout.ts'
import { OurEvents } from '../../../infra/aws/our-events.ts'
import { Rules } from '../../../infra/aws/rules.ts'
import { STAGES } from '../../../infra/aws/stages.ts'
import { WakeQueues } from '../../../infra/aws/wake-queues.ts'
import { Web } from '../../../infra/aws/web.ts'
import { MINUTE_MS } from '../../../shared/calendar/london.ts'
import { type Issuer, startIssuer } from '../../web/issuer.ts'

/** The pages' bundle as it is deployed, run in a process of its own, and invoked as API Gateway does. */

const ADDRESS = 'https://throughcare.example.org'
const SECRET = 'a secret of these tests'
const RUN = `
  const [path, ...events] = process.argv.slice(1)
  const { handler } = await import(path)
  const answers = []
  for (const event of events) answers.push(await handler(JSON.parse(event), { functionName: 'web' }))
  process.stdout.write('\\n' + JSON.stringify(answers), () => process.exit())`

type Asked = {
  readonly path: string
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
  /** The claims of a token that API Gateway has checked. */
  readonly claims?: Record<string, string>
}
type Answer = {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly cookies?: string[]
  readonly body: string
  readonly isBase64Encoded: boolean
}

/** A request as API Gateway hands it over. */
function eventOf({ path, method = 'GET', headers = {}, body, claims }: Asked) {
  const [rawPath = '', rawQueryString = ''] = path.split('?')
  const { cookie, ...others } = headers
  return JSON.stringify({
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    isBase64Encoded: false,
    headers: { host: new URL(ADDRESS).host, ...others },
    cookies: cookie ? [cookie] : [],
    body,
    requestContext: {
      domainName: new URL(ADDRESS).host,
      http: { method, path: rawPath },
      ...(claims && { authorizer: { jwt: { claims } } }),
    },
  })
}

describe('the bundle of the pages', () => {
  let bundle: string
  let issuer: Issuer
  const secrets = createServer((request, response) => {
    const isPrevious = request.url?.includes('AWSPREVIOUS')
    const Value = request.url?.includes('holidays') ? '[]' : '{}'
    response
      .writeHead(isPrevious ? 400 : 200)
      .end(JSON.stringify({ SecretString: SECRET, Parameter: { Value, Version: 1 } }))
  })
  beforeAll(async () => {
    bundle = bundleOfPages()
    issuer = await startIssuer(ADDRESS)
    await new Promise<void>((resolve) => secrets.listen(0, 'localhost', resolve))
  })
  afterAll(async () => {
    secrets.close()
    await issuer?.stop()
  })

  async function ask(...asked: Asked[]): Promise<Answer[]> {
    const env = {
      PATH: process.env.PATH,
      AWS_REGION: 'eu-west-2',
      AWS_SESSION_TOKEN: 'token',
      TABLE: 'casefiles',
      GO_LIVE: '2026-01-01T00:00:00Z',
      ADDRESS,
      BUILD: '1',
      LETTERHEADS: '{}',
      CALL_FROM: '',
      ...{
        DUTY_MODES_PARAMETER: 'duty-modes',
        BANK_HOLIDAYS_PARAMETER: 'holidays',
        OUR_EVENTS_TOPIC: 'ours',
      },
      WAKE_QUEUE_URL: 'https://example.org/1',
      RELEASE_WAKE_QUEUE_URL: 'https://example.org/2',
      ...{ STAGE: 'dev', CHANNELS: JSON.stringify({ dev: STAGES.dev.channels }), NOTIFY_SECRET: '5' },
      ...{ TEXT_FROM: 'number', TEXT_CONFIGURATION_SET: 'texts', TEXTS_PER_SECOND: '1' },
      LINK_KEY_SECRET: '1',
      SESSION_KEY_SECRET: '2',
      CLIENT_SECRET: '3',
      CALLBACK_TOKEN_SECRET: '4',
      PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String((secrets.address() as AddressInfo).port),
      SIGN_IN: JSON.stringify({
        issuer: issuer.url,
        clientId: 'pages',
        scope: 'openid email',
        givesVerifiedEmailOnly: false,
        support: { claim: 'cognito:groups', value: 'support' },
      }),
      SENDERS: JSON.stringify({ claim: 'scope', prefix: 'throughcare/' }),
    }
    const flags = ['--input-type=module', '--eval', RUN, join(bundle, 'index.mjs')]
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, ...asked.map(eventOf)], {
      env,
      cwd: bundle,
      maxBuffer: 10_000_000,
    })
    return JSON.parse(stdout.split('\n').at(-1) ?? '')
  }

  test('serves its styles and fonts without sign-in', async () => {
    const [styles, ours, font] = await ask(
      { path: '/govuk-frontend.css' },
      { path: '/throughcare.css' },
      { path: '/assets/fonts/light-94a07e06a1-v2.woff2' },
    )
    expect(styles).toMatchObject({ statusCode: 200, isBase64Encoded: false })
    expect(styles?.body).toContain('.govuk-button')
    expect(ours?.body).toContain('.throughcare-notices')
    expect(font).toMatchObject({ statusCode: 200, isBase64Encoded: true })
    expect(styles?.headers['strict-transport-security']).toContain('max-age=63072000')
  })

  test('sends people who are not signed in to the issuer, and keeps where they were going in a cookie', async () => {
    const [answer] = await ask({ path: '/casefiles/order/O-1' })
    expect(answer?.statusCode).toBe(302)
    expect(answer?.headers.location).toContain(`${issuer.url}/auth?`)
    expect(answer?.cookies?.[0]).toContain('__Host-sign-in-attempt=')
  })

  test('shows a whole page to people who are signed in', async () => {
    const person = { isSupport: true }
    const session = await encryptCookie(SECRET, 'session', person, Date.now() + 10 * MINUTE_MS)
    const [page] = await ask({ path: '/search', headers: { cookie: `__Host-session=${session}` } })
    expect(page?.statusCode).toBe(200)
    expect(page?.body).toContain('govuk-service-navigation')
    expect(page?.body).toContain('Sign out')
  })

  test('takes events from nobody without a token, and none that a token’s scopes do not name', async () => {
    const death = JSON.stringify({ eventType: 'throughcare.person.died', occurredAt: '2026-01-01T00:00:00Z' })
    const events = { path: '/events', method: 'POST', body: death }
    const answers = await ask(
      events,
      { ...events, claims: { scope: 'throughcare/events.write' } },
      { ...events, claims: { scope: 'throughcare/events.write throughcare/appointment' } },
      { ...events, claims: { scope: 'throughcare/events.write throughcare/person.died' } },
    )
    const told = answers.map(({ statusCode, body, isBase64Encoded }) => {
      const text = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body
      return [statusCode, /sender|personReference/.exec(text)?.[0]]
    })
    expect(told).toEqual([
      [401, undefined],
      [400, 'sender'],
      [400, 'sender'],
      [400, 'personReference'],
    ])
  })

  test('says that a link is forged, and refuses reports and replies without its token', async () => {
    const [link, ...others] = await ask(
      { path: '/a/rR-1abcde0123456789a' },
      { path: '/receipts/notify', method: 'POST', headers: { authorization: 'Bearer guess' } },
      { path: '/replies/notify', method: 'POST', headers: { authorization: 'Bearer guess' } },
    )
    expect(link?.statusCode).toBe(403)
    expect(link?.body).toContain('lang="cy"')
    expect(others.map(({ statusCode }) => statusCode)).toEqual([403, 403])
  })
})

/** Bundles the pages alone, as a deploy would, and returns the folder of the bundle. */
function bundleOfPages(): string {
  const app = new App()
  const stack = new Stack(app, 'Pages', { env: { account: STAGES.dev.account, region: STAGES.dev.region } })
  const stage = STAGES.dev
  const keys = new EncryptionKeys(stack, 'EncryptionKeys', stage)
  const monitoring = new Monitoring(stack, 'Monitoring', { stage, keys })
  const platform = { stage, keys, monitoring, rollout: new Rollout(stack, 'Rollout', { stage, monitoring }) }
  new Web(stack, 'Web', platform, {
    casefiles: new Casefiles(stack, 'Casefiles', platform),
    wakeQueues: new WakeQueues(stack, 'WakeQueues', platform),
    rules: new Rules(stack, 'Rules', platform),
    ourEvents: new OurEvents(stack, 'OurEvents', platform),
    channels: new Channels(stack, 'Channels', platform),
    linkKey: new ManagedSecret(stack, 'LinkKey', {
      platform,
      variable: 'LINK_KEY_SECRET',
      notRotatedBecause: 'a test',
    }),
    ...stage.signIn(stack, stage),
  })
  const { directory } = app.synth()
  const [handler = ''] = globSync('asset.*/index.mjs', { cwd: directory })
  return join(directory, dirname(handler))
}
