import type { About, Act, Subject } from '../../shared/acts/act.ts'
import { ACTS } from '../../shared/acts/all.ts'
import { WORKS } from '../../shared/acts/works.ts'
import { type Instant, londonDate } from '../../shared/calendar/london.ts'
import { type Casefile, fold, openCasefile } from '../../shared/casefile/casefile.ts'
import { type CasefileId, casefileId, kindOf, subjectOf } from '../../shared/casefile/ids.ts'
import { type Entry, mayHaveBeenTold } from '../../shared/casefile/ledger.ts'
import { ourEvent } from '../../shared/casefile/our-event.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { type AskNeighbours, neighboursOf } from '../../shared/directory/neighbours.ts'
import { absenceOn } from '../../shared/directory/reach.ts'
import { mayRead, type Post, postsOf, type Reader } from '../../shared/directory/readers.ts'
import { around, plan } from '../../shared/duties/all.ts'
import { rowsOf } from '../../shared/duties/catalogue.ts'
import type { Written } from '../../shared/messages/dates.ts'
import type { Ask, Planned, PrintedRow } from '../../shared/planning/duty.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import type { Store, Stored } from '../../shared/store/store.ts'
import type { TakeOurs } from '../intake/publish.ts'

/** What it takes to open casefiles. */
export type OpenPorts = {
  readonly store: Pick<Store, 'open' | 'events'>
  readonly rules: () => Rules | Promise<Rules>
  readonly now: () => Instant
}

/** What it takes to do an act as well. */
export type ActPorts = OpenPorts & { readonly take: TakeOurs }

/** A casefile with everything needed to decide what can be done about it, and by whom. */
export type OpenedCasefile = {
  readonly casefile: Casefile
  readonly stored: Stored
  readonly ask: AskNeighbours
  readonly posts: readonly Post[]
  /** Today's cover, by contactId, for absent people who were told something. */
  readonly covers: ReadonlyMap<string, string>
  /** The notices that would be given today if none had been yet, by id: planned once, when first asked for. */
  readonly standing: () => ReadonlyMap<string, Planned>
  readonly rules: Rules
  readonly now: Instant
}

/** Opens a casefile for acting on; undefined if there is none. */
export async function openForActing(
  id: CasefileId,
  { store, rules, now }: OpenPorts,
): Promise<OpenedCasefile | undefined> {
  const stored = await store.open(id)
  if (!stored) return undefined
  const casefile = openCasefile(id, stored.events, stored.entries)
  const ask = neighboursOf(casefile, store.events)
  const at = now()
  const today = londonDate(at)
  const told = new Set(stored.entries.filter(mayHaveBeenTold).map(({ to }) => to))
  const people = await ask((neighbours) => ({
    posts: postsOf(casefile, neighbours, today),
    covers: new Map(
      [...told].flatMap((one) => {
        const cover = absenceOn(neighbours.get('contact', one), today)?.coverContactId
        return cover === undefined ? [] : [[one, cover] as const]
      }),
    ),
  }))
  const current = await rules()
  return { casefile, stored, ask, ...people, ...standingIn(casefile, current, at), rules: current, now: at }
}

function standingIn(casefile: Casefile, rules: Rules, now: Instant): Pick<OpenedCasefile, 'standing'> {
  let known: ReadonlyMap<string, Planned> | undefined
  return {
    standing() {
      const ledger = { ...casefile.ledger, isGiven: () => false, isDone: () => false }
      known ??= new Map(
        around(plan({ ...casefile, ledger }, rules, now), now)
          .filter(({ untold }) => !untold)
          .map((planned) => [planned.noticeId, planned]),
      )
      return known
    },
  }
}

/** An act that somebody may do about something in a casefile. */
export type Offer = { readonly act: Act; readonly about: About; readonly doer: string }

/** The doer's id for support staff, who are not contacts and are told nothing. */
export const SUPPORT = 'support'

/**
 * Other people find the acts that open casefiles in the casefile of their own contact. Support staff have no contact,
 * so this makes one up that is not stored, for somebody who works in everything.
 */
async function openSupport({ store, rules, now }: OpenPorts): Promise<OpenedCasefile> {
  const [id, at] = [casefileId('contact', SUPPORT), now()]
  const details = { contactId: SUPPORT, name: 'Support', worksIn: [...WORKS] }
  const reading = readEvent(ourEvent('contact.updated', at, details), at)
  const events = reading.is === 'event' ? [reading.event] : []
  const casefile = openCasefile(id, events, [])
  const stored = { head: { version: 0, wake: at, plannedUnder: undefined }, events, entries: [] }
  const ask = neighboursOf(casefile, store.events)
  const current = await rules()
  const nobody = { posts: [], covers: new Map(), ...standingIn(casefile, current, at) }
  return { casefile, stored, ask, ...nobody, rules: current, now: at }
}

/** The contactIds of a reader; for support staff, a made-up one. */
export function contactIdsOf(reader: Reader): readonly string[] {
  return reader.reads === 'everything' ? [SUPPORT] : reader.contactIds
}

