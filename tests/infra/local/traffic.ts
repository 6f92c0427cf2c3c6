import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { DAY_MS } from '../../../shared/calendar/london.ts'
import { openCasefile } from '../../../shared/casefile/casefile.ts'
import { factStamp, noticeIdOf, stamp } from '../../../shared/casefile/ids.ts'
import { neighboursOf } from '../../../shared/directory/neighbours.ts'
import { around, plan } from '../../../shared/duties/all.ts'
import { decide } from '../../../shared/planning/decide.ts'
import { rulesWith } from '../../../shared/planning/rules.ts'
import { sqliteStore } from '../../../shared/store/sqlite.ts'
import { everyCasefile, type Store } from '../../../shared/store/store.ts'
import { event, type Told } from '../../story.ts'
import { startMailServer } from './mail-server.ts'
import { eventually, post, startThroughcare, type Throughcare } from './throughcare.ts'

/** The service of one machine while events come in and mail goes out, for somebody to disturb. */
export type Running = {
  readonly throughcare: Throughcare
  /** Starts it again on its folder and at its address, once it has ended. */
  restart(): Promise<void>
}

/** What came of it: each list names the notices with which something is wrong. */
export type Tally = {
  readonly orders: number
  readonly mails: number
  /** E-mails that were taken a second time. */
  readonly repeats: number
  /** The most that were on their way at one moment: a crash repeats no more than these. */
  readonly inFlightMax: number
  readonly lost: readonly string[]
}

/** So much faster than time passes, so that a lease of fifteen minutes is over in seven and a half seconds. */
const SPEED = 120
const SENDERS = 4
const TEAMS = 5
/** A message is taken a moment before the server says so: the moment in which a crash makes a repeat. */
const SAID_AFTER_MS = 20

/** Runs the service under traffic while it is disturbed, then leaves it in peace and sees what became of everything. */
export async function underTraffic(disturb: (running: Running) => Promise<void>): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'throughcare-'))
  const mail = await startMailServer({}, SAID_AFTER_MS)
  const options = ['--data', folder, '--address', 'https://throughcare.example.org']
  const environment = { SMTP_URL: mail.url, THROUGHCARE_CLOCK_SPEED: String(SPEED) }
  let throughcare = await startThroughcare(options, environment)
  const { address, token } = throughcare
  const { port: PORT } = new URL(address)
  onTestFinished(async () => {
    await throughcare.kill()
    await mail.close()
    await rm(folder, { recursive: true })
  })

  /** As a queue does: what was not acknowledged is sent again, until it is. */
  const send = async (events: readonly Told[]) => {
    const body = events.map((told) => JSON.stringify(told)).join('\n')
    for (;;) {
      const answered = await post({ address, token }, body).catch(() => undefined)
      const answers = answered?.status === 200 ? answered.answers : []
      const taken = answers.filter(({ is }) => is === 'accepted' || is === 'duplicate')
      if (taken.length === events.length) return
      await setTimeout(25)
    }
  }
  const owed: Owed[] = []
  let isOver = false
  let orders = 0
  const sender = async () => {
    while (!isOver) {
      const { opening, fact, notices } = factAbout(orders++)
      await send(opening)
      await send([fact])
      owed.push(...notices)
      await setTimeout(200)
    }
  }
  await send(teams())
  const senders = Array.from({ length: SENDERS }, sender)
  await disturb({
    get throughcare() {
      return throughcare
    },
    async restart() {
      throughcare = await startThroughcare(options, { ...environment, PORT })
    },
  })
  isOver = true
  await Promise.all(senders)

  const store = sqliteStore(join(folder, 'throughcare.db'))
  await eventually(async () => ((await unsettled(store, owed)).length === 0 ? true : undefined), 60_000)
  const { now } = (await (await fetch(`${address}/health`)).json()) as { now: string }
  await throughcare.stop()
  const times = new Map<string, number>()
  for (const { messageId } of mail.mails) times.set(messageId, (times.get(messageId) ?? 0) + 1)
  const lost = [
    ...(await unsettled(store, owed)),
    ...(await neverSent(store, times)),
    ...(await stillOwed(store, Date.parse(now))),
  ]
  store.close()
  const repeats = mail.mails.length - times.size
  return { orders, mails: mail.mails.length, repeats, inFlightMax: mail.unsaidMax(), lost }
}

/** A notice that the schedule owes to a worker at once. */
type Owed = { readonly casefile: `order:${string}`; readonly noticeId: string }

