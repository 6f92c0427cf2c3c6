import { add } from './draft.ts'
import type { DomainEvent, EventOf } from './events.ts'
import { type CasefileId, casefileId, kindOf, personKey } from './ids.ts'
import { whereTo } from './movements.ts'
import { nounOf } from './nouns.ts'
import { casefilesOf } from './routing.ts'

/**
 * Facts about a person that hold wherever they are named: that they died, where they are, that two numbers are theirs.
 */
export type FactOfPerson = EventOf<
  | 'person.died'
  | 'prison-offender-events.prisoner.released'
  | 'prisoner-offender-search.prisoner.released'
  | 'prison-offender-events.prisoner.received'
  | 'prisoner-offender-search.prisoner.received'
  | 'prison-offender-events.prisoner.merged'
>

/** One person, under one of their numbers or their contact. */
export type Person = {
  /** Their known orders, clearances and releases. */
  readonly casefiles: readonly CasefileId[]
  /** The casefiles of the same person under other numbers, which an event named together with this one. */
  readonly others: readonly CasefileId[]
  readonly facts: readonly FactOfPerson[]
}

/** The state before any event. */
export function emptyPerson(): Person {
  return { casefiles: [], others: [], facts: [] }
}

/** The state after one more event. */
export function foldPerson(before: Person, event: DomainEvent): Person {
  for (const id of casefilesOf(event)) {
    const known = kindOf(id) === 'person' ? before.others : before.casefiles
    if (isAboutPerson(id) && !known.includes(id)) add(known, id)
  }
  return isFactOfPerson(event) ? { ...before, facts: add(before.facts, event) } : before
}

/** An event about a person also names workers, prisons and rotas, whose casefiles are not the person's. */
function isAboutPerson(id: CasefileId): boolean {
  return ['person', 'order', 'clearance', 'release'].includes(kindOf(id))
}

function isFactOfPerson(event: DomainEvent): event is FactOfPerson {
  return (
    event.type === 'person.died' || /^prison(er)?-offender-.*\.(released|received|merged)$/.test(event.type)
  )
}

/** The person an event is about, under each identifier in it; for a release, under the prison number of its person. */
export function peopleIn(event: DomainEvent): CasefileId[] {
  const { noms } = event.person
  const released =
    noms !== undefined && isOfRelease(event) ? [casefileId('person', personKey('noms', noms))] : []
  return [...casefilesOf(event).filter((id) => kindOf(id) === 'person'), ...released]
}

/** The nouns of events that belong to a release, which is planned in one casefile only. */
export const RELEASE_NOUNS = ['release', 'gate-meeting', 'release-check', 'follow-up']

function isOfRelease(event: DomainEvent): boolean {
  return RELEASE_NOUNS.includes(nounOf(event))
}

/** Whether an event reports a death, on its own or as the end of something. */
export function saysOfDeath(event: DomainEvent): boolean {
  return event.type === 'person.died' ? event.info.withdrawn !== true : deathSaidBy(event) !== undefined
}

/** The death that an event reports as the end of an order, a release or a clearance. */
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
 * Events of a person's releases that must be passed on to their casefiles under other numbers, since events may arrive
 * under either. Only one casefile plans each release. Casefiles that an event names itself are not included.
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

/** What must be passed on, after an event arrived, to the casefiles of a person known by all of these. */
export function owedTo(
  people: readonly Person[],
  event: DomainEvent,
): readonly { readonly to: CasefileId; readonly fact: FactOfPerson }[] {
  const facts = new Map(people.flatMap((one) => one.facts.map((fact) => [fact.eventId, fact] as const)))
  const casefiles = [...new Set(people.flatMap((one) => one.casefiles))]
  // A fact goes to all casefiles; an event that adds a casefile, or joins two numbers, brings all facts to it.
  const isLink = !isFactOfPerson(event) || event.type === 'prison-offender-events.prisoner.merged'
  const coming = isLink ? [...facts.values()] : [event]
  return casefiles.flatMap((to) =>
    coming.filter((fact) => !casefilesOf(fact).includes(to)).map((fact) => ({ to, fact })),
  )
}
