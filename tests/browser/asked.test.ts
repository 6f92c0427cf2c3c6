import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askedBy } from '../../functions/acts/acts.ts'
import type { Outcome } from '../../functions/wake/ports.ts'
import { readerOf } from '../../functions/web/reader/reader.ts'
import { byArrival, readArrivals } from '../../infra/local/arrivals.ts'
import { sampleCaseload } from '../../infra/local/sample/caseload.ts'
import { addDays, earliest, type Instant, londonDate, londonTime } from '../../shared/calendar/london.ts'
import { fold } from '../../shared/casefile/casefile.ts'
import { type CasefileId, casefileId } from '../../shared/casefile/ids.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import { catalogue, rowsOf } from '../../shared/duties/catalogue.ts'
import type { Choice } from '../../shared/messages/answers.ts'
import { event, type Told } from '../story.ts'
import { hasBrowser, openSignedIn } from './signed-in.ts'

/**
 * Ask × reader × act, in everything that the sample caseload is told: whoever is asked for something opens the link in
 * the very message, on a telephone and without a script, and does it there; or answers a text by a text. What was done
 * is taken back before time goes on, so that each of them is asked all that they would have been. The table is printed.
 */

/** What the sample holds none of: a change in risk, somebody who writes back, and one who is out long before their day. */
const UNPLANNED = { personReference: { identifiers: [{ type: 'NOMS', value: 'A9090AA' }] } }
const BESIDE_THE_SAMPLE: readonly Told[] = [
  event('2026-10-05T10:00', 'risk.changed', { orderId: 'O-1004', by: 'C-CM-02' }),
  event('2026-11-05T10:00', 'risk.changed', { orderId: 'O-1004', by: 'C-OM-01' }),
  event('2026-10-06T10:00', 'reply.received', {
    ...{ orderId: 'O-1004', contactId: 'C-PERSON-04', channel: 'sms', replyId: 'RE-1' },
  }),
  event(
    '2026-11-02T10:00',
    'release.planned',
    {
      ...{ releaseId: 'R-90', area: 'NORTH', releaseOn: '2026-11-20', initials: 'OB', prisonId: 'QBR' },
      ...{ dutyOfficer: 'C-GATE-DUTY-01', keyWorker: 'C-KEY-02' },
    },
    UNPLANNED,
  ),
  event(
    '2026-11-03T10:00',
    'reply.received',
    { releaseId: 'R-90', contactId: 'C-KEY-02', channel: 'sms', replyId: 'RE-2' },
    UNPLANNED,
  ),
  event(
    '2026-11-10T10:00',
    'release',
    { nomsNumber: 'A9090AA', reason: 'RELEASED', nomisMovementReasonCode: 'CR', prisonId: 'QBR' },
    { ...UNPLANNED, eventType: 'prison-offender-events.prisoner.released' },
  ),
]
/** What these steps ask of others, they only tell these. */
const ASKED_OTHERWISE = ['FAX-01 unread probation-office', 'SP-02 lapsed holder', 'ROTA-01 gap duty-officer']
const UNTIL = londonTime('2027-06-01', '00:00')

type Sent = Extract<Outcome['entry'], { is: 'sent' }>
type Ask = { readonly event: string; readonly choice?: Choice }

