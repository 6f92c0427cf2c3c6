import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DAY_MS, HOUR_MS } from '../../../shared/calendar/london.ts'
import { sqliteStore } from '../../../shared/store/sqlite.ts'
import { event } from '../../story.ts'
import { startMailServer } from './mail-server.ts'
import { eventually, post, startThroughcare, type Throughcare } from './throughcare.ts'

/** `npm start` as a whole: both of its clocks, its file, and its mail. */

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function start(...given: Parameters<typeof startThroughcare>) {
  const throughcare = await startThroughcare(...given)
  open.push(() => throughcare.stop())
  return throughcare
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'throughcare-'))
  open.push(() => rm(folder, { recursive: true }))
  return folder
}

const see = async (address: string, path = '/given') => (await fetch(address + path)).text()
/** A page of a service that keeps its file, as somebody sees it who has signed in. */
const seen = async ({ visit }: Throughcare, path = '/given') => (await visit(path)).text()
const moveClock = (address: string, move: Record<string, string>) =>
  fetch(`${address}/clock`, { method: 'POST', body: new URLSearchParams(move), redirect: 'manual' })
const clockOf = async (address: string) => {
  const { now } = (await (await fetch(`${address}/health`)).json()) as { now: string }
  return now
}
/** How many notices the page counts. */
const countOn = (page: string) => Number(/(\d+) notices?, newest first/.exec(page)?.[1] ?? 0)

/** An order with its first three-way meeting booked well ahead, and a contact sheet: its update is due at once. */
function sheetAt(at: string) {
  const order = {
    orderId: 'O-1',
    sentencedOn: at.slice(0, 10),
    lengthMonths: 6,
    seriousness: 'low',
    offenderManagementTier: 1,
    person: 'C-P',
    offenderManager: 'C-OM',
    caseManager: 'C-CM',
    probationOffice: 'C-OFFICE',
    provider: 'C-PROVIDER',
  }
  const meeting = {
    orderId: 'O-1',
    appointmentId: 'A-1',
    kind: 'three-way',
    stage: 'first',
    startsAt: new Date(Date.parse(at) + 28 * DAY_MS).toISOString(),
    durationMinutes: 30,
  }
  const sheet = {
    orderId: 'O-1',
    appointmentId: 'A-1',
    attendance: 'attended',
    nextAppointment: 'none-booked',
    progress: [{ objective: 'a diary', note: 'SECRET PROGRESS' }],
    by: 'C-CM',
  }
  return [
    event(at, 'contact.updated', { contactId: 'C-OM', name: 'Sam', email: 'sam@example.com' }),
    // Known before the order: in office hours somebody would be asked at once to book it.
    event(at, 'appointment.booked', meeting),
    event(at, 'order.made', order),
    event(at, 'contact-sheet.submitted', sheet),
  ]
}
const asLines = (events: readonly object[]) => events.map((told) => JSON.stringify(told)).join('\n')

describe('on the virtual clock', () => {
  let address = ''
  let stop: () => Promise<unknown>
  beforeAll(async () => {
    ;({ address, stop } = await startThroughcare())
  })
  afterAll(() => stop())

  test('it begins with the sample and stands still', async () => {
    expect(await clockOf(address)).toBe('2026-08-31T23:00:00Z')
    expect(await see(address)).toContain('The clock is standing still')
    expect(await see(address, '/casefiles/contact')).toContain('C-PERSON-01')
  })

  test('an event that is posted now is acted on now', async () => {
    const before = countOn(await see(address))
    await post({ address }, asLines(sheetAt('2026-09-01T00:00')))
    expect(countOn(await see(address))).toBeGreaterThan(before)
    expect(await see(address, '/casefiles/order/O-1')).toContain('FAX-01 update')
  })

  test('the next notice is the next one that is given', async () => {
    const before = countOn(await see(address))
    const moved = await moveClock(address, { move: 'next-notice', back: '/casefiles' })
    expect([moved.status, moved.headers.get('location')]).toEqual([303, '/casefiles'])
    const page = await see(address)
    expect(countOn(page)).toBeGreaterThan(before)
    expect(page).toMatch(/govuk-tag--blue">\s*sent/)
  })

  test('a day and a week are just that', async () => {
    for (const [move, milliseconds] of [
      ['day', DAY_MS],
      ['week', 7 * DAY_MS],
    ] as const) {
      const before = Date.parse(await clockOf(address))
      await moveClock(address, { move })
      expect(Date.parse(await clockOf(address))).toBe(before + milliseconds)
    }
  })

  test('it runs until it is paused', async () => {
    const before = Date.parse(await clockOf(address))
    await moveClock(address, { move: 'run', speed: '10080' })
    await eventually(async () => Date.parse(await clockOf(address)) > before + HOUR_MS || undefined)
    expect(await see(address)).toContain('http-equiv="refresh"')
    await moveClock(address, { move: 'pause' })
    const paused = await clockOf(address)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await clockOf(address)).toBe(paused)
    expect(await see(address)).not.toContain('http-equiv="refresh"')
  })

  test('pages of other sites cannot move it, and it leads to no other site', async () => {
    const foreign = { method: 'POST', headers: { origin: 'https://example.org' } }
    const body = new URLSearchParams({ move: 'day' })
    expect((await fetch(`${address}/clock`, { ...foreign, body })).status).toBe(403)
    for (const back of ['https://example.org', '//example.org', '/\\example.org']) {
      expect((await moveClock(address, { move: 'pause', back })).headers.get('location')).toBe('/')
    }
  })
})

