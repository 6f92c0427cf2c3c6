import { TOPICS } from '../../../shared/acts/all.ts'
import type { Boxes } from '../../../shared/acts/form.ts'
import { type CasefileId, casefileId } from '../../../shared/casefile/ids.ts'
import type { Written } from '../../../shared/messages/dates.ts'
import type { ActPorts, Offer, OpenedCasefile } from '../../acts/acts.ts'
import { languageOf } from '../../acts/acts.ts'
import { SHOWN_KINDS } from '../casefiles/casefiles.ts'
import { READ } from '../casefiles/replies.ts'
import { actPath, actTitle } from '../frame/act-form.ts'
import type { Page, Showing } from '../reader/showing.ts'

/** What the pages that offer acts have in common. */

/** The casefile that a path names; undefined if it names none of a kind that is shown. */
export function casefileOf(c: Page): CasefileId | undefined {
  const kind = SHOWN_KINDS.find((one) => one === c.req.param('kind'))
  return kind && casefileId(kind, c.req.param('key') ?? '')
}

/** Links to acts, each by its title in the reader's language. */
export async function linksTo(
  offers: readonly (Offer & { readonly said?: Boxes | undefined })[],
  ports: Pick<ActPorts, 'store'>,
) {
  return Promise.all(
    offers.filter(isLinkedTo).map(async ({ act, about, doer, said }) => ({
      href: actPath(act, about, said),
      text: actTitle(act, about, await languageOf(doer, ports.store)),
    })),
  )
}

/** That a reply was read is said below its words alone. */
const isLinkedTo = ({ act }: Offer) => act.event !== READ

/** The most acts offered in one list; if there are more, only what is asked for and the first topic are open. */
const LISTED_MAX = 6

/**
 * What a casefile's page offers: what its reader is asked for, then the rest by topic, and what corrects something
 * said earlier.
 */
export async function offeredOn(
  all: readonly Offer[],
  isAsked: (offer: Offer) => boolean,
  language: Written,
  ports: Pick<ActPorts, 'store'>,
) {
  const offers = all.filter(isLinkedTo)
  const fresh = offers.filter(({ about }) => about.subject.isAgain !== true)
  const rest = fresh.filter((offer) => !isAsked(offer))
  const topics = TOPICS.map(({ words, acts }) => ({
    name: words[language],
    offers: rest.filter(({ act }) => acts.includes(act)),
  })).filter((topic) => topic.offers.length > 0)
  const named = await Promise.all(
    topics.map(async (topic) => ({ name: topic.name, links: await linksTo(topic.offers, ports) })),
  )
  const isOpen = (nth: number) => fresh.length <= LISTED_MAX || nth === 0
  return {
    count: offers.length,
    asked: await linksTo(fresh.filter(isAsked), ports),
    open: named.flatMap(({ links }, nth) => (isOpen(nth) ? links : [])),
    folded: named.filter((_, nth) => !isOpen(nth)),
    corrections: await linksTo(
      offers.filter(({ about }) => about.subject.isAgain === true),
      ports,
    ),
  }
}

/** On one machine without sign-in, the person at it says who they are. */
export async function askWho(
  c: Page,
  contactIds: readonly string[],
  { ask }: OpenedCasefile,
  { show, notFound, maySayWho }: Showing,
) {
  if (!maySayWho || contactIds.length === 0) return notFound(c)
  const people = await ask((neighbours) =>
    contactIds.map((contactId) => ({
      contactId,
      name: neighbours.get('contact', contactId).details?.name ?? contactId,
    })),
  )
  return show(c, 'who', { people })
}
