import * as z from 'zod'
import { type Instant, londonClock, readMoment } from '../calendar/london.ts'
import { id } from '../casefile/fields.ts'
import { keyOf } from '../casefile/ids.ts'
import { gapsIn, type Rota } from '../casefile/rota.ts'
import { writeMoment } from '../messages/dates.ts'
import { type About, type Act, act, type Said, type Shown } from './act.ts'

/** What can be done about who is on call in an area: a shift a line, written or pasted. */

const LINE =
  /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})\s+(?:to|-|–)\s+(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})\s+(\S+)$/

type Written = { readonly from: string; readonly to: string; readonly contactId: string }

/** The shifts that lines say; undefined where one of them says none. */
function readShifts(lines: string): Written[] | undefined {
  const written = lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const shifts = written.map((line) => {
    const [, fromDay, fromTime, toDay, toTime, contactId] = LINE.exec(line) ?? []
    return { from: `${fromDay}T${fromTime}`, to: `${toDay}T${toTime}`, contactId: contactId ?? '' }
  })
  const isWhole = shifts.every(
    ({ from, to, contactId }) =>
      readMoment(from) && readMoment(to) && from < to && id.safeParse(contactId).success,
  )
  return isWhole && shifts.length > 0 ? shifts : undefined
}

function writeShifts({ shifts }: Rota, now: Instant): string {
  return shifts
    .filter(({ to }) => to > now)
    .map(({ from, to, contactId }) => `${clock(from)} to ${clock(to)} ${contactId}`)
    .join('\n')
}

const clock = (instant: Instant) => londonClock(instant).replace('T', ' ')

/** What is published takes the place of everything from its first shift on. */
const shiftsField = ({ state, now }: About<'rota'>) => ({
  name: 'shifts',
  schema: z.string().refine((lines) => readShifts(lines) !== undefined),
  label: {
    en: 'Shifts, one a line, in the order in which people are called',
    cy: 'Sifftiau, un y llinell, yn y drefn y gelwir pobl',
  },
  hint: {
    en: 'For example: 2026-03-09 20:00 to 2026-03-10 08:00 C-CALL-01. They take the place of all that begin then or later.',
    cy: 'Er enghraifft: 2026-03-09 20:00 to 2026-03-10 08:00 C-CALL-01. Maent yn disodli pob un sy’n dechrau bryd hynny neu wedyn.',
  },
  as: 'text' as const,
  first: writeShifts(state, now),
})

/** The gaps that what was written would leave, for its writer to see before it counts. */
function gapsLeft({ shifts = '' }: Said): Shown[] {
  const read = (readShifts(shifts) ?? []).map(({ from, to, contactId }) => ({
    ...{ from: instantOf(from), to: instantOf(to), contactId },
  }))
  const [first] = read.map(({ from }) => from).sort((a, b) => a - b)
  const last = Math.max(...read.map(({ to }) => to))
  if (first === undefined) return []
  return gapsIn(read, first, last).map(({ from, to }) => ({
    label: { en: 'Nobody on call', cy: 'Neb ar alwad' },
    value: {
      en: `${writeMoment('en', from)} to ${writeMoment('en', to)}`,
      cy: `${writeMoment('cy', from)} i ${writeMoment('cy', to)}`,
    },
  }))
}

const instantOf = (written: string): Instant => readMoment(written)?.epochMilliseconds ?? 0

export const ROTA_ACTS: readonly Act[] = [
  act('rota', 'rota.published', {
    title: { en: 'Publish who is on call', cy: 'Cyhoeddi pwy sydd ar alwad' },
    roles: ['rota-owner'],
    subjects: ({ id, state }) =>
      state.owner === undefined ? [] : [{ key: '', settled: { area: keyOf(id), owner: state.owner } }],
    fields: (about) => [shiftsField(about)],
    checks: gapsLeft,
    becomes: ({ shifts = '' }, { subject }) => [
      { type: 'rota.published', info: { ...subject.settled, shifts: readShifts(shifts) } },
    ],
  }),
]
