import type { Hono } from 'hono'
import { casefileOf } from './acts/offering.ts'
import type { CasefilePorts } from './casefiles/casefiles.ts'
import { pageOf } from './frame/paging.ts'
import { sayIn } from './frame/welsh.ts'
import { type AuditPorts, REASONS_TO_LOOK, reasonIn, writeDown } from './reader/audit.ts'
import { answersRequests, type StaffPages } from './reader/reader.ts'
import type { Page, Showing } from './reader/showing.ts'
import { type EvidenceOf, evidence } from './records/evidence.ts'
import { type Held, heldAbout, knownBy } from './records/held.ts'

type Ports = AuditPorts & CasefilePorts

/**
 * Pages for printing. The record of one notice or appointment, for those who may read its casefile. And everything held
 * about one person, only for those who answer requests for access: a draft to answer one from, with whatever is about
 * others covered. That is uncovered item by item, with a reason, and recorded; what is uncovered is stored only in the
 * page, so each view records all of it again.
 */
export function serveRecords(app: Hono<StaffPages>, ports: Ports, { show, notFound }: Showing): void {
  const ask = (c: Page, facts: object) => show(c, 'held', { reasons: REASONS_TO_LOOK, ...facts })
  app.get('/evidence/:kind/:key', async (c) => {
    const id = casefileOf(c)
    const of = evidenceIn(c)
    const record = id && of && (await evidence(id, of, c.get('reader'), c.get('language'), ports))
    return record ? show(c, 'evidence', { ...record, key: c.req.param('key') }) : notFound(c)
  })
  app.on(['GET', 'POST'], '/held', async (c) => {
    if (!answersRequests(c.get('reader'), c.get('person'))) return notFound(c)
    if (c.req.method === 'GET') return ask(c, {})
    const sent = await c.req.parseBody({ all: true })
    const text = (name: string) => (typeof sent[name] === 'string' ? sent[name].trim() : '')
    const [said, reason] = [text('who'), reasonIn(sent.reason)]
    if (said === '' || !reason) {
      const say = sayIn(c.get('language'))
      c.status(422)
      return ask(c, { who: said, error: say(said === '' ? 'Write who it is about' : 'Choose why you look') })
    }
    const keys = [sent.uncovered ?? [], sent.uncover ?? []].flat()
    const uncovered = [...new Set(keys.filter((one) => typeof one === 'string' && one !== ''))] as string[]
    const held = await heldAbout(said, new Set(uncovered), c.get('language'), ports.store)
    const isCovered = uncovered.length === 0
    writeDown(c, ports, {
      what: isCovered ? 'HELD_ABOUT_PERSON_VIEWED' : 'HELD_ABOUT_PERSON_UNCOVERED',
      ...{ subjectId: knownBy(said), subjectType: 'PERSON' },
      details: { reason, ...(!isCovered && { uncovered }) },
    })
    const shown = held && heldPage(held, text('page') || text('stay'))
    return ask(c, { who: said, reason, held: shown, uncovered, isAsked: true })
  })
}

/** How many events and notices a page shows; printing shows all of them. */
const LINES = 100

/** The part of what is held that the requested page shows: `all`, or a number. */
function heldPage({ events, told, ...held }: Held, asked: string) {
  const count = events.length + told.length
  const size = asked === 'all' ? Math.max(1, count) : LINES
  const { skip, page } = pageOf(count, size, Number(asked))
  const until = skip + size
  return {
    ...held,
    ...{ page: asked === 'all' ? 'all' : page, pages: Math.ceil(count / LINES) },
    ...{ eventCount: events.length, toldCount: told.length },
    events: events.slice(skip, until),
    told: told.slice(Math.max(0, skip - events.length), Math.max(0, until - events.length)),
  }
}

function evidenceIn(c: Page): EvidenceOf | undefined {
  const [notice, appointment] = [c.req.query('notice'), c.req.query('appointment')]
  if (notice !== undefined) return { notice }
  return appointment === undefined ? undefined : { appointment }
}
