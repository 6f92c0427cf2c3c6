import { addDays, endOfDay } from '../../calendar/london.ts'
import type { EventInfo } from '../../casefile/events.ts'
import { factStamp } from '../../casefile/ids.ts'
import { outOn, type Release } from '../../casefile/release.ts'
import type { Template } from '../../messages/text.ts'
import type { Asks } from '../../planning/duty.ts'
import { either, onlyIf, type Until, type When } from '../../planning/rows.ts'
import { daysAfter, daysBefore, labelled, workingDaysBefore } from '../../planning/when.ts'
import { FOLLOWED_DAYS } from './follow-up.ts'
import { type DatedRelease, type OpenRelease, onceDated } from './open-release.ts'
import {
  about,
  DAY_OUT,
  keyWorker,
  keyWorkerAndDutyOfficer,
  OVER,
  ofDayOut,
  RELEASE_DAY,
  type ReleaseSubject,
  releaseDuty,
} from './rows.ts'
import { CHECK_TEXTS as TEXTS } from './texts.ts'

/** What has to be ready before somebody comes out, and who has to be warned that they may. */

export type Check = EventInfo<'release-check.completed'>['check']

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

/** Another prison begins again with what the one before had ready. */
const checkOfPrison = releaseDuty(
  OVER,
  onceDated(function* (open) {
    const { releaseId, transferredAt } = open.release
    const { releaseOn } = open
    const plan = `${releaseId}_${releaseOn}`
    const occasion = transferredAt === undefined ? plan : `${plan}_${factStamp(transferredAt)}`
    const facts = { releaseId, releaseOn, cameOutOn: DAY_OUT.of(open) }
    yield about(open, { occasion, facts }, {})
  }),
)

/** After a transfer it is asked at once what was to be asked before it. */
function sinceTransfer<S extends OpenRelease>({ says, dues }: When<S>): When<S> {
  return {
    says: `${says} (after a transfer: again, at once)`,
    *dues(about) {
      const { transferredAt = 0 } = about.release
      for (const one of dues(about)) yield { ...one, due: Math.max(one.due, transferredAt) }
    },
  }
}

const overTheDay = ({ releaseOn }: DatedRelease) => endOfDay(releaseOn)

/** What is to be done before somebody is out. */
function done(check: Check): Until<ReleaseSubject, 'release'> {
  return untilRelease(
    `the ${check} check is done; they are out`,
    (then, now) => then.home !== undefined || isDone(then, check, now),
  )
}

const doctorSeen = untilRelease('the doctor-seen check is done', (then) => isDone(then, 'doctor-seen'))

/** Until something holds of a release: as it was then, beside what it is now. */
export function untilRelease(
  says: string,
  met: (then: Release, now: Release) => boolean,
): Until<ReleaseSubject, 'release'> {
  return {
    says,
    met({ byId }, _, { release }) {
      const then = byId[release.releaseId]
      return then !== undefined && met(then, release)
    },
  }
}

const ASKED_AGAIN: readonly Check[] = ['prescription', 'gp-records']

/** Whether a check is done, or not needed. What the prison before had ready does not count at the one they are in. */
function isDone(release: Release, check: Check, { transferredAt = 0 }: Release = release): boolean {
  const since = ASKED_AGAIN.includes(check) ? transferredAt : 0
  return release.checks.some(({ at, info }) => info.check === check && (info.notNeeded || at >= since))
}

const isPrescribed = ({ release }: OpenRelease) => release.prescribed === true
const mayBePrescribed = ({ release }: OpenRelease) => release.prescribed !== false
const PRESCRIBED = 'unless nothing is prescribed (unknown whether it is: it asks at each until it is known)'
const LAST_WORKING_DAY = labelled('1-working-days', workingDaysBefore<DatedRelease>(RELEASE_DAY, 1))

