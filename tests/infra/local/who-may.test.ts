import { handle, type LambdaEvent } from 'hono/aws-lambda'
import { beforeAll, describe, expect, test } from 'vitest'
import { SHOWN_KINDS } from '../../../functions/web/casefiles/casefiles.ts'
import { actPath } from '../../../functions/web/frame/act-form.ts'
import type { Person } from '../../../functions/web/reader/sign-in.ts'
import { ACTS } from '../../../shared/acts/all.ts'
import { londonTime } from '../../../shared/calendar/london.ts'
import { openCasefile } from '../../../shared/casefile/casefile.ts'
import { type CasefileId, casefileId, keyOf, kindOf, releaseKey } from '../../../shared/casefile/ids.ts'
import { mayHaveBeenTold } from '../../../shared/casefile/ledger.ts'
import { noticeName } from '../../../shared/messages/links.ts'
import { AROUND_A_RELEASE, declines, PERSON, release, rota } from '../../duties/releases/release-story.ts'
import { appointment, contact, event, order, PEOPLE, together } from '../../story.ts'
import { openPages } from '../../web/pages.ts'

/**
 * Who may see and do what: each page and each act, asked by one person of each role over one casefile of each kind, of
 * one machine and of the function behind API Gateway. What is refused is no page at all. The table is `who-may.txt`.
 */

const AT = londonTime('2026-03-10', '12:00')
const ADDRESS = 'https://throughcare.example.org'

const WORKERS: Readonly<Record<string, string>> = {
  'C-OM': 'offender manager',
  'C-COVER': 'their cover',
  'C-CM': 'case manager',
  'C-OFFICE': 'probation office',
  'C-PROVIDER': 'provider manager',
  'C-DUTY': 'duty officer of the order',
  'C-WITH': 'an appointment is with them',
  'C-KEY': 'key worker',
  'C-GATE': 'duty officer of the release',
  'C-DAY': 'on call',
  'C-OWNER': 'rota owner',
  'C-GOV': 'governor',
  'C-DEP': 'deputy governor',
  'C-VET': 'vetting contact',
  'C-GOV-2': 'governor elsewhere',
  'C-LEAD': 'partnership lead',
  'C-ADMIN': 'looks after the service',
  'C-SPONSOR': 'sponsor of the person released',
  'C-HOLDER': 'holder of the clearance',
  'C-PERSON': 'person on the order',
  'C-NOBODY': 'nobody to us',
}
const WORKS: Readonly<Record<string, string>> = {
  ...{
    'C-OM': 'probation',
    'C-CM': 'treatment',
    'C-GOV': 'prison',
    'C-KEY': 'release',
    'C-ADMIN': 'service',
  },
}
const COLUMNS: readonly { readonly id: string; readonly is: string; readonly person: Person }[] = [
  { id: 'support', is: 'support staff', person: { isSupport: true } },
  {
    ...{ id: 'officer', is: 'answers requests for access' },
    person: { isSupport: false, isDataProtection: true },
  },
  ...Object.entries(WORKERS).map(([id, is]) => ({
    ...{ id, is, person: { email: `${id.toLowerCase()}@example.com`, isSupport: false } },
  })),
]

const prison = (prisonId: string, posts: Record<string, unknown>) =>
  event('2026-01-01T00:00', 'prison.updated', { prisonId, name: `HMP ${prisonId}`, ...posts })
const ofOrder = (type: string, more: Record<string, unknown> = {}, at = '2026-03-09T16:00') =>
  event(at, type, { orderId: 'O-1', by: 'C-CM', ...more })

const STORY = [
  ...together(PEOPLE, AROUND_A_RELEASE),
  ...Object.keys(WORKERS)
    .filter((id) => id !== 'C-NOBODY')
    .map((id) => {
      const absent = [{ from: '2026-03-01', to: '2026-03-31', coverContactId: 'C-COVER' }]
      const more = { worksIn: WORKS[id] ? [WORKS[id]] : [], ...(id === 'C-OM' && { absent }) }
      return contact(id, more, '2026-02-01T00:00')
    }),
  {
    ...order({ limitedAccess: true }),
    personReference: { identifiers: [{ type: 'CRN', value: 'X900001' }] },
  },
  appointment('2026-03-09T14:00', { with: 'C-CM' }),
  appointment('2026-03-09T10:00', { appointmentId: 'A-0', with: 'C-WITH' }),
  appointment('2026-03-20T14:00', { appointmentId: 'A-2', kind: 'three-way' }),
  ofOrder('contact-sheet.submitted', {
    ...{
      appointmentId: 'A-0',
      attendance: 'attended',
      nextAppointment: 'A-2',
      progress: [],
      supportNeed: true,
    },
  }),
  ...['disclosure.flagged', 'risk.changed', 'withdrawal.proposed', 'breach.decided'].map((type) =>
    ofOrder(type),
  ),
  ofOrder('reply.received', { contactId: 'C-PERSON', channel: 'sms', replyId: 'R-1' }),
  event(
    '2026-03-09T17:00',
    'reply.received',
    { releaseId: 'R-1', contactId: 'C-KEY', channel: 'sms', replyId: 'R-2' },
    PERSON,
  ),
  rota([['2026-01-01T00:00', '2029-01-01T00:00', 'C-DAY']]),
  release({
    ...{ dutyOfficer: 'C-GATE', meeters: [{ contactId: 'C-SPONSOR', kind: 'sponsor', consented: true }] },
  }),
  declines('2026-03-10T09:00', 'C-KEY'),
  prison('QAA', { governor: 'C-GOV', deputy: 'C-DEP', vettingContact: 'C-VET' }),
  prison('QBB', { governor: 'C-GOV-2' }),
  event('2026-01-02T10:00', 'clearance.confirmed', {
    ...{ clearanceId: 'CL-1', prisonId: 'QAA', holder: 'C-HOLDER', organisationId: 'ORG-1' },
    confirmedOn: '2025-05-02',
  }),
  event('2026-01-04T00:00', 'partnership.agreed', {
    prisonId: 'QAA',
    on: '2025-05-01',
    partnershipLead: 'C-LEAD',
  }),
]

