import { expect, test } from 'vitest'
import { type Arrival, readArrival } from '../../infra/local/arrivals.ts'
import { replay } from '../../infra/local/replay.ts'
import { sampleCaseload } from '../../infra/local/sample/caseload.ts'
import { SAMPLE_TO } from '../../infra/local/sample/pen.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import type { Wording } from '../../shared/messages/text.ts'
import {
  ALWAYS_ON_CALL,
  AROUND_A_RELEASE,
  accepts,
  change,
  leaves,
  meeting,
  PERSON,
  possible,
  release,
  rota,
} from '../duties/releases/release-story.ts'
import { appointment, contact, event, order, PEOPLE, play, type Told } from '../story.ts'
import { ROW_TEXTS } from '../texts.ts'

/**
 * Whatever a text can say has been said to somebody, in both languages: in the sample caseload, or in one of these
 * stories of what seldom happens.
 */

const about = { orderId: 'O-1', appointmentId: 'A-1' }
const later = (told: Told, receivedAt: string): Told => ({ ...told, receivedAt })
const moved = (at: string, more: Record<string, unknown>) =>
  event(at, 'appointment.rearranged', { ...about, ...more })
const wrote = (more: Record<string, unknown> = {}) =>
  event('2026-03-05T10:00', 'reply.received', {
    ...{ orderId: 'O-1', contactId: 'C-PERSON', channel: 'sms', replyId: 'R-1' },
    ...more,
  })
const booked = appointment('2026-03-11T14:00', { place: '12 High Street' })
const RINGABLE = contact('C-CM', { phone: '01632 960003' }, '2026-01-02T00:00')
const atTheGate = [...AROUND_A_RELEASE, ALWAYS_ON_CALL]
const toReach = (at: string, more: Record<string, unknown>) =>
  event(at, 'contact.updated', {
    contactId: 'C-PERSON',
    name: 'Name of C-PERSON',
    email: 'p@example.com',
    ...more,
  })

const SELDOM: Readonly<Record<string, readonly Told[]>> = {
  'a person whose name few may see cannot be reminded': [
    ...PEOPLE,
    order({ limitedAccess: true }),
    booked,
    toReach('2026-01-02T00:00', { doNotMessage: true }),
  ],
  'the place changes, and the address is not known to be safe': [
    ...PEOPLE,
    order(),
    booked,
    moved('2026-03-09T09:00', { startsAt: '2026-03-11T14:00', place: '4 Mill Lane' }),
  ],
  'the place changes, and the address is safe': [
    ...PEOPLE,
    toReach('2026-01-02T00:00', { addressIsSafe: true }),
    order(),
    booked,
    moved('2026-03-09T09:00', { startsAt: '2026-03-11T14:00', place: '4 Mill Lane' }),
  ],
  'an appointment is moved and moved back before anybody hears': [
    ...PEOPLE,
    order(),
    booked,
    later(moved('2026-03-09T09:00', { startsAt: '2026-03-12T14:00' }), '2026-03-09T11:00'),
    later(moved('2026-03-09T10:00', { startsAt: '2026-03-11T14:00' }), '2026-03-09T11:00'),
  ],
  'a move is learnt when its day has passed': [
    ...PEOPLE,
    order(),
    booked,
    later(moved('2026-03-11T09:00', { startsAt: '2026-03-13T14:00' }), '2026-03-12T09:00'),
  ],
  'an order is completed with an appointment ahead': [
    ...PEOPLE,
    order(),
    booked,
    event('2026-03-10T09:00', 'order.ended', { orderId: 'O-1', endedOn: '2026-03-10', reason: 'completed' }),
  ],
  'somebody writes back what must not wait, and nobody reads it': [
    ...PEOPLE,
    order(),
    wrote({ crisis: true }),
  ],
  'somebody writes back from a number that two people hold': [
    ...PEOPLE,
    order(),
    contact('C-PERSON', { mobile: '07700 900123' }, '2026-01-02T00:00'),
    contact('C-OTHER', { mobile: '07700 900123' }),
    wrote(),
  ],
  'neither has confirmed a three-way meeting': [
    ...PEOPLE,
    order(),
    appointment('2026-03-20T14:00', { kind: 'three-way' }),
  ],
  'no update is recorded, and then one that names a next appointment nobody knows': [
    ...PEOPLE,
    order(),
    booked,
    event('2026-03-13T09:00', 'contact-sheet.submitted', {
      ...{ ...about, attendance: 'attended', nextAppointment: 'A-9', progress: [], by: 'C-CM' },
    }),
  ],
  'the duty officer is given an update and does not read it': [
    ...PEOPLE,
    contact('C-OM', { absent: [{ from: '2026-03-11', to: '2026-03-18' }] }, '2026-01-02T00:00'),
    order(),
    booked,
    event('2026-03-11T15:30', 'contact-sheet.submitted', {
      ...{ ...about, attendance: 'attended', nextAppointment: 'none-booked', progress: [], by: 'C-CM' },
    }),
  ],
  'a disclosure is flagged by somebody who can be rung': [
    ...PEOPLE,
    RINGABLE,
    order(),
    event('2026-03-10T10:00', 'disclosure.flagged', { orderId: 'O-1', by: 'C-CM' }),
  ],
  'a clearance is withdrawn at a prison that can be rung': [
    contact('C-HOLDER'),
    contact('C-GOV'),
    event('2026-01-02T00:00', 'prison.updated', {
      ...{ prisonId: 'QAL', name: 'HMP Alderley', governor: 'C-GOV', phone: '01632 960009' },
    }),
    event('2026-02-01T10:00', 'clearance.confirmed', {
      ...{ clearanceId: 'CL-1', prisonId: 'QAL', holder: 'C-HOLDER', organisationId: 'ORG-1' },
      confirmedOn: '2026-02-01',
    }),
    event('2026-03-10T10:00', 'clearance.ended', {
      ...{ clearanceId: 'CL-1', prisonId: 'QAL', on: '2026-03-10', reason: 'withdrawn' },
    }),
  ],
  'somebody is out two days early, and nothing is ready': [
    ...atTheGate,
    release({ prescribed: true }),
    leaves('2026-03-09T14:10'),
  ],
  'a hearing is on another day': [
    ...atTheGate,
    possible(),
    possible({ hearingOn: '2026-03-18' }, '2026-03-10T15:00'),
  ],
  'a sponsor who was asked writes back': [
    ...atTheGate,
    release({
      keyWorker: undefined,
      meeters: [{ contactId: 'C-SPONSOR', kind: 'sponsor', consented: true }],
    }),
    event(
      '2026-03-10T13:00',
      'reply.received',
      { releaseId: 'R-1', contactId: 'C-SPONSOR', channel: 'sms', replyId: 'R-9', crisis: true },
      PERSON,
    ),
  ],
  'nobody can say whether somebody was met': [
    ...atTheGate,
    release(),
    accepts('2026-03-10T13:00', 'C-KEY'),
    meeting('2026-03-11T10:20', 'not-known'),
  ],
  'it is said that somebody died who was to be met, and then that they did not': [
    ...atTheGate,
    release(),
    accepts('2026-03-10T12:10', 'C-KEY'),
    event('2026-03-10T13:00', 'person.died', {}, { ...PERSON, eventId: 'died' }),
    event('2026-03-10T14:00', 'person.died', { withdrawn: true }, { ...PERSON, eventId: 'alive' }),
  ],
  'somebody comes home of whose release nobody planned anything': [
    ...PEOPLE,
    { ...order(), ...PERSON },
    leaves('2026-03-09T14:50'),
  ],
  'who is on call said STOP': [
    ...AROUND_A_RELEASE,
    change('C-DAY', { email: undefined, mobile: '07700 900123' }),
    rota([['2026-01-01T00:00', '2029-01-01T00:00', 'C-DAY']]),
    event('2026-03-01T10:00', 'contact.opted-out', {
      contactId: 'C-DAY',
      channel: 'sms',
      address: '+447700900123',
    }),
    release(),
  ],
}

