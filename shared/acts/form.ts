import { type LocalTime, readMoment } from '../calendar/london.ts'
import { contactMeant } from '../directory/meant.ts'
import type { Neighbours } from '../directory/neighbours.ts'
import { type Written, writeDate, writeMoment } from '../messages/dates.ts'
import { type Field, isOptional, type Said, type Words } from './act.ts'
import { wordForTheTelephone } from './telephone.ts'

/** What a form sent, by the names of its input boxes. */
export type Boxes = Readonly<Record<string, string>>

/** What is wrong with a field, and in which input box. */
export type Wrong = { readonly field: string; readonly box: string; readonly words: Words }

export type FormReading =
  | { readonly is: 'whole'; readonly said: Said }
  | { readonly is: 'wrong'; readonly wrong: readonly Wrong[] }

/**
 * Reads a form by the contract's own schemas; `neighbours` tell who an address belongs to, and `keeps` which contacts
 * the writer keeps. A field ruled out by another answer is not read.
 */
export function readForm(
  fields: readonly Field[],
  boxes: Boxes,
  neighbours: Neighbours,
  keeps: (contactId: string) => boolean,
): FormReading {
  const said: Record<string, string> = {}
  const wrong: Wrong[] = []
  for (const field of fields) {
    if (!isAsked(field, boxes)) continue
    const wrote = written(field, boxes)
    const meant = meantBy(field, wrote, neighbours, keeps)
    const value = meant ?? wrote
    const words =
      meant === undefined ? about(field, field.among?.words ?? EXPECTED.contact) : wrongWith(field, value)
    if (words) wrong.push({ field: field.name, box: boxesOf(field)[0] ?? field.name, words })
    else if (value !== '') said[field.name] = value
  }
  const [first] = fields
  if (first && wrong.length === 0 && Object.keys(said).length === 0) {
    wrong.push({ field: first.name, box: boxesOf(first)[0] ?? first.name, words: NOTHING_SAID })
  }
  return wrong.length > 0 ? { is: 'wrong', wrong } : { is: 'whole', said }
}

/** The input, with a contactId in place of an address; undefined if it identifies nobody. */
function meantBy(
  { as, isOfContacts, isKept, among }: Field,
  wrote: string,
  neighbours: Neighbours,
  keeps: (contactId: string) => boolean,
): string | undefined {
  if (wrote === '') return wrote
  const isAmong = (contactId: string) =>
    (!isKept || keeps(contactId)) && (among?.has(contactId, neighbours) ?? true)
  if (as === 'contact') return contactMeant(wrote, neighbours, isAmong)
  if (!isOfContacts) return wrote
  const lines = wrote.split('\n').map((line) => {
    const [named] = /\S+$/.exec(line.trimEnd()) ?? []
    if (named === undefined) return ''
    const contactId = contactMeant(named, neighbours)
    return contactId && line.trimEnd().slice(0, -named.length) + contactId
  })
  return lines.includes(undefined) ? undefined : lines.join('\n')
}

/** Whether a field is asked, given the other input. */
export function isAsked({ onlyIf }: Field, boxes: Boxes): boolean {
  return onlyIf === undefined || onlyIf.is.includes(boxes[onlyIf.field] ?? '')
}

/** The input boxes of a field: a day has three. */
export function boxesOf({ name, as }: Field): string[] {
  const day = [`${name}-day`, `${name}-month`, `${name}-year`]
  if (as === 'day') return day
  return as === 'moment' ? [...day, `${name}-time`] : [name]
}

/** The initial content of the boxes. */
export function emptyForm(fields: readonly Field[]): Boxes {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const { first } = field
      if (first === undefined) return []
      if (field.as !== 'day') return [[field.name, first]]
      return boxesOf(field).map((box, nth) => [box, first.split('-').toReversed()[nth] ?? ''])
    }),
  )
}

/** A field's value in words, for its writer to check. */
export function writtenOut({ as }: Field, value: string, language: Written): string {
  if (typeof as === 'object') return as.options.find((one) => one.value === value)?.words[language] ?? value
  switch (as) {
    case 'day':
      return writeDate(language, value)
    case 'moment':
      return writeMoment(language, readMoment(value)?.epochMilliseconds ?? 0)
    case 'tick':
      return YES[language]
    default:
      return value
  }
}

