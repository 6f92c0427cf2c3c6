import { hostname } from 'node:os'
import { callbacks } from '../../functions/receipts/callbacks.ts'
import type { Reconciliation } from '../../functions/reconcile/reconcile.ts'
import { reply } from '../../functions/replies/replies.ts'
import { answerPages } from '../../functions/web/answer-pages.ts'
import { type ClockControl, webPages } from '../../functions/web/web.ts'
import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import type { Inbound } from '../../shared/channels/inbound.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { exitWith, mistakeIn, printError, readArguments } from '../command-line.ts'
import { type Arrival, byArrival, readArrivals } from './arrivals.ts'
import { openData } from './data-folder.ts'
import { answers, openServer } from './http.ts'
import { type Machine, startMachine } from './machine.ts'
import { CAUGHT, openOutbox } from './outbox.ts'
import { providersOf } from './providers.ts'
import { sampleCaseload } from './sample/caseload.ts'
import { SAMPLE_FROM, SAMPLE_TO } from './sample/pen.ts'
import { startVirtualMachine } from './virtual.ts'

/**
 * `throughcare start`: the whole of Throughcare in one process.
 *
 * Without `--data` it plays the sample caseload in memory, on a clock that is moved from the pages. With it, it is
 * the service of one machine: it keeps its file in that folder and runs on the real clock.
 */

const USAGE = `usage: throughcare start [--data FOLDER] [--address URL]

  --data FOLDER    keep everything in FOLDER, on the real clock; without it, a sample caseload in memory
  --address URL    where the links in messages lead; this machine, if left out
                   FOLDER/duty-modes.json, such as {"FAX-01":"paused"}, holds duties back: "paused", or in "shadow"
  PORT             the port to serve on; the first free one from 3000 on, if left out
  SMTP_URL         the mail server to really send by, such as smtp://user:password@mail.example.org:587
  SMTP_FROM        whom e-mail is from, such as "Throughcare <throughcare@example.org>"
  NOTIFY_API_KEY   the key of a GOV.UK Notify service, which then carries text messages, and e-mail without SMTP_URL;
                   with NOTIFY_EMAIL_TEMPLATE ((subject)) ((text)) and NOTIFY_TEXT_TEMPLATE ((text))
  NOTIFY_CALLBACK_TOKEN
                   the bearer token with which GOV.UK Notify reports to /receipts/notify what became of a message,
                   and hands over replies at /replies/notify
`

const OPTIONS = { data: { type: 'string' }, address: { type: 'string' } } as const
const { data: folder, address } = readArguments({ options: OPTIONS }, USAGE).values
const { PORT, NOTIFY_CALLBACK_TOKEN, SMTP_FROM = `throughcare@${hostname()}` } = process.env

const server = await openServer(portIn(PORT)).catch(giveUp)
const data = folder === undefined ? undefined : orGiveUp(() => openData(folder, Date.now()))
const sample = data ? [] : await sampleArrivals()
const rules = rulesWith({
  goLive: data?.goLive ?? sample[0]?.at ?? 0,
  address: address ?? server.address,
  dutyModes: data?.dutyModes ?? {},
})
const store = orGiveUp(() => sqliteStore(data?.file ?? ':memory:'))
// The folder is ours alone: whoever held a lease in it died, and what it held is taken up at once.
if (data) store.endLeases(realClock(data.goLive).now())
const outbox = await openOutbox(store)
const providers = orGiveUp(() => providersOf(process.env, SMTP_FROM))
const linkKey = data?.linkKey ?? 'sample'
const ports = {
  store,
  rules: () => rules,
  linkKey,
  channels: { ...CAUGHT, ...providers.channels },
  given: outbox.note,
  reconciled: (reconciliation: Reconciliation) => process.stdout.write(`${JSON.stringify(reconciliation)}\n`),
  failed(what: CasefileId | 'tick' | 'reconcile', error: unknown) {
    logError(what, error)
    if (what !== 'tick' && what !== 'reconcile') outbox.reread(what).catch((worse) => logError(what, worse))
  },
}
const machine: Machine & { clock?: ClockControl } = data
  ? await startMachine({ ...ports, ...realClock(data.goLive) })
  : await startVirtualMachine({ ...ports, coming: sample })
const { now, take } = machine
const staff = webPages({
  store,
  take,
  rules: ports.rules,
  now,
  linkKeys: async () => [linkKey],
  given: outbox,
  caught: Object.keys(CAUGHT).filter((name) => !(name in providers.channels)),
  ...(machine.clock && { clock: machine.clock }),
})
const hear = (inbound: Inbound) => reply(inbound, { store, take, now, sms: ports.channels.sms })
const pages = {
  staff,
  answers: answerPages({ store, take, now, linkKeys: async () => [linkKey] }),
  ...(NOTIFY_CALLBACK_TOKEN !== undefined && {
    callbacks: callbacks({ take, hear, callbackToken: async () => NOTIFY_CALLBACK_TOKEN }),
  }),
}
server.answerWith(answers(machine, pages, hear, (error) => logError('request', error)))
process.stdout.write(greeting())
process.once('SIGTERM', stop)
process.once('SIGINT', stop)

/** Finishes what is in hand, so that the next start has nothing to find out. */
async function stop(): Promise<void> {
  await server.close()
  await machine.stop()
  providers.close()
  store.close()
  data?.release()
}

/** The sample caseload as it would reach us. */
async function sampleArrivals(): Promise<Arrival[]> {
  const { arrivals } = await readArrivals(sampleCaseload().map((event) => JSON.stringify(event)))
  return arrivals.sort(byArrival)
}

/**
 * The clock of this machine. Only a test sets THROUGHCARE_CLOCK_SPEED: the clock then runs so much faster, from
 * go-live on, so that leases run out and ticks come in seconds and no constant has to be a setting.
 */
function realClock(goLive: Instant) {
  const speed = Number(process.env.THROUGHCARE_CLOCK_SPEED ?? 1)
  const now = () => Math.round(goLive + (Date.now() - goLive) * speed)
  return { now, minuteMs: MINUTE_MS / speed }
}

function greeting(): string {
  const kept = data
    ? `Everything is kept in ${folder}, on the real clock.`
    : `A sample caseload from ${SAMPLE_FROM} to ${SAMPLE_TO}, on a clock that you move. Nothing is kept.`
  const { email, sms } = providers.channels
  const sent = [
    email ? 'E-mail is really sent.' : 'No e-mail is sent: it stays in the outbox.',
    sms ? 'Text messages are really sent.' : 'No text message is sent: they stay in the outbox.',
  ].join(' ')
  return `Throughcare serves on ${server.address}\n${kept}\n${sent}\n`
}

/** Says what went wrong and with which casefile, and nothing of what stands in it. */
function logError(what: string, error: unknown): void {
  printError(`${what}: ${messageOf(error)}`)
}

/** The first free one is taken, if none is asked for. */
function portIn(written: string | undefined): number | undefined {
  if (written === undefined || /^\d{1,5}$/.test(written))
    return written === undefined ? undefined : Number(written)
  return giveUp(`PORT: expected a number, not ${JSON.stringify(written)}`)
}

function orGiveUp<T>(open: () => T): T {
  try {
    return open()
  } catch (error) {
    return giveUp(error)
  }
}

function giveUp(error: unknown): never {
  exitWith(`Throughcare did not start: ${mistakeIn(error) ?? messageOf(error)}`)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