describe.runIf(hasBrowser)('whoever is asked for something by a message of the sample', () => {
  let service: Awaited<ReturnType<typeof openSignedIn>>
  let page: Page
  beforeAll(async () => {
    service = await openSignedIn(0, [])
    page = await service.as('nobody')
    page.setDefaultTimeout(15_000)
  })
  afterAll(() => service?.stop())

  test('does it where the message leads', async () => {
    const lines = [...sampleCaseload(), ...BESIDE_THE_SAMPLE].map((one) => JSON.stringify(one))
    const coming = (await readArrivals(lines)).arrivals.sort(byArrival)
    const became = new Map<string, string>()
    for (let nth = 0; ; ) {
      const next = earliest(coming[nth]?.at, await service.nextWake())
      if (next === undefined || next > UNTIL) break
      const outcomes = await service.moveTo(next)
      for (; coming[nth]?.at === next; nth++) await service.take(coming[nth]?.body ?? '')
      for (const { casefile, entry } of [...outcomes, ...(await service.settle())]) {
        if (entry.is !== 'sent' || entry.role === 'person') continue
        for (const ask of asksOf(entry)) {
          const cell = [entry.duty, entry.step, wordOf(ask), entry.role].join(' ')
          if (became.get(cell) !== DONE) became.set(cell, await does(ask, entry, casefile, next))
        }
      }
    }
    print(became)
    const isAsked = (row: string) => [...became.keys()].some((cell) => cell.startsWith(row))
    const rows = catalogue().filter((row) => askedBy(row).length > 0)
    const unasked = rows.map(({ duty, step }) => `${duty} ${step} `).filter((row) => !isAsked(row))
    expect(unasked).toEqual([])
    expect([...became].filter(([, is]) => is !== DONE)).toEqual([])
  }, 900_000)

  /** What a message asks for: by its rows, and where it says how to answer. */
  function asksOf(entry: Sent): Ask[] {
    if (ASKED_OTHERWISE.includes(`${entry.duty} ${entry.step} ${entry.role}`)) return []
    const rows = rowsOf(entry)
    const answers = HOW_TO_ANSWER.test(textOf(entry)) ? rows.flatMap((row) => row.answers ?? []) : []
    const asks = [
      ...rows.flatMap(askedBy).map((one): Ask => one),
      ...answers.map((choice) => ({ event: choice.type, choice })),
    ]
    return [...new Map(asks.map((ask) => [wordOf(ask), ask])).values()]
  }

  function textOf({ messageId, address }: Sent): string {
    const isIt = (one: { messageId: string; address: string }) =>
      one.messageId === messageId && one.address === address
    return service.outbox.findLast(isIt)?.text ?? ''
  }

  /** Does what a message asks, and takes it back. Gives what stood there instead, where it could not be done. */
  async function does(ask: Ask, entry: Sent, casefile: CasefileId, now: Instant): Promise<string> {
    const before = new Set((await service.eventsOf(casefile)).map(({ eventId }) => eventId))
    const { email } = fold('contact', await service.eventsOf(casefileId('contact', entry.to))).details ?? {}
    const person = { email, isSupport: false }
    const reader = await readerOf(person, service.store)
    const they = [entry.to, ...(reader.reads === 'everything' ? [] : reader.contactIds)]
    await service.signIn(page, person, UNTIL)
    const seen = ask.choice ? await answers(entry, ask.choice) : await follows(entry, ask.event, now)
    const done = (await service.eventsOf(casefile)).filter(({ eventId }) => !before.has(eventId))
    for (const one of done) {
      for (const id of casefilesOf(one)) await service.store.forget(id, { event: one })
    }
    const isTheirs = done.some(
      ({ type, info }) => type === ask.event && 'by' in info && they.includes(info.by ?? ''),
    )
    return isTheirs ? DONE : seen
  }

  /** Opens the page of the notice, and fills in the form of the act that stands there. */
  async function follows(entry: Sent, act: string, now: Instant): Promise<string> {
    const text = textOf(entry)
    const [link] = /https?:\S+\/notices\/[\w/-]+/.exec(text) ?? []
    if (link === undefined) return `no link: ${text}`
    await page.goto(link)
    const offered = page
      .locator(`main a[href*="/acts/${act}/"], main form[action*="/acts/${act}/"] button`)
      .first()
    if ((await offered.count()) === 0) return `not offered: ${await page.textContent('main')}`
    await offered.click()
    await fill(now)
    for (const step of ['check', 'do']) {
      const button = page.locator(`main button[value="${step}"]`)
      if ((await button.count()) > 0) await button.click()
    }
    return (await page.textContent('main')) ?? ''
  }

  /** Writes what is needed in each field that the message has not said already. */
  async function fill(now: Instant) {
    const today = londonDate(now)
    const days = { on: today, confirmedOn: today, startsAt: addDays(today, 4) }
    const dated = Object.entries(days).flatMap(([name, date]) => {
      const [year = '', month = '', day = ''] = date.split('-')
      return Object.entries({ day, month, year }).map(([part, value]) => [`${name}-${part}`, value] as const)
    })
    for (const [name, value] of [...dated, ['startsAt-time', '10am'], ['score', '7']] as const) {
      const box = page.locator(`main [name="${name}"]`)
      if ((await box.count()) > 0 && (await box.inputValue()) === '') await box.fill(value)
    }
    for (const group of await page.locator('main fieldset:has(input[type=radio])').all()) {
      if ((await group.locator('input:checked').count()) > 0) continue
      const none = group.locator('input[value="none-booked"]')
      await ((await none.count()) > 0 ? none : group.locator('input').first()).check()
    }
  }

  /** Presses what the link to answer offers, or replies to a text that asks for a reply. */
  async function answers(entry: Sent, { id, outcome }: Choice): Promise<string> {
    const text = textOf(entry)
    const [link] = /https?:\S+\/a\/\S+/.exec(text) ?? []
    if (link === undefined) {
      const [, letter = ''] = /\b(?:Reply|Atebwch) ([A-Z] )/.exec(text) ?? []
      await service.hears(entry.address, letter + id.toUpperCase())
      return `replied to: ${text}`
    }
    await page.goto(link)
    const button = page.locator(`button[name="answer"][value="${id}"]`)
    if ((await button.count()) === 0) return `not offered: ${await page.textContent('body')}`
    await button.click()
    if (outcome) await button.click()
    return (await page.textContent('body')) ?? ''
  }
})

const DONE = 'done'
const HOW_TO_ANSWER = /\/a\/|\b(?:Reply|Atebwch) /

function wordOf({ event: type, choice }: Ask): string {
  return choice?.outcome ? `${type}=${choice.outcome}` : type
}

/** A line for each ask, with those who were asked, and whether each of them did it. */
function print(became: ReadonlyMap<string, string>) {
  const cells = [...became].map(([cell, is]) => {
    const [, ask = '', reader = ''] = /^(.+) (\S+)$/.exec(cell) ?? []
    return { ask, reader, mark: is === DONE ? '■' : '·' }
  })
  const lines = [...Map.groupBy(cells, ({ ask }) => ask)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([ask, of]) => `${ask.padEnd(56)} ${of.map(({ reader, mark }) => `${mark} ${reader}`).join('  ')}`)
  const readers = new Set(cells.map(({ reader }) => reader)).size
  process.stdout.write(
    `${lines.join('\n')}\n${lines.length} asks, ${readers} readers, ${cells.length} cells\n`,
  )
}
