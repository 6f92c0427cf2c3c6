import { describe, expect, test } from 'vitest'
import { appointment, contact, event, order, PEOPLE, play, type Told, told } from '../../story.ts'

/** What happens, in which events, and the lines that the schedule then asks for. */
type Example = readonly [what: string, events: readonly Told[], lines: readonly string[]]

/**
 * Holds one duty to its examples. Unless they say otherwise the order is of 2 March and six months: half-way on
 * Tuesday 2 June, and at its end on Tuesday 1 September.
 */
function examples(duty: string, until: string, table: readonly Example[], given: readonly Told[] = made) {
  test.each(table)('%s', async (_, events, lines) => {
    expect(await told(duty, [...given, ...events], until)).toEqual(lines)
  })
}

const made = [...PEOPLE, order()]
const later = (told: Told, receivedAt: string): Told => ({ ...told, receivedAt })
const vary = (more: Record<string, unknown>, at = '2026-03-02T09:30') =>
  event(at, 'order.varied', { orderId: 'O-1', ...more })
const onOrder = (at: string, type: string, more: Record<string, unknown>) =>
  event(at, type, { orderId: 'O-1', ...more })
/** A three-way meeting, booked on 3 March unless said otherwise. */
const threeWay = (startsAt: string, more: Record<string, unknown> = {}, at = '2026-03-03T10:00') =>
  appointment(startsAt, { kind: 'three-way', appointmentId: `A-${startsAt.slice(0, 10)}`, ...more }, at)
const first = threeWay('2026-03-05T10:00')
const cancelled = (appointmentId: string, at: string) =>
  onOrder(at, 'appointment.cancelled', { appointmentId })
const sheet = (appointmentId: string, at: string, attendance = 'attended') =>
  onOrder(at, 'contact-sheet.submitted', {
    appointmentId,
    attendance,
    nextAppointment: 'none-booked',
    progress: [],
    by: 'C-CM',
  })
const programmeCompleted = (at: string) => onOrder(at, 'core-programme.completed', { on: at.slice(0, 10) })
const reportSent = (at: string) => onOrder(at, 'document.sent', { document: 'completion-report' })
/** The same line for both of an order's managers, as they come: by noticeId. */
const both = (line: string) => [`${line} case-manager C-CM`, `${line} offender-manager C-OM`]
const at9 = (step: string, days: readonly string[]) => days.flatMap((day) => both(`${day} 09:00 ${step}`))

describe('TWM-01: the first meeting is a three-way meeting', () => {
  const om = (...times: string[]) => times.map((at) => `${at} first-meeting offender-manager C-OM`)
  const office = (at: string) => `${at} first-meeting probation-office C-OFFICE`
  examples(
    'TWM-01',
    '2026-04-30T00:00',
    [
      [
        'on the order, 3 and 5 working days after, then the probation office too',
        [order()],
        [...om('2026-03-02 09:00', '2026-03-05 09:00', '2026-03-09 09:00'), office('2026-03-09 09:00')],
      ],
      [
        'made a minute before 17:00: at once',
        [order({}, '2026-03-02T16:59')],
        [...om('2026-03-02 16:59', '2026-03-05 09:00', '2026-03-09 09:00'), office('2026-03-09 09:00')],
      ],
      [
        'made at 17:00: the next morning',
        [order({}, '2026-03-02T17:00')],
        [...om('2026-03-03 09:00', '2026-03-05 09:00', '2026-03-09 09:00'), office('2026-03-09 09:00')],
      ],
      [
        'made at the hour at which it is 17:00 in London and the clocks have changed, before Easter',
        [order({ sentencedOn: '2026-04-02' }, '2026-04-02T16:00Z')],
        [...om('2026-04-07 09:00', '2026-04-09 09:00', '2026-04-13 09:00'), office('2026-04-13 09:00')],
      ],
      ['booked at once', [order(), threeWay('2026-03-05T10:00', {}, '2026-03-02T09:00')], []],
      ['booked between', [order(), first], om('2026-03-02 09:00')],
      [
        'booked, and cancelled again',
        [order(), first, cancelled('A-2026-03-05', '2026-03-04T10:00')],
        [...om('2026-03-02 09:00', '2026-03-05 09:00', '2026-03-09 09:00'), office('2026-03-09 09:00')],
      ],
      [
        'booked, and not held',
        [order(), threeWay('2026-03-04T10:00'), sheet('A-2026-03-04', '2026-03-04T12:00', 'did-not-attend')],
        [...om('2026-03-02 09:00', '2026-03-05 09:00', '2026-03-09 09:00'), office('2026-03-09 09:00')],
      ],
      [
        'one of another stage is not the first',
        [order(), threeWay('2026-06-02T10:00', { stage: 'half-way' })],
        [...om('2026-03-02 09:00', '2026-03-05 09:00', '2026-03-09 09:00'), office('2026-03-09 09:00')],
      ],
      [
        'learnt late: the older is stale',
        [later(order(), '2026-03-06T10:00')],
        [
          ...om('2026-03-06 10:00'),
          '2026-03-06 10:00 first-meeting offender-manager C-OM skipped: stale',
          ...om('2026-03-09 09:00'),
          office('2026-03-09 09:00'),
        ],
      ],
    ],
    PEOPLE,
  )
})

