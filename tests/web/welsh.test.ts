import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { labelOf } from '../../functions/web/casefiles/facts.ts'
import { CODES } from '../../functions/web/frame/code-texts.ts'
import { PAGES } from '../../functions/web/frame/page-texts.ts'
import { inWords } from '../../functions/web/frame/words.ts'
import { readArrivals } from '../../infra/local/arrivals.ts'
import { replay } from '../../infra/local/replay.ts'
import { sampleCaseload } from '../../infra/local/sample/caseload.ts'
import type { SampleEvent } from '../../infra/local/sample/pen.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import { fold } from '../../shared/casefile/casefile.ts'
import { EVENTS } from '../../shared/casefile/events.ts'
import { casefileId } from '../../shared/casefile/ids.ts'
import { DUTIES } from '../../shared/duties/all.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { appointment, contact, order, PEOPLE } from '../story.ts'
import { NOWHERE, openPages } from './pages.ts'

/** Staff pages in Welsh, for those who prefer it. */

const AT = londonTime('2026-03-10', '12:00')
const as = (contactId: string) => ({ email: `${contactId.toLowerCase()}@example.com`, isSupport: false })
const STORY = [
  ...PEOPLE.filter(({ additionalInformation }) => additionalInformation.contactId !== 'C-CM'),
  contact('C-CM', { language: 'cy' }),
  order(),
  appointment('2026-03-09T14:00', { with: 'C-CM' }),
]
const seen = async (path: string, contactId: string) => {
  const { look } = await openPages(AT, STORY)
  return (await look(path, as(contactId))).text()
}

describe('a worker who prefers Welsh', () => {
  test('finds the navigation, the days and their dates in it, and the page says that it is', async () => {
    const page = await seen('/', 'C-CM')
    expect(page).toMatch(/<html lang="cy"/)
    for (const words of [
      'Heddiw',
      'Tan nos yfory',
      'I chi ei wneud',
      'Yn hwyr',
      '10 Mawrth 2026',
      'FAX-01 yn hwyr: Diweddariad ysgrifenedig ar ôl pob apwyntiad',
    ]) {
      expect(page).toContain(words)
    }
    expect(page).not.toContain('Yours to do')
  })

  test('finds their casefiles, and the page of one with its story', async () => {
    const list = await seen('/casefiles', 'C-CM')
    for (const words of ['Eich ffeiliau achos', 'Gorchmynion', 'Diwrnod olaf y gorchymyn'])
      expect(list).toContain(words)
    const order = await seen('/casefiles/order/O-1', 'C-CM')
    expect(await seen('/casefiles/order/O-1?show=happened', 'C-CM')).toContain('Apwyntiad wedi’i drefnu')
    for (const words of [
      'Beth y gallwch ei wneud',
      'Llenwi’r daflen gyswllt',
      'Popeth hyd yn hyn',
      'Risg, torri amodau',
      'dydd Mawrth 10 Mawrth 2026 am ',
      'derbynnydd: ',
    ])
      expect(order).toContain(words)
    expect(await seen('/team', 'C-CM')).toContain('Yn hwyr ers')
  })

  test('reads a passage of the guidance as it is, marked as English', async () => {
    expect(await seen('/casefiles/order/O-1', 'C-CM')).toMatch(/o <span lang="en">003:\d+/)
  })

  test('changes nothing for the others', async () => {
    const page = await seen('/', 'C-OM')
    expect(page).toMatch(/<html lang="en"/)
    expect(page).not.toMatch(/Heddiw|Rhyddhau/)
  })
})

const WEB = join(import.meta.dirname, '../../functions/web')
const filesIn = (folder: string, ends: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ends))
    .map((name) => readFileSync(join(folder, name), 'utf8'))

