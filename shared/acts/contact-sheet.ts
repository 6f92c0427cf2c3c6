import { standing } from '../casefile/appointment.ts'
import { sheetsOf, slotOf } from '../casefile/contact-sheets.ts'
import { text } from '../casefile/fields.ts'
import { keyOf } from '../casefile/ids.ts'
import type { Order } from '../casefile/order.ts'
import { writeMoment } from '../messages/dates.ts'
import { ATTENDANCE as ATTENDANCE_WORDS } from '../messages/words.ts'
import { type About, type Act, act, asked, type Field, options, type Said, type Shown } from './act.ts'
import type { Boxes } from './form.ts'
import { ahead, PLACE, STARTS_AT } from './orders.ts'
import { owingSheets, unreadSheets } from './sheets.ts'

/** The update after every appointment, which replaces the fax (FAX-01, FAX-03): writing it and reading it. */

const SHEET = 'contact-sheet.submitted'

const ATTENDANCE = asked(SHEET, 'attendance', {
  label: { en: 'Did they come?', cy: 'A ddaethant?' },
  as: options({
    attended: ['Yes', 'Do'],
    'attended-intoxicated': ['Yes, but they could not take part', 'Do, ond ni allent gymryd rhan'],
    'did-not-attend': ['No', 'Naddo'],
  }),
})
const RING_ME = asked(SHEET, 'ringMe', {
  label: { en: 'Please ring me', cy: 'Ffoniwch fi' },
  hint: {
    en: 'For whatever should not be written down: risk, health, new offences, results of tests',
    cy: 'Ar gyfer unrhyw beth na ddylid ei ysgrifennu: risg, iechyd, troseddau newydd, canlyniadau profion',
  },
  as: 'tick',
})
const SUPPORT_NEED = asked(SHEET, 'supportNeed', {
  label: { en: 'They need more support', cy: 'Mae angen mwy o gymorth arnynt' },
  as: 'tick',
})
const SAFE_WAY_HOME = asked(SHEET, 'safeWayHome', {
  label: {
    en: 'If they could not take part: a safe way home was considered',
    cy: 'Os na allent gymryd rhan: ystyriwyd ffordd ddiogel adref',
  },
  as: 'tick',
  onlyIf: { field: 'attendance', is: ['attended-intoxicated'] },
})

const NEXT = 'nextAppointment'
const NEW = 'book'
const NONE = 'none-booked'
const NEW_OBJECTIVE = 'objective'
const NEW_NOTE = 'note'

/** When a sheet is corrected, the form starts with what it says. */
function sheetFields(about: About<'order'>): Field[] {
  const before = about.subject.isAgain ? asLastSaid(about) : {}
  return emptyFields(about).map((field) => {
    const first = before[field.name]
    return first === undefined ? field : { ...field, first }
  })
}

function asLastSaid({ state, subject }: About<'order'>): Boxes {
  const { info } = sheetsOf(state, subject.key).at(-1) ?? {}
  const notes = objectivesOf(state).map((objective, nth) => {
    const said = info?.progress.find((one) => one.objective === objective)
    return [noteOf(nth), said?.note] as const
  })
  const said = [...Object.entries(info ?? {}), ...notes]
  return Object.fromEntries(said.filter(([, one]) => one).map(([name, one]) => [name, String(one)]))
}

function emptyFields(about: About<'order'>): Field[] {
  return [
    ATTENDANCE,
    nextField(about),
    ...[STARTS_AT, PLACE].map((field) => ({
      ...field,
      label: ifBooked(field),
      onlyIf: { field: NEXT, is: [NEW] },
    })),
    ...objectivesOf(about.state).map((objective, nth) => ({
      ...{ name: noteOf(nth), schema: text.optional(), as: 'text' as const },
      label: { en: `Progress: ${objective} (optional)`, cy: `Cynnydd: ${objective} (dewisol)` },
    })),
    {
      ...{ name: NEW_OBJECTIVE, schema: text.optional(), as: 'line' },
      label: { en: 'Another objective of the plan (optional)', cy: 'Amcan arall yn y cynllun (dewisol)' },
    },
    {
      ...{ name: NEW_NOTE, schema: text.optional(), as: 'text' },
      label: { en: 'Progress with it (optional)', cy: 'Cynnydd ag ef (dewisol)' },
    },
    ...[RING_ME, SUPPORT_NEED, SAFE_WAY_HOME],
  ]
}

const ifBooked = ({ label: { en, cy } }: Field) => ({
  en: `If you book it here: ${en}`,
  cy: `Os byddwch yn ei drefnu yma: ${cy}`,
})

const noteOf = (nth: number) => `${NEW_NOTE}-${nth}`