describe('TWM-04: a three-way meeting at the half-way point', () => {
  const office = (day: string) => `${day} 09:00 half-way probation-office C-OFFICE`
  examples('TWM-04', '2026-08-01T00:00', [
    [
      '28, 14, 7 days before; 7 and 14 after, then the probation office too',
      [],
      [
        ...at9('half-way', ['2026-05-05', '2026-05-19', '2026-05-26', '2026-06-09', '2026-06-16']),
        office('2026-06-16'),
      ],
    ],
    [
      'on bank holidays: before half-way the working day before',
      [vary({ requirementStartsOn: '2026-03-01' })], // half-way on Monday 1 June
      [
        ...at9('half-way', ['2026-05-01', '2026-05-18', '2026-05-22', '2026-06-08', '2026-06-15']),
        office('2026-06-15'),
      ],
    ],
    [
      'and after it the working day after',
      [vary({ requirementStartsOn: '2026-03-12', requirementMonths: 3 })], // half-way on Monday 27 April
      [
        ...at9('half-way', ['2026-03-30', '2026-04-13', '2026-04-20', '2026-05-05', '2026-05-11']),
        office('2026-05-11'),
      ],
    ],
    [
      'booked as such',
      [threeWay('2026-06-02T10:00', { stage: 'half-way' }, '2026-05-20T10:00')],
      at9('half-way', ['2026-05-05', '2026-05-19']),
    ],
    [
      'booked within 28 days of half-way, after a first',
      [first, threeWay('2026-06-30T10:00', {}, '2026-05-20T10:00')],
      at9('half-way', ['2026-05-05', '2026-05-19']),
    ],
    [
      'the only one there is, is the first',
      [threeWay('2026-06-02T10:00', {}, '2026-05-20T10:00')],
      [
        ...at9('half-way', ['2026-05-05', '2026-05-19', '2026-05-26', '2026-06-09', '2026-06-16']),
        office('2026-06-16'),
      ],
    ],
    [
      'later than 28 days after half-way it is something else',
      [first, threeWay('2026-07-01T10:00')],
      [
        ...at9('half-way', ['2026-05-05', '2026-05-19', '2026-05-26', '2026-06-09', '2026-06-16']),
        office('2026-06-16'),
      ],
    ],
    [
      'booked, and cancelled after its day had passed',
      [
        threeWay('2026-06-02T10:00', { stage: 'half-way' }, '2026-05-20T10:00'),
        cancelled('A-2026-06-02', '2026-06-10T10:00'),
      ],
      [...at9('half-way', ['2026-05-05', '2026-05-19', '2026-06-16']), office('2026-06-16')],
    ],
    [
      'the requirement is extended: half-way moves',
      [vary({ requirementMonths: 8 }, '2026-05-20T10:00')], // to Thursday 2 July
      [
        ...at9('half-way', ['2026-05-05', '2026-05-19', '2026-06-04', '2026-06-18', '2026-06-25']),
        ...at9('half-way', ['2026-07-09', '2026-07-16']),
        office('2026-07-16'),
      ],
    ],
  ])
})