test('all that a page would say in Welsh has words for it, and no words are left over', () => {
  const found = (texts: readonly string[], pattern: RegExp) =>
    texts.flatMap((text) => [...text.matchAll(pattern)].map(([, words = '']) => words))
  const views = filesIn(join(WEB, 'frame/views'), '.njk')
  const code = filesIn(WEB, '.ts')
  const said = [
    ...found(views, /say\("([^"]+)"/g),
    ...found(views, /\["\w+", "\/\w*", "([^"]+)"\]/g),
    ...found(code, /say\(\s*'([^']+)'/g),
    ...found(code, /say\([^()]*\? '([^']+)' : '[^']+'\)/g),
    ...found(code, /say\([^()]*\? '[^']+' : '([^']+)'\)/g),
  ]
  const own = new Set(said.filter((words) => !(words in CODES)))
  expect([...own].sort()).toEqual(Object.keys(PAGES).sort())
})

test('every step of a duty, type and field of an event has its words', () => {
  const said = [
    ...DUTIES.flatMap(({ rows }) => Object.keys(rows)).map((code) => inWords(code)),
    ...Object.keys(EVENTS).map((type) => inWords(type)),
    ...Object.values(EVENTS).flatMap(({ shape }) => Object.keys(shape).map((field) => labelOf(field, 'en'))),
  ]
  expect(said.filter((words) => !(words in CODES))).toEqual([])
})

/** What English is made of, and Welsh is not. */
const ENGLISH =
  /\b(?:the|and|not|was|were|is|are|been|to|for|from|with|this|that|these|there|they|them|their|who|what|which|when|nobody|somebody|you|your|by|of|on|or|has|have|had|will|would|may|no|yes|take|choose|send|appointment|meeting|order|notice|casefile|clearance|duty|day|week|month|said|told|sent|asked|planned|failed|delivered|page|search|error|e-mail|text|report|manager|officer|worker|prison|contact)\b/gi

/** The words of a page, without what it quotes, references, and what others wrote. */
function wordsOf(html: string, wroteByOthers: readonly string[]): string {
  const [, page = ''] = html.split('<body')
  const body = page.replace(/<(script|style|textarea)[\s\S]*?<\/\1>/g, ' ')
  const labels = [...body.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label).join(' ')
  const text = `${labels} ${withoutMarked(body)}`
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, '’')
    .replace(/\S+@\S+|https?:\S+|\S*[-/]\d\S*|\d\d:\d\d to/g, ' ')
  return wroteByOthers.reduce((rest, words) => rest.replaceAll(words, ' '), text).replace(/\s+/g, ' ')
}