describe('with --data', () => {
  test('everything is there after a restart, and nothing is given twice', async () => {
    const folder = await newFolder()
    const first = await startThroughcare(['--data', folder])
    await post(first, asLines(sheetAt(new Date().toISOString())))
    await eventually(async () => countOn(await seen(first)) > 0 || undefined)
    const page = await seen(first, '/casefiles/order/O-1')
    const goLive = await readFile(join(folder, 'go-live.json'), 'utf8')
    expect(await first.stop()).toBe(0)

    const second = await start(['--data', folder])
    expect(countOn(await seen(second))).toBe(1)
    expect(await seen(second)).toContain('FAX-01 update')
    expect(page).not.toContain('SECRET PROGRESS')
    expect(await readFile(join(folder, 'go-live.json'), 'utf8')).toBe(goLive)
    const { answers } = await post(second, asLines(sheetAt(new Date().toISOString()).slice(0, 1)))
    expect(answers).toMatchObject([{ is: 'accepted' }])
  })

  test('there is no clock to move', async () => {
    const throughcare = await start(['--data', await newFolder()])
    expect(await seen(throughcare)).not.toContain('/clock')
    const body = new URLSearchParams({ move: 'day' })
    expect((await throughcare.visit('/clock', { method: 'POST', body })).status).toBe(404)
  })

  test('a folder belongs to one process at a time', async () => {
    const folder = await newFolder()
    await start(['--data', folder])
    await expect(startThroughcare(['--data', folder])).rejects.toThrow('in use by another Throughcare')
  })

  test('what fell due before the folder was first used is not given', async () => {
    const throughcare = await start(['--data', await newFolder()])
    await post(throughcare, asLines(sheetAt('2026-01-05T10:00')))
    const page = await eventually(async () => {
      const order = await seen(throughcare, '/casefiles/order/O-1')
      return order.includes('before go-live') ? order : undefined
    })
    expect(page).not.toMatch(/govuk-tag--blue">\s*sent/)
  })
})

describe('with SMTP_URL', () => {
  test('e-mail is really sent, with its text kept, and in the ledger as sent', async () => {
    const mail = await startMailServer()
    open.push(() => mail.close())
    const folder = await newFolder()
    const throughcare = await startThroughcare(
      ['--data', folder, '--address', 'https://throughcare.example.org'],
      {
        SMTP_URL: mail.url,
        SMTP_FROM: 'Throughcare <throughcare@example.org>',
      },
    )
    await post(throughcare, asLines(sheetAt(new Date().toISOString())))
    const sent = await eventually(() => mail.mails[0])
    expect(sent).toMatchObject({ from: 'throughcare@example.org', to: ['sam@example.com'] })
    expect(sent.raw.replaceAll(/=\r?\n/g, '')).toContain('https://throughcare.example.org/notices/order/O-1/')
    expect(sent.raw).not.toContain('SECRET PROGRESS')
    await throughcare.stop()

    const store = sqliteStore(join(folder, 'throughcare.db'))
    const { entries = [] } = (await store.open('order:O-1')) ?? {}
    const entry = entries.find((one) => one.noticeId === sent.messageId)
    expect(entry).toMatchObject({ is: 'sent', duty: 'FAX-01', step: 'update' })
    expect((await store.texts('order:O-1')).has(sent.messageId)).toBe(true)
    store.close()
  })
})
