import type { Hono } from 'hono'
import { ACTS } from '../../shared/acts/all.ts'
import {
  addDays,
  DAY_MS,
  endOfDay,
  type Instant,
  type LocalDate,
  londonDate,
} from '../../shared/calendar/london.ts'
import { localDate } from '../../shared/casefile/fields.ts'
import { type CasefileId, casefileId, type Kind, kindOf } from '../../shared/casefile/ids.ts'
import type { Reader } from '../../shared/directory/readers.ts'
import { everyCasefile } from '../../shared/store/store.ts'
import { offersTo, openFor } from '../acts/acts.ts'
import type { CasefilePorts } from './casefiles/casefiles.ts'
import type { GivenNotices } from './casefiles/given.ts'
import { clearancesOf } from './days/clearances.ts'
import { releaseBoard } from './days/release-board.ts'
import { rotasOf } from './days/rotas.ts'
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
import type { StaffPages } from './reader/reader.ts'
import type { Page, Showing } from './reader/showing.ts'

/** How a day across all casefiles is found: what was told lately, and what wakes soon. Neither looks through the rest. */
export type EverybodysDay = {
  readonly given: GivenNotices
  /** Those casefiles that wake by an instant, soonest first. */
  readonly waking: (until: Instant) => Promise<readonly CasefileId[]>
  readonly isSample: boolean
}

/** As many casefiles as a day across all of them shows, from what was told lately and from what wakes soon. */
const EACH_MAX = 60
const LATELY_DAYS = 3
const PEOPLE_MAX = 5

const DETAILS = ACTS.filter(({ event }) => event === 'contact.updated')

/**
 * The pages of a day: what is to be done today and who is told until tomorrow night, of the reader or, where nobody
 * has signed in, of everybody together; and the releases, rotas and clearances that they have a part in.
 */
export function serveDays(
  app: Hono<StaffPages>,
  ports: CasefilePorts,
  everybody: EverybodysDay | undefined,
  { show }: Showing,
): void {
  app.get('/', async (c) => {
    const whose = await whoseDay(c)
    if (whose === undefined) return show(c, 'own', { own: [], contactIds: [] })
    if (everybody && everybody.given.count() === 0 && whose.opened.length === 0)
      return show(c, 'begin', { address: new URL(c.req.url).origin })
    const todos = await todosOf(whose, ports)
    const isFirstSight = everybody?.isSample === true && c.get('reader').reads === 'everything'
    return show(c, 'today', {
      ...{ is: 'today', title: 'Today', todos, ownDetails: await ownDetails(c.get('reader')) },
      ...(await toldOf(whose, ports.now())),
      sample: isFirstSight ? firstSight(todos) : undefined,
    })
  })
  app.get('/tomorrow', async (c) => {
    const whose = await whoseDay(c)
    if (whose === undefined) return show(c, 'own', { own: [], contactIds: [] })
    const ahead = await aheadOf(whose, ports.now())
    return show(c, 'today', { is: 'tomorrow', title: 'Until tomorrow night', ...ahead })
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
    return show(c, 'team', { ...team, worker, todos: worker ? await todosOf(theirs, ports) : [] })
  })
  app.get('/releases', async (c) =>
    show(c, 'releases', {
      releases: await releaseBoard(
        await whosePart(c, ['rota', 'release']),
        c.get('reader'),
        c.get('language'),
        ports,
      ),
    }),
  )
  app.get('/rotas', async (c) => {
    const week = dayAsked(c.req.query('week'))
    return show(c, 'rotas', {
      rotas: await rotasOf(await whosePart(c, ['rota']), week, c.get('reader'), ports),
    })
  })
  app.get('/clearances', async (c) =>
    show(c, 'clearances', { prisons: await clearancesOf(await whosePart(c, ['prison'])) }),
  )

  /** Where a worker says, among their own details, that they will be away and who covers for them. */
  async function ownDetails(reader: Reader): Promise<string | undefined> {
    const contactId = reader.reads === 'everything' ? undefined : reader.contactIds[0]
    const opened = contactId && (await openFor(reader, casefileId('contact', contactId), ports))
    const [offer] = opened ? offersTo(reader, opened, DETAILS) : []
    return offer && actPath(offer.act, offer.about)
  }

  /** Undefined for somebody who is nobody to us, or may read everything where no day of everybody is kept. */
  async function whoseDay(c: Page): Promise<Whose | undefined> {
    const reader = c.get('reader')
    if (reader.reads === 'everything')
      return everybody && everybodysDay(await casefilesOfEverybody(everybody, ports.now()), ports)
    return reader.contactIds.length > 0 ? ownDay(reader.contactIds, ports) : undefined
  }

  /** What somebody has a part in, of some kinds; of everybody's, every casefile of the first, of which there are few. */
  async function whosePart(c: Page, kinds: readonly Kind[]): Promise<Whose> {
    const reader = c.get('reader')
    if (reader.reads === 'their own') return ownDay(reader.contactIds, ports, kinds)
    const ids: CasefileId[] = []
    for await (const { id } of everyCasefile(ports.store)) if (kindOf(id) === kinds[0]) ids.push(id)
    return everybodysDay(await casefilesOfKinds(kinds, ids, ports), ports)
  }
}

async function casefilesOfEverybody({ given, waking }: EverybodysDay, now: Instant): Promise<CasefileId[]> {
  const lately = given
    .newest(0, 10 * EACH_MAX)
    .filter(({ at }) => at > now - LATELY_DAYS * DAY_MS)
    .map(({ casefile }) => casefile)
  const soon = await waking(endOfDay(addDays(londonDate(now), 1)))
  return [...new Set([...[...new Set(lately)].slice(0, EACH_MAX), ...soon.slice(0, EACH_MAX)])]
}

function dayAsked(written: string | undefined): LocalDate | undefined {
  return localDate.safeParse(written).data
}

/** Whom to be, the busiest of each role, and what to look at, for somebody who has never been here. */
function firstSight(todos: readonly DayTodo[]) {
  const busiest = [...Map.groupBy(todos, ({ doer }) => doer.contactId).values()]
    .sort((a, b) => b.length - a.length)
    .flatMap((theirs) => theirs.slice(0, 1).map(({ doer }) => doer))
  const ofEachRole = [...Map.groupBy(busiest, ({ role }) => role).values()].flatMap((same) =>
    same.slice(0, 1),
  )
  return { people: ofEachRole.slice(0, PEOPLE_MAX), first: todos[0] }
}
