import type { Language } from '../../shared/casefile/ledger.ts'
import { letterheadFor } from '../../shared/messages/letterheads.ts'
import { linksFor } from '../../shared/messages/links.ts'
import { renderMessage } from '../../shared/messages/render.ts'
import type { Facts, Template } from '../../shared/messages/text.ts'
import type { TextMessage } from '../../shared/messages/text-message.ts'

const AT = Date.parse('2026-09-30T13:30:00Z')
const DAY = '2026-09-30'
const WHO = 'Samantha Jones'
const NUMBER = '01632 960201'
const PRISON = 'HMP Alderley'
const NOTICE = {
  casefile: 'release:0123456789abcdef01234567',
  noticeId: 'release_0123456789abcdef01234567_x',
}
const RULES = { settings: { address: 'https://throughcare.example.org' } }

/** Every fact that a text may use, at its typical length. */
const USUAL: Facts = {
  ...{ agreedOn: DAY, commenceBy: DAY, completedOn: DAY, day: DAY, dueOn: DAY, end: DAY, expiresOn: DAY },
  ...{ from: DAY, hearingOn: DAY, on: DAY, releaseOn: DAY, requestedOn: DAY, reviewOn: DAY, runsUntil: DAY },
  ...{ sentencedOn: DAY, servedOn: DAY, lapsesOn: DAY, cameOutOn: DAY, to: DAY, weekOf: DAY, days: 14 },
  ...{ at: AT, flaggedAt: AT, gateTime: AT, next: AT, outAt: AT, proposedAt: AT, start: AT, was: 0 },
  ...{ orderId: 'O-1001', releaseId: 'R-1001', clearanceId: 'CL-1001', organisationId: 'ORG-1001' },
  ...{ who: WHO, whose: WHO, initials: 'SJ', role: 'peer mentor', worker: 'Samantha' },
  ...{ office: 'North Probation Office', area: 'NORTH', prison: PRISON, sector: 'unknown' },
  ...{ court: 'Ravensby Crown Court', place: `${PRISON}, the visitors’ centre` },
  ...{ callBack: NUMBER, number: NUMBER, prisonPhone: NUMBER },
  ...{ attendance: 'attended', attended: true, outcome: 'not-known', why: 'opted-out' },
  ...{
    awaited: 'both',
    declinedBy: 'case-manager',
    givenTo: 'offender-manager',
    reader: 'offender-manager',
    left: 1,
    unsent: ['court-order'] as never,
  },
  ...{ isCourt: false, isOtherDay: false, isOnAgain: false, isNobody: false, isCaseManager: true },
  ...{ isNext: true, isPlace: false, isPlaceNew: true, corrected: false, crisis: false, late: false },
  ...{ enforceable: true, ringMe: true, safe: true, shared: false, unread: false, tellThem: true },
  ...{ meetingBooked: false, reportSent: false },
  appointments: [{ start: AT, orderId: 'O-1001', who: WHO, place: '12 High Street', threeWay: false }],
  starts: [{ start: AT }],
  cases: 'O-1001',
  went: [{ orderId: 'O-1001', at: AT }],
  gaps: [{ gateTime: AT, releaseId: 'R-1001', releaseOn: DAY, why: 'nobody' }],
  checks: [{ check: 'prescription' }, { check: 'money' }],
  cover: [{ day: DAY, who: WHO }],
}

/** The fragments that a text takes in each language, signed, with facts of typical length. */
export function fragmentsOf(
  text: Template,
  signs = letterheadFor({}, 'workers', undefined).signs,
): Readonly<Record<Language, number>> {
  const facts = {
    ...USUAL,
    ...linksFor(NOTICE as never, RULES, '/a/r0123456789abcdef01234567abcdeabcdefghijk'),
  }
  const of = (language: Language) => {
    const { textMessage } = renderMessage([{ text, facts }], language, 'sms', { signs })
    return (textMessage as TextMessage).fragments
  }
  return { en: of('en'), cy: of('cy'), both: of('both') }
}