/** Opens a casefile for a reader to act on; undefined if there is none. */
export async function openFor(
  reader: Reader,
  id: CasefileId,
  ports: OpenPorts,
): Promise<OpenedCasefile | undefined> {
  const isSupports = reader.reads === 'everything' && id === casefileId('contact', SUPPORT)
  return isSupports ? openSupport(ports) : openForActing(id, ports)
}

/** Every act (or every one among some) that a reader may do in a casefile, as the first of their contacts who may. */
export function offersTo(reader: Reader, opened: OpenedCasefile, among: readonly Act[] = ACTS): Offer[] {
  return among
    .filter(({ kind }) => kind === kindOf(opened.casefile.id))
    .flatMap((act) =>
      act.subjects(placeOf(opened)).flatMap((subject) => {
        const doer = doerAmong(reader, act, subject, opened)
        return doer === undefined ? [] : [{ act, about: { ...placeOf(opened), subject }, doer }]
      }),
    )
}

function doerAmong(reader: Reader, act: Act, subject: Subject, opened: OpenedCasefile): string | undefined {
  if (reader.reads === 'everything') {
    // In their made-up casefile they may open others, but not change contact details: there is nobody.
    const isNowhere = opened.casefile.id === casefileId('contact', SUPPORT)
    const isForThem = isNowhere ? act.opens !== undefined && !subject.isThere : true
    return act.roles.includes('support') && isForThem ? SUPPORT : undefined
  }
  const isThey = (contactId: string) => reader.contactIds.includes(contactId)
  return inRoles(act, subject, opened).find(isThey) ?? askedFor(act, subject, opened, isThey)[0]
}

/** Who may do an act: people in its roles, and people given a notice that asks for it and still stands. */
export function whoMay(act: Act, subject: Subject, opened: OpenedCasefile): string[] {
  return [...new Set([...inRoles(act, subject, opened), ...askedFor(act, subject, opened, () => true)])]
}

function inRoles({ roles }: Act, { settled }: Subject, { posts }: OpenedCasefile): string[] {
  return posts
    .filter(({ role, prisonId = settled.prisonId }) => roles.includes(role) && prisonId === settled.prisonId)
    .map(({ contactId }) => contactId)
}

/** Who among some contacts was given a notice that asks for an act and still stands. */
function askedFor(
  act: Act,
  subject: Subject,
  opened: OpenedCasefile,
  isAmong: (contactId: string) => boolean,
): string[] {
  if (act.isForRolesAlone) return []
  return opened.casefile.ledger.entries
    .filter((entry) => asksFor(entry, act, subject))
    .map((entry) => ({ entry, people: givenTo(entry, opened).filter(isAmong) }))
    .filter(({ entry, people }) => people.length > 0 && isStanding(entry, opened))
    .flatMap(({ people }) => people)
}

/** The events that a row asks for; none if it asks to speak to somebody. */
export function askedBy({ asks }: Pick<PrintedRow, 'asks'>): readonly Ask[] {
  return asks === undefined || asks === 'conversation' ? [] : asks
}

/** Whether a notice asks for an act about something still missing: because its row says so, or allows that answer. */
export function asksFor(entry: Entry, act: Act, { key, isMet = false }: Subject): boolean {
  if (isMet) return false
  const isAsked = rowsOf(entry).some(
    (row) =>
      askedBy(row).some(({ event }) => event === act.event) ||
      row.answers?.some(({ type }) => type === act.event),
  )
  return isAsked && (key === '' || subjectOf(entry.occasion) === key)
}

/** Who was given a notice, and their cover if they are away; nobody, if it was not told. */
export function givenTo(entry: Entry, { covers }: OpenedCasefile): string[] {
  // There is no page for a person on probation, on purpose.
  if (!mayHaveBeenTold(entry) || entry.role === 'person') return []
  const cover = covers.get(entry.to)
  return cover === undefined ? [entry.to] : [entry.to, cover]
}

/** Whether a notice still stands: it would be given today, so it has been neither answered nor stopped. */
export function isStanding({ noticeId }: Entry, { standing }: OpenedCasefile): boolean {
  return standing().has(noticeId)
}

/** Those of some given notices that still stand and have something to say: one about a gap has not, once it is filled. */
export function standingAmong<E extends Entry>(
  entries: readonly E[],
  { standing, ask, now }: OpenedCasefile,
): Promise<E[]> {
  return ask((neighbours) =>
    entries.filter(({ noticeId }) => standing().get(noticeId)?.bind(neighbours, now) !== undefined),
  )
}

/** Whether a reader may read a casefile as it stands today. */
export function isFor(reader: Reader, { casefile, ask, now }: OpenedCasefile): Promise<boolean> {
  return ask((neighbours) => mayRead(reader, casefile, neighbours, londonDate(now)))
}

/** The casefile as acts see it. */
export function placeOf({ casefile, now }: OpenedCasefile) {
  return { id: casefile.id, state: casefile.state, ledger: casefile.ledger, now }
}

/** The language in which pages are shown to a contact. */
export async function languageOf(contactId: string, store: Pick<Store, 'events'>): Promise<Written> {
  const { details } = fold('contact', await store.events(casefileId('contact', contactId), ['contact']))
  return details?.language === 'cy' ? 'cy' : 'en'
}
