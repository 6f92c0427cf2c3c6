import { addDays, type Instant, type LocalDate, londonTime } from '../../calendar/london.ts'
import type { EventInfo } from '../../casefile/events.ts'
import { outOn, type Release, type Releases } from '../../casefile/release.ts'
import { onCall } from '../../casefile/rota.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import type { Facts } from '../../messages/text.ts'
import type { Duty, Planned } from '../../planning/duty.ts'
import {
  ladder,
  promptOnOrAfter,
  promptOnOrBefore,
  promptWorkingDaysAfter,
  type Rung,
} from '../../planning/ladder.ts'
import {
  because,
  type DatedRelease,
  keyWorker,
  keyWorkerAndDutyOfficer,
  type OpenRelease,
  onceDated,
  overAt,
  type Says,
  upTo,
} from './open-release.ts'

/** What has to be ready before somebody comes out, and who has to be warned that they may. */

type Check = EventInfo<'release-check.completed'>['check']

export const prescription: Duty<OpenRelease> = {
  id: 'GATE-11',
  title: 'The prescription is ready on the day of release',
  source: '004:398, "access to a prescription on the day of release was highlighted as important"',
  steps: {
    prescription: {
      to: 'key worker; duty officer too on the last',
      when: '14, 7, 3 days, 1 working day before (unknown whether prescribed: ask at 14); on a working day',
      until: 'that check done',
    },
  },
  plan: onceDated(function* (open) {
    const { prescribed } = open.release
    if (prescribed === false) return
    const isKnown = prescribed === true
    yield* checked(open, 'GATE-11', 'prescription', [
      daysBefore(open, 'prescription', 14, isKnown ? {} : { text: 'prescription-unknown' }),
      ...(isKnown ? [7, 3].map((days) => daysBefore(open, 'prescription', days)) : []),
      ...(isKnown ? [workingDaysBefore(open, 'prescription', 1, { both: true })] : []),
    ])
  }),
}

export const gpRecords: Duty<OpenRelease> = {
  id: 'GATE-14',
  title: 'The doctor outside has the records first, and sees the person at once',
  source: '004:1691, "You must go to your GP within 24 hours"',
  steps: {
    'gp-records': {
      to: 'key worker',
      when: '5 and 2 working days before; day after release: doctor seen?',
      until: 'that check done',
    },
  },
  plan: onceDated(function* (open) {
    yield* checked(open, 'GATE-14', 'gp-records', [
      workingDaysBefore(open, 'gp-records', 5),
      workingDaysBefore(open, 'gp-records', 2),
    ])
    const dayAfter = addDays(outOn(open.release) ?? open.releaseOn, 1)
    yield* checked(open, 'GATE-14', 'doctor-seen', [
      {
        step: 'gp-records',
        label: 'day-after',
        due: promptOnOrAfter(open.rules, dayAfter),
        tell: [keyWorker(open, says(open))],
        text: 'gp-records-doctor-seen',
      },
    ])
  }),
}

export const identity: Duty<OpenRelease> = {
  id: 'GATE-15',
  title: 'Nobody leaves without proof of who they are',
  source: '004:1723, "You should get a letter written for ID – it is hard without any ID"',
  steps: {
    identity: { to: 'key worker', when: '14, 7 days before; on a working day', until: 'that check done' },
  },
  plan: onceDated(function* (open) {
    const rungs = [14, 7].map((days) => daysBefore(open, 'identity', days))
    yield* checked(open, 'GATE-15', 'identity', rungs)
  }),
}

export const accommodation: Duty<OpenRelease> = {
  id: 'GATE-25',
  title: 'There is somewhere to sleep',
  source: '004:1753, "Each person needs to be assessed as to where it is most appropriate"',
  steps: {
    accommodation: {
      to: 'key worker; duty officer too at 7',
      when: '28, 14, 7 days before; on a working day',
      until: 'that check done',
    },
  },
  plan: onceDated((open) => monthAhead(open, 'GATE-25', 'accommodation')),
}

export const money: Duty<OpenRelease> = {
  id: 'GATE-26',
  title: 'There is money to live on',
  source: '004:1771, "expected to then survive one or two weeks before benefits are sorted out"',
  steps: {
    money: {
      to: 'key worker; duty officer too at 7',
      when: '28, 14, 7 days before; on a working day',
      until: 'that check done',
    },
  },
  plan: onceDated((open) => monthAhead(open, 'GATE-26', 'money')),
}

function* monthAhead(open: DatedRelease, duty: string, check: Check): Iterable<Planned> {
  yield* checked(open, duty, check, [
    daysBefore(open, check, 28),
    daysBefore(open, check, 14),
    daysBefore(open, check, 7, { both: true }),
  ])
}