/** What happened, with everybody reading both languages. */
function inBoth<E extends { readonly eventType: string; readonly additionalInformation: object }>(
  told: E,
): E {
  if (told.eventType !== 'throughcare.contact.updated') return told
  return { ...told, additionalInformation: { ...told.additionalInformation, language: 'both' } }
}

/** The words of each branch of a text that are its own: the longest stretch of them between two facts. */
function branchesOf({ subject, text }: Wording): string[] {
  const branches: string[][] = []
  const open: string[][] = []
  const begin = () => {
    const branch: string[] = []
    branches.push(branch)
    open.push(branch)
  }
  for (const part of `${subject}\n${text}`.split(/({%.*?%}|{{.*?}})/)) {
    const [, tag] = /^{%-? *(\w+)/.exec(part) ?? []
    if (tag === 'elif' || tag === 'else' || tag === 'endif') open.pop()
    if (tag === 'if' || tag === 'elif' || tag === 'else') begin()
    if (tag === undefined && !part.startsWith('{{')) open.at(-1)?.push(part.trim())
  }
  const longest = branches.map((words) => words.sort((a, b) => b.length - a.length)[0] ?? '')
  return longest.filter((words) => words.length >= 3)
}

const plain = (words: string) => words.replaceAll('’', "'")

test('every branch of every text, in each language, is told to somebody', async () => {
  const said = new Set<string>()
  const hear = (lines: readonly { subject?: string; text?: string }[]) => {
    for (const { subject, text } of lines) if (text) said.add(plain(`${subject}\n${text}`))
  }
  const arrivals = sampleCaseload().map((told, index) => readArrival(JSON.stringify(inBoth(told)), index))
  await replay({ arrivals: arrivals as Arrival[], until: londonTime(SAMPLE_TO, '23:59') }, hear)
  for (const story of Object.values(SELDOM)) hear(await play(story.map(inBoth), '2026-04-15T00:00:00Z'))
  const all = [...said].join('\n')
  const unheard = ROW_TEXTS.flatMap(({ name, template: { en, cy } }) =>
    [...branchesOf(en), ...branchesOf(cy)]
      .filter((words) => !all.includes(plain(words)))
      .map((words) => `${name}: ${words}`),
  )
  expect(unheard).toEqual([])
}, 300_000)
