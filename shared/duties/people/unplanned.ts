import { HOUR_MS, type Instant, londonDate } from '../../calendar/london.ts'
import type { Matter } from '../../casefile/casefile.ts'
import { keyOf, kindOf, releaseKey } from '../../casefile/ids.ts'
import { type Departure, whereTo } from '../../casefile/movements.ts'
import type { Person } from '../../casefile/person.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { everyNameOf } from '../../directory/people.ts'
import * as roles from '../../directory/roles.ts'
import type { Bound, Duty } from '../../planning/duty.ts'
import { duty, type Subject, type Who } from '../../planning/rows.ts'
import type { Rules } from '../../planning/rules.ts'
import { when } from '../../planning/when.ts'
import { isRunning } from '../orders/open-order.ts'
import { staleAfter } from '../releases/gate-facts.ts'
import { AGAIN_AFTER_HOURS, unplanned as planned } from '../releases/unplanned.ts'
import { PEOPLE_TEXTS as TEXTS } from './texts.ts'

/** A person's own casefile, under one of their names, as its duties see it. */
export type OpenPerson = { readonly casefile: Matter<'person'>; readonly rules: Rules }

type WentHome = OpenPerson & Subject<'person'> & { readonly home: Departure }

/** Each day on which they went home from prison. */
function* homes({ casefile, rules }: OpenPerson): Iterable<WentHome> {
  const { facts } = casefile.state
  const days = new Set<string>()
  for (const home of facts) {
    const occasion = londonDate(home.at)
    const isHome = home.type.endsWith('.released') && whereTo(home as Departure) === 'home'
    if (!isHome || days.has(occasion)) continue
    days.add(occasion)
    const because = [home.eventId]
    yield { casefile, rules, occasion, because, facts: { outAt: home.at }, home: home as Departure }
  }
}

const theirOffenderManager: Who<WentHome> = {
  says: 'no plan at all: offender manager of an open order of that person',
  of: ({ casefile, home }) => [
    { role: 'offender-manager', to: (neighbours) => whoHas(keyOf(casefile.id), home, neighbours) },
  ],
}

/** Nobody, where a release of theirs was planned, or none of their orders is open. */
function whoHas(key: string, home: Departure, neighbours: Neighbours): Bound | undefined {
  const { nomsNumber = home.person.noms ?? '', prisonId } = home.info
  const casefiles = everyNameOf(key, neighbours).flatMap((one) => one.casefiles)
  const keysOf = (kind: 'order' | 'release') =>
    casefiles.filter((id) => kindOf(id) === kind).map((id) => keyOf(id))
  const releases = new Set([releaseKey(nomsNumber), ...keysOf('release')])
  const isPlanned = [...releases].some((one) =>
    Object.values(neighbours.get('release', one).byId).some((release) => isOutBy(release.home, home.at)),
  )
  if (isPlanned) return undefined
  const [order] = keysOf('order')
    .sort()
    .map((one) => neighbours.get('order', one))
    .filter((one) => isRunning(one, home.at))
  if (!order?.terms) return undefined
  const prison = prisonId === undefined ? undefined : neighbours.get('prison', prisonId).details
  return {
    to: roles.offenderManager(order.terms),
    facts: {
      orderId: order.terms.orderId,
      wales: order.terms.wales === true,
      prison: prison?.name ?? prisonId ?? '',
      prisonPhone: prison?.phone ?? '',
    },
  }
}

function hasDied({ facts }: Person): boolean {
  const died = facts.findLast(({ type }) => type === 'person.died')
  return died?.type === 'person.died' && !died.info.withdrawn
}

function isOutBy(known: { readonly at: Instant } | undefined, at: Instant): boolean {
  return known !== undefined && londonDate(known.at) === londonDate(at)
}

export const unplannedRelease: Duty<OpenPerson> = duty<OpenPerson, WentHome, 'person'>(homes)({
  id: planned.id,
  title: planned.title,
  source: planned.source,
  hours: 'any',
  stale: ({ home }) => staleAfter(home.at),
  until: { says: 'a release is planned; the person died', met: hasDied },
  asks: 'conversation',
  rows: {
    unplanned: {
      to: theirOffenderManager,
      when: when(`at once on a release home with no plan at all; + ${AGAIN_AFTER_HOURS} h`, ({ home }) => [
        { due: home.at },
        { label: 'again', due: home.at + AGAIN_AFTER_HOURS * HOUR_MS },
      ]),
      text: TEXTS.unplanned,
    },
  },
})