export const prescription = checkOfPrison({
  id: 'GATE-11',
  title: {
    en: 'The prescription is ready on the day of release',
    cy: 'Mae’r presgripsiwn yn barod ar ddiwrnod y rhyddhau',
  },
  source: '004:398, "access to a prescription on the day of release was highlighted as important"',
  hours: 'office',
  oneAtATime: true,
  stale: overTheDay,
  until: done('prescription'),
  asks: checked('prescription'),
  rows: {
    prescription: [
      {
        to: keyWorker,
        when: onlyIf(PRESCRIBED, mayBePrescribed, sinceTransfer(daysBefore(RELEASE_DAY, 14, 7, 3))),
        text: either(isPrescribed, TEXTS.prescription, TEXTS.prescriptionUnknown),
      },
      {
        to: keyWorkerAndDutyOfficer,
        when: onlyIf(PRESCRIBED, mayBePrescribed, sinceTransfer(LAST_WORKING_DAY)),
        text: either(isPrescribed, TEXTS.prescription, TEXTS.prescriptionUnknown),
      },
    ],
  },
})

export const takeHomeKit = checkDuty({
  id: 'GATE-13',
  title: {
    en: 'The take-home kit is in their hands when they leave',
    cy: 'Mae’r pecyn i fynd adref yn eu dwylo wrth iddynt adael',
  },
  source: '004:1709, "there should be more availability of drugs like Naloxone on release"',
  hours: 'office',
  oneAtATime: true,
  stale: overTheDay,
  until: done('take-home-kit'),
  asks: checked('take-home-kit'),
  rows: {
    'take-home-kit': [
      { to: keyWorker, when: daysBefore(RELEASE_DAY, 14, 3), text: TEXTS.takeHomeKit },
      { to: keyWorker, when: LAST_WORKING_DAY, text: TEXTS.takeHomeKit },
    ],
  },
})

export const gpRecords = checkOfPrison({
  id: 'GATE-14',
  title: {
    en: 'The doctor outside has the records first, and sees the person at once',
    cy: 'Mae’r cofnodion gan y meddyg y tu allan yn gyntaf, ac mae’n gweld y person ar unwaith',
  },
  source: '004:1691, "You must go to your GP within 24 hours"',
  hours: 'office',
  oneAtATime: true,
  stale: ({ release, releaseOn }) => endOfDay(addDays(outOn(release) ?? releaseOn, FOLLOWED_DAYS)),
  until: done('gp-records'),
  asks: checked('gp-records'),
  rows: {
    'gp-records': [
      { to: keyWorker, when: sinceTransfer(workingDaysBefore(RELEASE_DAY, 5, 2)), text: TEXTS.records },
      {
        to: keyWorker,
        when: ofDayOut(labelled('day-after', daysAfter(DAY_OUT, 1))),
        until: doctorSeen,
        text: TEXTS.doctorSeen,
        asks: checked('doctor-seen'),
        apart: true,
      },
    ],
  },
})

export const identity = checkDuty({
  id: 'GATE-15',
  title: {
    en: 'Nobody leaves without proof of who they are',
    cy: 'Nid oes neb yn gadael heb brawf o bwy ydynt',
  },
  source: '004:1723, "You should get a letter written for ID – it is hard without any ID"',
  hours: 'office',
  stale: overTheDay,
  until: done('identity'),
  asks: checked('identity'),
  rows: {
    identity: { to: keyWorker, when: daysBefore(RELEASE_DAY, 14, 7), text: TEXTS.identity },
  },
})

export const accommodation = checkDuty({
  id: 'GATE-25',
  title: {
    en: 'There is somewhere to sleep',
    cy: 'Mae lle i gysgu',
  },
  source: '004:1753, "Each person needs to be assessed as to where it is most appropriate"',
  hours: 'office',
  stale: overTheDay,
  until: done('accommodation'),
  asks: checked('accommodation'),
  rows: { accommodation: monthAhead(TEXTS.accommodation) },
})

export const money = checkDuty({
  id: 'GATE-26',
  title: {
    en: 'There is money to live on',
    cy: 'Mae arian i fyw arno',
  },
  source: '004:1771, "expected to then survive one or two weeks before benefits are sorted out"',
  hours: 'office',
  stale: overTheDay,
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

const BEFORE_RELEASE: readonly Check[] = [
  'prescription',
  'gp-records',
  'identity',
  'accommodation',
  'money',
  'take-home-kit',
]

/** Which of some checks nobody has said are done, or not needed. */
export function stillOpen(release: Release, checks = BEFORE_RELEASE): Check[] {
  const owed = checks.filter((check) => check !== 'prescription' || release.prescribed !== false)
  return owed.filter((check) => !isDone(release, check))
}
