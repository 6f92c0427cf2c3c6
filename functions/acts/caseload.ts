import { setImmediate } from 'node:timers/promises'
import type { Field } from '../../shared/acts/act.ts'
import { type Boxes, readForm } from '../../shared/acts/form.ts'
import {
  boxesFrom,
  columnOf,
  columnsOf,
  LINE_KINDS,
  type LineKind,
  type LineKindName,
  naming,
} from '../../shared/acts/lines.ts'
import { londonDate } from '../../shared/calendar/london.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import { type OurEvent, ourEvent } from '../../shared/casefile/our-event.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { digestOf } from '../../shared/casefile/wire.ts'
import { keeps, type Reader } from '../../shared/directory/readers.ts'
import { batchesOf } from '../concurrency.ts'
import type { TakeOurs } from '../intake/publish.ts'
import type { OpenPorts } from './acts.ts'
import { type LineWrong, type Row, tableOf, wrongHeader } from './csv.ts'
import { OTHERS } from './doing.ts'
import { type LinePlaces, linePlaces, type Read } from './line-places.ts'
import { LINE_WORDS } from './line-texts.ts'
import { doingsIn, saidTwice } from './lines-together.ts'

export type Caseload =
  | {
      readonly is: 'wrong'
      readonly lines: number
      readonly wrong: readonly LineWrong[]
      /** Casefiles that others already work on, which its lines would have opened. */
      readonly refused?: readonly CasefileId[]
    }
  | {
      readonly is: 'whole'
      readonly lines: number
      /** What will be taken in, in the order of the lines, without what was taken in before. */
      readonly events: readonly OurEvent[]
      /** The same events, read as they would be taken in now. */
      readonly would: readonly DomainEvent[]
      /** How many of its events were taken in before. */
      readonly known: number
    }

/** Lines read concurrently, to share the wait for a distant store; then other requests are served. */
const BATCH = 20
/** A file that would open this many casefiles of others may be probing for known numbers, and is refused as a whole. */
const REFUSED_MAX = 3

/**
 * Reads each line of a CSV file as one use of an act, by the act's own fields and only if the reader may do it. A
 * reader of everything imports, in the name of support, what was kept elsewhere. Nothing is taken in. An event's id is
 * derived from what it says, so reading the same file again finds nothing new. A file that runs out of time is wrong.
 */
export async function readCaseload(
  csv: string,
  name: LineKindName,
  reader: Reader,
  ports: OpenPorts,
  isTime = () => true,
): Promise<Caseload> {
  const kind: LineKind = LINE_KINDS[name]
  const table = tableOf(csv)
  if ('wrong' in table) return { is: 'wrong', lines: 0, wrong: [table.wrong] }
  const { header, rows } = table
  const places = linePlaces(kind, reader, ports)
  const read: Read[] = []
  const wrong: LineWrong[] = []
  const headed = wrongHeader(header, kind, await places.fields())
  if (headed) return { is: 'wrong', lines: rows.length, wrong: [headed] }
  const readRow = async ({ line, cells }: Row) => {
    const boxes = Object.fromEntries(header.map((column, at) => [column, cells[at] ?? '']))
    return cells.length === header.length
      ? readLine(line, boxes, kind, places)
      : [{ line, words: LINE_WORDS.unlikeHeader(cells.length, header.length) }]
  }
  for (const [nth, batch] of batchesOf(rows, BATCH).entries()) {
    if (nth > 0 && !isTime()) return { is: 'wrong', lines: rows.length, wrong: [noTimeFrom(batch[0])] }
    await setImmediate()
    for (const reading of await Promise.all(batch.map(readRow))) {
      if (Array.isArray(reading)) wrong.push(...reading)
      else read.push(reading)
    }
  }
  wrong.push(...saidTwice(read, kind))
  if (wrong.length > 0)
    return { is: 'wrong', lines: rows.length, wrong: wrong.sort((a, b) => a.line - b.line) }
  const events = await eventsOf(read, kind, places, ports, isTime)
  return events.wrong
    ? { is: 'wrong', lines: rows.length, ...events }
    : { is: 'whole', lines: rows.length, ...events }
}

/** The fields of a kind of line, by column; undefined if a reader may import none. */
export async function columnsFor(
  name: LineKindName,
  reader: Reader,
  ports: OpenPorts,
): Promise<Field[] | undefined> {
  const kind: LineKind = LINE_KINDS[name]
  const fields = await linePlaces(kind, reader, ports).fields()
  return (
    fields &&
    columnsOf(kind, fields).map((column) => fields.find((one) => one.name === column) ?? naming(column))
  )
}

/**
 * Takes in the events of a file, several concurrently so that they share the wait for the disk, while there is time.
 * Returns the number taken in. Throws if intake refuses one.
 */
