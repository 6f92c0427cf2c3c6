import type * as z from 'zod'
import type { Instant } from '../calendar/london.ts'
import type { Casefile, States } from '../casefile/casefile.ts'
import { EVENTS, type EventType } from '../casefile/events.ts'
import type { Kind } from '../casefile/ids.ts'
import type { Role } from '../casefile/ledger.ts'
import type { PersonNumbers } from '../casefile/our-event.ts'
import type { Neighbours } from '../directory/neighbours.ts'
import type { Words } from '../messages/dates.ts'

/**
 * One thing that a person can do about a casefile: what it is about, what they are asked, who may do it, and the events
 * that it becomes. A form, a button behind a link and a reply by text are ways to do it; none of them writes anything
 * else.
 */
export type Act = {
  /** The event that it becomes, by which rows and links refer to it. */
  readonly event: EventType
  readonly kind: Kind
  /** Its title, as its link and heading show it. */
  readonly title: Words
  /** The text of its button, if that is not its title. */
  readonly button: Words
  /** Who may do it without being asked. Somebody given a notice that asks for it may do it too. */
  readonly roles: readonly Doer[]
  /** The kind of casefile that it opens, which gets its own name; undefined if it opens none. */
  readonly opens: Kind | undefined
  /** Only these roles may do it: being asked for it by a notice is not enough. */
  readonly isForRolesAlone: boolean
  /** What in a casefile it can be done about at a moment; empty if there is nothing to do. */
  subjects(place: Place): readonly Subject[]
  /** The fields to fill in, in order; empty if a button is enough. */
  fields(about: About): readonly Field[]
  /** What must be read before it is done. */
  shows(about: About): readonly Shown[]
  /** What follows from the input, for its writer to check. */
  checks(said: Said, about: About): readonly Shown[]
  /** The events that it becomes, without who did it. `name` is unique to this use: it names what the act opens. */
  becomes(said: Said, about: About, name: string): readonly Happening[]
}

/** In what capacity somebody acts. Support staff, who are told nothing, have their own. */
export type Doer = Role | 'support'

export type { Words }

/** A casefile at a moment. */
export type Place<K extends Kind = Kind> = Pick<Casefile<K>, 'id' | 'ledger'> & {
  readonly state: States[K]
  readonly now: Instant
}
export type About<K extends Kind = Kind> = Place<K> & { readonly subject: Subject }

/** One thing in a casefile that an act is about. */
export type Subject = {
  /** Identifies it within the casefile; empty for the casefile itself. */
  readonly key: string
  /** Its time, if that is how people identify it. */
  readonly at?: Instant
  /** Its name, if that is how. */
  readonly words?: Words
  /** It was done before: doing it again corrects it. */
  readonly isAgain?: boolean
  /** Nothing is missing: it may still be done, but no notice asks for it any more. */
  readonly isMet?: boolean
  /** For an act that opens casefiles: this one already exists, and is changed. */
  readonly isThere?: true
  /** The event's fields that it determines. */
  readonly settled: Readonly<Record<string, string>>
}

/** One field of a form: how it is asked, and which field of the contract it becomes. */
export type Field = {
  readonly name: string
  readonly schema: z.ZodType
  readonly label: Words
  readonly hint?: Words
  readonly as: Control
  /** Its initial value. */
  readonly first?: string
  /** Each of its lines ends with a person, identified as in a contact field. */
  readonly isOfContacts?: true
  /** It must name a contact that its writer already keeps: naming anybody else could hand that contact over. */
  readonly isKept?: true
  /** It must name one of these: anybody else is a mistake, and would be told what is not for them. */
  readonly among?: {
    readonly words: Words
    readonly has: (contactId: string, neighbours: Neighbours) => boolean
  }
  /** It is asked only if another field has one of these values. */
  readonly onlyIf?: { readonly field: string; readonly is: readonly string[] }
}

/** How a field is asked: one of several options, or free input of some form. */
export type Control =
  | 'day'
  | 'moment'
  | 'time'
  | 'number'
  | 'line'
  /** One word: a reference, a code or a number of another system. */
  | 'code'
  /** A person, identified by an e-mail address, a mobile number or a contactId. */
  | 'contact'
  | 'text'
  | 'tick'
  | { readonly options: readonly Option[] }
export type Option = { readonly value: string; readonly words: Words }

/** One line of what must be read. */
export type Shown = {
  readonly label: Words
  readonly value: Words | Instant | { readonly contactId: string } | ((neighbours: Neighbours) => Words)
}

/** The input by field name, in the contract's form. */
export type Said = Readonly<Record<string, string>>

export type Happening = {
  readonly type: EventType
  readonly info: Readonly<Record<string, unknown>>
  /** The numbers of the person it is about, if it should name them. */
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

/** An act on one kind of casefile. By default it becomes its event, with the fields of its subject and of the form. */
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

/** A form field for a field of an event, parsed by the contract's schema. Throws if the contract has no such field. */
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

/** A choice among a code's values, with words in English and Welsh, in the order offered. */
export function options(words: Readonly<Record<string, readonly [en: string, cy: string]>>): Control {
  return { options: Object.entries(words).map(([value, [en, cy]]) => ({ value, words: { en, cy } })) }
}

/** Whether a field may be left empty. */
export function isOptional({ schema }: Field): boolean {
  return schema.safeParse(undefined).success
}
