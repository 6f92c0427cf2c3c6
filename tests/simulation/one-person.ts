import { type CasefileId, kindOf } from '../../shared/casefile/ids.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import type { Seen } from './seen.ts'

/** What is so of a person in every matter of theirs, in whatever order it is learnt. */
const FACTS = /^person\.died$|^prison(er)?-offender-.*\.(released|received|merged)$/

/** Before one of these nothing is told of a matter, and what is so of its person is not looked for. */
const OPENING = /^(order\.made|release\.(planned|possible))$/

/**
 * What some matter of a person has not been told of them, when all is at rest; undefined when nothing is. Who is one
 * person is read from the numbers that events name together, and from merges.
 */
export async function untoldOf({ truth, appended, forgotten }: Seen): Promise<string | undefined> {
  const people = peopleIn(appended.map(({ event }) => numbersIn(event)))
  const facts = appended.filter(({ event }) => FACTS.test(event.type))
  for (const numbers of people) {
    const isOfThem = ({ event }: Seen['appended'][number]) => numbersIn(event).some((one) => numbers.has(one))
    const theirs = new Map(facts.filter(isOfThem).map(({ event }) => [event.eventId, event]))
    const matters = new Set(
      appended.filter(isOfThem).flatMap(({ event }) => casefilesOf(event).filter(isMatter)),
    )
    for (const id of matters) {
      const { events = [] } = (await truth.open(id)) ?? {}
      if (!events.some(({ type }) => OPENING.test(type))) continue
      const known = new Set(events.map(({ eventId }) => eventId))
      for (const eventId of theirs.keys()) {
        if (!known.has(eventId) && !forgotten.has(`${id} ${eventId}`))
          return `${id} does not know of ${eventId}`
      }
    }
  }
  return undefined
}

function isMatter(id: CasefileId): boolean {
  return kindOf(id) === 'order' || kindOf(id) === 'release'
}

function numbersIn({ person, info }: Seen['appended'][number]['event']): string[] {
  const said: Readonly<Record<string, unknown>> = { ...info }
  const all = [person.crn, person.noms, said.nomsNumber, said.removedNomsNumber]
  return all.filter((one) => typeof one === 'string')
}

/** Numbers that are named together are one person's. */
function peopleIn(named: readonly (readonly string[])[]): Set<string>[] {
  let people: Set<string>[] = []
  for (const numbers of named) {
    if (numbers.length === 0) continue
    const same = people.filter((one) => numbers.some((number) => one.has(number)))
    people = [
      ...people.filter((one) => !same.includes(one)),
      new Set([...numbers, ...same.flatMap((one) => [...one])]),
    ]
  }
  return people
}
