import { addDays, type LocalDate, londonTime } from '../../calendar/london.ts'
import type { EventInfo } from '../../casefile/events.ts'
import { outOn, type Release } from '../../casefile/release.ts'
import { onCall } from '../../casefile/rota.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import type { Facts, Template } from '../../messages/text.ts'
import type { Asks } from '../../planning/duty.ts'
import { either, onlyIf, type Until } from '../../planning/rows.ts'
import { type Day, daysAfter, daysBefore, labelled, workingDaysBefore } from '../../planning/when.ts'
import { type DatedRelease, type OpenRelease, onceDated } from './open-release.ts'
import {
  about,
  keyWorker,
  keyWorkerAndDutyOfficer,
  OVER,
  RELEASE_DAY,
  type ReleaseSubject,
  releaseDuty,
} from './rows.ts'
import { CHECK_TEXTS as TEXTS } from './texts.ts'

/** What has to be ready before somebody comes out, and who has to be warned that they may. */

type Check = EventInfo<'release-check.completed'>['check']

/** A check is about a day of release: for another day it is asked again. */
const checkDuty = releaseDuty(
  OVER,
  onceDated(function* (open) {
    const { release, releaseOn } = open
    const { releaseId } = release
    yield about(open, { occasion: `${releaseId}_${releaseOn}`, facts: { releaseId, releaseOn } }, {})
  }),
)

const checked = (check: Check): Asks => [{ event: 'release-check.completed', said: { check } }]

function done(check: Check): Until<ReleaseSubject, 'release'> {
  return untilRelease(`the ${check} check is done`, (release) => isDone(release, check))
}

function untilRelease(says: string, met: (then: Release) => boolean): Until<ReleaseSubject, 'release'> {
  return {
    says,
    met({ byId }, _, { release }) {
      const then = byId[release.releaseId]
      return then !== undefined && met(then)
    },
  }
}

function isDone(release: Release, check: Check): boolean {
  return release.checks.some(({ info }) => info.check === check)
}

const isPrescribed = ({ release }: OpenRelease) => release.prescribed === true
const mayBePrescribed = ({ release }: OpenRelease) => release.prescribed !== false

export const prescription = checkDuty({
  id: 'GATE-11',
  title: 'The prescription is ready on the day of release',
  source: '004:398, "access to a prescription on the day of release was highlighted as important"',
  hours: 'office',
  oneAtATime: true,
  until: done('prescription'),
  asks: checked('prescription'),
  rows: {
    prescription: [
      {
        to: keyWorker,
        when: onlyIf(
          'unless nothing is prescribed (unknown whether it is: it asks)',
          mayBePrescribed,
          labelled('14-days', daysBefore(RELEASE_DAY, 14)),
        ),
        text: either(isPrescribed, TEXTS.prescription, TEXTS.prescriptionUnknown),
      },
      {
        to: keyWorker,
        when: onlyIf(
          'if something is prescribed, and not on the morning of the last',
          isPrescribed,
          daysBefore(RELEASE_DAY, 7, 3),
        ),
        text: TEXTS.prescription,
      },
      {
        to: keyWorkerAndDutyOfficer,
        when: onlyIf(
          'if something is prescribed',
          isPrescribed,
          labelled('1-working-days', workingDaysBefore(RELEASE_DAY, 1)),
        ),
        text: TEXTS.prescription,
      },
    ],
  },
})

const DAY_OUT: Day<DatedRelease> = {
  says: 'the actual release (unknown: the planned day)',
  of: ({ release, releaseOn }) => outOn(release) ?? releaseOn,
}

export const gpRecords = checkDuty({
  id: 'GATE-14',
  title: 'The doctor outside has the records first, and sees the person at once',
  source: '004:1691, "You must go to your GP within 24 hours"',
  hours: 'office',
  until: done('gp-records'),
  asks: checked('gp-records'),
  rows: {
    'gp-records': [
      { to: keyWorker, when: workingDaysBefore(RELEASE_DAY, 5, 2), text: TEXTS.records },
      {
        to: keyWorker,
        when: labelled('day-after', daysAfter(DAY_OUT, 1)),
        until: done('doctor-seen'),
        text: TEXTS.doctorSeen,
        asks: checked('doctor-seen'),
        apart: true,
      },
    ],
  },
})

export const identity = checkDuty({
  id: 'GATE-15',
  title: 'Nobody leaves without proof of who they are',
  source: '004:1723, "You should get a letter written for ID – it is hard without any ID"',
  hours: 'office',
  until: done('identity'),
  asks: checked('identity'),
  rows: {
    identity: { to: keyWorker, when: daysBefore(RELEASE_DAY, 14, 7), text: TEXTS.identity },
  },
})

export const accommodation = checkDuty({
  id: 'GATE-25',
  title: 'There is somewhere to sleep',
  source: '004:1753, "Each person needs to be assessed as to where it is most appropriate"',
  hours: 'office',
  until: done('accommodation'),
  asks: checked('accommodation'),
  rows: { accommodation: monthAhead(TEXTS.accommodation) },
})

export const money = checkDuty({
  id: 'GATE-26',
  title: 'There is money to live on',
  source: '004:1771, "expected to then survive one or two weeks before benefits are sorted out"',
  hours: 'office',
  until: done('money'),
  asks: checked('money'),
  rows: { money: monthAhead(TEXTS.money) },
})

function monthAhead(text: Template) {
  return [
    { to: keyWorker, when: daysBefore(RELEASE_DAY, 28, 14), text },
    { to: keyWorkerAndDutyOfficer, when: labelled('7-days', daysBefore(RELEASE_DAY, 7)), text },
  ]
}

const BEFORE_RELEASE: readonly Check[] = ['prescription', 'gp-records', 'identity', 'accommodation', 'money']

function stillOpen(release: Release): Check[] {
  const owed = BEFORE_RELEASE.filter((check) => check !== 'prescription' || release.prescribed !== false)
  return owed.filter((check) => !isDone(release, check))
}

type Weekend = DatedRelease & ReleaseSubject & { readonly daysOff: readonly LocalDate[] }

export const beforeTheWeekend = releaseDuty(
  OVER,
  onceDated(function* (open): Iterable<Weekend> {
    const { release, releaseOn } = open
    const { releaseId } = release
    const daysOff = nonWorkingDaysFrom(open)
    const facts = { releaseId, releaseOn, checks: stillOpen(release).map((check) => ({ check })) }
    const factsWith = (neighbours: Neighbours) => ({
      cover: daysOff.map((day) => coverOn(open, neighbours, day)),
    })
    yield about(open, { occasion: `${releaseId}_${releaseOn}`, facts, factsWith }, { daysOff })
  }),
)({
  id: 'GATE-10',
  title: 'A release into a weekend is ready before it',
  source: '004:1715, "You ain’t going to get to see someone till the Monday again"',
  hours: 'office',
  until: untilRelease('all checks are done', (release) => stillOpen(release).length === 0),
  asks: [{ event: 'release-check.completed' }],
  rows: {
    weekend: {
      to: keyWorkerAndDutyOfficer,
      when: onlyIf(
        'on a Friday, a non-working day or the day before one: what is still open, who covers the weekend',
        ({ daysOff }: Weekend) => daysOff.length > 0,
        workingDaysBefore(RELEASE_DAY, 1),
      ),
      text: TEXTS.weekend,
    },
  },
})

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
