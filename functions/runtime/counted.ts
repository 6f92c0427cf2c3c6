import { isOfProbe } from '../../shared/casefile/ids.ts'
import type { Concern } from '../../shared/casefile/passing-on.ts'
import type { Count, Telemetry } from './telemetry.ts'

/** Counted separately, or providers' reports would hide that systems no longer send events. */
export type Counted = 'Events' | 'Receipts'

const BECAME = {
  accepted: 'Accepted',
  duplicate: 'Duplicate',
  ignored: 'Ignored',
  refused: 'Refused',
} as const

/** Reports that the people who run the service have to deal with. */
const CONCERNS: Readonly<Record<Concern, Count>> = {
  'words-refused': 'WordsRefused',
  'office-complains': 'OfficeComplaints',
}

/** What became of an event, as far as it is counted. */
export type Taken =
  | { readonly is: 'accepted'; readonly eventId: string; readonly concern?: Concern | undefined }
  | { readonly is: 'duplicate'; readonly eventId: string }
  | { readonly is: 'ignored' }
  | { readonly is: 'refused'; readonly reason: string }

/** The same function, counting what became of each event, except those of a probe. */
export function counted<Handed, Became extends Taken>(
  count: Telemetry['count'],
  what: Counted,
  take: (handed: Handed) => Promise<Became>,
): (handed: Handed) => Promise<Became> {
  return async (handed) => {
    const taken = await take(handed)
    if ('eventId' in taken && isOfProbe(taken.eventId)) return taken
    count(`${what}${BECAME[taken.is]}`)
    if (taken.is === 'accepted' && taken.concern) count(CONCERNS[taken.concern])
    return taken
  }
}
