import type { Said } from '../../../shared/acts/act.ts'
import { openCasefile } from '../../../shared/casefile/casefile.ts'
import type { EventType } from '../../../shared/casefile/events.ts'
import type { Offer, OpenedCasefile } from '../../acts/acts.ts'
import { wouldHappen } from '../../acts/doing.ts'
import { forecast } from '../casefiles/forecast.ts'

/** The events that the person is told about. */
const HEARD_OF: readonly EventType[] = [
  'appointment.booked',
  'appointment.rearranged',
  'appointment.cancelled',
]

/**
 * What the person will be told if an act is done, word for word and when, or why they will not be; if there are several
 * appointments, for the first. Undefined if they are not told about such an act.
 */
export async function previewOf(offer: Offer, said: Said, form: string, opened: OpenedCasefile) {
  const { casefile, stored, rules, now, ask } = opened
  const would = wouldHappen(offer, said, form, opened)
  const heardOf = would.filter(({ type }) => HEARD_OF.includes(type))
  const [first] = heardOf
  if (!first) return undefined
  const events = [...stored.events, ...would]
  const after = openCasefile(casefile.id, events, stored.entries)
  const rows = await ask((neighbours) => forecast({ casefile: after, neighbours, events, rules }, now))
  return {
    others: heardOf.length - 1,
    rows: rows.filter(
      ({ role, because }) => role === 'person' && because.some(({ eventId }) => eventId === first.eventId),
    ),
  }
}
