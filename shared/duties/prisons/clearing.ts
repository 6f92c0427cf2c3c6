import { addDays, daysBetween, type Instant, type LocalDate } from '../../calendar/london.ts'
import { clearanceIn, expiryOf, isOver, standingAt } from '../../casefile/clearance.ts'
import type { EventOf } from '../../casefile/events.ts'
import type { Prison } from '../../casefile/prison.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import * as roles from '../../directory/roles.ts'
import type { Facts } from '../../messages/text.ts'
import { promptOnOrBefore } from '../../planning/ladder.ts'
import { dutyOf } from '../../planning/rows.ts'
import { daysAfter, when } from '../../planning/when.ts'
import {
  type ClearanceSubject,
  clearanceRows,
  lapsesAt,
  type OpenClearance,
  RENEWED_OR_ENDED,
  recipient,
  type Term,
  termsOf,
  vettingContact,
} from './rows.ts'
import { STANDARD_PLUS_TEXTS as TEXTS } from './standard-plus-texts.ts'

/** Section 4 of the schedule: who may be cleared, and whether enough are. */

type HalfServed = ClearanceSubject & {
  readonly applied: EventOf<'clearance.applied'>
  readonly servedOn: LocalDate
}

/** An application of somebody on licence or on an order, which waits for half of it to be served. */
function* waitingForHalf(open: OpenClearance): Iterable<HalfServed> {
  const { applied, clearanceId, prisonId } = open.clearance
  if (applied?.info.route !== 'psi-39-2014') return
  const { licenceOrOrderFrom: from, licenceOrOrderTo: to } = applied.info
  if (from === undefined || to === undefined) return
  const servedOn = addDays(from, Math.ceil((daysBetween(from, to) + 1) / 2))
  yield {
    ...open,
    applied,
    servedOn,
    occasion: `${prisonId}_${servedOn}`,
    because: [applied.eventId],
    facts: { clearanceId, servedOn },
  }
}

export const considerAfterHalf = dutyOf(
  {
    id: 'SP-13',
    title: {
      en: 'Somebody on licence or on an order may be considered once half of it is served',
      cy: 'Gellir ystyried rhywun sydd ar drwydded neu ar orchymyn ar ôl cwblhau hanner ohono',
    },
    source: '000:196, "only be considered for Standard Plus if they have served at least half"',
  },
  clearanceRows(waitingForHalf)({
    hours: 'office',
    until: {
      says: 'confirmed; ended',
      met: (state, _, { clearance, applied }) => isOver(clearanceIn(state, clearance), applied),
    },
    rows: {
      'half-served': {
        to: vettingContact,
        when: daysAfter(
          {
            says: '`licenceOrOrderFrom` + ⌈days/2⌉ of an applied-for psi-39-2014 clearance',
            of: ({ servedOn }: HalfServed) => servedOn,
          },
          0,
        ),
        text: TEXTS.halfServed,
      },
    },
  }),
)

const CLEARED_MIN = 2
const WARNED_WEEKS = 12

function warnedAt({ rules, expiresOn }: Term): Instant {
  return promptOnOrBefore(rules, addDays(expiresOn, -7 * WARNED_WEEKS))
}

export const keepEnoughCleared = dutyOf(
  {
    id: 'SP-21',
    title: {
      en: 'An organisation keeps enough people cleared for somebody always to be there',
      cy: 'Mae sefydliad yn cadw digon o bobl wedi’u clirio fel bod rhywun yno bob amser',
    },
    source: '000:128, "several volunteers cleared at establishments to ensure someone is always available"',
  },
  clearanceRows(termsOf)({
    hours: 'office',
    until: {
      says: `${RENEWED_OR_ENDED.says}; another is cleared`,
      met: RENEWED_OR_ENDED.met,
    },
    stale: lapsesAt,
    rows: {
      'too-few': {
        to: {
          says: 'governor, counts only',
          of: (term) => [
            recipient(term, 'governor', roles.governor, (prison, now, neighbours) =>
              shortageAfter(term, prison, now, neighbours),
            ),
          ],
        },
        when: when(
          `${WARNED_WEEKS} weeks before an expiry that would leave an organisation fewer than ${CLEARED_MIN} cleared people at that prison; once per occurrence`,
          (term) => [{ due: warnedAt(term) }],
        ),
        text: TEXTS.tooFew,
      },
    },
  }),
)

/**
 * How many of its organisation are still cleared after a clearance runs out; undefined when they are enough, were
 * enough when the warning was due, or another clearance that runs out that day gives it.
 */
function shortageAfter(
  term: Term,
  { clearances }: Prison,
  now: Instant,
  neighbours: Neighbours,
): Facts | undefined {
  const { expiresOn, confirmed } = term
  const { organisationId } = confirmed.info
  const due = warnedAt(term)
  const clearedAt = (instant: Instant) =>
    Object.values(clearances.byId).flatMap((one) => {
      const standing = standingAt(one, instant)
      if (standing?.info.organisationId !== organisationId) return []
      // A prison does not learn of a death, nor is told of it: the clearance itself knows.
      return neighbours.get('clearance', one.clearanceId).diedAt === undefined ? [standing] : []
    })
  const leftAt = (instant: Instant) => {
    const left = clearedAt(instant).filter((one) => expiryOf(one) > expiresOn)
    return new Set(left.map((one) => one.info.holder)).size
  }
  const isGivenByAnother = clearedAt(due).some(
    (one) => expiryOf(one) === expiresOn && one.info.clearanceId < confirmed.info.clearanceId,
  )
  if (isGivenByAnother || leftAt(due) >= CLEARED_MIN || leftAt(now) >= CLEARED_MIN) return undefined
  return { organisationId, expiresOn, left: leftAt(now) }
}
