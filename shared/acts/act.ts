import type * as z from 'zod'
import type { Instant } from '../calendar/london.ts'
import type { Casefile, States } from '../casefile/casefile.ts'
import { EVENTS, type EventType } from '../casefile/events.ts'
import type { Kind } from '../casefile/ids.ts'
import type { Role } from '../casefile/ledger.ts'
import type { PersonNumbers } from '../casefile/our-event.ts'
import type { Neighbours } from '../directory/neighbours.ts'
import type { Written } from '../messages/dates.ts'

/**
 * One thing that a person can do about a casefile: about what in it, what they are asked, who may, and the events
 * that it becomes. A form, a button behind a link and a reply by text are ways to do it; none of them writes
 * anything else.
 */
export type Act = {
  /** The event that it becomes, by which rows and links name it. */
  readonly event: EventType
  readonly kind: Kind
  /** What is done, as its link and its heading say it. */
  readonly title: Words
  /** What its button says, where that is not its title. */
  readonly button: Words
  /** Who may do it unasked. Somebody who was given a notice that asks for it may too. */
  readonly roles: readonly Doer[]
  /** The kind of casefile that it opens, which has its own name; undefined where it opens none. */
  readonly opens: Kind | undefined
  /** It is for these alone: being asked for it by a notice is not enough. */
  readonly isForRolesAlone: boolean
  /** What in a casefile it can be done about at a moment; nothing, where there is nothing to do. */
  subjects(place: Place): readonly Subject[]
  /** What is asked, in order; nothing, where a button says it all. */
  fields(about: About): readonly Field[]
  /** What has to be read before it is done. */
  shows(about: About): readonly Shown[]
  /** What follows from what was said, for its writer to check beside it. */
  checks(said: Said, about: About): readonly Shown[]
  /** The events that it becomes, without who did it. `name` is new to this doing: what the act opens is called by it. */
  becomes(said: Said, about: About, name: string): readonly Happening[]
}

/** In which capacity somebody does something: support staff, who are told nothing, have one of their own. */
export type Doer = Role | 'support'

/** What people read, in each language that they read. */
export type Words = Readonly<Record<Written, string>>

/** A casefile as it stands at a moment. */
export type Place<K extends Kind = Kind> = Pick<Casefile<K>, 'id' | 'ledger'> & {
  readonly state: States[K]
  readonly now: Instant
}
export type About<K extends Kind = Kind> = Place<K> & { readonly subject: Subject }

/** One thing in a casefile that an act is about. */
export type Subject = {
  /** Tells it from the casefile's others; empty for the casefile itself. */
  readonly key: string
  /** When it is, where that is how people tell it from others. */
  readonly at?: Instant
  /** What it is called, where that is how. */
  readonly words?: Words
  /** It was done before: doing it again corrects what was said. */
  readonly isAgain?: boolean
  /** Nothing is missing: it may still be done, and no notice asks for it any more. */
  readonly isMet?: boolean
  /** Of an act that opens casefiles: this one is there already, and is changed. */
  readonly isThere?: true
  /** What of the event is settled by it. */
  readonly settled: Readonly<Record<string, string>>
}

/** One thing that is asked: how, and as which field of the contract it is read. */
export type Field = {
  readonly name: string
  readonly schema: z.ZodType
  readonly label: Words
  readonly hint?: Words
  readonly as: Control
  /** What stands there before anybody has written. */
  readonly first?: string
  /** Each of its lines ends with somebody, named as a contact is. */
  readonly isOfContacts?: true
  /** It names somebody whom its writer keeps already: anybody else who is named by it might hand them over. */
  readonly isKept?: true
  /** It names one of these: anybody else was mistyped, and would be told what is not for them. */
  readonly among?: {
    readonly words: Words
    readonly has: (contactId: string, neighbours: Neighbours) => boolean
  }
  /** It is asked only where another was answered in one of these ways. */
  readonly onlyIf?: { readonly field: string; readonly is: readonly string[] }
}

/** How a field is asked: one of several options, or in what form it is written. */
export type Control =
  | 'day'
  | 'moment'
  | 'time'
  | 'number'
  | 'line'
  /** One word: a reference, a code or a number of another system. */
  | 'code'
  /** Somebody, named by an e-mail address, a mobile number or a contactId. */
  | 'contact'
  | 'text'
  | 'tick'
  | { readonly options: readonly Option[] }
export type Option = { readonly value: string; readonly words: Words }

/** A line of what is to be read. */
export type Shown = {
  readonly label: Words
  readonly value: Words | Instant | { readonly contactId: string } | ((neighbours: Neighbours) => Words)
}

/** What was said, by the name of its field: as the contract writes it. */
export type Said = Readonly<Record<string, string>>

export type Happening = {
  readonly type: EventType
  readonly info: Readonly<Record<string, unknown>>
  /** The numbers of the person it is about, where it is to name them. */
  readonly person?: PersonNumbers
}

type Draft<K extends Kind> = Pick<Act, 'title' | 'roles'> & {
  readonly isForRolesAlone?: true
  readonly opens?: Kind
  readonly button?: Words
  readonly subjects: (place: Place<K>) => readonly Subject[]
  readonly fields?: readonly Field[] | ((about: About<K>) => readonly Field[])
  readonly shows?: (about: About<K>) => readonly Shown[]
  readonly checks?: (said: Said, about: About<K>) => readonly Shown[]
  readonly becomes?: (said: Said, about: About<K>, name: string) => readonly Happening[]
}

/** An act on one kind of casefile. Unless it says otherwise it becomes its event, of what is settled and what was said. */
export function act<K extends Kind>(kind: K, event: EventType, written: Draft<K>): Act {
  const { title, button = title, roles, opens, subjects, fields = [] } = written
  const { shows = () => [], checks = () => [] } = written
  const becomes =
    written.becomes ??
    ((said: Said, { subject }: About<K>) => [{ type: event, info: { ...subject.settled, ...said } }])
  return {
    ...{ event, kind, title, button, roles, opens, isForRolesAlone: written.isForRolesAlone ?? false },
    subjects: (place) => subjects(place as Place<K>),
    fields: (about) => (typeof fields === 'function' ? fields(about as About<K>) : fields),
    shows: (about) => shows(about as About<K>),
    checks: (said, about) => checks(said, about as About<K>),
    becomes: (said, about, name) => becomes(said, about as About<K>, name),
  }
}

type Shape<Type extends EventType> = (typeof EVENTS)[Type]['shape']

/** A field of an event as it is asked: the contract says how it is read. Throws where the contract has no such field. */
export function asked<Type extends EventType>(
  event: Type,
  name: keyof Shape<Type> & string,
  field: Omit<Field, 'name' | 'schema'>,
): Field {
  const shape: Readonly<Record<string, z.ZodType>> = EVENTS[event].shape
  const schema = shape[name]
  if (!schema) throw new Error(`${event} has no field ${name}`)
  return { name, schema, ...field }
}

/** The words of a code's options, each in English and Welsh, in the order in which they are offered. */
export function options(words: Readonly<Record<string, readonly [en: string, cy: string]>>): Control {
  return { options: Object.entries(words).map(([value, [en, cy]]) => ({ value, words: { en, cy } })) }
}

/** Whether a field may be left empty. */
export function isOptional({ schema }: Field): boolean {
  return schema.safeParse(undefined).success
}
