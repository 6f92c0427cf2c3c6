import { addDays, type Instant, type LocalDate, londonDate, londonTime } from '../../calendar/london.ts'
import { outOn, type Releases } from '../../casefile/release.ts'
import { onCall } from '../../casefile/rota.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { absenceOn, type Candidate } from '../../directory/reach.ts'
import type { Duty, Planned } from '../../planning/duty.ts'
import { ladder, type Recipient } from '../../planning/ladder.ts'
import {
  because,
  dutyOfficer,
  dutyOfficerOf,
  holder,
  type OpenRelease,
  overAt,
  recipient,
  upTo,
} from './open-release.ts'

/** The weeks after release, in which people die of what they no longer tolerate, and of despair. */

const CONTACT_DAYS = [1, 2, 3, 5, 7, 10, 14, 21, 28]
/** The days on which nobody having been in touch is taken further. */
const MISSED_DAYS = [1, 2, 3, 5, 7]

const followUp: Duty<OpenRelease> = {
  id: 'GATE-16',
  title: 'Somebody stays in touch in the weeks after release',
  source:
    '004:392, "in the week following release, prisoners are 37 times more likely to die of drug overdose"',
  steps: {
    'follow-up': {
      to: 'key worker; on a non-working day or absent: cover, else on call at 09:00, else duty officer: "contact REF", nothing more',
      when: '09:00 on days 1, 2, 3, 5, 7, 10, 14, 21, 28 after the actual release (unknown: the planned day)',
      until: 'recorded that day; readmitted; `not-released`; `release.closed`',
    },
    missed: {
      to: 'duty officer',
      when: '16:00 on days 1, 2, 3, 5, 7 if none recorded',
      until: 'recorded that day; readmitted; `not-released`; `release.closed`',
    },
  },
  *plan(open) {
    const { releaseId } = open.release
    yield* daily(open, 'follow-up', '09:00', CONTACT_DAYS, () =>
      recipient(
        'key-worker',
        (neighbours, now) => whoIsThere(open, neighbours, now),
        () => ({ releaseId }),
      ),
    )
    yield* daily(open, 'missed', '16:00', MISSED_DAYS, (on) => dutyOfficer(open, () => ({ releaseId, on })))
  },
}

export const FOLLOW_UP_DUTIES = [followUp] as const

/** One rung a day, every day, until somebody was in touch on it. */
function* daily(
  open: OpenRelease,
  step: string,
  time: string,
  days: readonly number[],
  tell: (on: LocalDate) => Recipient,
): Iterable<Planned> {
  const { casefile, release } = open
  const { releaseId, releaseOn, home } = release
  const out = outOn(release)
  if (out === undefined) return
  const notices = ladder(casefile, {
    duty: 'GATE-16',
    occasion: `${releaseId}_${releaseOn ?? out}`,
    hours: 'any',
    because: [...because(open), ...(home ? [home.eventId] : [])],
    rungs: days.map((day) => ({
      step,
      label: `day-${day}`,
      due: londonTime(addDays(out, day), time),
      tell: [tell(addDays(out, day))],
    })),
    until: ({ byId }: Releases, due) => {
      const then = byId[releaseId]
      return (
        then?.readmitted !== undefined ||
        then?.followUps.some(({ info }) => info.on === londonDate(due)) === true
      )
    },
  })
  yield* upTo(overAt(release), notices)
}

/** The key worker, if they are at work; else their cover, else whoever is on call, else the duty officer. */
function whoIsThere(open: OpenRelease, neighbours: Neighbours, now: Instant): Candidate[] {
  const { release, rules } = open
  const today = londonDate(now)
  const contactId = release.keyWorker
  const absence = contactId && absenceOn(neighbours.get('contact', contactId), today)
  const last = dutyOfficerOf(open, neighbours, now)
  if (rules.days.isWorkingDay(today) && !absence) return [...holder('key-worker', contactId), last]
  const cover = absence ? holder('key-worker', absence.coverContactId) : []
  const shift = onCall(neighbours.get('rota', release.area), londonTime(today, '09:00'))
  return [...cover, ...shift.flatMap((id) => holder('on-call', id)), last]
}
