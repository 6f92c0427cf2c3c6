import { type Instant, londonTime } from '../../../shared/calendar/london.ts'
import { standing } from '../../../shared/casefile/appointment.ts'
import { booked } from '../../../shared/casefile/booked.ts'
import type { Casefile, States } from '../../../shared/casefile/casefile.ts'
import { expiryOf, standingAt } from '../../../shared/casefile/clearance.ts'
import { compareEvents, type DomainEvent } from '../../../shared/casefile/events.ts'
import { kindOf } from '../../../shared/casefile/ids.ts'
import { orderRunsUntil } from '../../../shared/casefile/order-days.ts'
import { gateTimeOf } from '../../../shared/casefile/release.ts'
import type { Neighbours } from '../../../shared/directory/neighbours.ts'
import type { Reader } from '../../../shared/directory/readers.ts'
import type { Written } from '../../../shared/messages/dates.ts'
import { pageOf } from '../frame/paging.ts'
import { sayIn } from '../frame/welsh.ts'
import { type Fact, factsOf, type NameOf } from './facts.ts'
import type { NoticeRow } from './rows.ts'

/** One line of a casefile's story: what happened or will, or a notice that was given or will be. */
export type Line =
  | {
      readonly is: 'happened' | 'to come'
      readonly at: Instant
      /** It is a whole day, and `at` its end. */
      readonly isDay?: boolean
      /** The type of an event, or what is to come. */
      readonly what: string
      readonly facts: readonly Fact[]
      readonly by?: string | undefined
      readonly eventId?: string
    }
  | ({ readonly is: 'notice'; readonly name?: string | undefined } & NoticeRow)

/** The views of it that a reader may choose, in the order they are offered. */
export const FILTERS = ['all', 'happened', 'told', 'not-told', 'planned'] as const
export type Filter = (typeof FILTERS)[number]

const IS_SHOWN: { readonly [F in Exclude<Filter, 'planned'>]: (line: Line) => boolean } = {
  // A step that was not needed was never said: listing it would only hide what was.
  all: (line) => line.is !== 'notice' || line.reason !== 'not-needed',
  happened: ({ is }) => is === 'happened',
  told: (line) => line.is === 'notice' && !isUntold(line),
  'not-told': (line) => line.is === 'notice' && isUntold(line),
}

function isUntold({ outcome }: NoticeRow): boolean {
  return outcome === 'skipped' || outcome === 'not told' || outcome === 'failed'
}

/** How many lines a page shows. */
const PAGE = 10

/** One page of a story: the past newest first, the future soonest first. */
export function storyPage(lines: readonly Line[], asked: Filter, page: number, now: Instant) {
  const isAsked = asked === 'planned' ? () => true : IS_SHOWN[asked]
  const shown = lines.filter((line) => line.at > now === (asked === 'planned') && isAsked(line))
  const sorted = asked === 'planned' ? shown.toSorted(soonestFirst) : shown.toSorted((a, b) => b.at - a.at)
  const { skip, ...paging } = pageOf(sorted.length, PAGE, page)
  return { lines: sorted.slice(skip, skip + PAGE), ...paging }
}

/** What comes next, as much as is shown above a story. */
export function whatComesNext(lines: readonly Line[], now: Instant, max: number): Line[] {
  return lines
    .filter((line) => line.at > now)
    .toSorted(soonestFirst)
    .slice(0, max)
}

function soonestFirst(a: Line, b: Line): number {
  return a.at - b.at
}

/** The events of a casefile in words; a provider's report is shown with the notice it is about. */
export function happenedLines(events: readonly DomainEvent[], nameOf: NameOf, language: Written): Line[] {
  return events
    .filter(({ type }) => !type.startsWith('notice.'))
    .toSorted(compareEvents)
    .map((event) => ({
      is: 'happened',
      at: event.at,
      what: event.type,
      facts: factsOf(event, nameOf, language),
      by: 'by' in event.info && event.info.by ? nameOf(event.info.by) : undefined,
      eventId: event.eventId,
    }))
}

/** Notices with the names of those who were, or will be, told. */
export function noticeLines(rows: readonly NoticeRow[], nameOf: NameOf): Line[] {
  return rows.map((row) => ({
    ...row,
    is: 'notice',
    name: row.to === undefined ? undefined : nameOf(row.to),
    misses: row.misses.map((miss) => ({ ...miss, contactId: nameOf(miss.contactId) })),
  }))
}

