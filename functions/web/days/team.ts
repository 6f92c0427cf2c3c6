import { DAY_MS, type Instant } from '../../../shared/calendar/london.ts'
import type { States } from '../../../shared/casefile/casefile.ts'
import { isLate } from '../../../shared/casefile/counts.ts'
import { keyOf, kindOf } from '../../../shared/casefile/ids.ts'
import { type Entry, type Role, UNREACHED } from '../../../shared/casefile/ledger.ts'
import type { Written } from '../../../shared/messages/dates.ts'
import type { OpenedCasefile } from '../../acts/acts.ts'
import { todosIn } from '../../acts/todos.ts'
import type { NameOf } from '../casefiles/facts.ts'
import { namesIn } from '../casefiles/story.ts'
import type { Whose } from './today.ts'

/** The state of work for one worker, or in one place. */
export type Standing = {
  readonly key: string
  readonly name: string
  /** How much was asked and is not done, and how much of that is overdue. */
  readonly toDo: number
  readonly overdue: number
  /** When the first of what is overdue was asked. */
  readonly since: Instant | undefined
  /** Notices of the last week that did not arrive, that are not known to have arrived, and that were sent late. */
  readonly notReached: number
  readonly notConfirmed: number
  readonly late: number
}

/** One thing that counts for a worker and a place. */
type Line = {
  readonly worker: Named
  readonly place: Named
  readonly is: 'to-do' | 'overdue' | 'not-reached' | 'not-confirmed' | 'late'
  readonly at: Instant
}
type Named = { readonly key: string; readonly name: string }

const LATELY_DAYS = 7
const NOT_STAFF: ReadonlySet<Role> = new Set(['person', 'holder', 'meeter'])

/** The state of work in what somebody may read, by worker and by place, most pressing first. */
export async function teamOf({ opened, mayRead, language }: Whose, now: Instant) {
  const lines = (await Promise.all(opened.filter(mayRead).map((one) => linesOf(one, language, now)))).flat()
  return {
    workers: standings(lines, ({ worker }) => worker),
    places: standings(lines, ({ place }) => place),
  }
}

async function linesOf(opened: OpenedCasefile, language: Written, now: Instant): Promise<Line[]> {
  const { casefile, stored, ask } = opened
  const { ledger } = casefile
  const lately = stored.entries.filter(
    (entry) => entry.at > now - LATELY_DAYS * DAY_MS && !NOT_STAFF.has(entry.role),
  )
  const todos = (await todosIn(opened, () => true)).filter(({ entry }) => !NOT_STAFF.has(entry.role))
  return ask((neighbours) => {
    const nameOf = namesIn(stored.events, neighbours, language)
    const place = placeIn(opened, nameOf, (id) => neighbours.get('prison', id).details?.name)
    const line = (contactId: string, is: Line['is'], at: Instant): Line => ({
      ...{ worker: { key: contactId, name: nameOf(contactId) }, place, is, at },
    })
    return [
      ...todos.flatMap(({ doer, entry, isOverdue }) => [
        line(doer, 'to-do', entry.at),
        ...(isOverdue ? [line(doer, 'overdue', entry.at)] : []),
      ]),
      ...lately.flatMap((entry) => {
        if (entry.to === undefined) return []
        const { to, at } = entry
        return [
          ...(isUnreached(entry, opened) ? [line(to, 'not-reached', at)] : []),
          ...(entry.is === 'sent' && !ledger.hasArrived(entry) && !ledger.failureOf(entry)
            ? [line(to, 'not-confirmed', at)]
            : []),
          ...(entry.is === 'sent' && isLate(entry) ? [line(to, 'late', at)] : []),
        ]
      }),
    ]
  })
}

function isUnreached(entry: Entry, { casefile }: OpenedCasefile): boolean {
  if (entry.is === 'skipped') return UNREACHED.has(entry.reason)
  return casefile.ledger.failureOf(entry) !== undefined
}

/** Where a casefile is worked on: an order at its office, a release in its area, a clearance at its prison. */
function placeIn(
  { casefile: { id, state } }: OpenedCasefile,
  nameOf: NameOf,
  prisonOf: (prisonId: string) => string | undefined,
): Named {
  const prison = (prisonId: string) => ({ key: prisonId, name: prisonOf(prisonId) ?? prisonId })
  switch (kindOf(id)) {
    case 'order': {
      const office = (state as States['order']).terms?.probationOffice
      return office === undefined ? NOWHERE : { key: office, name: nameOf(office) }
    }
    case 'release': {
      const area = Object.values((state as States['release']).byId).at(-1)?.area
      return area === undefined ? NOWHERE : { key: area, name: area }
    }
    case 'rota':
      return { key: keyOf(id), name: keyOf(id) }
    case 'prison':
      return prison(keyOf(id))
    case 'clearance': {
      const prisonId = Object.values((state as States['clearance']).byId)[0]?.prisonId
      return prisonId === undefined ? NOWHERE : prison(prisonId)
    }
    default:
      return NOWHERE
  }
}

/** Its page says elsewhere. */
const NOWHERE: Named = { key: '', name: '' }

function standings(lines: readonly Line[], by: (line: Line) => Named): Standing[] {
  return [...Map.groupBy(lines, (line) => by(line).key)]
    .map(([key, own]) => {
      const countOf = (what: Line['is']) => own.filter(({ is }) => is === what).length
      const overdue = own.filter(({ is }) => is === 'overdue').map(({ at }) => at)
      return {
        ...{ key, name: own[0] === undefined ? key : by(own[0]).name },
        ...{ toDo: countOf('to-do'), overdue: overdue.length },
        since: overdue.length > 0 ? Math.min(...overdue) : undefined,
        ...{ notReached: countOf('not-reached'), notConfirmed: countOf('not-confirmed') },
        late: countOf('late'),
      }
    })
    .sort((a, b) => b.overdue - a.overdue || b.toDo - a.toDo || (a.name < b.name ? -1 : 1))
}
