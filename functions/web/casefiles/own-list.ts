import type { Instant } from '../../../shared/calendar/london.ts'
import type { States } from '../../../shared/casefile/casefile.ts'
import { type Kind, keyOf, kindOf } from '../../../shared/casefile/ids.ts'
import type { Neighbours } from '../../../shared/directory/neighbours.ts'
import type { Written } from '../../../shared/messages/dates.ts'
import type { OpenedCasefile } from '../../acts/acts.ts'
import { capitalized, inWords } from '../frame/words.ts'
import { type CasefilePorts, nameOf, ownName } from './casefiles.ts'
import { openOwn } from './own-casefiles.ts'
import { namesIn, toCome, whatComesNext } from './story.ts'

/** A casefile on its worker's list, and what comes next in it. */
export type OwnCasefile = {
  readonly kind: Kind
  readonly key: string
  readonly called: string
  readonly next: { readonly at: Instant; readonly isDay: boolean; readonly what: string } | undefined
}

/** The casefiles that a worker works on, by kind, soonest first; those with nothing ahead come last. */
export async function ownCasefiles(contactIds: readonly string[], language: Written, ports: CasefilePorts) {
  const own = await Promise.all((await openOwn(contactIds, ports)).map((one) => ownCasefile(one, language)))
  const soonest = own.sort((a, b) => (a.next?.at ?? LAST) - (b.next?.at ?? LAST))
  return [...Map.groupBy(soonest, ({ kind }) => kind)].map(([kind, casefiles]) => ({ kind, casefiles }))
}

const LAST = Number.MAX_SAFE_INTEGER

async function ownCasefile(opened: OpenedCasefile, language: Written): Promise<OwnCasefile> {
  const { casefile, now, ask, stored } = opened
  const [next] = await ask((neighbours) =>
    whatComesNext(toCome(casefile, now, namesIn(stored.events, neighbours, language), language), now, 1),
  )
  return {
    ...{ kind: kindOf(casefile.id), key: keyOf(casefile.id), called: await calledBy(opened, language) },
    next: next?.is === 'to come' ? { at: next.at, isDay: next.isDay === true, what: next.what } : undefined,
  }
}

/** Whether the reader of a list may see somebody's name. */
export type IsNamed = (contactId: string, neighbours: Neighbours) => boolean

/**
 * A casefile's name in a list: for an order also its person, unless access is limited; for a prison or a contact,
 * their name.
 */
export function calledBy(
  { casefile, stored, ask }: OpenedCasefile,
  language: Written,
  isNamed: IsNamed = () => true,
): Promise<string> {
  const { id, state } = casefile
  const kind = kindOf(id)
  return ask((neighbours) => {
    const own = ownName(casefile)
    if (own !== undefined && (kind !== 'contact' || isNamed(keyOf(id), neighbours))) return own
    const name = `${capitalized(inWords(kind, language))} ${nameOf(id, stored.events, language)}`
    const { terms } = kind === 'order' ? (state as States['order']) : {}
    if (!terms || terms.limitedAccess || !isNamed(terms.person, neighbours)) return name
    return `${name}, ${namesIn(stored.events, neighbours, language)(terms.person)}`
  })
}
