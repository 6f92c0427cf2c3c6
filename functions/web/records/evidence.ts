import { compareEvents, type DomainEvent } from '../../../shared/casefile/events.ts'
import { type CasefileId, kindOf, subjectOf } from '../../../shared/casefile/ids.ts'
import type { Reader } from '../../../shared/directory/readers.ts'
import type { Written } from '../../../shared/messages/dates.ts'
import { noticeName } from '../../../shared/messages/links.ts'
import { isFor, openForActing } from '../../acts/acts.ts'
import { type CasefilePorts, nameOf } from '../casefiles/casefiles.ts'
import { pastRow, withoutAnswer } from '../casefiles/rows.ts'
import { happenedLines, namesIn, noticeLines } from '../casefiles/story.ts'

/** The subject of evidence in a casefile: one notice by its short name, which names nobody, or one appointment. */
export type EvidenceOf = { readonly notice: string } | { readonly appointment: string }

/**
 * The record of one notice, from the events that made it to the receipts that came back; or of one appointment, with
 * every notice about it. Undefined if there is none, and equally if this reader may not see it.
 */
export async function evidence(
  id: CasefileId,
  of: EvidenceOf,
  reader: Reader,
  language: Written,
  ports: CasefilePorts,
) {
  const opened = await openForActing(id, ports)
  if (!opened || !(await isFor(reader, opened))) return undefined
  const { casefile, stored, ask } = opened
  const { events, entries } = stored
  const isAsked = (entry: (typeof entries)[number]) =>
    'notice' in of ? noticeName(entry.noticeId) === of.notice : subjectOf(entry.occasion) === of.appointment
  const asked = entries.filter(isAsked)
  const made = new Set(asked.flatMap(({ because }) => because))
  const isOf = (event: DomainEvent) =>
    'notice' in of
      ? made.has(event.eventId)
      : 'appointmentId' in event.info && event.info.appointmentId === of.appointment
  const happened = events.filter(isOf)
  if (asked.length + happened.length === 0) return undefined
  const notices = new Set(asked.map(({ noticeId }) => noticeId))
  const texts = await ports.store.texts(id)
  const rows = asked.map((entry) =>
    withoutAnswer(pastRow(id, entry, { ledger: casefile.ledger, events, texts })),
  )
  return ask((neighbours) => {
    const called = namesIn(events, neighbours, language, reader)
    return {
      kind: kindOf(id),
      reference: nameOf(id, events, language),
      of,
      appointments: 'notice' in of ? appointmentsIn(happened) : [],
      happened: happenedLines(happened, called, language),
      notices: noticeLines(rows, called),
      receipts: events
        .filter(({ info }) => 'noticeId' in info && notices.has(info.noticeId))
        .toSorted(compareEvents)
        .map(({ type, at }) => ({ type, at })),
    }
  })
}

/** The appointments that some events are about. */
function appointmentsIn(events: readonly DomainEvent[]): string[] {
  const ids = events.map(({ info }) => ('appointmentId' in info ? info.appointmentId : undefined))
  return [...new Set(ids.filter((one) => one !== undefined))]
}
