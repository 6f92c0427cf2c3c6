import { join } from 'node:path'
import { tellingOthers } from '../../functions/intake/publish.ts'
import { callbacks } from '../../functions/receipts/callbacks.ts'
import { emitReconcileMetrics } from '../../functions/reconcile/metrics.ts'
import type { Reconciliation } from '../../functions/reconcile/reconcile.ts'
import { reply } from '../../functions/replies/replies.ts'
import { counted } from '../../functions/runtime/counted.ts'
import type { Telemetry } from '../../functions/runtime/telemetry.ts'
import { emitWakeMetrics } from '../../functions/wake/metrics.ts'
import type { Outcome } from '../../functions/wake/ports.ts'
import { tellOthers } from '../../functions/wake/tell-others.ts'
import { answerPages } from '../../functions/web/answer-pages.ts'
import { signInByPassword } from '../../functions/web/reader/password.ts'
import { signIn } from '../../functions/web/reader/sign-in.ts'
import { type ClockControl, type WebPorts, webPages } from '../../functions/web/web.ts'
import manifest from '../../package.json' with { type: 'json' }
import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import type { Inbound } from '../../shared/channels/inbound.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { exitWith, mistakeIn } from '../command-line.ts'
import { type Account, openAccount } from './account.ts'
import { type Arrival, byArrival, readArrivals } from './arrivals.ts'
import { type Data, openData } from './data-folder.ts'
import { answers, openServer } from './http.ts'
import { log, logError } from './log.ts'
import { type Machine, startMachine } from './machine.ts'
import type { Otlp } from './otlp.ts'
import { CAUGHT, openOutbox } from './outbox.ts'
import { providersOf } from './providers.ts'
import { sampleCaseload } from './sample/caseload.ts'
import { SAMPLE_FROM, SAMPLE_TO } from './sample/pen.ts'
import { readSettings } from './settings.ts'
import { spanned } from './spans.ts'
import { startVirtualMachine } from './virtual.ts'
import { openWebhook, type Webhook } from './webhook.ts'

/**
 * `throughcare start`: all of Throughcare in one process.
 *
 * Without `--data` it plays the sample caseload in memory, on a clock that is moved from the pages. With it, it is the
 * service of one machine: it keeps its data in that folder, runs on the real clock, and requires sign-in.
 */

const settings = readSettings()
const { folder, callbackToken } = settings
const server = await openServer(settings).catch(giveUp)
const address = settings.address ?? server.address

const data = folder === undefined ? undefined : orGiveUp(() => openData(folder, Date.now()))
const account = data && !data.signIn ? await openAccount(data).catch(giveUp) : undefined
const sample = data ? [] : await sampleArrivals()
const otlp = await openOtlp()
const telemetry: Telemetry = {
  count: (name, value) => otlp?.count(name, value),
  measure: (name, milliseconds) => otlp?.measure(name, milliseconds),
  logInfo: (event, about) => log('INFO', event, about),
}
const rules = rulesWith({
  goLive: data?.goLive ?? sample[0]?.at ?? 0,
  address,
  dutyModes: data?.dutyModes ?? {},
  letterheads: data?.letterheads ?? {},
})
const store = orGiveUp(() => sqliteStore(data?.file ?? ':memory:'))
// The folder is locked by us: any process that held a lease in it is dead, and what it held is taken up immediately.
if (data) await store.endLeases(realClock(data.goLive).now())
const outbox = await openOutbox(store)
const providers = orGiveUp(() =>
  providersOf(process.env, settings.mailFrom, (channel, trouble) =>
    trouble
      ? logError('provider failing', { channel }, trouble.reason)
      : log('INFO', 'provider well', { channel }),
  ),
)
const webhook = orGiveUp(openOurWebhook)
const linkKey = data?.linkKey ?? 'sample'
const { email, sms } = { ...CAUGHT, ...providers.channels }
const ports = {
  store: spanned('store', store),
  rules: () => rules,
  linkKey,
  channels: { email: spanned('email', email), sms: spanned('sms', sms) },
  given(outcomes: readonly Outcome[]) {
    outbox.note(outcomes)
    if (data) emitWakeMetrics(outcomes, telemetry)
    if (!webhook) return
    tellOthers(outcomes, webhook.publish, (noticeId, error) =>
      logError('others not told', { noticeId }, error),
    )
  },
  reconciled: (reconciliation: Reconciliation) => emitReconcileMetrics(reconciliation, rules, telemetry),
  failed(what: CasefileId | 'tick' | 'reconcile', error: unknown) {
    logError('failed', { what }, error)
    if (what !== 'tick' && what !== 'reconcile') {
      outbox.reread(what).catch((worse) => logError('failed', { what }, worse))
    }
  },
}
const machine: Machine & { clock?: ClockControl } = data
  ? await startMachine({ ...ports, ...realClock(data.goLive) })
  : await startVirtualMachine({ ...ports, coming: sample, opensAt: settings.opensAt })