export async function takeCaseload(
  events: readonly OurEvent[],
  take: TakeOurs,
  isTime = () => true,
): Promise<number> {
  let taken = 0
  for (const batch of batchesOf(events, BATCH)) {
    const admissions = await Promise.all(batch.map(take))
    const refused = admissions.find((admission) => admission.is === 'refused')
    if (refused) throw new Error(`a line of ours was refused: ${refused.reason}`)
    taken += batch.length
    if (!isTime()) break
    await setImmediate()
  }
  return taken
}

async function readLine(
  line: number,
  cells: Boxes,
  kind: LineKind,
  places: LinePlaces,
): Promise<Read | LineWrong[]> {
  const { place, reference, together } = kind
  const names = [place, reference].filter((one) => one !== undefined)
  const unnamed = names.filter((column) => !naming(column).schema.safeParse(cells[column]?.trim()).success)
  const found = await places.find(cells)
  if (!found && place !== undefined && !unnamed.includes(place)) {
    return [{ line, column: place, words: LINE_WORDS.noneOfYours }]
  }
  if (!found) {
    return unnamed.length > 0
      ? unnamed.map((column) => ({ line, column, words: LINE_WORDS.name }))
      : [{ line, words: LINE_WORDS.notForYou }]
  }
  const { offer, opened } = found
  const fields = together?.fields ?? offer.act.fields(offer.about)
  const today = londonDate(opened.now)
  const reading = await opened.ask((neighbours) =>
    readForm(fields, boxesFrom(fields, cells), neighbours, (contactId) =>
      keeps(places.reader, contactId, neighbours, today),
    ),
  )
  const wrong = [
    ...unnamed.map((column) => ({ line, column, words: LINE_WORDS.name })),
    ...(reading.is === 'wrong'
      ? reading.wrong.map(({ field, words }) => ({ line, column: columnOf(field, fields), words }))
      : []),
  ]
  if (wrong.length > 0 || reading.is === 'wrong') return wrong
  return { line, offer, opened, said: reading.said, reference: reference && cells[reference]?.trim() }
}

async function eventsOf(
  read: readonly Read[],
  kind: LineKind,
  places: LinePlaces,
  ports: OpenPorts,
  isTime: () => boolean,
) {
  const events: OurEvent[] = []
  const would: DomainEvent[] = []
  const wrong: LineWrong[] = []
  const refused: CasefileId[] = []
  let known = 0
  const standing = async (one: Read, event: OurEvent) => {
    const reading = readEvent(event, ports.now())
    if (reading.is !== 'event')
      return {
        one,
        event,
        wrong: LINE_WORDS.refused(reading.is === 'refused' ? reading.reason : 'it is no event'),
      }
    return { one, event, read: reading.event, stands: await places.standing(reading.event, one) }
  }
  for (const [nth, batch] of batchesOf(doingsIn(read, kind), BATCH).entries()) {
    if (nth > 0 && !isTime()) return { wrong: [noTimeFrom(batch[0])], refused }
    await setImmediate()
    const happenings = batch.flatMap((one) =>
      eventsOfLine(one, kind, ports.now()).map((event) => standing(one, event)),
    )
    for (const { one, event, read, stands, wrong: words } of await Promise.all(happenings)) {
      if (words !== undefined) wrong.push({ line: one.line, words })
      else if (stands === 'the same') known++
      else if (stands === 'another') {
        wrong.push({ line: one.line, column: kind.reference, words: LINE_WORDS.thereAlready })
      } else if (stands !== 'nothing') {
        refused.push(stands.others)
        if (refused.length === REFUSED_MAX)
          return { wrong: [{ line: 1, words: LINE_WORDS.othersWorkOnSeveral }], refused }
        wrong.push({ line: one.line, words: OTHERS })
      } else {
        events.push(event)
        would.push(read)
      }
    }
  }
  return wrong.length > 0 ? { wrong, refused } : { events, would, known }
}

function noTimeFrom({ line }: Pick<LineWrong, 'line'> = { line: 1 }): LineWrong {
  return { line, words: LINE_WORDS.noTime }
}

/** The events of a line, with the reference that the line gives. */
function eventsOfLine({ offer, opened, said, reference }: Read, kind: LineKind, now: number): OurEvent[] {
  const { act, about, doer } = offer
  // The event that this one replaces distinguishes it from an identical earlier one; an act that opens casefiles
  // replaces nothing.
  const isReplacing = kind.together !== undefined && act.opens === undefined
  const last = isReplacing
    ? opened.stored.events.findLast(({ type }) => type === act.event)?.eventId
    : undefined
  return act.becomes(said, about, reference ?? '').map(({ type, info, person }) => {
    const called = kind.reference && String(info[kind.reference])
    const named =
      called === undefined || called === reference
        ? info
        : { ...info, [kind.reference ?? '']: called.replace(/^[A-Z]+-/, '') }
    const eventId = `line/${digestOf([type, named, person, last])}`
    return ourEvent(type, now, { ...named, by: doer } as never, { eventId, ...person })
  })
}
