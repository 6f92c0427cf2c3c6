import { describe, expect, test } from 'vitest'
import {
  ALWAYS_ON_CALL,
  AROUND_A_RELEASE,
  accepts,
  arrives,
  change,
  heard,
  leaves,
  meeting,
  PERSON,
  release,
} from './duties/releases/release-story.ts'
import { appointment, contact, event, order, PEOPLE, rehearse, short, type Told } from './story.ts'

/**
 * Streams that went wrong once, each named for what happens in it and standing for a kind, and the lines that must
 * come of them, worked out by hand from the schedule.
 */
type Story = {
  readonly what: string
  readonly told: readonly (Told | string)[]
  readonly until: string
  /** The rows that the story is about: `ATR-01 day-before`. */
  readonly about: RegExp
  /** What each of their lines says, and by which channel it went. */
  readonly lines: readonly string[]
  /** Why what is refused of it is refused. */
  readonly refused?: readonly string[]
}

const MOBILE = '07700 900123'
const person = (more: Record<string, unknown>, at = '2026-01-02T00:00') => contact('C-PERSON', more, at)
const orderAnd = (...more: (Told | string)[]) => [
  ...PEOPLE,
  order(),
  appointment('2026-03-09T14:00'),
  ...more,
]
const REMINDERS = /^ATR-01 (day-before|same-day|ring-them)$/
const reminded = (channel: string) => [
  `2026-03-08 14:00 day-before person C-PERSON by ${channel}`,
  `2026-03-09 12:00 same-day person C-PERSON by ${channel}`,
]
const receipt = (at: string, outcome: string, noticeId: string, more: Record<string, unknown> = {}) =>
  event(at, `notice.${outcome}`, { noticeId, ...more }, { eventId: `${outcome}/${noticeId}` })
const DAY_BEFORE = 'order_O-1_ATR-01_day-before_A-1_202603091400_person'

const clearance = (expiresOn: string, at: string) =>
  event(at, 'clearance.confirmed', {
    ...{ clearanceId: 'CL-1', prisonId: 'QAL', holder: 'C-HOLDER', organisationId: 'AA' },
    ...{ confirmedOn: '2026-02-01', expiresOn },
  })
const PRISON = event('2026-01-02T00:00', 'prison.updated', {
  ...{ prisonId: 'QAL', name: 'HMP Alderley', governor: 'C-GOV', vettingContact: 'C-VET' },
})

const releaseAnd = (...more: Told[]) => [...AROUND_A_RELEASE, ALWAYS_ON_CALL, ...more]
const both = (step: string, ...times: string[]) =>
  times.flatMap((at) => [
    `${at} ${step} duty-officer C-DUTY by email`,
    `${at} ${step} rota-owner C-OWNER by email`,
  ])

