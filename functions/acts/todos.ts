import { ACTS } from '../../shared/acts/all.ts'
import { DAY_MS } from '../../shared/calendar/london.ts'
import { kindOf, subjectOf } from '../../shared/casefile/ids.ts'
import { type Entry, mayHaveBeenTold } from '../../shared/casefile/ledger.ts'
import type { Reader } from '../../shared/directory/readers.ts'
import { isOverdue, rowsOf } from '../../shared/duties/catalogue.ts'
import { asksFor, givenTo, type Offer, type OpenedCasefile, placeOf, standingAmong, whoMay } from './acts.ts'

/** What somebody is asked to do by a notice that still stands: acts, or only speaking to somebody. */
export type Todo = {
  readonly opened: OpenedCasefile
  /** The latest notice that asked. */
  readonly entry: Extract<Entry, { to: string; messageId: string }>
  readonly isOverdue: boolean
  /** The person asked, or their cover. */
  readonly doer: string
  readonly offers: readonly Offer[]
}

/** Anything asked longer ago is found in the casefile only. */
export const ASKED_DAYS = 60

/**
 * What people (those for whom `isAmong` is true) are asked in a casefile: each thing once, by the latest notice that
 * asks for it and still stands.
 */
export async function todosIn(
  opened: OpenedCasefile,
  isAmong: (contactId: string) => boolean,
): Promise<Todo[]> {
  const { casefile, now } = opened
  const place = placeOf(opened)
  const latest = new Map<string, Todo>()
  const asking = casefile.ledger.entries
    .filter(mayHaveBeenTold)
    .filter((entry) => now - entry.at < ASKED_DAYS * DAY_MS)
    .sort((a, b) => a.at - b.at)
  for (const entry of asking) {
    const doer = givenTo(entry, opened).find(isAmong)
    if (doer === undefined) continue
    const offers = ACTS.filter(({ kind }) => kind === kindOf(casefile.id)).flatMap((act) =>
      act
        .subjects(place)
        .filter((subject) => !subject.isAgain && asksFor(entry, act, subject))
        .filter((subject) => !act.isForRolesAlone || whoMay(act, subject, opened).includes(doer))
        .map((subject) => ({ act, about: { ...place, subject }, doer })),
    )
    const isToSpeak = rowsOf(entry).some(({ asks }) => asks === 'conversation')
    if (offers.length === 0 && !isToSpeak) continue
    const what = offers.map(({ act, about }) => `${act.event} ${about.subject.key}`).join()
    const about = what === '' ? `${entry.duty} ${subjectOf(entry.occasion)}` : what
    latest.set(about, { opened, entry, isOverdue: isOverdue(entry), doer, offers })
  }
  // Nobody can say here that they spoke to somebody: what asks for that alone is over when it comes too late.
  const isTooLate = ({ offers, entry }: Todo) =>
    offers.length === 0 && (opened.standing().get(entry.noticeId)?.stale ?? Number.POSITIVE_INFINITY) <= now
  const todos = [...latest.values()].filter((todo) => !isTooLate(todo))
  const asked = todos.map(({ entry }) => entry)
  const standing = await standingAmong(asked, opened)
  return todos.filter(({ entry }) => standing.includes(entry))
}

/** Tells which offers in a casefile a reader is asked for by a notice that still stands. */
export async function askedIn(opened: OpenedCasefile, reader: Reader): Promise<(offer: Offer) => boolean> {
  if (reader.reads === 'everything') return () => false
  const nameOf = ({ act, about }: Offer) => `${act.event} ${about.subject.key}`
  const todos = await todosIn(opened, (contactId) => reader.contactIds.includes(contactId))
  const asked = new Set(todos.flatMap(({ offers }) => offers.map(nameOf)))
  return (offer) => asked.has(nameOf(offer))
}