const CASEFILES: readonly CasefileId[] = [
  ...(['order:O-1', 'clearance:CL-1', 'prison:QAA', 'rota:NORTH'] as const),
  casefileId('release', releaseKey('A9001AA')),
  ...(['contact:C-OM', 'contact:C-HOLDER', 'contact:C-PERSON'] as const),
]
const pathOf = (id: CasefileId) => `${kindOf(id)}/${encodeURIComponent(keyOf(id))}`
/** What a release is called here says nothing to anybody. */
const readable = (path: string) => path.replaceAll(releaseKey('A9001AA'), 'RELEASE')

/** Every page, by the route that serves it. Those of acts and of notices are found in the casefiles. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  '/': ['/'],
  '/tomorrow': ['/tomorrow'],
  '/team': ['/team'],
  '/figures': ['/figures'],
  '/releases': ['/releases'],
  '/rotas': ['/rotas'],
  '/clearances': ['/clearances'],
  '/casefiles': ['/casefiles'],
  '/casefiles/:kind': SHOWN_KINDS.map((kind) => `/casefiles/${kind}`),
  '/casefiles/:kind/:key': [...CASEFILES, 'order:O-9' as const].map((id) => `/casefiles/${pathOf(id)}`),
  '/notices/:kind/:key/:short': [],
  '/new': ['/new'],
  '/acts/:event/:kind/:key/done': [],
  '/acts/:event/:kind/:key': [],
  '/calendar': ['/calendar'],
  '/calendar/:orderId/:appointment': ['/calendar/O-1/A-2.ics', '/calendar/O-1/A-9.ics'],
  '/caseload': ['/caseload'],
  '/caseload/done': ['/caseload/done'],
  '/search': ['/search'],
  '/export': ['/export'],
  '/evidence/:kind/:key': CASEFILES.filter((id) => kindOf(id) === 'order').map(
    (id) => `/evidence/${pathOf(id)}?appointment=A-0`,
  ),
  '/held': ['/held'],
  '/help': ['/help'],
  '/accessibility': ['/accessibility'],
  '/privacy-notice': ['/privacy-notice'],
}
/** Those that are served before anybody signs in. */
const OPEN = /^\/(a|assets|calendars)\/|\.css$|^\/(callback|sign-out|signed-out)$/

type Row = { readonly name: string; readonly pathFor: (id: string) => string; readonly isAct?: true }
type Answer = { readonly status: number; readonly body: string }
/** `■` there is such a page, `>` it leads on to another, `·` there is none. */
const CELLS: Readonly<Record<number, string>> = { 200: '■', 302: '>', 303: '>', 404: '·' }

