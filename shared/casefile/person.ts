import { add } from './draft.ts'
import type { DomainEvent, EventOf } from './events.ts'
import { type CasefileId, casefileId, kindOf, personKey } from './ids.ts'
import { whereTo } from './movements.ts'
import { nounOf } from './nouns.ts'
import { casefilesOf } from './routing.ts'

/** What is so of a person wherever they are named: that they died, where they are, that two numbers are theirs. */
export type FactOfPerson = EventOf<
  | 'person.died'
  | 'prison-offender-events.prisoner.released'
  | 'prisoner-offender-search.prisoner.released'
  | 'prison-offender-events.prisoner.received'
  | 'prisoner-offender-search.prisoner.received'
  | 'prison-offender-events.prisoner.merged'
>

/** One person, as one of their numbers or their contact names them. */
export type Person = {
  /** The orders, clearances and releases of theirs that we know of. */
  readonly casefiles: readonly CasefileId[]
  /** The casefiles of the same person under their other numbers, which an event has named together with this one. */
  readonly others: readonly CasefileId[]
  readonly facts: readonly FactOfPerson[]
}

/** What nothing is known of yet. */
export function emptyPerson(): Person {
  return { casefiles: [], others: [], facts: [] }
}

/** A person after one more event. */
export function foldPerson(before: Person, event: DomainEvent): Person {
  for (const id of casefilesOf(event)) {
    const known = kindOf(id) === 'person' ? before.others : before.casefiles
    if (isAboutPerson(id) && !known.includes(id)) add(known, id)
  }
  return isFactOfPerson(event) ? { ...before, facts: add(before.facts, event) } : before
}

/** An event that names a person names workers, prisons and rotas too: those are not theirs. */
function isAboutPerson(id: CasefileId): boolean {
  return ['person', 'order', 'clearance', 'release'].includes(kindOf(id))
}

function isFactOfPerson(event: DomainEvent): event is FactOfPerson {
  return (
    event.type === 'person.died' || /^prison(er)?-offender-.*\.(released|received|merged)$/.test(event.type)
  )
}

/** The person an event is about, under each name it has for them: the person whose release it is, by their prison number. */
export function peopleIn(event: DomainEvent): CasefileId[] {
  const { noms } = event.person
  const released =
    noms !== undefined && isOfRelease(event) ? [casefileId('person', personKey('noms', noms))] : []
  return [...casefilesOf(event).filter((id) => kindOf(id) === 'person'), ...released]
}

/** The nouns of what happens to a release, and is told in one casefile alone. */
export const RELEASE_NOUNS = ['release', 'gate-meeting', 'release-check', 'follow-up']

function isOfRelease(event: DomainEvent): boolean {
  return RELEASE_NOUNS.includes(nounOf(event))
}

/** Whether an event says that somebody died, by itself or along with what it is about. */
export function saysOfDeath(event: DomainEvent): boolean {
  return event.type === 'person.died' ? event.info.withdrawn !== true : deathSaidBy(event) !== undefined
}

/** The death that an event says along with what it is about: the end of an order, a release or a clearance. */
export function deathSaidBy(event: DomainEvent): EventOf<'person.died'> | undefined {
  if (!saysDeath(event)) return undefined
  const { occurredAt, at, person } = event
  return { type: 'person.died', eventId: `died/${event.eventId}`, occurredAt, at, person, info: {} }
}

function saysDeath(event: DomainEvent): boolean {
  switch (event.type) {
    case 'order.ended':
    case 'release.closed':
    case 'clearance.ended':
      return event.info.reason === 'died'
    case 'prison-offender-events.prisoner.released':
    case 'prisoner-offender-search.prisoner.released':
      return whereTo(event) === 'died'
    default:
      return false
  }
}

/**
 * What of a person's releases is owed to their casefiles under other numbers, where an event may come under either.
 * Of each release one of them plans; what is owed to the casefiles that an event names itself is not among it.
 */
export function owedAmong(
  casefiles: readonly { readonly id: CasefileId; readonly events: readonly DomainEvent[] }[],
  event: DomainEvent,
): readonly { readonly to: CasefileId; readonly fact: DomainEvent }[] {
  const known = [...casefiles.flatMap(({ events }) => events), event].filter(isOfRelease)
  const all = [...new Map(known.map((one) => [one.eventId, one])).values()]
  return casefiles.flatMap(({ id: to, events }) => {
    const held = new Set(events.map(({ eventId }) => eventId))
    const isOwed = (one: DomainEvent) =>
      !held.has(one.eventId) && !(one === event && casefilesOf(one).includes(to))
    return all.filter(isOwed).map((fact) => ({ to, fact }))
  })
}

/** What is owed, once an event has come, to the casefiles of a person who is known by all of these. */
export function owedTo(
  people: readonly Person[],
  event: DomainEvent,
): readonly { readonly to: CasefileId; readonly fact: FactOfPerson }[] {
  const facts = new Map(people.flatMap((one) => one.facts.map((fact) => [fact.eventId, fact] as const)))
  const casefiles = [...new Set(people.flatMap((one) => one.casefiles))]
  // A fact goes to every casefile; what names a casefile, or finds two numbers to be one person, brings every fact.
  const isLink = !isFactOfPerson(event) || event.type === 'prison-offender-events.prisoner.merged'
  const coming = isLink ? [...facts.values()] : [event]
  return casefiles.flatMap((to) =>
    coming.filter((fact) => !casefilesOf(fact).includes(to)).map((fact) => ({ to, fact })),
  )
}
