import type { Hono } from 'hono'
import type { ActPorts } from '../acts/acts.ts'
import { casefileOf, offeredOn } from './acts/offering.ts'
import { type CasefilePorts, casefilePage, casefilesPage, SHOWN_KINDS } from './casefiles/casefiles.ts'
import { ownCasefiles } from './casefiles/own-list.ts'
import { withoutAnswer } from './casefiles/rows.ts'
import { FILTERS, type Filter } from './casefiles/story.ts'
import type { StaffPages } from './reader/reader.ts'
import type { Showing } from './reader/showing.ts'

/** The lists of casefiles, and the page of each. */
export function serveCasefiles(
  app: Hono<StaffPages>,
  ports: CasefilePorts & ActPorts,
  { show, notFound, maySayWho }: Showing,
): void {
  app.get('/casefiles', async (c) => {
    const reader = c.get('reader')
    if (reader.reads === 'everything') return c.redirect('/casefiles/order')
    return show(c, 'own', {
      own: await ownCasefiles(reader.contactIds, c.get('language'), ports),
      contactIds: reader.contactIds,
    })
  })
  app.get('/casefiles/:kind', async (c) => {
    const kind = SHOWN_KINDS.find((one) => one === c.req.param('kind'))
    if (!kind || c.get('reader').reads !== 'everything') return notFound(c)
    const listed = await casefilesPage(kind, c.req.query('after'), ports)
    return show(c, 'casefiles', { kind, kinds: SHOWN_KINDS, ...listed })
  })
  app.get('/casefiles/:kind/:key', async (c) => {
    const id = casefileOf(c)
    const reader = c.get('reader')
    const isOutbox = maySayWho && reader.reads === 'everything'
    const page =
      id &&
      (await casefilePage(
        id,
        reader,
        {
          filter: filterOf(c.req.query('show')),
          page: Number(c.req.query('page')),
          language: c.get('language'),
        },
        isOutbox ? (row) => row : withoutAnswer,
        ports,
      ))
    if (!page) return notFound(c)
    return show(c, 'casefile', {
      ...page,
      filters: FILTERS,
      offered: await offeredOn(page.offers, page.isAsked, c.get('language'), ports),
      maySayWho: isOutbox,
    })
  })
}

function filterOf(asked: string | undefined): Filter {
  return FILTERS.find((one) => one === asked) ?? 'all'
}
