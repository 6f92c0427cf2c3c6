import * as z from 'zod'
import type { EventOf } from '../casefile/events.ts'
import type { PersonNumbers } from '../casefile/our-event.ts'
import {
  type About,
  type Act,
  act,
  asked,
  type Doer,
  type Field,
  type Said,
  type Subject,
  type Words,
} from './act.ts'
import { PROBATION, PROVIDER } from './orders.ts'
import { WORKERS } from './releases.ts'

/** Recording that the person has died, or that this was an error: it applies wherever they are known. */

const SURE = 'sure'
const sure = (label: Words): Field => ({ name: SURE, schema: z.literal('true'), as: 'tick', label })
const DIED: readonly Field[] = [
  asked('person.died', 'on', {
    label: { en: 'On which day, if that is known?', cy: 'Ar ba ddiwrnod, os yw’n hysbys?' },
    as: 'day',
  }),
  sure({
    en: 'I am sure: everything to them and about them stops, everywhere',
    cy: 'Rwy’n sicr: daw popeth iddynt ac amdanynt i ben, ym mhob man',
  }),
]
const IN_ERROR: readonly Field[] = [
  sure({
    en: 'I am sure: they are alive, and everything goes on',
    cy: 'Rwy’n sicr: maent yn fyw, ac mae popeth yn parhau',
  }),
]

/** Only somebody known by a number can be recorded as dead: only by that are they found elsewhere. */
function subjects(died: EventOf<'person.died'> | undefined, { crn, noms }: PersonNumbers): Subject[] {
  if (crn === undefined && noms === undefined) return []
  const words = { en: 'that was said in error', cy: 'dywedwyd hynny ar gam' }
  return [died ? { key: 'in-error', words, isAgain: true, settled: {} } : { key: '', settled: {} }]
}

const fields = ({ subject }: Pick<About, 'subject'>) => (subject.isAgain ? IN_ERROR : DIED)

function becomes({ on }: Said, { subject }: Pick<About, 'subject'>, person: PersonNumbers) {
  const info = subject.isAgain ? { withdrawn: true } : { ...(on && { on }) }
  return [{ type: 'person.died', info, person } as const]
}

const DEATH = { title: { en: 'Say that the person has died', cy: 'Dweud bod y person wedi marw' } }
const ON_AN_ORDER: readonly Doer[] = [...PROBATION, ...PROVIDER]

export const DEATH_ACTS: readonly Act[] = [
  act('order', 'person.died', {
    ...DEATH,
    roles: ON_AN_ORDER,
    subjects: ({ state }) => subjects(state.died, state.made?.person ?? {}),
    fields,
    becomes: (said, about) => becomes(said, about, about.state.made?.person ?? {}),
  }),
  act('release', 'person.died', {
    ...DEATH,
    roles: WORKERS,
    subjects: ({ state }) => subjects(state.died, numbersOf(state)),
    fields,
    becomes: (said, about) => becomes(said, about, numbersOf(about.state)),
  }),
]

/** The person's numbers, from the events that opened their releases. */
function numbersOf({ byId }: About<'release'>['state']): PersonNumbers {
  return (
    Object.values(byId)
      .flatMap(({ plans }) => plans.map(({ person }) => person))
      .find(({ crn, noms }) => crn !== undefined || noms !== undefined) ?? {}
  )
}