describe('TWM-05: a three-way meeting at the end of treatment', () => {
  const office = (day: string) => `${day} 09:00 end probation-office C-OFFICE`
  const ALL = ['2026-08-04', '2026-08-18', '2026-08-25', '2026-09-02', '2026-09-03', '2026-09-04']
  const everything = [...at9('end', ALL), office('2026-09-07')]
  examples('TWM-05', '2026-09-30T00:00', [
    [
      '28, 14, 7 days before; the day after and 2 working days more, then the probation office',
      [],
      everything,
    ],
    [
      'ending on a Friday: Saturday’s prompt moves to Monday, and shifts no other',
      [vary({ treatmentEndsOn: '2026-07-31' })],
      [
        ...at9('end', ['2026-07-03', '2026-07-17', '2026-07-24', '2026-08-03', '2026-08-04']),
        office('2026-08-05'),
      ],
    ],
    [
      'booked as such',
      [threeWay('2026-08-26T10:00', { stage: 'end' }, '2026-08-20T10:00')],
      at9('end', ALL.slice(0, 2)),
    ],
    [
      'booked for the last 28 days, after a first',
      [first, threeWay('2026-08-04T10:00', {}, '2026-08-03T10:00')],
      [],
    ],
    ['booked for the day before those', [first, threeWay('2026-08-03T10:00')], everything],
    [
      'the first there is, near the end and after the core programme, serves for it',
      [programmeCompleted('2026-08-24T10:00'), threeWay('2026-09-15T10:00', {}, '2026-08-24T11:00')],
      at9('end', ALL.slice(0, 2)),
    ],
    [
      'before the core programme it does not',
      [threeWay('2026-08-26T10:00', {}, '2026-08-24T11:00')],
      everything,
    ],
    [
      'treatment ended sooner: what has passed is stale, but for the last',
      [onOrder('2026-07-15T16:00', 'treatment.ended', { on: '2026-07-15' })],
      [
        ...both('2026-07-15 16:00 end').map((line) => `${line} skipped: stale`),
        ...both('2026-07-15 16:00 end').map((line) => `${line} skipped: stale`),
        ...both('2026-07-15 16:00 end'),
        ...at9('end', ['2026-07-16', '2026-07-17', '2026-07-20']),
        office('2026-07-21'),
      ],
    ],
  ])
})

describe('TWM-06: core programme completed: a report, and a three-way meeting', () => {
  const om = (at: string) => `${at} completed offender-manager C-OM`
  const cm = (day: string) => `${day} 09:00 report-and-meeting case-manager C-CM`
  const monday = programmeCompleted('2026-06-01T16:00')
  const everything = [om('2026-06-01 16:00'), cm('2026-06-04'), om('2026-06-08 09:00'), cm('2026-06-08')]
  const review = threeWay('2026-06-12T10:00', {}, '2026-06-03T10:00')
  examples('TWM-06', '2026-07-31T00:00', [
    [
      'at once; the case manager after 3 and 5 working days; the offender manager again',
      [monday],
      everything,
    ],
    [
      'at once is any day and any hour',
      [programmeCompleted('2026-05-31T22:30')],
      [om('2026-05-31 22:30'), cm('2026-06-03'), om('2026-06-05 09:00'), cm('2026-06-05')],
    ],
    [
      'working days over a bank holiday',
      [programmeCompleted('2026-05-21T16:00')],
      [om('2026-05-21 16:00'), cm('2026-05-27'), om('2026-05-29 09:00'), cm('2026-05-29')],
    ],
    ['the report alone is not enough', [monday, reportSent('2026-06-02T10:00')], everything],
    ['the meeting alone is not enough', [monday, review], everything],
    ['both', [monday, reportSent('2026-06-02T10:00'), review], [om('2026-06-01 16:00')]],
    [
      'both, between the two',
      [monday, review, reportSent('2026-06-05T10:00')],
      [om('2026-06-01 16:00'), cm('2026-06-04')],
    ],
    [
      'a meeting held before is not later',
      [monday, reportSent('2026-06-02T10:00'), threeWay('2026-05-28T10:00')],
      everything,
    ],
    [
      'learnt late',
      [later(monday, '2026-06-05T10:00')],
      [
        om('2026-06-05 10:00'),
        '2026-06-05 10:00 report-and-meeting case-manager C-CM',
        ...everything.slice(2),
      ],
    ],
  ])
  test('the case manager reads which of the two is done', async () => {
    const lines = await play([...made, monday, reportSent('2026-06-02T10:00')], '2026-06-05T00:00')
    const text = lines.find((line) => line.step === 'report-and-meeting')?.text
    expect(text).toContain('* (done) send the completion report')
    expect(text).toContain('* arrange a three-way meeting')
  })
})

