import type { Hono } from 'hono'
import { keyOf, kindOf } from '../../shared/casefile/ids.ts'
import type { ActPorts } from '../acts/acts.ts'
import { type CasefilePorts, SHOWN_KINDS } from './casefiles/casefiles.ts'
import { sayIn } from './frame/welsh.ts'
import { type AuditPorts, REASONS_TO_LOOK, reasonIn, writeDown } from './reader/audit.ts'
import { answersRequests, type StaffPages } from './reader/reader.ts'
import type { Showing } from './reader/showing.ts'
import { listAsCsv } from './records/list-csv.ts'
import { search } from './records/search.ts'

/**
 * Searching for a casefile, and exporting a list of them. The search is sent as a form, so that no name or number is in
 * a URL, which browsers and logs keep. Both are recorded.
 */
export function serveSearch(
  app: Hono<StaffPages>,
  ports: CasefilePorts & ActPorts & AuditPorts,
  { show }: Showing,
): void {
  app.get('/search', (c) => show(c, 'search', {}))
  app.post('/search', async (c) => {
    const { words } = await c.req.parseBody()
    const said = typeof words === 'string' ? words.slice(0, WORDS_MAX) : ''
    const hits = await search(said, c.get('reader'), c.get('language'), ports)
    const details = { found: hits.map(({ id }) => id).join(' ') }
    writeDown(c, ports, { what: 'SEARCHED', subjectId: 'casefiles', subjectType: 'SEARCH', details })
    return show(c, 'search', {
      words: said,
      hits: hits.map(({ id, ...hit }) => ({ kind: kindOf(id), key: keyOf(id), ...hit })),
    })
  })

  app.get('/export', (c) => show(c, 'export', { kinds: SHOWN_KINDS, reasons: REASONS_TO_LOOK }))
  app.post('/export', async (c) => {
    const { kind: saidKind, names, reason: saidReason } = await c.req.parseBody()
    const reader = c.get('reader')
    const kind = SHOWN_KINDS.find((one) => one === saidKind)
    const mayName = reader.reads === 'everything' && answersRequests(reader, c.get('person'))
    const withNames = names === 'true' && mayName
    const reason = reasonIn(saidReason)
    const say = sayIn(c.get('language'))
    const error = !kind
      ? say('Choose a list')
      : withNames && !reason
        ? say('Choose why names and numbers are needed')
        : ''
    if (!kind || error !== '') {
      c.status(422)
      return show(c, 'export', { kinds: SHOWN_KINDS, reasons: REASONS_TO_LOOK, kind, error })
    }
    const { csv, count } = await listAsCsv(kind, withNames, reader, ports)
    const details = { lines: count, names: String(withNames), ...(withNames && reason && { reason }) }
    writeDown(c, ports, { what: 'LIST_EXPORTED', subjectId: kind, subjectType: 'LIST', details })
    c.header('content-type', 'text/csv; charset=utf-8')
    c.header('content-disposition', `attachment; filename="${kind}s.csv"`)
    return c.body(csv)
  })
}

const WORDS_MAX = 254