/** Workers and people, each with an address of their own. */
function teams(): Told[] {
  const at = new Date().toISOString()
  const people = Array.from({ length: TEAMS }, (_, n) =>
    ['OM', 'CM', 'PERSON'].map((role) => `C-${role}-${n}`),
  )
  return people.flat().map((contactId) => {
    const email = `${contactId.toLowerCase()}@example.com`
    return event(at, 'contact.updated', { contactId, name: contactId, email })
  })
}

/** An order with an appointment four weeks ahead, a fact about it, and what is owed because of that fact. */
function factAbout(number: number): { opening: Told[]; fact: Told; notices: Owed[] } {
  const now = Date.now()
  const at = new Date(now).toISOString()
  const [orderId, team] = [`O-${number}`, number % TEAMS]
  const casefile = `order:${orderId}` as const
  const appointment = { orderId, appointmentId: 'A-1' }
  const order = {
    ...{
      orderId,
      sentencedOn: at.slice(0, 10),
      lengthMonths: 6,
      seriousness: 'low',
      offenderManagementTier: 1,
    },
    person: `C-PERSON-${team}`,
    offenderManager: `C-OM-${team}`,
    caseManager: `C-CM-${team}`,
    probationOffice: 'C-OFFICE',
    provider: 'C-PROVIDER',
  }
  const meeting = { kind: 'three-way', stage: 'first', durationMinutes: 30 }
  const opening = [
    event(at, 'order.made', order),
    event(at, 'appointment.booked', { ...appointment, ...meeting, startsAt: inDays(now, 28) }),
  ]
  const owe = (
    duty: string,
    step: string,
    occasion: string,
    ...roles: ('offender-manager' | 'case-manager')[]
  ) => roles.map((role) => ({ casefile, noticeId: noticeIdOf(casefile, { duty, step, occasion, role }) }))
  if (number % 2 === 0) {
    const sheet = { attendance: 'attended', nextAppointment: 'none-booked', progress: [], by: `C-CM-${team}` }
    return {
      opening,
      fact: event(at, 'contact-sheet.submitted', { ...appointment, ...sheet }),
      notices: owe('FAX-01', 'update', `A-1_${factStamp(now)}`, 'offender-manager'),
    }
  }
  const startsAt = inDays(now, 29)
  const occasion = `A-1_${stamp(Date.parse(startsAt))}_${factStamp(now + 1)}`
  return {
    opening,
    fact: event(new Date(now + 1).toISOString(), 'appointment.rearranged', { ...appointment, startsAt }),
    notices: owe('ATR-08', 'moved', occasion, 'offender-manager', 'case-manager'),
  }
}

function inDays(now: number, days: number): string {
  return new Date(now + days * DAY_MS).toISOString()
}

/** What is owed and not in the ledger as sent. */
async function unsettled(store: Store, owed: readonly Owed[]): Promise<string[]> {
  const missing: string[] = []
  for (const { casefile, noticeId } of owed) {
    const { entries = [] } = (await store.open(casefile)) ?? {}
    const entry = entries.find((one) => one.noticeId === noticeId)
    if (entry?.is !== 'sent') missing.push(`${noticeId}: ${entry?.is ?? 'nothing'}`)
  }
  return missing
}

/** What a ledger says was sent by e-mail, and no mail server ever saw. */
async function neverSent(store: Store, times: ReadonlyMap<string, number>): Promise<string[]> {
  const missing: string[] = []
  for await (const { id } of everyCasefile(store)) {
    const { entries = [] } = (await store.open(id)) ?? {}
    for (const entry of entries) {
      if (entry.is === 'sent' && !times.has(entry.messageId)) missing.push(entry.noticeId)
    }
  }
  return missing
}

/** Every notice, of any duty, that would still have to be given at `now`. */
async function stillOwed(store: Store, now: number): Promise<string[]> {
  const missing: string[] = []
  const rules = rulesWith()
  for await (const { id } of everyCasefile(store)) {
    const { events = [], entries = [] } = (await store.open(id)) ?? {}
    const casefile = openCasefile(id, events, entries)
    const notices = around(plan(casefile, rules), now)
    const owed = await neighboursOf(
      casefile,
      store.events,
    )((neighbours) =>
      notices.filter((one) => decide(one, casefile.ledger, neighbours, rules, now).verb === 'send'),
    )
    missing.push(...owed.map(({ noticeId }) => noticeId))
  }
  return missing
}
