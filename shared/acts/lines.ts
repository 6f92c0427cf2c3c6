import * as z from 'zod'
import type { EventType } from '../casefile/events.ts'
import { id, moment } from '../casefile/fields.ts'
import type { Kind } from '../casefile/ids.ts'
import type { Field } from './act.ts'
import { type Boxes, boxesOf, emptyForm } from './form.ts'

/** A line of a CSV file is one doing of an act: its columns are what the act asks. */

export type LineKind = {
  readonly event: EventType
  /** In which kind of casefile the act is done: a contact's is that of the one who brings the file in. */
  readonly kind: Kind
  /** The column that says in which casefile, and by which it is known what is done there. */
  readonly place?: string
  /** The column that says what the thing is called that the line is about, so that a later file can name it. */
  readonly reference?: string
  /** About which of the things in that casefile, where it has several. */
  readonly subject?: string
  /** Of lines that are one doing together: what each of them says, and as which field of the act all of them do. */
  readonly together?: {
    readonly fields: readonly Field[]
    /** Of these, what all of them have to say alike. */
    readonly alike?: readonly string[]
    readonly as: string
    readonly write: (said: Boxes) => string
  }
}

const words = (en: string) => ({ en, cy: en })
const OWNER: Field = { name: 'owner', schema: id, label: words('Who looks after it'), as: 'contact' }
const SHIFT: readonly Field[] = [
  { name: 'from', schema: moment, label: words('From'), as: 'moment' },
  { name: 'to', schema: moment, label: words('To'), as: 'moment' },
  { name: 'contactId', schema: id, label: words('Who is on call'), as: 'contact' },
]

const SHIFTS = {
  as: 'shifts',
  write: ({ from, to, contactId }: Boxes) => `${from} to ${to} ${contactId}`,
}

/** What a file may hold, a kind of line each. */
export const LINE_KINDS = {
  contacts: { event: 'contact.updated', kind: 'contact', reference: 'contactId', subject: 'new' },
  orders: { event: 'order.made', kind: 'contact', reference: 'orderId' },
  appointments: {
    ...{ event: 'appointment.booked', kind: 'order', place: 'orderId', reference: 'appointmentId' },
  },
  clearances: {
    ...{ event: 'clearance.confirmed', kind: 'prison', place: 'prisonId', reference: 'clearanceId' },
  },
  releases: { event: 'release.planned', kind: 'contact', reference: 'releaseId' },
  rota: {
    ...{ event: 'rota.published', kind: 'rota', place: 'area' },
    together: { ...SHIFTS, fields: SHIFT },
  },
  'new-rotas': {
    ...{ event: 'rota.published', kind: 'contact', reference: 'area' },
    together: { ...SHIFTS, fields: [OWNER, ...SHIFT], alike: ['owner'] },
  },
} as const satisfies Readonly<Record<string, LineKind>>
export type LineKindName = keyof typeof LINE_KINDS

/** A column that an act does not ask: in which casefile, or by which reference. */
export function naming(name: string): Field {
  return { name, schema: id.pipe(z.string()), label: words(name), as: 'code' }
}

/** The columns of a line, as its header names them. */
export function columnsOf({ place, reference }: LineKind, fields: readonly Field[]): string[] {
  const named = [place, reference].filter((one) => one !== undefined)
  const asked = fields.filter((field) => !isOfAnother(field, fields)).map(({ name }) => name)
  return [...new Set([...named, ...asked])]
}

/** The boxes of a form as a line fills them: a day in one cell, somebody who is none of those offered in the same one. */
export function boxesFrom(fields: readonly Field[], cells: Boxes): Boxes {
  const boxes: Record<string, string> = { ...emptyForm(fields) }
  for (const field of fields) {
    const cell = cells[field.name]?.trim() ?? ''
    if (cell === '') continue
    const other = fields.find((one) => isOfAnother(one, fields) && one.onlyIf?.field === field.name)
    const isOffered = typeof field.as !== 'object' || field.as.options.some(({ value }) => value === cell)
    if (!other?.onlyIf || isOffered) Object.assign(boxes, boxesIn(field, cell))
    else Object.assign(boxes, { [field.name]: other.onlyIf.is[0], [other.name]: cell })
  }
  return boxes
}

/** The column in which a field is written. */
export function columnOf(name: string, fields: readonly Field[]): string {
  const field = fields.find((one) => one.name === name)
  return field?.onlyIf && isOfAnother(field, fields) ? field.onlyIf.field : name
}

/** Whether a field names somebody who is none of those that another offers: in a line they share a cell. */
function isOfAnother({ as, onlyIf }: Field, fields: readonly Field[]): boolean {
  const other = fields.find(({ name }) => name === onlyIf?.field)
  return as === 'contact' && typeof other?.as === 'object'
}

/** `2026-03-09`, or as British spreadsheets write it, `09/03/2026`; and a time of day after it, if there is one. */
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(.+))?$/
const BRITISH = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: +(.+))?$/

function boxesIn(field: Field, cell: string): Boxes {
  if (field.as === 'tick') return { [field.name]: TICKS[cell.toLowerCase()] ?? cell }
  const boxes = boxesOf(field)
  if (boxes.length === 1) return { [field.name]: cell }
  const [, year, month, day, time] = ISO.exec(cell) ?? []
  const [, ...british] = BRITISH.exec(cell) ?? []
  const parts = year === undefined ? british : [day, month, year, time]
  // What is no day is put where it will be found wrong.
  const written = parts.length === 0 ? [cell] : parts
  return Object.fromEntries(boxes.map((box, nth) => [box, written[nth] ?? '']))
}

/** How people and spreadsheets tick. */
const TICKS: Readonly<Record<string, string>> = {
  ...{ yes: 'true', y: 'true', true: 'true', x: 'true', 1: 'true' },
  ...{ no: '', n: '', false: '', 0: '' },
}