describe('TWM-07 and TWM-08: before the review of the sentence plan, or the case manager is asked', () => {
  const plan = (reviewOn: string, at = '2026-03-10T10:00') =>
    onOrder(at, 'sentence-plan.completed', { on: at.slice(0, 10), reviewOn })
  const completed = programmeCompleted('2026-06-01T16:00')
  const cm = (...days: string[]) => days.map((day) => `${day} 09:00 before-review case-manager C-CM`)
  const om = (...days: string[]) => days.map((day) => `${day} 09:00 ask offender-manager C-OM`)

  describe('TWM-07', () => {
    examples('TWM-07', '2026-07-31T00:00', [
      ['10 and 5 working days before', [plan('2026-06-30'), completed], cm('2026-06-16', '2026-06-23')],
      [
        'over Easter',
        [plan('2026-04-06'), programmeCompleted('2026-03-18T16:00')],
        cm('2026-03-20', '2026-03-27'),
      ],
      [
        'no review set',
        [onOrder('2026-03-10T10:00', 'sentence-plan.completed', { on: '2026-03-10' }), completed],
        [],
      ],
      ['core programme not completed', [plan('2026-06-30')], []],
      [
        'core programme completed between the two',
        [plan('2026-06-30'), programmeCompleted('2026-06-18T16:00')],
        cm('2026-06-23'),
      ],
      [
        'booked between the two',
        [plan('2026-06-30'), completed, threeWay('2026-06-25T10:00', {}, '2026-06-18T10:00')],
        cm('2026-06-16'),
      ],
      [
        'the meetings before the core programme was completed are others',
        [plan('2026-06-30'), completed, first],
        cm('2026-06-16', '2026-06-23'),
      ],
      [
        'the review is moved',
        [plan('2026-06-30'), completed, plan('2026-07-28', '2026-06-17T10:00')],
        cm('2026-06-16', '2026-07-14', '2026-07-21'),
      ],
    ])
  })

  describe('TWM-08', () => {
    examples('TWM-08', '2026-07-31T00:00', [
      [
        'on the day, and 2 working days after',
        [plan('2026-06-30'), completed],
        om('2026-06-30', '2026-07-02'),
      ],
      ['on a bank holiday: the working day before', [plan('2026-04-06')], om('2026-04-02', '2026-04-08')],
      [
        'booked between the two',
        [plan('2026-06-30'), completed, threeWay('2026-07-09T10:00', {}, '2026-07-01T10:00')],
        om('2026-06-30'),
      ],
      ['held since the core programme', [plan('2026-06-30'), completed, threeWay('2026-06-12T10:00')], []],
      [
        'with the programme under way, one that is past does not count',
        [plan('2026-06-30'), first],
        om('2026-06-30', '2026-07-02'),
      ],
      ['one ahead does', [plan('2026-06-30'), threeWay('2026-07-09T10:00')], []],
      [
        'learnt late',
        [later(plan('2026-06-30'), '2026-07-01T10:00')],
        ['2026-07-01 10:00 ask offender-manager C-OM', ...om('2026-07-02')],
      ],
    ])
  })
})