const WHAT_LEAVES_A_WRITER: readonly Story[] = [
  {
    what: 'a byte-order mark before the first event',
    told: [`\uFEFF${JSON.stringify(PEOPLE[0])}`, ...orderAnd().slice(1)],
    until: '2026-03-13T00:00',
    about: REMINDERS,
    lines: reminded('email'),
  },
  {
    what: 'a blank after an e-mail address',
    told: orderAnd(person({ email: 'jo@example.com ' })),
    until: '2026-03-13T00:00',
    about: REMINDERS,
    lines: reminded('email'),
  },
  {
    what: 'an e-mail address withdrawn by null',
    told: orderAnd(person({ mobile: MOBILE }), person({ email: null, mobile: MOBILE }, '2026-03-04T00:00')),
    until: '2026-03-13T00:00',
    about: REMINDERS,
    lines: reminded('sms'),
  },
  {
    what: 'one name written with one letter and with two, at one number',
    told: orderAnd(
      person({ name: 'Si\u00e2n Evans', email: undefined, mobile: MOBILE }),
      contact('C-OLD', { name: 'Sia\u0302n Evans', email: undefined, mobile: MOBILE }),
    ),
    until: '2026-03-13T00:00',
    about: REMINDERS,
    lines: reminded('sms'),
  },
  {
    what: 'a zone in brackets',
    told: [...PEOPLE, order(), appointment('2026-07-09T13:00+00:00[UTC]', {}, '2026-07-01T10:00')],
    until: '2026-07-12T00:00',
    about: /^(ATR-01 (day-before|same-day)|FAX-01 prompt)$/,
    lines: [
      '2026-07-08 14:00 day-before person C-PERSON by email',
      '2026-07-09 12:00 same-day person C-PERSON by email',
      '2026-07-09 15:00 prompt case-manager C-CM by email',
    ],
  },
  {
    what: 'two events under one eventId: the first to come stands',
    told: orderAnd({
      ...event('2026-03-04T10:00', 'appointment.rearranged', {
        ...{ orderId: 'O-1', appointmentId: 'A-1', startsAt: '2026-03-10T09:00' },
      }),
      eventId: appointment('2026-03-09T14:00').eventId,
    }),
    until: '2026-03-13T00:00',
    about: REMINDERS,
    lines: reminded('email'),
    refused: ['eventId: already used for another event'],
  },
  {
    what: 'an order called constructor',
    told: orderAnd(order({ orderId: 'constructor' }, '2026-03-02T10:00')),
    until: '2026-03-06T00:00',
    about: /^TWM-01 /,
    lines: ['09:00', '10:00']
      .map((time) => `2026-03-02 ${time} first-meeting offender-manager C-OM by email`)
      .concat(Array(2).fill('2026-03-05 09:00 first-meeting offender-manager C-OM by email')),
  },
  {
    what: 'an appointment called constructor, beside another',
    told: orderAnd(appointment('2026-03-12T14:00', { appointmentId: 'constructor' })),
    until: '2026-03-13T00:00',
    about: REMINDERS,
    lines: [
      ...reminded('email'),
      '2026-03-11 14:00 day-before person C-PERSON by email',
      '2026-03-12 12:00 same-day person C-PERSON by email',
    ],
  },
  {
    what: 'a clearance without end: what means that is refused, and the others go on',
    told: orderAnd(PRISON, clearance('9999-12-31', '2026-02-01T10:00')),
    until: '2026-03-13T00:00',
    about: REMINDERS,
    lines: reminded('email'),
    refused: [
      'additionalInformation.expiresOn: expected a date such as 2026-03-09, from 1900 to 2199, got text',
    ],
  },
  {
    what: 'a clearance without end, which is then given one',
    told: [
      ...['C-GOV', 'C-VET', 'C-HOLDER'].map((id) => contact(id)),
      ...[PRISON, clearance('9999-12-31', '2026-02-01T10:00'), clearance('2027-01-31', '2026-02-02T10:00')],
    ],
    until: '2027-02-10T00:00',
    about: /^SP-02 /,
    // Twelve, eight, four, two weeks and one before Sunday 31 January, and the day itself: on the working day before.
    lines: [
      ...['2026-11-06', '2026-12-04', '2026-12-31', '2027-01-15', '2027-01-22', '2027-01-29'].flatMap(
        (day) => [
          `${day} 09:00 renewal governor C-GOV by email`,
          `${day} 09:00 renewal vetting-contact C-VET by email`,
        ],
      ),
      '2027-01-15 09:00 ending holder C-HOLDER by email',
      ...['2027-02-01', '2027-02-08'].flatMap((day) => [
        `${day} 09:00 lapsed governor C-GOV by email`,
        `${day} 09:00 lapsed vetting-contact C-VET by email`,
      ]),
      '2027-02-01 09:00 lapsed holder C-HOLDER by email',
    ],
    refused: [
      'additionalInformation.expiresOn: expected a date such as 2026-03-09, from 1900 to 2199, got text',
    ],
  },
  {
    what: 'a place to meet over several lines, one of them a rule',
    told: releaseAnd(release({ meetAt: "Visitors' centre\n\n---\n\nring the bell" })),
    until: '2026-03-13T00:00',
    about: /./,
    lines: [],
    refused: ['additionalInformation.meetAt: expected one line of text without control characters, got text'],
  },
]