describe('role × page × act', () => {
  let pages: Awaited<ReturnType<typeof openPages>>
  let onAws: ReturnType<typeof handle>
  let oneMachine: Awaited<ReturnType<typeof pages.onOneMachine>>
  let rows: Row[]
  beforeAll(async () => {
    pages = await openPages(AT, STORY)
    onAws = handle(pages.app)
    oneMachine = await pages.onOneMachine()
    rows = [...pageRows(), ...(await noticeRows()), ...(await actRows())]
  })

  function pageRows(): Row[] {
    return Object.values(PAGES)
      .flat()
      .map((path) => ({ name: path, pathFor: () => path }))
  }

  /** One notice of each role in each casefile. */
  async function noticeRows(): Promise<Row[]> {
    const found = new Map<string, Row>()
    for (const id of CASEFILES) {
      for (const entry of (await pages.entriesOf(id)).filter(mayHaveBeenTold)) {
        const path = `/notices/${pathOf(id)}/${noticeName(entry.noticeId)}`
        const name = `a notice of ${pathOf(id)} to its ${entry.role} ${entry.to}`
        if (!found.has(name)) found.set(name, { name, pathFor: () => path })
      }
    }
    return [...found.values()]
  }

  /** Each act, on the first thing in each casefile that it can be done about; in one's own casefile, what one opens. */
  async function actRows(): Promise<Row[]> {
    const here = [...CASEFILES, 'contact:C-ADMIN' as const]
    const all = await Promise.all(
      here.map(async (id) => {
        const casefile = openCasefile(id, await pages.eventsOf(id), await pages.entriesOf(id))
        const place = { ...casefile, now: AT }
        return ACTS.filter(({ kind }) => kind === kindOf(id)).flatMap((act) => {
          const first = [
            ...Map.groupBy(act.subjects(place), ({ isAgain, key }) => `${isAgain} ${key === 'new'}`).values(),
          ]
          return first.flatMap(([subject]): Row[] => {
            if (subject === undefined) return []
            const path = actPath(act, { ...place, subject })
            const isOwn = id === 'contact:C-ADMIN'
            const again = subject.isAgain ? ', again' : ''
            const of = isOwn ? 'one’s own casefile' : pathOf(id)
            const name = `${act.event}${act.opens && subject.key === 'new' ? ' of somebody new' : ''}${again}, in ${of}`
            return [{ name, isAct: true, pathFor: (own) => (isOwn ? path.replace('C-ADMIN', own) : path) }]
          })
        })
      }),
    )
    return all.flat()
  }

  const bodyOf = (text: string) => text.replaceAll(/nonce="[^"]*"/g, '')

  async function askAws(path: string, person: Person, form?: string): Promise<Answer> {
    const [rawPath = '', rawQueryString = ''] = path.split('?')
    const method = form === undefined ? 'GET' : 'POST'
    const domainName = new URL(ADDRESS).hostname
    const headers = { host: domainName, 'sec-fetch-site': 'same-origin' }
    const posted = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await onAws({
      version: '2.0',
      ...{ routeKey: '$default', rawPath, rawQueryString, isBase64Encoded: false },
      ...(form !== undefined && { body: form }),
      headers: { ...headers, ...(form !== undefined && posted) },
      cookies: [await pages.cookieOf(person)],
      requestContext: { domainName, http: { method, path: rawPath } },
    } as unknown as LambdaEvent)
    const body = answer.isBase64Encoded ? Buffer.from(answer.body, 'base64').toString() : answer.body
    return { status: answer.statusCode, body: bodyOf(body) }
  }

  async function askHere(path: string, person: Person): Promise<Answer> {
    const headers = { cookie: await pages.cookieOf(person) }
    const answer = await oneMachine.request(ADDRESS + path, { headers })
    return { status: answer.status, body: bodyOf(await answer.text()) }
  }

  test('every page there is stands in it, and every act', () => {
    const routes = pages.app.routes.filter(({ method, path }) => method === 'GET' && !OPEN.test(path))
    expect([...new Set(routes.map(({ path }) => path))].toSorted()).toEqual(Object.keys(PAGES).toSorted())
    const missing = ACTS.filter(
      ({ event, kind }) =>
        !rows.some(
          ({ name, isAct, pathFor }) =>
            isAct && name.startsWith(event) && pathFor('x').startsWith(`/acts/${event}/${kind}/`),
        ),
    )
    expect(missing.map(({ event, kind }) => `${event} of a ${kind}`)).toEqual([])
  })

  test('each cell is one answer, on one machine as on AWS, and what is refused is no page', async () => {
    const wrong: string[] = []
    const cells = new Map<string, string>(rows.map(({ name }) => [name, '']))
    for (const { id, person } of COLUMNS) {
      const none = await askAws('/nowhere', person)
      for (const { name, pathFor, isAct } of rows) {
        const path = pathFor(id)
        const [there, here] = [await askAws(path, person), await askHere(path, person)]
        // Support staff find on one machine what was given, too.
        const isSame = there.status === here.status && (there.body === here.body || person.isSupport)
        if (!isSame) wrong.push(`${id} ${path}: ${there.status} and ${here.status}`)
        const isRefused = there.status === 404
        if (isRefused && there.body !== none.body) wrong.push(`${id} ${path}: refused in words of its own`)
        if (isRefused && isAct) {
          const sent = await askAws(path, person, 'form=f&step=do')
          if (sent.status !== 404) wrong.push(`${id} ${path}: ${sent.status} to what is sent there`)
        }
        cells.set(name, `${cells.get(name)}${CELLS[there.status] ?? `(${there.status})`} `)
      }
    }
    expect(wrong).toEqual([])
    const width = Math.max(...rows.map(({ name }) => readable(name).length))
    const heads = COLUMNS.map(({ id, is }, nth) => `${''.padEnd(width)} ${'│ '.repeat(nth)}${id}, ${is}`)
    const lines = [...cells].map(([name, marks]) => `${readable(name).padEnd(width)} ${marks.trimEnd()}`)
    await expect([...heads, ...lines, ''].join('\n')).toMatchFileSnapshot('who-may.txt')
  }, 600_000)
})
