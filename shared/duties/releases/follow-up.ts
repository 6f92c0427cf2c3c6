import {
  addDays,
  endOfDay,
  type Instant,
  type LocalDate,
  type LocalTime,
  londonDate,
  londonTime,
} from '../../calendar/london.ts'
import { CONTACT_DAYS, outOn } from '../../casefile/release.ts'
import { onCall } from '../../casefile/rota.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { absenceOn, type Candidate } from '../../directory/reach.ts'
import type { When, Who } from '../../planning/rows.ts'
import { when } from '../../planning/when.ts'

import {
  because,
  callBackOf,
  dutyOfficer,
  dutyOfficerOf,
  holder,
  type OpenRelease,
  recipient,
} from './open-release.ts'
import { about, OVER, type ReleaseSubject, releaseDuty } from './rows.ts'
import { FOLLOW_UP_TEXTS as TEXTS } from './texts.ts'

/** The weeks after release, in which people die of what they no longer tolerate, and of despair. */

const CONTACT_AT = '09:00'
/** For so many days after release somebody stays in touch. */
export const FOLLOWED_DAYS = Math.max(...CONTACT_DAYS)
const MISSED_AT = '16:00'
/** The days on which nobody having been in touch is taken further. */
const MISSED_DAYS = [1, 2, 3, 5, 7]

type Out = ReleaseSubject & { readonly out: LocalDate }

/** The key worker, if they are at work; else their cover, else those on call, else the duty officer. */
const keyWorkerAtWork: Who<Out> = {
  says: `key worker; on a non-working day or absent: cover, else on call at ${CONTACT_AT}, else duty officer`,
  of: (about, { due }) => [
    recipient(
      'key-worker',
      (neighbours, now) => whoIsThere(about, neighbours, now),
      (neighbours) => ({ on: londonDate(due), callBack: callBackOf(about, neighbours) }),
    ),
  ],
}

const dutyOfficerOfTheDay: Who<Out> = {
  says: 'duty officer',
  of: (about, { due }) => [dutyOfficer(about, () => ({ on: londonDate(due) }))],
}

export const followUp = releaseDuty(OVER, function* (open): Iterable<Out> {
  const { releaseId, home } = open.release
  const out = outOn(open.release)
  if (out === undefined) return
  const occasion = `${releaseId}_${out}`
  const made = [...because(open), ...(home ? [home.eventId] : [])]
  yield about(open, { occasion, facts: { releaseId }, because: made }, { out })
})({
  id: 'GATE-16',
  title: {
    en: 'Somebody stays in touch in the weeks after release',
    cy: 'Mae rhywun yn cadw mewn cysylltiad yn yr wythnosau ar ôl rhyddhau',
  },
  source:
    '004:392, "in the week following release, prisoners are 37 times more likely to die of drug overdose"',
  hours: 'any',
  alone: true,
  stale: ({ out }) => endOfDay(addDays(out, FOLLOWED_DAYS)),
  until: {
    says: 'contact recorded that day; back in prison',
    met({ byId }, due, { release }) {
      const then = byId[release.releaseId]
      const on = londonDate(due)
      return then?.readmitted !== undefined || then?.followUps.some(({ info }) => info.on === on) === true
    },
  },
  asks: [{ event: 'follow-up.recorded' }],
  rows: {
    'follow-up': {
      to: keyWorkerAtWork,
      when: onDays(CONTACT_AT, CONTACT_DAYS),
      text: TEXTS.contact,
    },
    missed: {
      overdue: true,
      to: dutyOfficerOfTheDay,
      when: onDays(MISSED_AT, MISSED_DAYS),
      text: TEXTS.missed,
      apart: true,
    },
  },
})

function onDays(time: LocalTime, days: readonly number[]): When<Out> {
  return when(
    `${time} on days ${days.join(', ')} after the actual release (unknown: the planned day)`,
    ({ out }) => days.map((day) => ({ label: `day-${day}`, due: londonTime(addDays(out, day), time) })),
  )
}

function whoIsThere(open: OpenRelease, neighbours: Neighbours, now: Instant): Candidate[] {
  const { release, rules } = open
  const today = londonDate(now)
  const contactId = release.keyWorker
  const absence = contactId && absenceOn(neighbours.get('contact', contactId), today)
  const last = dutyOfficerOf(open, neighbours, now)
  if (rules.days.isWorkingDay(today) && !absence) return [...holder('key-worker', contactId), last]
  const cover = absence ? holder('key-worker', absence.coverContactId) : []
  const shift = onCall(neighbours.get('rota', release.area), londonTime(today, CONTACT_AT))
  return [...cover, ...shift.flatMap((id) => holder('on-call', id)), last]
}
