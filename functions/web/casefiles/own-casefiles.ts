import { addDays, DAY_MS, type Instant, type LocalDate, londonDate } from '../../../shared/calendar/london.ts'
import { fold } from '../../../shared/casefile/casefile.ts'
import { expiryOf, standingAt } from '../../../shared/casefile/clearance.ts'
import { type CasefileId, casefileId, kindOf, personKey } from '../../../shared/casefile/ids.ts'
import { casefilesOf } from '../../../shared/casefile/routing.ts'
import type { Reader } from '../../../shared/directory/readers.ts'
import type { Store } from '../../../shared/store/store.ts'
import { isFor, type OpenedCasefile, type OpenPorts, openForActing } from '../../acts/acts.ts'
import { ASKED_DAYS } from '../../acts/todos.ts'

/** The nouns of the events by which a worker's casefile remembers where it is named. */
const NAMING = ['order', 'appointment', 'release', 'prison', 'rota']

/** Every casefile that names one of some contacts as a worker, be it that they have no more to do with it. */
export async function casefilesNaming(
  contactIds: readonly string[],
  store: Pick<Store, 'events'>,
): Promise<CasefileId[]> {
  const named = contactIds.map(async (contactId) => {
    const { orders, namedIn } = fold('contact', await store.events(casefileId('contact', contactId), NAMING))
    return [
      ...Object.keys(orders).map((key) => casefileId('order', key)),
      ...(Object.keys(namedIn) as CasefileId[]),
    ]
  })
  return [...new Set((await Promise.all(named)).flat())]
}

/** Whether a reader works here: a person on probation, a holder or somebody who meets people at a gate does not. */
export async function worksHere(reader: Reader, store: Pick<Store, 'events'>): Promise<boolean> {
  if (reader.reads === 'everything') return true
  const said = reader.contactIds.map(async (id) => {
    const { details } = fold('contact', await store.events(casefileId('contact', id), ['contact']))
    return (details?.worksIn ?? []).length > 0
  })
  return (
    (await Promise.all(said)).includes(true) || (await casefilesNaming(reader.contactIds, store)).length > 0
  )
}

/** Every casefile that is about a contact: their order, their clearances. */
export async function casefilesAbout(
  contactId: string,
  store: Pick<Store, 'events'>,
): Promise<readonly CasefileId[]> {
  const id = casefileId('person', personKey('contact', contactId))
  return fold('person', await store.events(id, ['order', 'clearance'])).casefiles
}

/** The casefiles that some contacts may read as they stand today, opened. */
export async function openOwn(contactIds: readonly string[], ports: OpenPorts): Promise<OpenedCasefile[]> {
  const ids = await casefilesNaming(contactIds, ports.store)
  const opened = await Promise.all(
    ids.sort().map(async (id) => {
      const one = await openForActing(id, ports)
      return one && (await isFor({ reads: 'their own', contactIds }, one)) ? one : undefined
    }),
  )
  return opened.filter((one) => one !== undefined)
}

/**
 * Some casefiles and what lies behind them on a day: of a rota, the releases of the days around this one; of a prison,
 * the clearances that run out soon or did, or were ended lately. Nothing is looked through.
 */
export async function casefilesBehind(
  ids: readonly CasefileId[],
  now: Instant,
  store: Pick<Store, 'events'>,
): Promise<CasefileId[]> {
  const behind = await Promise.all(ids.map((id) => behindOne(id, now, store)))
  return [...new Set([...ids, ...behind.flat()])].sort()
}

const DAYS_BEFORE = 3
const DAYS_AFTER = 8
/** When the first is told that a clearance runs out, and a week. */
const EXPIRY_DAYS = 13 * 7

async function behindOne(
  id: CasefileId,
  now: Instant,
  store: Pick<Store, 'events'>,
): Promise<readonly CasefileId[]> {
  const today = londonDate(now)
  switch (kindOf(id)) {
    case 'rota':
      return releasesOf(id, addDays(today, -DAYS_BEFORE), addDays(today, DAYS_AFTER), store)
    case 'prison': {
      const { clearances } = fold('prison', await store.events(id, ['clearance']))
      return Object.values(clearances.byId).flatMap((one) => {
        const confirmed = standingAt(one, now)
        const isSoon = confirmed && expiryOf(confirmed) <= addDays(today, EXPIRY_DAYS)
        const hasEnded = !confirmed && one.ended && one.ended.at > now - ASKED_DAYS * DAY_MS
        return isSoon || hasEnded ? [casefileId('clearance', one.clearanceId)] : []
      })
    }
    default:
      return []
  }
}

/** The casefiles of an area's releases from one day to another, both included, that are not called off. */
async function releasesOf(
  rota: CasefileId,
  from: LocalDate,
  to: LocalDate,
  store: Pick<Store, 'events'>,
): Promise<CasefileId[]> {
  const events = await store.events(rota, ['release'])
  const { gates } = fold('rota', events)
  const isSoon = (releaseId: string) => {
    const { releaseOn, isOff = true } = gates[releaseId] ?? {}
    return !isOff && releaseOn !== undefined && from <= releaseOn && releaseOn <= to
  }
  const ids = events.flatMap((event) =>
    'releaseId' in event.info && isSoon(event.info.releaseId ?? '') ? casefilesOf(event).slice(0, 1) : [],
  )
  return [...new Set(ids)]
}