const WHAT_BECOMES_OF_MESSAGES: readonly Story[] = [
  {
    what: 'a telephone that is off once: it is rung about, and the next reminder goes there again',
    told: orderAnd(
      person({ email: undefined, mobile: MOBILE }),
      receipt('2026-03-08T14:05', 'failed', DAY_BEFORE, { reason: 'unreachable' }),
      appointment('2026-04-20T14:00', { appointmentId: 'A-2' }, '2026-03-10T09:00'),
      person({ email: undefined, mobile: MOBILE }, '2026-04-01T00:00'),
    ),
    until: '2026-05-01T00:00',
    about: REMINDERS,
    lines: [
      ...reminded('sms'),
      '2026-03-08 14:05 ring-them case-manager C-CM by email',
      '2026-04-19 14:00 day-before person C-PERSON by sms',
      '2026-04-20 12:00 same-day person C-PERSON by sms',
    ],
  },
  {
    what: 'an e-mail that bounces for good after it was delivered: it goes by text, and so does the next',
    told: orderAnd(
      person({ mobile: MOBILE }),
      receipt('2026-03-08T14:00:05Z', 'delivered', DAY_BEFORE),
      receipt('2026-03-08T14:00:40Z', 'failed', DAY_BEFORE, { reason: 'bounced' }),
    ),
    until: '2026-03-13T00:00',
    about: REMINDERS,
    lines: [
      '2026-03-08 14:00 day-before person C-PERSON by email',
      '2026-03-08 14:00 day-before person C-PERSON by sms',
      '2026-03-09 12:00 same-day person C-PERSON by sms',
    ],
  },
  {
    what: 'an out-of-office answer that comes before the delivery: the address is not held back',
    told: orderAnd(
      person({ mobile: MOBILE }),
      heard(
        '2026-03-08T14:00:10Z',
        receipt('2026-03-08T14:00:09Z', 'failed', DAY_BEFORE, { reason: 'unreachable' }),
      ),
      heard('2026-03-08T14:00:20Z', receipt('2026-03-08T14:00:05Z', 'delivered', DAY_BEFORE)),
    ),
    until: '2026-03-13T00:00',
    about: REMINDERS,
    lines: ['2026-03-08 14:00 day-before person C-PERSON by sms', ...reminded('email')],
  },
  {
    what: 'a key worker whose telephone is off: the duty officer is asked, and the key worker again next time',
    told: releaseAnd(
      change('C-KEY', { email: undefined, mobile: MOBILE }),
      release(),
      receipt(
        '2026-03-04T13:00',
        'failed',
        'release_4789dbaa029b0dd3313be77a_GATE-01_plan_R-1_ml500n40_key-worker',
        {
          reason: 'unreachable',
        },
      ),
    ),
    until: '2026-03-10T12:10',
    about: /^GATE-01 /,
    lines: [
      '2026-03-04 09:00 plan key-worker C-KEY by sms',
      '2026-03-04 13:00 plan duty-officer C-DUTY by email',
      '2026-03-10 12:00 accept key-worker C-KEY by sms',
    ],
  },
  {
    what: 'a wish not to be texted, and then another contact of the same person at the same number',
    told: [
      ...[...PEOPLE, person({ name: 'Jo Bloggs', email: undefined, mobile: MOBILE }), order()],
      event('2026-03-03T12:00', 'contact.opted-out', { contactId: 'C-PERSON', channel: 'sms' }),
      contact('C-AGAIN', { name: 'Jo Bloggs', email: undefined, mobile: MOBILE }, '2026-03-03T12:05'),
      order({ orderId: 'O-2', person: 'C-AGAIN' }, '2026-03-03T12:05'),
      appointment('2026-03-10T14:00', { orderId: 'O-2' }, '2026-03-03T12:06'),
    ],
    until: '2026-03-13T00:00',
    about: REMINDERS,
    lines: [
      '2026-03-09 09:00 ring-them case-manager C-CM by email',
      '2026-03-09 14:00 day-before person C-AGAIN skipped: opted-out',
      '2026-03-10 12:00 same-day person C-AGAIN skipped: opted-out',
    ],
  },
  {
    what: 'STOP from a number, and then another contact of the same person who has it',
    told: [
      ...[...PEOPLE, person({ name: 'Jo Bloggs', email: undefined, mobile: MOBILE }), order()],
      event('2026-03-03T12:00', 'contact.opted-out', {
        ...{ contactId: 'C-PERSON', channel: 'sms', address: '+447700900123' },
      }),
      contact('C-AGAIN', { name: 'Jo Bloggs', email: undefined, mobile: MOBILE }, '2026-03-03T12:05'),
      order({ orderId: 'O-2', person: 'C-AGAIN' }, '2026-03-03T12:05'),
      appointment('2026-03-10T14:00', { orderId: 'O-2' }, '2026-03-03T12:06'),
    ],
    until: '2026-03-13T00:00',
    about: REMINDERS,
    lines: [
      '2026-03-09 09:00 ring-them case-manager C-CM by email',
      '2026-03-09 14:00 day-before person C-AGAIN skipped: opted-out',
      '2026-03-10 12:00 same-day person C-AGAIN skipped: opted-out',
    ],
  },
]