export const beforeTheWeekend: Duty<OpenRelease> = {
  id: 'GATE-10',
  title: 'A release into a weekend is ready before it',
  source: '004:1715, "You ain’t going to get to see someone till the Monday again"',
  steps: {
    weekend: {
      to: 'key worker, duty officer',
      when: '09:00 of the last working day before a release on a Friday, a non-working day or the day before one: what is still open, who covers the weekend',
      until: 'all checks done',
    },
  },
  plan: onceDated(function* (open) {
    const { casefile, release, releaseOn, rules } = open
    const daysOff = nonWorkingDaysFrom(open)
    if (daysOff.length === 0) return
    const facts: Says = (neighbours) => ({
      ...checkFacts(open),
      checks: stillOpen(release).map((check) => ({ check })),
      cover: daysOff.map((day) => coverOn(open, neighbours, day)),
    })
    const due = promptWorkingDaysAfter(rules, releaseOn, -1)
    const notices = ladder(casefile, {
      duty: 'GATE-10',
      occasion: aboutDay(open),
      hours: 'office',
      because: because(open),
      rungs: [{ step: 'weekend', due, tell: keyWorkerAndDutyOfficer(open, facts) }],
      until: ({ byId }) => {
        const then = byId[release.releaseId]
        return then !== undefined && stillOpen(then).length === 0
      },
    })
    yield* upTo(overAt(release), notices)
  }),
}

/** The weekend or holiday that a release falls on or leads into. */
function nonWorkingDaysFrom({ releaseOn, rules }: DatedRelease): LocalDate[] {
  const days: LocalDate[] = []
  let day = rules.days.isWorkingDay(releaseOn) ? addDays(releaseOn, 1) : releaseOn
  for (; !rules.days.isWorkingDay(day); day = addDays(day, 1)) days.push(day)
  return days
}

function coverOn({ release, rules }: OpenRelease, neighbours: Neighbours, day: LocalDate): Facts {
  const onShift = onCall(neighbours.get('rota', release.area), londonTime(day, rules.settings.promptAt))
  const names = onShift.map((contactId) => neighbours.get('contact', contactId).details?.name ?? contactId)
  return { day, who: names.join(', ') }
}

const BEFORE_RELEASE: readonly Check[] = ['prescription', 'gp-records', 'identity', 'accommodation', 'money']

function stillOpen(release: Release): Check[] {
  const owed = BEFORE_RELEASE.filter((check) => check !== 'prescription' || release.prescribed !== false)
  return owed.filter((check) => !isDone(release, check))
}

function isDone(release: Release, check: Check): boolean {
  return release.checks.some((done) => done.info.check === check)
}

/** The prompts about one check, until it is done. Rungs that fall on one morning are one. */
function checked(open: DatedRelease, duty: string, check: Check, rungs: readonly Rung[]): Iterable<Planned> {
  const { casefile, release } = open
  const notices = ladder(casefile, {
    duty,
    occasion: aboutDay(open),
    hours: 'office',
    because: because(open),
    rungs: rungs.filter((rung) => rungs.findLast((other) => other.due === rung.due) === rung),
    until: ({ byId }: Releases) => {
      const then = byId[release.releaseId]
      return then !== undefined && isDone(then, check)
    },
  })
  return upTo(overAt(release), notices)
}

type Particulars = { readonly both?: boolean; readonly text?: string }

function daysBefore(open: DatedRelease, step: string, days: number, particulars: Particulars = {}): Rung {
  const due = promptOnOrBefore(open.rules, addDays(open.releaseOn, -days))
  return rung(open, step, `${days}-days`, due, particulars)
}

function workingDaysBefore(
  open: DatedRelease,
  step: string,
  days: number,
  particulars: Particulars = {},
): Rung {
  const due = promptWorkingDaysAfter(open.rules, open.releaseOn, -days)
  return rung(open, step, `${days}-working-days`, due, particulars)
}

function rung(
  open: DatedRelease,
  step: string,
  label: string,
  due: Instant,
  { both = false, ...text }: Particulars,
): Rung {
  const tell = both ? keyWorkerAndDutyOfficer(open, says(open)) : [keyWorker(open, says(open))]
  return { step, label, due, tell, ...text }
}

/** A check is about a day of release: another day is asked about afresh. */
function aboutDay({ release, releaseOn }: DatedRelease): string {
  return `${release.releaseId}_${releaseOn}`
}

function says(open: DatedRelease): Says {
  return () => checkFacts(open)
}

function checkFacts({ release, releaseOn }: DatedRelease): Facts {
  return { releaseId: release.releaseId, releaseOn }
}
