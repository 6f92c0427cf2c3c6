import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { eventsOverHttp } from '../../functions/intake/over-http.ts'
import { EVERY_KIND } from '../../functions/intake/senders.ts'
import { callbacks } from '../../functions/receipts/callbacks.ts'
import { reply } from '../../functions/replies/replies.ts'
import { answerPages } from '../../functions/web/answer-pages.ts'
import type { AuditLine } from '../../functions/web/reader/audit.ts'
import { encryptCookie } from '../../functions/web/reader/encrypted-cookie.ts'
import { type Person, signIn } from '../../functions/web/reader/sign-in.ts'
import { site } from '../../functions/web/site.ts'
import { type WebPorts, webPages } from '../../functions/web/web.ts'
import { answers } from '../../infra/local/http.ts'
import { openOutbox } from '../../infra/local/outbox.ts'
import { openWorld } from '../../infra/local/world.ts'
import { HOUR_MS, type Instant } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import type { Message } from '../../shared/channels/channel.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import type { Store } from '../../shared/store/store.ts'
import type { Told } from '../story.ts'
import { CLIENT, startIssuer } from './issuer.ts'

const LINK_KEY = 'a link key of these tests'
export const SESSION_KEY = 'a session key of these tests'

export const CALLBACK_TOKEN = 'a token of these tests'

type Places = { readonly address: string; readonly issuer: string }
export const NOWHERE: Places = {
  address: 'https://throughcare.example.org',
  issuer: 'https://issuer.example.org',
}

type Held = { readonly store?: Store; readonly beginTime?: WebPorts['beginTime'] }

/** The pages as they are on AWS, at one moment and after a story. Nobody is at the issuer unless one is given. */
export async function openPages(
  at: Instant,
  story: readonly Told[],
  { address, issuer } = NOWHERE,
  { store = sqliteStore(':memory:'), beginTime }: Held = {},
) {
  const sessionKeys = [SESSION_KEY]
  let moment = at
  const now = () => moment
  const sent: string[] = []
  const outbox: Message[] = []
  const audited: AuditLine[] = []
  const channel = {
    async send(message: Message) {
      sent.push(message.text)
      outbox.push(message)
      return { is: 'accepted' } as const
    },
  }
  const rules = () => rulesWith({ address })
  const { take, settle, nextWake } = openWorld({
    store,
    now,
    rules,
    linkKey: LINK_KEY,
    channels: { email: channel, sms: channel },
  })
  const tell = async (...events: readonly Told[]) => {
    for (const one of events) {
      const receipt = await take(JSON.stringify(one))
      if (receipt.is === 'refused') throw new Error(JSON.stringify(receipt))
    }
    await settle()
  }
  await tell(...story)
  const parts = {
    answers: answerPages({ store, take, now, linkKeys: async () => [LINK_KEY] }),
    callbacks: callbacks({ take, callbackToken: async () => CALLBACK_TOKEN, hear: async () => {} }),
    failed(error: unknown) {
      throw error
    },
  }
  const pages: WebPorts = {
    store,
    take,
    rules,
    now,
    linkKeys: async () => [LINK_KEY],
    readers: 'known',
    ...(beginTime && { beginTime }),
    audit: (line: AuditLine) => void audited.push(line),
    signIn: signIn({
      address,
      now,
      settings: {
        issuer,
        clientId: CLIENT.id,
        scope: 'openid email',
        support: { claim: 'cognito:groups', value: 'support' },
        givesVerifiedEmailOnly: false,
      },
      clientSecret: async () => CLIENT.secret,
      sessionKeys: async () => sessionKeys,
    }),
  }
  const app = site({
    ...parts,
    systems: eventsOverHttp(take, () => new Set([EVERY_KIND])),
    pages: webPages(pages),
    origins: [address],
  })
  const cookieOf = async (person: Person, until = at + HOUR_MS) =>
    `__Host-session=${await encryptCookie(SESSION_KEY, 'session', person, until)}`
  /** Takes in what somebody replies to a text message. */
  const hears = (from: string, body: string) =>
    reply({ from, body, id: 'reply-1' }, { store, take, now, sms: channel })
  const ask = async (path: string, person: Person, init: RequestInit, until?: number) =>
    app.request(path, { ...init, headers: { ...init.headers, cookie: await cookieOf(person, until) } })
  return {
    app,
    store,
    take,
    nextWake,
    sent,
    audited,
    /** Every message that went out, oldest first. */
    outbox,
    cookieOf,
    /** The same pages as one machine serves them, which knows besides what was given. */
    async onOneMachine() {
      return answers({
        ...{ ...parts, address, port: 0, token: undefined, health: () => ({}) },
        machine: { now, take, lastTick: now, stop: async () => {} },
        takeEvent: take,
        hear: (inbound) => reply(inbound, { store, take, now, sms: channel }),
        pages: webPages({ ...pages, given: await openOutbox(store) }),
      })
    },
    /** Gives all that is owed until another moment, each at its own, and stands still there. */
    async moveTo(instant: Instant) {
      const outcomes = await settle()
      for (let next = await nextWake(); next !== undefined && next <= instant; next = await nextWake()) {
        moment = Math.max(moment, next)
        outcomes.push(...(await settle()))
      }
      moment = instant
      return outcomes
    },
    settle,
    /** Puts another key before those that sessions are encrypted with, and lets go of the last but one. */
    turnKey(key: string) {
      sessionKeys.unshift(key)
      sessionKeys.splice(2)
    },
    /** Looks at a page as somebody who signed in some time ago. */
    look: (path: string, person: Person, until?: number) => ask(path, person, {}, until),
    /** Sends a form there, as a browser would from a page of ours; what is owed after it is given. */
    async send(
      path: string,
      person: Person,
      boxes: Readonly<Record<string, string>> | FormData,
      from = 'same-origin',
      until?: number,
    ) {
      const answer = await ask(
        path,
        person,
        {
          method: 'POST',
          body: boxes instanceof FormData ? boxes : new URLSearchParams(boxes),
          headers: { 'sec-fetch-site': from },
        },
        until,
      )
      await settle()
      return answer
    },
    tell,
    hears,
    /** Somebody replies to a text message, and what is owed after it is given. */
    async says(from: string, body: string) {
      await hears(from, body)
      await settle()
    },
    /** What a casefile holds, in no order. */
    async eventsOf(id: CasefileId) {
      return (await store.open(id))?.events ?? []
    },
    /** The ledger of a casefile. */
    async entriesOf(id: CasefileId) {
      return (await store.open(id))?.entries ?? []
    },
  }
}

/** Those pages served to browsers, behind a real issuer. */
export async function startPages(at: Instant, story: readonly Told[]) {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const issuer = await startIssuer(address)
  const pages = await openPages(at, story, { address, issuer: issuer.url })
  server.on('request', getRequestListener(pages.app.fetch))
  return {
    ...pages,
    address,
    issuer: issuer.url,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await issuer.stop()
    },
  }
}
