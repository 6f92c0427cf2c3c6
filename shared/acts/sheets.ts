import { kept } from '../casefile/appointment.ts'
import { sheetsAbout, sheetsOf } from '../casefile/contact-sheets.ts'
import { happened, type Sheet } from '../casefile/order.ts'
import { digestOf } from '../casefile/wire.ts'
import type { Place } from './act.ts'
import { appointmentAsSubject } from './orders.ts'

/** The appointments that need a contact sheet, and the sheets still to be read. */

/** Appointments that have begun, of every kind but supervision, latest first; an existing sheet can be corrected. */
export function owingSheets(place: Place<'order'>) {
  return Object.values(place.state.appointments)
    .filter(({ kind }) => kind !== 'supervision')
    .flatMap((one) => {
      const begun = kept(one).findLast(({ startsAt }) => startsAt <= place.now)
      if (!begun) return []
      const isAgain = sheetsAbout(place.state, one.appointmentId, begun).length > 0
      return [{ ...appointmentAsSubject(place, one), at: begun.startsAt, isAgain }]
    })
    .sort((a, b) => b.at - a.at)
}

/** Sheets that nobody has marked as read, oldest first. */
export function unreadSheets(place: Place<'order'>) {
  const read = happened(place.state, 'contact-sheet.read')
  return Object.values(place.state.appointments)
    .flatMap((one) => {
      const sheet = sheetsOf(place.state, one.appointmentId).at(-1)
      const isRead = read.some(
        ({ info, at }) => info.appointmentId === one.appointmentId && sheet && at >= sheet.at,
      )
      if (!sheet || isRead) return []
      const subject = appointmentAsSubject(place, one)
      return [{ ...subject, settled: { ...subject.settled, sheetDigest: wordsOf(sheet) }, sheet }]
    })
    .sort((a, b) => a.sheet.at - b.sheet.at)
}

/** Identifies which version of a sheet was read. */
function wordsOf({ info }: Sheet): string {
  return digestOf(info).slice(0, 24)
}
