import { londonTime } from '../../shared/calendar/london.ts'
import { casefileId, noticeIdOf } from '../../shared/casefile/ids.ts'
import { contact, event, type Told } from '../story.ts'
import { CASEFILE, type Story } from './model.ts'

/**
 * A clearance that somebody on licence has applied for at a prison: once half the licence is served the vetting
 * contact is told, and that is all the casefile ever owes. A licence until this day is half served today, or later.
 */
const TODAY = '2026-05-14'
const NEXT_WEEK = '2026-05-28'
const IN_TWO_WEEKS = '2026-06-11'

function applied(licenceOrOrderTo: string, at: string, prisonId = 'MDI'): Told {
  return event(at, 'clearance.applied', {
    clearanceId: 'CL-1',
    prisonId,
    holder: 'C-HOLDER',
    organisationId: 'ORG-1',
    route: 'psi-39-2014',
    licenceOrOrderFrom: '2026-01-01',
    licenceOrOrderTo,
  })
}

function prison(prisonId: string): Told {
  const posts = { governor: 'C-GOVERNOR', vettingContact: 'C-VETTING' }
  return event('2026-01-01T00:00', 'prison.updated', { prisonId, name: `HMP ${prisonId}`, ...posts })
}

const PEOPLE = [
  contact('C-VETTING'),
  contact('C-GOVERNOR'),
  contact('C-HOLDER'),
  prison('MDI'),
  prison('LEI'),
]
const ended = event('2026-03-09T09:00:30', 'clearance.ended', {
  clearanceId: 'CL-1',
  prisonId: 'MDI',
  on: '2026-03-09',
  reason: 'left',
})

const QUIET = { wakers: 2, ticks: 0, crashes: 0, throttles: 0, owed: 1, mayBeOwed: 1 } as const

/** The first that is heard of a casefile makes a notice due at once. */
export const opens: Story = { ...QUIET, before: PEOPLE, event: applied(TODAY, '2026-03-01T09:00') }

/** The licence is shorter than was thought: what lay two weeks ahead is due at once. */
export const broughtForward: Story = {
  ...QUIET,
  before: [...PEOPLE, applied(IN_TWO_WEEKS, '2026-03-01T09:00')],
  event: applied(TODAY, '2026-03-01T10:00'),
}

/** What lay two weeks ahead now lies one week ahead. */
export const broughtNearer: Story = { ...broughtForward, event: applied(NEXT_WEEK, '2026-03-01T10:00') }

/** The clearance ends just as the notice is due: it may be told, if a waker was quicker. */
export const withdrawn: Story = {
  ...QUIET,
  before: [...PEOPLE, applied(TODAY, '2026-03-01T09:00')],
  event: ended,
  owed: 0,
}

/** Clearances at two prisons with one vetting contact, due together: two notices in one message. */
export const together: Story = {
  ...QUIET,
  before: [...PEOPLE, applied(TODAY, '2026-03-01T09:00'), applied(TODAY, '2026-03-01T10:00', 'LEI')],
  owed: 2,
  mayBeOwed: 2,
}

/** The notice is due, and nothing more comes in. */
export const due: Story = { ...QUIET, before: [...PEOPLE, applied(TODAY, '2026-03-01T09:00')] }

/** The notice is due, and a receipt comes in of another, which makes nothing due. */
export const arrivedElsewhere: Story = {
  ...due,
  event: event('2026-03-09T09:05', 'notice.delivered', { noticeId: 'clearance_CL-1_message_another' }),
}

/** The clearance was applied for and ended 24 months ago, before anything was owed. */
export const over: Story = {
  ...QUIET,
  before: [
    ...PEOPLE,
    applied(IN_TWO_WEEKS, '2024-03-05T09:00'),
    event('2024-03-05T10:00', 'clearance.ended', {
      ...{ clearanceId: 'CL-1', prisonId: 'MDI', on: '2024-03-05', reason: 'left' },
    }),
  ],
  isOver: true,
  owed: 0,
  mayBeOwed: 0,
}

/** Just as that is to be forgotten, the clearance is applied for again, and a notice is due at once. */
export const begunAnew: Story = {
  ...over,
  event: applied(TODAY, '2026-03-01T10:00'),
  owed: 1,
  mayBeOwed: 1,
}

/** The waker that held the notice a lease ago died before it had sent it. */
export const diedBeforeSending: Story = { ...due, firstWaker: 'died before sending' }

/** It died when it had sent the notice, and had not recorded it. */
export const diedAfterSending: Story = { ...due, firstWaker: 'died after sending' }

/** The notice is due, and there is a telephone to try where e-mail does not arrive. */
const dueOnTwoWays: Story = {
  ...due,
  before: [...due.before, contact('C-VETTING', { mobile: '07700 900123' }, '2026-01-02T00:00')],
}

/** The provider refuses the e-mail at once, and then is too busy for the telephone. */
export const rejectedThenThrottled: Story = { ...dueOnTwoWays, wakers: 3, rejects: 1, throttles: 1 }

/** The notice was sent by e-mail; now that has come back. */
export const bounced: Story = {
  ...dueOnTwoWays,
  firstWaker: 'sent it',
  event: event('2026-03-09T09:05', 'notice.failed', {
    noticeId: noticeIdOf(CASEFILE, {
      duty: 'SP-13',
      step: 'half-served',
      occasion: 'MDI_2026-03-09',
      role: 'vetting-contact',
    }),
    reason: 'bounced',
  }),
}

/** The duty officer was asked to be at a gate this afternoon; now it is off. Both are urgent: each is told in two ways. */
export const calledOff: Story = {
  ...QUIET,
  casefile: casefileId('release', 'R-1'),
  before: [
    contact('C-DUTY', { mobile: '07700 900124' }),
    event('2026-03-09T08:00', 'release.planned', {
      ...{ releaseId: 'R-1', area: 'COAST', initials: 'AB', dutyOfficer: 'C-DUTY' },
      ...{ releaseOn: '2026-03-09', gateTime: '15:00' },
    }),
  ],
  settledAt: londonTime('2026-03-09', '08:05'),
  event: event('2026-03-09T09:19', 'release.cancelled', { releaseId: 'R-1', area: 'COAST' }),
  owed: 4,
  mayBeOwed: 4,
}

/** It is off, and the first message about it is refused for what it says. */
export const refusedForItsWords: Story = { ...calledOff, isTakenIn: true, refusesFirst: true }