/** Without the elements that are in a language of their own, or are no words of a language. */
function withoutMarked(html: string): string {
  const [whole = '', tag] = /<(\w+)[^>]*(?: lang="|translate="no")[^>]*>/.exec(html) ?? []
  if (tag === undefined) return html
  const start = html.indexOf(whole)
  let depth = 0
  for (const { 0: found, index } of html.slice(start).matchAll(new RegExp(`<(/?)${tag}\\b`, 'g'))) {
    depth += found.startsWith('</') ? -1 : 1
    if (depth === 0) return html.slice(0, start) + withoutMarked(html.slice(start + index))
  }
  return html.slice(0, start)
}

function englishIn(html: string, wroteByOthers: readonly string[]): string[] {
  const words = wordsOf(html, wroteByOthers)
  return [...words.matchAll(ENGLISH)].map(({ index }) => words.slice(Math.max(0, index - 30), index + 40))
}

/** What is said in some events that nobody translates: names, places and what people wrote. */
function writtenIn(events: readonly SampleEvent[]): string[] {
  const strings = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(strings)
        : []
  const all = events.flatMap(({ additionalInformation }) => strings(additionalInformation))
  return [...new Set(all)].filter((one) => / /.test(one)).sort((a, b) => b.length - a.length)
}

/** So many pages of a kind are looked at for each worker. */
const EACH_MAX = 3
const OPENS = londonTime('2026-11-18', '10:00')
const PLACES = [
  '/',
  '/nowhere',
  '/help',
  '/accessibility',
  '/privacy-notice',
  '/held',
  '/export',
  '/figures',
  '/caseload/done?kind=orders&events=2',
]
const WORKERS = [
  'CM',
  'OM',
  'DUTY',
  'PROVIDER',
  'VETTING',
  'GOVERNOR',
  'LEAD',
  'ROTA',
  'KEY',
  'CALL',
  'GATE-DUTY',
]

/** What has to be among the pages that were looked at, whatever the sample has open on that day. */
const LOOKED_AT = [
  ...['/', '/tomorrow', '/team', '/figures', '/releases', '/rotas', '/clearances', '/calendar', '/search'],
  ...['/casefiles', '/new', '/caseload', '/caseload/done', '/export', '/held', '/nowhere', '/help'],
  ...['order', 'clearance', 'release', 'prison', 'rota', 'contact'].map((kind) => `/casefiles/${kind}/…`),
  ...['/evidence/order/…', '/notices/order/…', '/acts/contact-sheet.submitted/order/…'],
]

describe('in the middle of the sample', () => {
  test('no page has English left in it for those who prefer Welsh, nor has a form that was left empty', async () => {
    const sample = sampleCaseload().map((event) =>
      event.eventType === 'throughcare.contact.updated'
        ? { ...event, additionalInformation: { ...event.additionalInformation, language: 'cy' } }
        : event,
    )
    const store = sqliteStore(':memory:')
    const { arrivals } = await readArrivals(sample.map((one) => JSON.stringify(one)))
    await replay({ arrivals, until: OPENS, store }, () => {})
    const { look, send } = await openPages(OPENS, [], NOWHERE, { store })
    const written = writtenIn(sample)
    const left = new Set<string>()
    const kinds = new Set<string>()
    for (const contactId of WORKERS.map((role) => `C-${role}-01`)) {
      const { details } = fold('contact', await store.events(casefileId('contact', contactId), ['contact']))
      const person = { email: details?.email ?? '', isSupport: false, isDataProtection: true }
      const shown = new Map<string, number>()
      const queue = [...PLACES]
      const known = new Set(queue)
      const read = async (path: string, answer: Response) => {
        if (!answer.headers.get('content-type')?.startsWith('text/html')) return ''
        const html = await answer.text()
        expect(html.slice(0, 40), `${contactId} ${path}`).toContain('lang="cy"')
        for (const words of englishIn(html, written)) left.add(`${kindOf(path)}: ${words}`)
        return html
      }
      for (const path of queue) {
        const kind = kindOf(path)
        const nth = shown.get(kind) ?? 0
        if (nth >= EACH_MAX) continue
        shown.set(kind, nth + 1)
        kinds.add(kind)
        const html = await read(path, await look(path, person))
        if (path.startsWith('/acts/')) {
          await read(path, await send(path, person, { form: 'f', step: 'check' }))
          await read(path, await look(`${path.split('?')[0]}/done`, person))
        }
        for (const [, href = ''] of html.matchAll(/href="(\/(?:[^"/][^"]*)?)"/g)) {
          const [next = ''] = href.replaceAll('&amp;', '&').split('#')
          if (known.has(next) || /^\/(sign-out|assets)|\.(css|ics)$/.test(next)) continue
          known.add(next)
          queue.push(next)
        }
      }
      for (const path of ['/held', '/export', '/caseload']) await read(path, await send(path, person, {}))
      for (const csv of ['a,b\n', 'orderId,orderId\nO-1,O-1\n', 'orderId,crn\n,\nO-1,X1,X2\n']) {
        await read('/caseload', await send('/caseload', person, { kind: 'orders', csv, step: 'check' }))
      }
      for (const words of ['C-', 'HMP', details?.name ?? '']) {
        await read('/search', await send('/search', person, { words }))
      }
    }
    expect([...left]).toEqual([])
    expect(kinds.size).toBeGreaterThan(50)
    expect([...kinds]).toEqual(expect.arrayContaining(LOOKED_AT))
  }, 120_000)
})

/** The kind of page that a path leads to: `/casefiles/order/…`. */
function kindOf(path: string): string {
  const [plain = ''] = path.split('?')
  return plain.replace(/(\/(?:casefiles|notices|acts\/[^/]+|evidence)\/\w+)\/.*?(\/done)?$/, '$1/…$2')
}
