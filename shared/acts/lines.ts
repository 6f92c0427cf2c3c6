import * as z from 'zod'
import type { EventType } from '../casefile/events.ts'
import { id, moment } from '../casefile/fields.ts'
import type { Kind } from '../casefile/ids.ts'
import type { Field } from './act.ts'
import { type Boxes, boxesOf, emptyForm } from './form.ts'

/** A line of a CSV file is one use of an act: its columns are the act's fields. */

export type LineKind = {
  readonly event: EventType
  /** The kind of casefile in which the act is done; `contact` is the importer's own. */
  readonly kind: Kind
  /** The column that names the casefile. */
  readonly place?: string
  /** The column that names the thing that the line is about, so that a later file can refer to it. */
  readonly reference?: string
  /** Which subject in that casefile, if it has several. */
  readonly subject?: string
  /** For lines that form one act together: the fields of each line, and the act's field that they fill. */
  readonly together?: {
    readonly fields: readonly Field[]
    /** The fields that must be the same in all of them. */
    readonly alike?: readonly string[]
    readonly as: string
    readonly write: (said: Boxes) => string
  }
}

const OWNER: Field = {
  name: 'owner',
  schema: id,
  label: { en: 'Who looks after it', cy: 'Pwy sy’n gofalu amdani' },
  as: 'contact',
}
const SHIFT: readonly Field[] = [
  { name: 'from', schema: moment, label: { en: 'From', cy: 'O' }, as: 'moment' },
  { name: 'to', schema: moment, label: { en: 'To', cy: 'Hyd' }, as: 'moment' },
  { name: 'contactId', schema: id, label: { en: 'Who is on call', cy: 'Pwy sydd ar alwad' }, as: 'contact' },
]

const SHIFTS = {
  as: 'shifts',
  write: ({ from, to, contactId }: Boxes) => `${from} to ${to} ${contactId}`,
}

/** The kinds of CSV file, by their lines. */
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

/** A column that is not a field of the act: the casefile or the reference. */
export function naming(name: string): Field {
  return { name, schema: id.pipe(z.string()), label: { en: name, cy: name }, as: 'code' }
}

/** The columns of a line, by their header names. */
export function columnsOf({ place, reference }: LineKind, fields: readonly Field[]): string[] {
  const named = [place, reference].filter((one) => one !== undefined)
  const asked = fields.filter((field) => !isOfAnother(field, fields)).map(({ name }) => name)
  return [...new Set([...named, ...asked])]
}

/** The form boxes that a line fills: a day is in one cell, and so is somebody who is not among the options. */
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

/** Whether a field names somebody who is not among another field's options: in a line they share a cell. */
function isOfAnother({ as, onlyIf }: Field, fields: readonly Field[]): boolean {
  const other = fields.find(({ name }) => name === onlyIf?.field)
  return as === 'contact' && typeof other?.as === 'object'
}

/** `2026-03-09` or, as British spreadsheets write it, `09/03/2026`; optionally followed by a time of day. */
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(.+))?$/
const BRITISH = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: +(.+))?$/

function boxesIn(field: Field, cell: string): Boxes {
  if (field.as === 'tick') return { [field.name]: TICKS[cell.toLowerCase()] ?? cell }
  const boxes = boxesOf(field)
  if (boxes.length === 1) return { [field.name]: cell }
  const [, year, month, day, time] = ISO.exec(cell) ?? []
  const [, ...british] = BRITISH.exec(cell) ?? []
  const parts = year === undefined ? british : [day, month, year, time]
  // An invalid day is put where it will be reported.
  const written = parts.length === 0 ? [cell] : parts
  return Object.fromEntries(boxes.map((box, nth) => [box, written[nth] ?? '']))
}

/** How people and spreadsheets write yes and no. */
const TICKS: Readonly<Record<string, string>> = {
  ...{ yes: 'true', y: 'true', true: 'true', x: 'true', 1: 'true' },
  ...{ no: '', n: '', false: '', 0: '' },
}