function nextField(about: About<'order'>): Field {
  const booked = ahead(about).map((one) => {
    const at = standing(one).startsAt
    return { value: one.appointmentId, words: { en: writeMoment('en', at), cy: writeMoment('cy', at) } }
  })
  return asked(SHEET, NEXT, {
    label: { en: 'When is the next appointment?', cy: 'Pryd mae’r apwyntiad nesaf?' },
    as: {
      options: [
        ...booked,
        { value: NEW, words: { en: 'I will book it here', cy: 'Byddaf yn ei drefnu yma' } },
        { value: NONE, words: { en: 'None is booked', cy: 'Nid oes un wedi’i drefnu' } },
      ],
    },
  })
}

/** The objectives named by the latest contact sheet of an order that names any. */
function objectivesOf({ sheets }: Order): string[] {
  const latest = Object.values(sheets)
    .flat()
    .filter(({ info }) => info.progress.length > 0)
    .sort((a, b) => a.at - b.at)
    .at(-1)
  return [...new Set(latest?.info.progress.map(({ objective }) => objective))]
}

/**
 * The events of a sheet: preceded by a booking, if the next appointment is booked here: of the same kind and length.
 */
function asHappened(said: Said, about: About<'order'>, name: string) {
  const { settled, key } = about.subject
  const { attendance, ringMe, supportNeed, safeWayHome, startsAt, place } = said
  const isNew = said[NEXT] === NEW
  const appointmentId = `A-${name}`
  const notes = objectivesOf(about.state).map((objective, nth) => ({ objective, note: said[noteOf(nth)] }))
  const progress = [...notes, { objective: said[NEW_OBJECTIVE], note: said[NEW_NOTE] }].filter(
    ({ objective, note }) => objective !== undefined && note !== undefined,
  )
  const sheet = {
    ...{ ...settled, attendance, progress, ringMe, supportNeed, safeWayHome },
    nextAppointment: isNew ? appointmentId : said[NEXT],
  }
  const appointment = about.state.appointments[key]
  const next = {
    ...{ orderId: keyOf(about.id), appointmentId, startsAt, place },
    kind: appointment?.kind,
    durationMinutes: appointment && standing(appointment).durationMinutes,
  }
  return [
    ...(isNew ? [{ type: 'appointment.booked' as const, info: next }] : []),
    { type: 'contact-sheet.submitted' as const, info: sheet },
  ]
}

const LABELS = {
  wasOn: { en: 'Appointment', cy: 'Apwyntiad' },
  next: { en: 'Next appointment', cy: 'Apwyntiad nesaf' },
  attendance: { en: 'Attendance', cy: 'Presenoldeb' },
  writtenBy: { en: 'Written by', cy: 'Ysgrifennwyd gan' },
  writtenAt: { en: 'Written on', cy: 'Ysgrifennwyd ar' },
}
const YES = { en: 'Yes', cy: 'Ie' }
const same = (text: string) => ({ en: text, cy: text })

function sheetShown({ state, subject }: About<'order'>): Shown[] {
  const appointment = state.appointments[subject.key]
  const sheet = sheetsOf(state, subject.key).at(-1)
  if (!appointment || !sheet) return []
  const { attendance, nextAppointment, progress, ringMe, supportNeed, safeWayHome, by } = sheet.info
  const next = state.appointments[nextAppointment]
  const came = ATTENDANCE_WORDS[attendance]
  return [
    { label: LABELS.wasOn, value: slotOf(state, appointment, sheet).startsAt },
    { label: LABELS.attendance, value: { en: came?.en ?? attendance, cy: came?.cy ?? attendance } },
    {
      label: LABELS.next,
      value:
        next && !next.cancelled
          ? standing(next).startsAt
          : { en: 'None is booked', cy: 'Nid oes un wedi’i drefnu' },
    },
    ...progress.map(({ objective, note }) => ({ label: same(objective), value: same(note) })),
    ...ticked(ringMe, RING_ME),
    ...ticked(supportNeed, SUPPORT_NEED),
    ...ticked(safeWayHome, SAFE_WAY_HOME),
    { label: LABELS.writtenBy, value: { contactId: by } },
    { label: LABELS.writtenAt, value: sheet.at },
  ]
}

function ticked(said: boolean | string | undefined, { label }: Field): Shown[] {
  if (!said) return []
  return [{ label, value: typeof said === 'string' ? same(said) : YES }]
}

export const CONTACT_SHEET_ACTS: readonly Act[] = [
  act('order', 'contact-sheet.submitted', {
    title: { en: 'Fill in the contact sheet', cy: 'Llenwi’r daflen gyswllt' },
    roles: ['case-manager'],
    subjects: owingSheets,
    fields: sheetFields,
    becomes: asHappened,
  }),
  act('order', 'contact-sheet.read', {
    title: { en: 'Read the update', cy: 'Darllen y diweddariad' },
    button: { en: 'I have read this', cy: 'Rwyf wedi darllen hwn' },
    roles: ['offender-manager', 'duty-officer'],
    isForRolesAlone: true,
    subjects: unreadSheets,
    shows: sheetShown,
  }),
]
