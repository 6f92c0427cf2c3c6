import { type About, type Act, type Field, isOptional, type Shown } from '../../../shared/acts/act.ts'
import { type Boxes, boxesOf, isAsked, type Wrong, writtenOut } from '../../../shared/acts/form.ts'
import type { Instant } from '../../../shared/calendar/london.ts'
import { keyOf, kindOf } from '../../../shared/casefile/ids.ts'
import type { Neighbours } from '../../../shared/directory/neighbours.ts'
import { type Written, writeMoment } from '../../../shared/messages/dates.ts'

/** Where an act is done: its form, and where that is sent. */
export function actPath({ event }: Pick<Act, 'event'>, { id, subject }: About, said: Boxes = {}): string {
  const query = new URLSearchParams({ ...(subject.key !== '' && { about: subject.key }), ...said })
  const path = `/acts/${event}/${kindOf(id)}/${encodeURIComponent(keyOf(id))}`
  return query.size > 0 ? `${path}?${query}` : path
}

/** Distinguishes this form from one shown earlier. */
export function formName({ now }: { readonly now: Instant }): string {
  return now.toString(36)
}

/** An act's title, and which of several things it is about. */
export function actTitle({ title }: Pick<Act, 'title'>, { subject }: About, language: Written): string {
  const told = subject.at === undefined ? subject.words?.[language] : writeMoment(language, subject.at)
  return told === undefined ? title[language] : `${title[language]}: ${told}`
}

/** The case an act is about, as people know it; undefined if there is none yet. */
export function actReference({ subject: { settled } }: About): string | undefined {
  return settled.orderId ?? settled.clearanceId ?? settled.releaseId ?? settled.prisonId
}

/** A form's fields as its page shows them, with their content and what is wrong with it. */
export function formFields(
  fields: readonly Field[],
  boxes: Boxes,
  wrong: readonly Wrong[],
  language: Written,
) {
  return fields.map((field) => {
    const { name, as, label, hint } = field
    return {
      ...{ name, label: label[language], hint: hint?.[language] },
      as: typeof as === 'object' ? 'options' : as,
      error: wrong.find((one) => one.field === name)?.words[language],
      boxes: boxesOf(field).map((box) => ({ name: box, value: boxes[box] ?? '' })),
      options:
        typeof as === 'object'
          ? as.options.map(({ value, words }) => ({ value, text: words[language] }))
          : [],
    }
  })
}

/** The person checking their input, and whose names they may be shown. */
type Checking = {
  readonly language: Written
  readonly neighbours: Neighbours
  readonly isNamed: (contactId: string) => boolean
}

/** The input, for its writer to check: a line for each field that was asked. */
export function checkLines(
  fields: readonly Field[],
  said: Boxes,
  boxes: Boxes,
  { language, neighbours, isNamed }: Checking,
) {
  const named = (contactId: string, wrote: string) =>
    isNamed(contactId) ? nameOf(contactId, neighbours) : wrote
  return fields
    .filter((field) => isAsked(field, boxes) && (said[field.name] !== undefined || !isOptional(field)))
    .map((field) => ({
      label: field.label[language],
      value: checked(field, said[field.name] ?? '', boxes[field.name] ?? ''),
    }))

  function checked(field: Field, value: string, wrote: string): string {
    if (field.as === 'contact') return named(value, wrote)
    return field.isOfContacts ? namedLines(value, wrote, named) : writtenOut(field, value, language)
  }
}

/** Lines that each end with a person: by name, or as written. */
function namedLines(value: string, wrote: string, named: (contactId: string, wrote: string) => string) {
  const last = (line = '') => /\S*$/.exec(line.trimEnd())?.[0] ?? ''
  const written = wrote.trim().split(/\r?\n/)
  return value
    .split('\n')
    .map(
      (line, nth) => line.slice(0, line.length - last(line).length) + named(last(line), last(written[nth])),
    )
    .join('\n')
}

/** What must be read, line by line; a contact by name. */
export function shownLines(shown: readonly Shown[], neighbours: Neighbours, language: Written) {
  return shown.map(({ label, value }) => ({
    label: label[language],
    value: write(value, neighbours, language),
  }))
}

function write(value: Shown['value'], neighbours: Neighbours, language: Written): string {
  if (typeof value === 'number') return writeMoment(language, value)
  if (typeof value === 'function') return value(neighbours)[language]
  if (!('contactId' in value)) return value[language]
  return nameOf(value.contactId, neighbours)
}

function nameOf(contactId: string, neighbours: Neighbours): string {
  return neighbours.get('contact', contactId).details?.name ?? contactId
}