const WHERE_SOMEBODY_IS: readonly Story[] = [
  {
    what: 'only the place changes, once the person was reminded of the other: they and their workers hear of it',
    told: [
      ...[...PEOPLE, person({ addressIsSafe: true, mobile: MOBILE }), order()],
      appointment('2026-06-10T14:00', { place: '12 High Street' }),
      event('2026-06-10T12:30', 'appointment.rearranged', {
        ...{ orderId: 'O-1', appointmentId: 'A-1', startsAt: '2026-06-10T14:00', place: '99 Low Road' },
        by: 'C-CM',
      }),
    ],
    until: '2026-06-12T00:00',
    about: /^(ATR-01 (day-before|same-day|ring-them)|ATR-08 .*)$/,
    lines: [
      '2026-06-09 14:00 day-before person C-PERSON by email',
      '2026-06-10 12:00 same-day person C-PERSON by email',
      '2026-06-10 12:30 moved offender-manager C-OM by email',
      '2026-06-10 12:30 moved person C-PERSON by email',
    ],
  },
  {
    what: 'a release planned under one number, and released under the other, once they were merged',
    told: releaseAnd(
      release(),
      event(
        '2026-03-05T10:00',
        'prisoner.merged',
        { nomsNumber: 'A9002AA', removedNomsNumber: 'A9001AA', reason: 'MERGE' },
        { eventType: 'prison-offender-events.prisoner.merged' },
      ),
      accepts('2026-03-10T13:00', 'C-KEY'),
      heard('2026-03-11T08:56', {
        ...leaves('2026-03-11T08:10', { nomsNumber: 'A9002AA', prisonId: 'QAL' }),
        personReference: { identifiers: [{ type: 'NOMS', value: 'A9002AA' }] },
      }),
    ),
    until: '2026-03-11T10:30',
    about: /^GATE-(01|02|08|12|29) /,
    lines: [
      '2026-03-04 09:00 plan key-worker C-KEY by email',
      '2026-03-10 12:00 accept key-worker C-KEY by email',
      '2026-03-10 12:30 accept on-call C-DAY by email',
      '2026-03-10 13:00 confirmed key-worker C-KEY by email',
      '2026-03-10 13:00 covered on-call C-DAY by email',
      '2026-03-11 07:00 alert key-worker C-KEY by email',
      '2026-03-11 08:56 out-now key-worker C-KEY by email',
      '2026-03-11 10:00 outcome key-worker C-KEY by email',
    ],
  },
  {
    what: 'somebody received into prison two days before an appointment, of which we hear 46 minutes later',
    told: [
      ...[...PEOPLE, { ...order(), ...PERSON }, appointment('2026-03-11T14:00')],
      heard('2026-03-09T18:16', arrives('2026-03-09T17:30', 'ADMISSION')),
    ],
    until: '2026-03-12T00:00',
    about: /^(CUST-01 .*|ATR-01 (day-before|same-day))$/,
    lines: [
      '2026-03-09 18:16 received case-manager C-CM by email',
      '2026-03-09 18:16 ring-prison offender-manager C-OM by email',
      '2026-03-10 14:00 day-before person C-PERSON skipped: in-custody',
      '2026-03-11 12:00 same-day person C-PERSON skipped: in-custody',
    ],
  },
  {
    what: 'a gate meeting closed by somebody who has not heard of the death: nobody is asked to find the person',
    told: releaseAnd(
      release(),
      event('2026-03-09T07:29', 'person.died', { on: '2026-03-09' }, PERSON),
      meeting('2026-03-11T09:56', 'person-not-seen'),
    ),
    until: '2026-03-13T00:00',
    about: /^GATE-(01|02) /,
    lines: [
      '2026-03-04 09:00 plan key-worker C-KEY by email',
      '2026-03-09 07:29 stand-down key-worker C-KEY by email',
      '2026-03-09 07:29 stand-down duty-officer C-DUTY by email',
    ],
  },
  {
    what: 'a gate that opens at midnight',
    told: releaseAnd(release({ gateTime: '00:00' })),
    until: '2026-03-11T04:00',
    about: /^GATE-01 /,
    lines: [
      '2026-03-04 09:00 plan key-worker C-KEY by email',
      '2026-03-10 12:00 accept key-worker C-KEY by email',
      '2026-03-10 12:30 accept on-call C-DAY by email',
      '2026-03-10 13:00 accept duty-officer C-DUTY by email',
      ...both('uncovered', '2026-03-10 17:00'),
      ...both('nobody', '2026-03-10 23:00', '2026-03-11 00:00'),
      '2026-03-11 01:00 outcome duty-officer C-DUTY by email',
      '2026-03-11 02:00 outcome duty-officer C-DUTY by email',
      ...both('unknown', '2026-03-11 03:00'),
    ],
  },
]