const { now } = machine
const take = tellingOthers(machine.take, async (event) => webhook?.publish(event))
const staff = webPages({
  store,
  take,
  rules: ports.rules,
  now,
  linkKeys: async () => [linkKey],
  audit: (line) => log('INFO', 'audit', line),
  ...letIn(data, account),
  given: outbox,
  caught: Object.keys(CAUGHT).filter((name) => !(name in providers.channels)),
  ...(machine.clock && { clock: machine.clock }),
})
const hear = async (inbound: Inbound) => {
  const heard = await reply(inbound, { store, take, now, sms: ports.channels.sms })
  telemetry.count('RepliesTaken')
  return heard
}
server.answerWith(
  answers({
    ...{ machine, takeEvent: counted(telemetry.count, 'Events', machine.take) },
    ...{ hear, address, port: server.port, health: providers.health, token: data?.token },
    ...(data && { senders: data.senders }),
    pages: staff,
    answers: answerPages({ store, take, now, linkKeys: async () => [linkKey] }),
    ...(callbackToken !== undefined && {
      callbacks: callbacks({
        take: counted(telemetry.count, 'Receipts', take),
        hear,
        callbackToken: async () => callbackToken,
      }),
    }),
    failed: (error) => logError('request failed', {}, error),
  }),
)
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
process.stdout.write(greeting())

/** The webhook to another service: only if it is configured, and on the real clock. */
function openOurWebhook(): Webhook | undefined {
  if (!data || !settings.webhook) return undefined
  return openWebhook(join(data.folder, 'webhook.db'), settings.webhook, (eventId, reason) =>
    logError('webhook gave up', { eventId }, reason),
  )
}

/** Telemetry by OTLP: not even loaded unless it is configured. */
async function openOtlp(): Promise<Otlp | undefined> {
  if (!data || !process.env.OTEL_EXPORTER_OTLP_ENDPOINT) return undefined
  const { startOtlp } = await import('./otlp.ts')
  return startOtlp(manifest.version)
}

/** Finishes current work, so that the next start has nothing to find out. */
async function stop(): Promise<void> {
  await Promise.all([server.close(), machine.stop()])
  await webhook?.stop()
  await otlp?.stop()
  providers.close()
  store.close()
  data?.release()
}

/**
 * Who may use the pages: people the issuer knows, anybody with the password, or for a sample anybody at this machine.
 */
function letIn(data: Data | undefined, account: Account | undefined): Pick<WebPorts, 'signIn' | 'readers'> {
  if (data?.signIn) {
    const { clientSecret, ...settings } = data.signIn
    const sessionKeys = async () => [data.sessionKey]
    const byIssuer = { settings, address, sessionKeys, clientSecret: async () => clientSecret, now: Date.now }
    return { signIn: signIn(byIssuer), readers: 'known' }
  }
  if (!account) return { readers: 'say who they are' }
  const { isRight, sessionKey } = account
  return {
    signIn: signInByPassword({ isRight, sessionKeys: async () => [sessionKey], now: Date.now }),
    readers: 'say who they are',
  }
}

/** The sample caseload, in the form in which it would reach us. */
async function sampleArrivals(): Promise<Arrival[]> {
  const { arrivals } = await readArrivals(sampleCaseload().map((event) => JSON.stringify(event)))
  return arrivals.sort(byArrival)
}

/**
 * The clock of this machine. Only tests set THROUGHCARE_CLOCK_SPEED: the clock then runs that much faster, from go-live
 * on, so leases expire and ticks come within seconds without a setting for each constant.
 */
function realClock(goLive: Instant) {
  const speed = Number(process.env.THROUGHCARE_CLOCK_SPEED ?? 1)
  const now = () => Math.round(goLive + (Date.now() - goLive) * speed)
  return { now, minuteMs: MINUTE_MS / speed }
}

function greeting(): string {
  const kept = data
    ? `Everything is kept in ${folder}, on the real clock. Systems that send events show what is in ${folder}/token.`
    : `A sample caseload from ${SAMPLE_FROM} to ${SAMPLE_TO}, on a clock that you move. Nothing is kept.`
  const { email, sms } = providers.channels
  const sent = [
    email ? 'E-mail is really sent.' : 'No e-mail is sent: it stays in the outbox.',
    sms ? 'Text messages are really sent.' : 'No text message is sent: they stay in the outbox.',
  ].join(' ')
  const password =
    account?.fresh === undefined
      ? ''
      : `Sign in with the password ${account.fresh} (shown this once; delete ${folder}/account.json for another).\n`
  return `Throughcare serves on ${server.address}\n${kept}\n${sent}\n${password}`
}

function orGiveUp<T>(open: () => T): T {
  try {
    return open()
  } catch (error) {
    return giveUp(error)
  }
}

function giveUp(error: unknown): never {
  const said = error instanceof Error ? error.message : String(error)
  exitWith(`Throughcare did not start: ${mistakeIn(error) ?? said}`)
}