describe('TWM-10: joint reviews every month or six weeks', () => {
  const high = order({ seriousness: 'high' })
  const review = (startsAt: string, kind = 'review') => threeWay(startsAt, { kind })
  examples(
    'TWM-10',
    '2026-05-06T00:00',
    [
      [
        'high: monthly, 7 days before and the day after, on working days',
        [high],
        at9('review', ['2026-03-26', '2026-04-07', '2026-04-24', '2026-05-05']),
      ],
      [
        'medium: every 42 days, 7 before them being Easter Monday',
        [order({ seriousness: 'medium' })],
        at9('review', ['2026-04-02', '2026-04-14']),
      ],
      ['low: none', [order()], []],
      [
        'any attention: monthly',
        [order({ attention: ['complex'] })],
        at9('review', ['2026-03-26', '2026-04-07', '2026-04-24', '2026-05-05']),
      ],
      [
        'a review booked in the window, its last day included',
        [high, review('2026-04-02T16:00')],
        at9('review', ['2026-04-24', '2026-05-05']),
      ],
      [
        'a three-way will do',
        [high, review('2026-03-20T10:00', 'three-way')],
        at9('review', ['2026-04-24', '2026-05-05']),
      ],
      [
        'a treatment appointment will not',
        [high, review('2026-03-20T10:00', 'treatment')],
        at9('review', ['2026-03-26', '2026-04-07', '2026-04-24', '2026-05-05']),
      ],
      [
        'booked a day after the window: overdue all the same, and the next is provided for',
        [high, review('2026-04-03T10:00')],
        at9('review', ['2026-03-26', '2026-04-07']),
      ],
      [
        'booked after the prompt',
        [high, threeWay('2026-04-01T10:00', { kind: 'review' }, '2026-03-30T10:00')],
        at9('review', ['2026-03-26', '2026-04-24', '2026-05-05']),
      ],
      [
        'from the last one held',
        [high, review('2026-03-20T10:00'), sheet('A-2026-03-20', '2026-03-20T12:00')],
        at9('review', ['2026-04-13', '2026-04-21']),
      ],
      [
        'the order ends',
        [high, onOrder('2026-04-01T10:00', 'order.ended', { endedOn: '2026-04-01', reason: 'revoked' })],
        at9('review', ['2026-03-26']),
      ],
      [
        'learnt late: the older is stale',
        [later(high, '2026-04-08T10:00')],
        [
          ...both('2026-04-08 10:00 review').map((line) => `${line} skipped: stale`),
          ...both('2026-04-08 10:00 review'),
          ...at9('review', ['2026-04-24', '2026-05-05']),
        ],
      ],
    ],
    PEOPLE,
  )
  examples(
    'TWM-10',
    '2026-10-31T00:00',
    [
      [
        'none falls due when the order has run out',
        [order({ seriousness: 'high', lengthMonths: 2 })], // until 1 May
        at9('review', ['2026-03-26', '2026-04-07']),
      ],
      [
        'a month from the 31st is held to the end of a shorter one, and the next is not',
        [order({ seriousness: 'high', sentencedOn: '2026-03-31', lengthMonths: 4 }, '2026-03-31T09:00')],
        at9('review', ['2026-04-23', '2026-05-01', '2026-05-22', '2026-06-01', '2026-06-23', '2026-07-01']),
      ],
    ],
    PEOPLE,
  )
  examples(
    'TWM-10',
    '2028-03-10T00:00',
    [
      [
        'a month from 31 January is 29 February in a leap year',
        [order({ seriousness: 'high', sentencedOn: '2028-01-31' }, '2028-01-31T09:00')],
        at9('review', ['2028-02-22', '2028-03-01']),
      ],
    ],
    PEOPLE,
  )
})