describe.each([
  ['what leaves a writer', WHAT_LEAVES_A_WRITER],
  ['what becomes of messages', WHAT_BECOMES_OF_MESSAGES],
  ['where somebody is', WHERE_SOMEBODY_IS],
])('%s', (_, stories) => {
  test.each(stories)('$what', async ({ told, until, about, lines, refused = [] }) => {
    const played = await rehearse(told, until)
    const said = played.lines.filter(({ duty, step }) => about.test(`${duty} ${step}`))
    const written = said.map((line) => short(line) + (line.channel ? ` by ${line.channel}` : ''))
    expect(written.toSorted()).toEqual(lines.toSorted())
    expect(played.refused.map(({ reason }) => reason)).toEqual(refused)
  })
})

describe('what a message prints', () => {
  const asked = async (...more: Told[]) => {
    const { lines } = await rehearse(releaseAnd(...more), '2026-03-10T12:10')
    return lines.filter(({ step }) => step === 'accept').map(({ text = '' }) => text)
  }

  test.each([
    ['\u0174J', '\u0174J'],
    ['J-PW', 'JPW'],
    ['J W', 'JW'],
    ['W\u0302J', '\u0174J'],
  ])('initials in any script, however they are written: %s', async (written, printed) => {
    expect(await asked(release({ initials: written }))).toEqual([
      expect.stringContaining(`Can you meet ${printed}?`),
    ])
  })

  test('a number to ring with its extension', async () => {
    const officer = change('C-DUTY', { phone: '0113 496 0000 ext 204' })
    expect(await asked(officer, release())).toEqual([expect.stringContaining('0113 496 0000 x204')])
  })
})
