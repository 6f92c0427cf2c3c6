import type { Hono } from 'hono'
import { ACTS } from '../../shared/acts/all.ts'
import { addDays, DAY_MS, endOfDay, type LocalDate, londonDate } from '../../shared/calendar/london.ts'
import { localDate } from '../../shared/casefile/fields.ts'
import { type CasefileId, casefileId, isOfProbe, type Kind } from '../../shared/casefile/ids.ts'
import type { Reader } from '../../shared/directory/readers.ts'
import type { Store } from '../../shared/store/store.ts'
import { offersTo, openFor } from '../acts/acts.ts'
import type { CasefilePorts } from './casefiles/casefiles.ts'
import { clearancesOf } from './days/clearances.ts'
import type { GivenNotices } from './days/given.ts'
import { releaseBoard } from './days/release-board.ts'
import { rotasOf, shiftsOf } from './days/rotas.ts'
import { teamOf } from './days/team.ts'
import {
  aheadOf,
  casefilesOfKinds,
  type DayTodo,
  everybodysDay,
  ownDay,
  todosOf,
  toldOf,
  type Whose,
} from './days/today.ts'
import { actPath } from './frame/act-form.ts'
import { type ListPart, partOf } from './frame/paging.ts'
import type { StaffPages } from './reader/reader.ts'
import type { Page, Showing } from './reader/showing.ts'

export type DayPorts = CasefilePorts & {
  readonly store: Pick<Store, 'due'>
  /** What was given across all casefiles, where that is known. */
  readonly given?: GivenNotices
}

/** The most casefiles shown on the day of everybody, from recent notices and from upcoming wakes. */
const EACH_MAX = 60
/** The most rotas or prisons on a page for a reader who may see them all. */
const PART = 20
const LATELY_DAYS = 3
const PEOPLE_MAX = 5

const DETAILS = ACTS.filter(({ event }) => event === 'contact.updated')

/**
 * The pages of a day: what must be done today and who is told until tomorrow night, for the reader or, if nobody has
 * signed in, for everybody together; and the releases, rotas and clearances that they have a part in.
 */
export function serveDays(
  app: Hono<StaffPages>,
  ports: DayPorts,
  isSample: boolean,
  { show }: Showing,
): void {
  app.get('/', async (c) => {
    const whose = await whoseDay(c)
    if (whose === undefined) return show(c, 'own', { own: [], contactIds: [] })
    if (ports.given?.count() === 0 && whose.opened.length === 0)
      return show(c, 'begin', { address: new URL(c.req.url).origin })
    const todos = await todosOf(whose, ports)
    const isFirstSight = isSample && c.get('reader').reads === 'everything'
    return show(c, 'today', {
      ...{ is: 'today', title: 'Today', todos, ownDetails: await ownDetails(c.get('reader')) },
      ...(await toldOf(whose, ports.now())),
      count: whose.opened.length,
      sample: isFirstSight ? firstSight(todos) : undefined,
    })
  })
  app.get('/tomorrow', async (c) => {
    const whose = await whoseDay(c)
    if (whose === undefined) return show(c, 'own', { own: [], contactIds: [] })
    const ahead = await aheadOf(whose, ports.now())
    const count = whose.opened.length
    return show(c, 'today', { is: 'tomorrow', title: 'Until tomorrow night', count, ...ahead })
  })
  app.get('/team', async (c) => {
    const whose = await whoseDay(c)
    if (whose === undefined) return show(c, 'own', { own: [], contactIds: [] })
    const team = await teamOf(whose, ports.now())
    const worker = team.workers.find(({ key }) => key === c.req.query('worker'))
    const theirs = {
      ...whose,
      opened: whose.opened.filter(whose.mayRead),
      isThey: (id: string) => id === worker?.key,
    }
    const todos = worker ? await todosOf(theirs, ports) : []
    return show(c, 'team', { ...team, worker, todos, count: whose.opened.length })
  })
  app.get('/releases', async (c) => {
    const { whose, part } = await whosePart(c, ['rota', 'release'])
    return show(c, 'releases', {
      part,
      releases: await releaseBoard(whose, c.get('reader'), ports),
    })
  })
  app.get('/rotas', async (c) => {
    const { whose, part } = await whosePart(c, ['rota'])
    const week = dayAsked(c.req.query('week'))
    const reader = c.get('reader')
    return show(c, 'rotas', {
      part,
      shifts: reader.reads === 'everything' ? [] : shiftsOf(whose),
      rotas: await rotasOf(whose, week, reader, ports),
    })
  })
  app.get('/clearances', async (c) => {
    const { whose, part } = await whosePart(c, ['prison'])
    return show(c, 'clearances', { part, prisons: await clearancesOf(whose) })
  })

  /** Where a worker enters, among their own details, that they will be away and who covers for them. */
  async function ownDetails(reader: Reader): Promise<string | undefined> {
    const contactId = reader.reads === 'everything' ? undefined : reader.contactIds[0]
    const opened = contactId && (await openFor(reader, casefileId('contact', contactId), ports))
    const [offer] = opened ? offersTo(reader, opened, DETAILS) : []
    return offer && actPath(offer.act, offer.about)
  }

  /** Undefined for somebody unknown to us. */
  async function whoseDay(c: Page): Promise<Whose | undefined> {
    const [reader, language] = [c.get('reader'), c.get('language')]
    if (reader.reads === 'everything') return everybodysDay(await casefilesOfEverybody(ports), ports)
    return reader.contactIds.length > 0 ? ownDay(reader.contactIds, language, ports) : undefined
  }

  /** What somebody has a part in, of some kinds; of everybody's, a part of the list of the first, and what lies behind. */
  async function whosePart(c: Page, kinds: readonly [Kind, ...Kind[]]) {
    const [reader, language] = [c.get('reader'), c.get('language')]
    if (reader.reads === 'their own')
      return { whose: await ownDay(reader.contactIds, language, ports, kinds) }
    const part: ListPart = await partOf(kinds[0], PART, c.req.query('after'), ports.store)
    return {
      whose: await everybodysDay(await casefilesOfKinds(kinds, part.ids, ports), ports),
      part,
    }
  }
}

/** Casefiles with a recent notice, if that is known, and those where something comes next. It searches no others. */
async function casefilesOfEverybody({ given, store, now }: DayPorts): Promise<CasefileId[]> {
  const lately = (given?.newest(0, 10 * EACH_MAX) ?? [])
    .filter(({ at }) => at > now() - LATELY_DAYS * DAY_MS)
    .map(({ casefile }) => casefile)
  const soon = await store.due({ until: endOfDay(addDays(londonDate(now()), 1)) }, EACH_MAX)
  const ids = [...[...new Set(lately)].slice(0, EACH_MAX), ...soon.map(({ id }) => id)]
  return [...new Set(ids)].filter((id) => !isOfProbe(id))
}

function dayAsked(written: string | undefined): LocalDate | undefined {
  return localDate.safeParse(written).data
}

/** For a first visit: the busiest person of each role to view as, and what to look at. */
function firstSight(todos: readonly DayTodo[]) {
  const busiest = [...Map.groupBy(todos, ({ doer }) => doer.contactId).values()]
    .sort((a, b) => b.length - a.length)
    .flatMap((theirs) => theirs.slice(0, 1).map(({ doer }) => doer))
  const ofEachRole = [...Map.groupBy(busiest, ({ role }) => role).values()].flatMap((same) =>
    same.slice(0, 1),
  )
  return { people: ofEachRole.slice(0, PEOPLE_MAX), first: todos[0] }
}