const YES: Words = { en: 'Yes', cy: 'Ie' }

/** The value of a field's boxes in the contract's form; empty if nothing was written. */
function written(field: Field, boxes: Boxes): string {
  const [first = '', month = '', year = '', time = ''] = boxesOf(field).map((box) => boxes[box]?.trim() ?? '')
  if (field.as === 'time') return first === '' ? '' : (readTime(first) ?? first)
  if (field.as !== 'day' && field.as !== 'moment') return first.replaceAll('\r\n', '\n')
  if ([first, month, year, time].every((part) => part === '')) return ''
  const date = `${year}-${month.padStart(2, '0')}-${first.padStart(2, '0')}`
  return field.as === 'day' ? date : `${date}T${readTime(time) ?? time}`
}

const TIME = /^(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?$/i

/** `14:00` from the ways people write a time of day: `2pm`, `2.30 pm`, `1430`. Undefined for anything else. */
export function readTime(said: string): LocalTime | undefined {
  const [, hours = '', minutes = '00', half] = TIME.exec(said.trim()) ?? []
  if (hours === '' || (half === undefined && said.trim().length < 3)) return undefined
  const hour =
    half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  if (hour > 23 || Number(minutes) > 59 || (half !== undefined && Number(hours) > 12)) return undefined
  return `${String(hour).padStart(2, '0')}:${minutes}`
}

function wrongWith(field: Field, value: string): Words | undefined {
  if (value === '') return isOptional(field) ? undefined : needed(field)
  const isOffered = typeof field.as !== 'object' || field.as.options.some((one) => one.value === value)
  if (!isOffered || !field.schema.safeParse(value).success) return about(field, EXPECTED[kindOf(field)])
  const word = field.as === 'text' ? wordForTheTelephone(value) : undefined
  return word === undefined ? undefined : byTelephone(word)
}

const kindOf = ({ as }: Field) => (typeof as === 'object' ? 'options' : as)

function needed({ label: { en, cy } }: Field): Words {
  return { en: `Answer “${en}”`, cy: `Atebwch “${cy}”` }
}

function about({ label: { en, cy } }: Field, words: Words): Words {
  return { en: `“${en}”: ${words.en}`, cy: `“${cy}”: ${words.cy}` }
}

const NOTHING_SAID: Words = { en: 'Say at least one thing', cy: 'Dywedwch o leiaf un peth' }

const EXPECTED: Readonly<Record<ReturnType<typeof kindOf>, Words>> = {
  options: { en: 'choose one of these', cy: 'dewiswch un o’r rhain' },
  day: { en: 'write a real day, such as 9 3 2026', cy: 'ysgrifennwch ddiwrnod go iawn, fel 9 3 2026' },
  moment: {
    en: 'write a real day and time, such as 9 3 2026 and 2:30pm',
    cy: 'ysgrifennwch ddiwrnod ac amser go iawn, fel 9 3 2026 a 14:30',
  },
  time: { en: 'write a time such as 9:30am', cy: 'ysgrifennwch amser fel 09:30' },
  number: { en: 'write a whole number that can be right', cy: 'ysgrifennwch rif cyfan a all fod yn gywir' },
  line: {
    en: 'write it on one line, in 254 letters at most',
    cy: 'ysgrifennwch ar un llinell, mewn 254 llythyren',
  },
  code: {
    en: 'write it in the form that it has, without blanks',
    cy: 'ysgrifennwch ef yn ei ffurf arferol, heb fylchau',
  },
  contact: {
    en: 'nobody, or more than one, is known by that: write an e-mail address, a mobile number or a contact reference',
    cy: 'nid oes neb, neu mae mwy nag un, yn hysbys felly: ysgrifennwch gyfeiriad e-bost, rhif ffôn symudol neu gyfeirnod cyswllt',
  },
  text: { en: 'write 2,000 letters at most', cy: 'ysgrifennwch 2,000 o lythrennau ar y mwyaf' },
  tick: { en: 'tick it or leave it', cy: 'ticiwch neu gadewch' },
}

function byTelephone(word: string): Words {
  return {
    en: `Please say “${word}” by telephone: leave it out here and tick “Please ring me”`,
    cy: `Dywedwch “${word}” dros y ffôn: gadewch ef allan yma a thiciwch “Ffoniwch fi”`,
  }
}