/** What is ahead in a casefile, whether or not anybody will be told: appointments, a release, a last valid day. */
export function toCome(
  { id, state }: Pick<Casefile, 'id' | 'state'>,
  now: Instant,
  nameOf: NameOf,
  language: Written,
): Line[] {
  const say = sayIn(language)
  const line = (at: Instant | undefined, what: string, ...facts: readonly (Fact | undefined)[]): Line[] =>
    at !== undefined && at > now
      ? [
          {
            is: 'to come',
            at,
            isDay: what.startsWith('last'),
            what,
            facts: facts.filter((fact) => fact !== undefined),
          },
        ]
      : []
  switch (kindOf(id)) {
    case 'order': {
      const order = state as States['order']
      if (!order.terms || order.ended) return []
      return [
        ...booked(order).flatMap((one) => {
          const { startsAt, place } = standing(one)
          return line(
            startsAt,
            `${one.kind === 'three-way' ? 'three-way meeting' : `${one.kind} appointment`}`,
            place === undefined ? undefined : { label: say('Place'), value: place },
            one.with === undefined ? undefined : { label: say('With'), value: nameOf(one.with) },
          )
        }),
        ...line(londonTime(orderRunsUntil(order, order.terms), '23:59'), 'last day of the order'),
      ]
    }
    case 'release':
      return Object.values((state as States['release']).byId)
        .filter(({ cancelled, closed }) => !cancelled && !closed)
        .flatMap((release) =>
          line(gateTimeOf(release), 'release', { label: say('Area'), value: release.area }),
        )
    case 'clearance':
    case 'prison': {
      const clearances = kindOf(id) === 'prison' ? (state as States['prison']).clearances : state
      return Object.values((clearances as States['clearance']).byId).flatMap((one) => {
        const confirmed = standingAt(one, now)
        return line(
          confirmed && londonTime(expiryOf(confirmed), '23:59'),
          'last valid day of a clearance',
          { label: say('Prison'), value: one.prisonId },
          confirmed && { label: say('Holder'), value: nameOf(confirmed.info.holder) },
        )
      })
    }
    default:
      return []
  }
}

/**
 * People's names as the reader of a casefile sees them. A sponsor, peer or relative is "someone of their choice" on every
 * page, except to a reader who entered them.
 */
export function namesIn(
  events: readonly DomainEvent[],
  neighbours: Neighbours,
  language: Written,
  reader?: Reader,
): NameOf {
  const isHidden = hiddenIn(events, neighbours, reader)
  return (contactId) =>
    isHidden(contactId)
      ? sayIn(language)('someone of their choice')
      : (neighbours.get('contact', contactId).details?.name ?? contactId)
}

/** The numbers to ring them on: the one that staff may give out, and any that the reader entered. */
export function phonesIn(events: readonly DomainEvent[], neighbours: Neighbours, reader: Reader) {
  const isHidden = hiddenIn(events, neighbours, reader)
  return (contactId: string): string | undefined => {
    const { details, enteredBy } = neighbours.get('contact', contactId)
    const own = isAmong(enteredBy, reader) ? details?.mobile : undefined
    return isHidden(contactId) ? undefined : (details?.phone ?? own)
  }
}

function hiddenIn(events: readonly DomainEvent[], neighbours: Neighbours, reader?: Reader) {
  const chosen = new Set(events.flatMap(chosenIn))
  return (contactId: string) =>
    chosen.has(contactId) && !isAmong(neighbours.get('contact', contactId).enteredBy, reader)
}

function isAmong(enteredBy: readonly string[], reader: Reader | undefined): boolean {
  return reader?.reads === 'their own' && reader.contactIds.some((one) => enteredBy.includes(one))
}

function chosenIn({ type, info }: DomainEvent): string[] {
  if (type !== 'release.planned') return []
  const { meeters = [], keyWorker, dutyOfficer } = info
  return meeters
    .filter(({ kind, contactId }) => kind !== 'key-worker' && ![keyWorker, dutyOfficer].includes(contactId))
    .map(({ contactId }) => contactId)
}
