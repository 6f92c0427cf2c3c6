import { keyOf, kindOf, subjectOf } from '../../../shared/casefile/ids.ts'
import { isFor, languageOf, type Offer } from '../../acts/acts.ts'
import { askedOf, type NoticePorts, type OpenedNotice, openNotice } from '../../acts/notices.ts'
import { repliesFor } from '../casefiles/replies.ts'
import { formName } from '../frame/act-form.ts'
import type { Page, Showing } from '../reader/showing.ts'
import { askWho, casefileOf, linksTo } from './offering.ts'

/** The page of one notice, for its recipient: what it says and asks, and nothing else from its casefile. */
export async function showNotice(c: Page, ports: NoticePorts, showing: Showing) {
  const id = casefileOf(c)
  const notice = id && (await openNotice(id, c.req.param('short') ?? '', ports))
  if (!id || !notice) return showing.notFound(c)
  const reader = c.get('reader')
  if (reader.reads === 'everything') {
    return askWho(c, notice.entry.role === 'meeter' ? [] : notice.givenTo, notice.opened, showing)
  }
  const [given] = notice.givenTo.filter((one) => reader.contactIds.includes(one))
  const isReader = await isFor(reader, notice.opened)
  const asked = askedOf(notice, reader.contactIds)
  const casefile = { kind: kindOf(id), key: keyOf(id) }
  if (given === undefined)
    return isReader ? c.redirect(`/casefiles/${casefile.kind}/${casefile.key}`) : showing.notFound(c)
  return showing.show(c, 'own-notice', {
    language: await languageOf(given, ports.store),
    isStanding: notice.standing.length > 0,
    said: notice.said.map((text) => text.split('\n\n')),
    acts: await linksTo(asked, ports),
    form: formName(notice.opened),
    replies: await repliesAbout(notice, isReader, asked, ports),
    casefile: isReader ? casefile : undefined,
  })
}

/** What somebody wrote, if the notice is about that, for those who may read it. */
async function repliesAbout(
  { opened, entry }: OpenedNotice,
  isReader: boolean,
  offers: readonly Offer[],
  { store }: NoticePorts,
) {
  return isReader || offers.length > 0 ? repliesFor(offers, opened, store, subjectOf(entry.occasion)) : []
}