describe('TWM-14: a three-way meeting that is not confirmed, or is declined, is at risk', () => {
  const A = 'A-2026-03-19'
  const thursday = threeWay('2026-03-19T10:00')
  const answer = (is: 'confirmed' | 'declined', by: string, at: string, appointmentId = A) =>
    event(at, `appointment.${is}`, { orderId: 'O-1', appointmentId, by }, { eventId: `${is}/${by}/${at}` })
  const confirmed = (by: string, at = '2026-03-10T10:00') => answer('confirmed', by, at)
  const declined = (by: string, at = '2026-03-12T22:00') => answer('declined', by, at)
  const om = (at: string) => `${at} at-risk offender-manager C-OM`
  const dated = at9('at-risk', ['2026-03-17'])
  const atOnce = both('2026-03-12 22:00 at-risk')
  examples('TWM-14', '2026-04-30T00:00', [
    ['nobody has confirmed: 2 working days before', [thursday], dated],
    ['the case manager has', [thursday, confirmed('C-CM')], [om('2026-03-17 09:00')]],
    ['the offender manager has', [thursday, confirmed('C-OM')], dated],
    ['both have', [thursday, confirmed('C-OM'), confirmed('C-CM')], []],
    [
      'both have, but one took it back',
      [thursday, confirmed('C-OM'), confirmed('C-CM'), declined('C-CM')],
      [...atOnce, ...dated],
    ],
    [
      'the person declines: at once, any hour',
      [thursday, confirmed('C-OM'), confirmed('C-CM'), declined('C-PERSON')],
      atOnce,
    ],
    ['and the worker who has not confirmed', [thursday, declined('C-PERSON')], [...atOnce, ...dated]],
    [
      'declined and confirmed after all, before we learn of it',
      [
        thursday,
        confirmed('C-CM', '2026-03-10T09:00'),
        later(declined('C-OM', '2026-03-10T10:00'), '2026-03-12T10:00'),
        confirmed('C-OM', '2026-03-11T10:00'),
      ],
      both('2026-03-12 10:00 at-risk').map((line) => `${line} skipped: no-longer-true`),
    ],
    ['cancelled', [thursday, cancelled(A, '2026-03-16T10:00')], []],
    [
      'moved after the warning was due, before we learn of either',
      [
        later(thursday, '2026-03-17T10:00'),
        later(
          onOrder('2026-03-17T09:30', 'appointment.rearranged', {
            appointmentId: A,
            startsAt: '2026-03-24T10:00',
          }),
          '2026-03-17T10:00',
        ),
      ],
      [
        ...both('2026-03-17 10:00 at-risk').map((line) => `${line} skipped: no-longer-true`),
        ...at9('at-risk', ['2026-03-20']),
      ],
    ],
    [
      'confirmed, then moved: the new time is to be confirmed too',
      [
        thursday,
        confirmed('C-OM'),
        confirmed('C-CM'),
        onOrder('2026-03-16T10:00', 'appointment.rearranged', {
          appointmentId: A,
          startsAt: '2026-03-20T10:00',
        }),
      ],
      at9('at-risk', ['2026-03-18']),
    ],
    [
      'booked later than that: at once',
      [threeWay('2026-03-19T10:00', {}, '2026-03-18T11:00')],
      both('2026-03-18 11:00 at-risk'),
    ],
    [
      'booked later than that, in the evening: at 09:00',
      [threeWay('2026-03-19T10:00', {}, '2026-03-18T18:00')],
      at9('at-risk', ['2026-03-19']),
    ],
    [
      'booked later than that, and over by 09:00',
      [threeWay('2026-03-19T08:30', {}, '2026-03-18T18:00')],
      at9('at-risk', ['2026-03-19']).map((line) => `${line} skipped: stale`),
    ],
    ['over Easter', [threeWay('2026-04-07T10:00')], at9('at-risk', ['2026-04-01'])],
    ['only a three-way', [appointment('2026-03-19T10:00')], []],
  ])

  test('it says who is awaited, or who cannot come', async () => {
    const text = async (...events: Told[]) => {
      const lines = await play([...made, thursday, ...events], '2026-03-18T00:00')
      return lines.find((line) => line.duty === 'TWM-14')?.text?.split('\n')[0]
    }
    const meeting = 'The three-way meeting on Thursday 19 March at 10am is at risk:'
    const please = 'Please say whether you can come, or find another time.'
    expect(await text()).toBe(
      `${meeting} you have not confirmed it, and neither has the offender manager. ${please}`,
    )
    expect(await text(confirmed('C-OM'))).toBe(`${meeting} you have not confirmed it. ${please}`)
    expect(await text(confirmed('C-CM'))).toBe(`${meeting} you have not confirmed it. ${please}`)
    expect(await text(declined('C-PERSON'))).toBe(
      'The person cannot come to the three-way meeting on Thursday 19 March at 10am. Please find another time.',
    )
  })
})

test('all three parties get their own reminder, naming only what is theirs to know', async () => {
  const lines = await play(
    [...made, threeWay('2026-03-19T10:00', { place: '12 High Street' })],
    '2026-03-20T00:00',
  )
  const reminders = lines.filter((line) => line.duty === 'ATR-01')
  expect(reminders.map(({ step, to }) => `${step} ${to}`)).toEqual([
    'day-before C-PERSON',
    'day-list C-CM',
    'day-list C-OM',
    'same-day C-PERSON',
  ])
  for (const { role, text } of reminders) {
    if (role === 'person') expect(text).not.toMatch(/meeting|C-OM|C-CM|High Street/)
    else expect(text).toContain('* 10am, case O-1, Name of C-PERSON, three-way meeting, 12 High Street')
  }
})

test('a worker who reads Welsh is told in Welsh', async () => {
  const welsh = contact('C-OM', { language: 'cy' }, '2026-02-01T00:00')
  const [line] = await play([...made, welsh], '2026-03-02T12:00')
  expect(line?.subject).toBe('Achos O-1: trefnwch y cyfarfod teirffordd cyntaf')
})
