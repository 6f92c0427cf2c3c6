import * as z from 'zod'
import { type Instant, londonClock, readMoment } from '../calendar/london.ts'
import { id } from '../casefile/fields.ts'
import { keyOf } from '../casefile/ids.ts'
import { gapsIn, onCall, openingsOf, type Rota } from '../casefile/rota.ts'
import { writeMoment } from '../messages/dates.ts'
import { type Act, act, asked, type Field, type Said, type Shown } from './act.ts'
import { BY_ADDRESS } from './order-terms.ts'
import { OPENERS, whoWorksIn } from './works.ts'

/** Acts on who is on call in an area: one shift a line, typed or pasted. */

const LINE =
  /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})\s+(?:to|-|–)\s+(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})\s+(\S+)$/

type Shift = { readonly from: string; readonly to: string; readonly contactId: string }

/** Parses shifts, one a line; undefined if a line is not one. */
function readShifts(lines: string): Shift[] | undefined {
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

/** Whether nobody is on call for some coming release. */
function hasGapAhead(area: string, rota: Rota, now: Instant): boolean {
  return openingsOf(area, rota).some(({ at }) => at > now && onCall(rota, at).length === 0)
}

/** A publication replaces everything from its first shift on. */
const shiftsField = (first?: string): Field => ({
  name: 'shifts',
  schema: z.string().refine((lines) => readShifts(lines) !== undefined),
  label: {
    en: 'Shifts, one a line, in the order in which people are called',
    cy: 'Sifftiau, un y llinell, yn y drefn y gelwir pobl',
  },
  hint: {
    en: 'For example: 2026-03-09 20:00 to 2026-03-10 08:00 robin@example.com. They take the place of all that begin then or later.',
    cy: 'Er enghraifft: 2026-03-09 20:00 to 2026-03-10 08:00 robin@example.com. Maent yn disodli pob un sy’n dechrau bryd hynny neu wedyn.',
  },
  as: 'text',
  isOfContacts: true,
  ...(first !== undefined && { first }),
})

/** The gaps that the input would leave, for its writer to check. */
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

const PUBLISHED = 'rota.published'

const OWNER = asked(PUBLISHED, 'owner', {
  label: { en: 'Who looks after it?', cy: 'Pwy sy’n gofalu amdani?' },
  hint: BY_ADDRESS,
  as: 'contact',
})

export const ROTA_ACTS: readonly Act[] = [
  act('contact', PUBLISHED, {
    title: { en: 'Enter a rota', cy: 'Rhoi rota i mewn' },
    roles: OPENERS,
    opens: 'rota',
    subjects: whoWorksIn('release'),
    fields: [
      asked(PUBLISHED, 'area', {
        label: { en: 'Area, in one word', cy: 'Ardal, mewn un gair' },
        as: 'code',
      }),
      OWNER,
      shiftsField(),
    ],
    checks: gapsLeft,
    becomes: ({ shifts = '', ...said }) => [
      { type: PUBLISHED, info: { ...said, shifts: readShifts(shifts) } },
    ],
  }),
  act('rota', PUBLISHED, {
    title: { en: 'Publish who is on call', cy: 'Cyhoeddi pwy sydd ar alwad' },
    // Support staff too: an owner who cannot be reached hands it over to nobody.
    roles: ['rota-owner', 'support'],
    // The duty officer is told of a gap when the owner cannot be reached, but may not decide who is on call.
    isForRolesAlone: true,
    subjects: ({ id, state, now }) => {
      const { owner } = state
      const area = keyOf(id)
      return owner === undefined
        ? []
        : [{ key: '', settled: { area, owner }, isMet: !hasGapAhead(area, state, now) }]
    },
    fields: ({ state, now }) => [
      { ...OWNER, ...(state.owner !== undefined && { first: state.owner }), schema: OWNER.schema.optional() },
      shiftsField(writeShifts(state, now)),
    ],
    checks: gapsLeft,
    becomes: ({ shifts = '', ...said }, { subject }) => [
      { type: PUBLISHED, info: { ...subject.settled, ...said, shifts: readShifts(shifts) } },
    ],
  }),
]
