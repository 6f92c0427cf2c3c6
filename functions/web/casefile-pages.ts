import type { Hono } from 'hono'
import { casefileId } from '../../shared/casefile/ids.ts'
import type { ActPorts } from '../acts/acts.ts'
import { type CasefilePorts, casefilePage, casefilesPage, SHOWN_KINDS } from './casefiles.ts'
import { linksTo } from './offering.ts'
import type { StaffPages } from './reader.ts'
import { withoutAnswer } from './rows.ts'
import type { Showing } from './showing.ts'

/** The lists of casefiles, and the page of each. */
export function serveCasefiles(
  app: Hono<StaffPages>,
  ports: CasefilePorts & ActPorts,
  { show, notFound, maySayWho }: Showing,
): void {
  app.get('/casefiles', (c) => c.redirect('/casefiles/order'))
  app.get('/casefiles/:kind', async (c) => {
    const kind = SHOWN_KINDS.find((one) => one === c.req.param('kind'))
    if (!kind || c.get('reader').reads !== 'everything') return notFound(c)
    const listed = await casefilesPage(kind, Number(c.req.query('page')), ports)
    return show(c, 'casefiles', { kind, kinds: SHOWN_KINDS, ...listed })
  })
  app.get('/casefiles/:kind/:key', async (c) => {
    const kind = SHOWN_KINDS.find((one) => one === c.req.param('kind'))
    const reader = c.get('reader')
    const page = kind && (await casefilePage(casefileId(kind, c.req.param('key')), reader, ports))
    if (!page) return notFound(c)
    const isOutbox = maySayWho && reader.reads === 'everything'
    return show(c, 'casefile', {
      ...page,
      given: isOutbox ? page.given : page.given.map(withoutAnswer),
      acts: await linksTo(
        page.offers.filter(({ about }) => !about.subject.isAgain),
        ports,
      ),
      corrections: await linksTo(
        page.offers.filter(({ about }) => about.subject.isAgain),
        ports,
      ),
      people: isOutbox ? page.people : [],
    })
  })
}
