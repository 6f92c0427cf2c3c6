import { officeTime } from '../../calendar/hours.ts'
import { clearanceIn } from '../../casefile/clearance.ts'
import { compareEvents, type EventOf } from '../../casefile/events.ts'
import { factStamp } from '../../casefile/ids.ts'
import { all, dutyOf } from '../../planning/rows.ts'
import { atOnce, when } from '../../planning/when.ts'
import {
  type ClearanceSubject,
  clearanceRows,
  deputyGovernor,
  governor,
  holder,
  type OpenClearance,
  vettingContact,
} from './rows.ts'
import { STANDARD_PLUS_TEXTS as TEXTS } from './standard-plus-texts.ts'

/** Section 4 of the schedule: somebody must not enter any more, and the gate has to know. */

type Stopped = ClearanceSubject & { readonly ended: EventOf<'clearance.ended'> }

const STOPS = ['recalled', 'withdrawn']

function stopped(reasons: readonly string[]) {
  return function* (open: OpenClearance): Iterable<Stopped> {
    const { ended, clearanceId, prisonId, confirmed } = open.clearance
    if (!ended || !reasons.includes(ended.info.reason)) return
    const facts = { clearanceId, role: confirmed.at(-1)?.info.role ?? '', on: ended.info.on }
    const occasion = `${prisonId}_${factStamp(ended.at)}`
    yield { ...open, ended, occasion, because: [ended.eventId], facts }
  }
}

const CONFIRMED_AGAIN = {
  says: 'confirmed again',
  met: (state: Parameters<typeof clearanceIn>[0], _: number, { clearance, ended }: Stopped) =>
    clearanceIn(state, clearance).confirmed.some((one) => compareEvents(one, ended) > 0),
}

export const stopEntry = dutyOf<OpenClearance>(
  {
    id: 'SP-05',
    title: {
      en: 'A clearance that was withdrawn lets nobody in',
      cy: 'Nid yw cliriad a dynnwyd yn ôl yn gadael neb i mewn',
    },
    source: '000:200, "the governor or director is accepting the risk based on their establishment"',
  },
  clearanceRows(stopped(STOPS))({
    hours: 'any',
    until: CONFIRMED_AGAIN,
    asks: 'conversation',
    rows: {
      stopped: {
        to: all(governor, deputyGovernor, vettingContact),
        when: atOnce<Stopped>(
          '`clearance.ended` with `recalled` or `withdrawn`: must not enter on it from that day; no reason is named',
          ({ ended }) => ended.at,
        ),
        text: TEXTS.stopped,
      },
    },
  }),
  clearanceRows(stopped(['withdrawn']))({
    hours: 'office',
    until: CONFIRMED_AGAIN,
    asks: 'conversation',
    rows: {
      stopped: {
        to: holder,
        when: when('at once on `withdrawn` alone, in office hours', ({ ended, rules }) => [
          { label: 'holder', due: officeTime(rules.settings.office, rules.days, ended.at) },
        ]),
        text: TEXTS.stoppedHolder,
      },
    },
  }),
)
