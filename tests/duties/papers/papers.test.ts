import { describe, expect, test } from 'vitest'
import { catalogue } from '../../../shared/duties/catalogue.ts'
import { PAPERS_TEXTS } from '../../../shared/duties/papers/texts.ts'
import { contact, event, order, PEOPLE, play, type Told, told } from '../../story.ts'

const varied = (more: Record<string, unknown>, at: string) =>
  event(at, 'order.varied', { orderId: 'O-1', ...more })
const ended = (at: string) =>
  event(at, 'order.ended', { orderId: 'O-1', endedOn: at.slice(0, 10), reason: 'revoked' })
const sent = (document: string, at: string) =>
  event(at, 'document.sent', { orderId: 'O-1', document }, { eventId: `${document}/${at}` })
const late = (told: Told, receivedAt: string): Told => ({ ...told, receivedAt })
const awayOn = (day: string, more: Record<string, unknown> = {}) =>
  contact('C-OM', { absent: [{ from: day, to: day, ...more }] }, '2026-02-01T00:00')

type Example = [name: string, events: Told[], lines: string[], until?: string]

const examplesOf = (duty: string, examples: Example[]) =>
  test.each(examples)('%s', async (_, events, expected, until = '2026-05-01T00:00') => {
    expect(await told(duty, [...PEOPLE, ...events], until)).toEqual(expected)
  })

describe('DOC-02: the provider has the papers within 2 and 5 working days of the sentence', () => {
  const papers = ['court-order', 'pre-sentence-report', 'risk-assessment', 'outline-plan']
  const allBut = (left: number, at: string) => papers.slice(left).map((paper) => sent(paper, at))
  examplesOf('DOC-02', [
    [
      'sentenced on a Monday: Wednesday and the Monday after',
      [order()],
      ['2026-03-04 09:00 send offender-manager C-OM', '2026-03-09 09:00 overdue offender-manager C-OM'],
    ],
    [
      'sentenced on a Saturday, Monday is the first',
      [order({ sentencedOn: '2026-03-07' }, '2026-03-07T12:00')],
      ['2026-03-10 09:00 send offender-manager C-OM', '2026-03-13 09:00 overdue offender-manager C-OM'],
    ],
    [
      'over Easter',
      [order({ sentencedOn: '2026-04-01' }, '2026-04-01T12:00')],
      ['2026-04-07 09:00 send offender-manager C-OM', '2026-04-10 09:00 overdue offender-manager C-OM'],
    ],
    [
      'over Christmas, its Saturday given back on the Monday',
      [order({ sentencedOn: '2026-12-23' }, '2026-12-23T12:00')],
      ['2026-12-29 09:00 send offender-manager C-OM', '2027-01-04 09:00 overdue offender-manager C-OM'],
      '2027-01-10T00:00',
    ],
    ['all four sent in time', [order(), ...allBut(0, '2026-03-03T10:00')], []],
    [
      'three of four are not all',
      [order(), ...allBut(1, '2026-03-03T10:00')],
      ['2026-03-04 09:00 send offender-manager C-OM', '2026-03-09 09:00 overdue offender-manager C-OM'],
    ],
    [
      'the last sent between the two',
      [order(), ...allBut(1, '2026-03-03T10:00'), sent('court-order', '2026-03-06T16:00')],
      ['2026-03-04 09:00 send offender-manager C-OM'],
    ],
    [
      'an order learnt late: the prompt waits for office hours',
      [late(order(), '2026-03-05T18:00')],
      ['2026-03-06 09:00 send offender-manager C-OM', '2026-03-09 09:00 overdue offender-manager C-OM'],
    ],
    [
      'learnt after the second, the first is stale',
      [late(order(), '2026-03-12T10:00')],
      [
        '2026-03-12 10:00 overdue offender-manager C-OM',
        '2026-03-12 10:00 send offender-manager C-OM skipped: stale',
      ],
    ],
    [
      'another day of sentence is another ladder',
      [order(), varied({ sentencedOn: '2026-03-03' }, '2026-03-03T10:00')],
      ['2026-03-05 09:00 send offender-manager C-OM', '2026-03-10 09:00 overdue offender-manager C-OM'],
    ],
    [
      'the offender manager away: their cover, else the probation office',
      [
        contact('C-COVER'),
        contact(
          'C-OM',
          {
            absent: [
              { from: '2026-03-04', to: '2026-03-04', coverContactId: 'C-COVER' },
              { from: '2026-03-09', to: '2026-03-09' },
            ],
          },
          '2026-02-01T00:00',
        ),
        order(),
      ],
      [
        '2026-03-04 09:00 send offender-manager C-COVER',
        '2026-03-09 09:00 overdue probation-office C-OFFICE',
      ],
    ],
    ['the order ended', [order(), ended('2026-03-03T10:00')], []],
  ])

  test.each<[string, Record<string, unknown>, string]>([
    ['tier 2', {}, 'Case O-1: papers for the provider'],
    ['tier 4', { offenderManagementTier: 4 }, 'Case O-1: papers for the provider are overdue'],
    ['a priority offender', { priorityOffender: true }, 'Case O-1: papers for the provider are overdue'],
  ])('what is said after 2 working days: %s', async (_, terms, subject) => {
    const events = [...PEOPLE, order(terms), ...allBut(2, '2026-03-03T10:00')]
    const lines = await play(events, '2026-03-08T00:00')
    const given = lines.filter(({ duty }) => duty === 'DOC-02')
    expect(given).toHaveLength(1)
    expect([subject, 'Case O-1: 2 things to do', 'Case O-1: 2 things to do, 1 overdue']).toContain(
      given[0]?.subject,
    )
    expect(given[0]?.text).toContain('* the court order\n* the pre-sentence report\n\n')
    expect(given[0]?.text).not.toContain('outline plan')
  })
})

describe('DOC-03: the offender manager speaks to the case manager 2 working days before the plan is due', () => {
  examplesOf('DOC-03', [
    [
      '15 days after the sentence, less two',
      [order()],
      ['2026-03-13 09:00 speak-first offender-manager C-OM'],
    ],
    [
      'tier 4: 5 days, a Saturday, less two',
      [order({ offenderManagementTier: 4 })],
      ['2026-03-05 09:00 speak-first offender-manager C-OM'],
    ],
    [
      'a priority offender the same',
      [order({ priorityOffender: true })],
      ['2026-03-05 09:00 speak-first offender-manager C-OM'],
    ],
    [
      'found to be tier 4 on the way',
      [order(), varied({ offenderManagementTier: 4 }, '2026-03-03T10:00')],
      ['2026-03-05 09:00 speak-first offender-manager C-OM'],
    ],
    [
      'Easter does not count',
      [order({ sentencedOn: '2026-03-23' }, '2026-03-23T12:00')],
      ['2026-04-01 09:00 speak-first offender-manager C-OM'],
    ],
    [
      'the plan completed before',
      [order(), event('2026-03-12T10:00', 'sentence-plan.completed', { orderId: 'O-1', on: '2026-03-12' })],
      [],
    ],
    [
      'learnt late, at night: next morning',
      [late(order(), '2026-03-13T21:00')],
      ['2026-03-16 09:00 speak-first offender-manager C-OM'],
    ],
  ])
})

describe('DOC-04: the sentence plan is completed in 15 days, or 5', () => {
  const completed = (at: string) =>
    event(at, 'sentence-plan.completed', { orderId: 'O-1', on: at.slice(0, 10) })
  examplesOf('DOC-04', [
    [
      'due on a Tuesday: 3 days before is a Saturday and moves to Friday',
      [order()],
      [
        '2026-03-13 09:00 due offender-manager C-OM',
        '2026-03-16 09:00 due offender-manager C-OM',
        '2026-03-17 09:00 due offender-manager C-OM',
        '2026-03-18 09:00 overdue offender-manager C-OM',
        '2026-03-18 09:00 overdue probation-office C-OFFICE',
      ],
    ],
    [
      'tier 4, due on a Saturday: the day itself moves back upon the day before and makes it stale; overdue is Monday',
      [order({ offenderManagementTier: 4 })],
      [
        '2026-03-04 09:00 due offender-manager C-OM',
        '2026-03-06 09:00 due offender-manager C-OM skipped: stale',
        '2026-03-06 09:00 due offender-manager C-OM',
        '2026-03-09 09:00 overdue offender-manager C-OM',
        '2026-03-09 09:00 overdue probation-office C-OFFICE',
      ],
    ],
    [
      'due on Easter Monday, everything before it is Maundy Thursday, when only the last is still worth saying',
      [order({ sentencedOn: '2026-04-01', priorityOffender: true }, '2026-04-01T12:00')],
      [
        '2026-04-02 09:00 due offender-manager C-OM skipped: stale',
        '2026-04-02 09:00 due offender-manager C-OM skipped: stale',
        '2026-04-02 09:00 due offender-manager C-OM',
        '2026-04-07 09:00 overdue offender-manager C-OM',
        '2026-04-07 09:00 overdue probation-office C-OFFICE',
      ],
    ],
    [
      'due on 29 February',
      [order({ sentencedOn: '2028-02-14' }, '2028-02-14T12:00')],
      [
        '2028-02-25 09:00 due offender-manager C-OM',
        '2028-02-28 09:00 due offender-manager C-OM',
        '2028-02-29 09:00 due offender-manager C-OM',
        '2028-03-01 09:00 overdue offender-manager C-OM',
        '2028-03-01 09:00 overdue probation-office C-OFFICE',
      ],
      '2028-03-10T00:00',
    ],
    [
      'nine is nine on both sides of the spring change',
      [order({ sentencedOn: '2026-03-15' }, '2026-03-15T12:00')],
      [
        '2026-03-27 09:00 due offender-manager C-OM',
        '2026-03-27 09:00 due offender-manager C-OM skipped: stale',
        '2026-03-30 09:00 due offender-manager C-OM',
        '2026-03-31 09:00 overdue offender-manager C-OM',
        '2026-03-31 09:00 overdue probation-office C-OFFICE',
      ],
    ],
    ['completed before any', [order(), completed('2026-03-12T10:00')], []],
    [
      'completed between two',
      [order(), completed('2026-03-16T10:00')],
      ['2026-03-13 09:00 due offender-manager C-OM', '2026-03-16 09:00 due offender-manager C-OM'],
    ],
    [
      'an order learnt on the morning of a step: the one before it is stale by nine',
      [late(order(), '2026-03-16T08:00')],
      [
        '2026-03-16 09:00 due offender-manager C-OM',
        '2026-03-16 09:00 due offender-manager C-OM skipped: stale',
        '2026-03-17 09:00 due offender-manager C-OM',
        '2026-03-18 09:00 overdue offender-manager C-OM',
        '2026-03-18 09:00 overdue probation-office C-OFFICE',
      ],
    ],
    [
      'the offender manager away when it is overdue: the probation office once',
      [awayOn('2026-03-18'), order(), completed('2026-03-19T10:00')],
      [
        '2026-03-13 09:00 due offender-manager C-OM',
        '2026-03-16 09:00 due offender-manager C-OM',
        '2026-03-17 09:00 due offender-manager C-OM',
        '2026-03-18 09:00 overdue probation-office C-OFFICE',
        '2026-03-18 09:00 overdue probation-office C-OFFICE skipped: told-already',
      ],
    ],
  ])
})

describe('DOC-05: the provider has a copy of the plan within a day', () => {
  const completed = (at: string, on = at.slice(0, 10)) =>
    event(at, 'sentence-plan.completed', { orderId: 'O-1', on })
  const copied = (at: string) => sent('sentence-plan', at)
  examplesOf('DOC-05', [
    [
      'at once, and at 17:00 the next day',
      [order(), completed('2026-03-10T10:00')],
      ['2026-03-10 10:00 copy offender-manager C-OM', '2026-03-11 17:00 overdue offender-manager C-OM'],
    ],
    [
      'the next day is the next day, Sunday, clocks and all',
      [order(), completed('2026-03-28T22:00')],
      ['2026-03-28 22:00 copy offender-manager C-OM', '2026-03-29 17:00 overdue offender-manager C-OM'],
    ],
    [
      'Good Friday too',
      [order(), completed('2026-04-02T16:00')],
      ['2026-04-02 16:00 copy offender-manager C-OM', '2026-04-03 17:00 overdue offender-manager C-OM'],
    ],
    [
      'and 29 February',
      [order({ sentencedOn: '2028-02-14' }, '2028-02-14T12:00'), completed('2028-02-28T10:00')],
      ['2028-02-28 10:00 copy offender-manager C-OM', '2028-02-29 17:00 overdue offender-manager C-OM'],
      '2028-03-10T00:00',
    ],
    [
      'sent before then',
      [order(), completed('2026-03-10T10:00'), copied('2026-03-11T16:59')],
      ['2026-03-10 10:00 copy offender-manager C-OM'],
    ],
    [
      'sent that day, before it was recorded',
      [order(), copied('2026-03-10T09:50'), completed('2026-03-10T10:00')],
      [],
    ],
    [
      'a copy of the day before was of a draft',
      [order(), copied('2026-03-09T16:00'), completed('2026-03-10T10:00')],
      ['2026-03-10 10:00 copy offender-manager C-OM', '2026-03-11 17:00 overdue offender-manager C-OM'],
    ],
    [
      'the next plan wants a copy of its own',
      [order(), completed('2026-03-10T10:00'), copied('2026-03-10T12:00'), completed('2026-04-14T11:00')],
      [
        '2026-03-10 10:00 copy offender-manager C-OM',
        '2026-04-14 11:00 copy offender-manager C-OM',
        '2026-04-15 17:00 overdue offender-manager C-OM',
      ],
    ],
    [
      'completed again before the copy was due, the last is the one to send',
      [order(), completed('2026-03-10T10:00'), completed('2026-03-11T10:00')],
      [
        '2026-03-10 10:00 copy offender-manager C-OM',
        '2026-03-11 10:00 copy offender-manager C-OM',
        '2026-03-12 17:00 overdue offender-manager C-OM',
      ],
    ],
    [
      'learnt when it was already overdue',
      [order(), late(completed('2026-03-10T10:00'), '2026-03-12T20:00')],
      [
        '2026-03-12 20:00 copy offender-manager C-OM skipped: stale',
        '2026-03-12 20:00 overdue offender-manager C-OM',
      ],
    ],
    [
      'recorded when it was already overdue',
      [order(), completed('2026-03-10T10:00', '2026-03-06')],
      ['2026-03-10 10:00 overdue offender-manager C-OM'],
    ],
    [
      'the offender manager away: the probation office',
      [awayOn('2026-03-11'), order(), completed('2026-03-10T10:00')],
      ['2026-03-10 10:00 copy offender-manager C-OM', '2026-03-11 17:00 overdue probation-office C-OFFICE'],
    ],
  ])
})

describe('DOC-08: the second AUDIT is done at the end of the requirement', () => {
  const scored = (on: string, instrument = 'AUDIT') =>
    event(`${on}T12:00`, 'audit.scored', { orderId: 'O-1', instrument, score: 7, on })
  /** A step to both workers. */
  const both = (when: string, step: string) => [
    `${when} ${step} case-manager C-CM`,
    `${when} ${step} offender-manager C-OM`,
  ]
  const end = '2026-09-16T00:00'
  examplesOf('DOC-08', [
    [
      '14 and 3 days before 1 September, the Saturday moved to Friday; overdue the day after',
      [order()],
      [
        ...both('2026-08-18 09:00', 'score'),
        ...both('2026-08-28 09:00', 'score'),
        ...both('2026-09-02 09:00', 'overdue'),
      ],
      end,
    ],
    [
      'the end of a requirement that is not that of the order, on Easter Monday',
      [order({ requirementStartsOn: '2026-03-07', requirementMonths: 1 })],
      [
        ...both('2026-03-23 09:00', 'score'),
        ...both('2026-04-02 09:00', 'score'),
        ...both('2026-04-07 09:00', 'overdue'),
      ],
    ],
    [
      'on the night the clocks go back',
      [order({ startsOn: '2026-04-26' })],
      [
        ...both('2026-10-09 09:00', 'score'),
        ...both('2026-10-22 09:00', 'score'),
        ...both('2026-10-26 09:00', 'overdue'),
      ],
      '2026-11-08T00:00',
    ],
    [
      'begun on the 31st, it ends on the 29th of a month of thirty',
      [order({ startsOn: '2026-03-31' })],
      [
        ...both('2026-09-15 09:00', 'score'),
        ...both('2026-09-25 09:00', 'score'),
        ...both('2026-09-30 09:00', 'overdue'),
      ],
      '2026-10-10T00:00',
    ],
    [
      'on 29 February',
      [order({ sentencedOn: '2027-09-01' }, '2027-09-01T12:00')],
      [
        ...both('2028-02-15 09:00', 'score'),
        ...both('2028-02-25 09:00', 'score'),
        ...both('2028-03-01 09:00', 'overdue'),
      ],
      '2028-03-10T00:00',
    ],
    ['scored 28 days before the end', [order(), scored('2026-08-04', 'AUDIT-C')], [], end],
    [
      'scored 29 days before, it does not count',
      [order(), scored('2026-08-03')],
      [
        ...both('2026-08-18 09:00', 'score'),
        ...both('2026-08-28 09:00', 'score'),
        ...both('2026-09-02 09:00', 'overdue'),
      ],
      end,
    ],
    ['scored between two', [order(), scored('2026-08-20')], both('2026-08-18 09:00', 'score'), end],
    [
      'a longer order has another end, and is asked about afresh',
      [order(), varied({ lengthMonths: 7 }, '2026-08-20T10:00')],
      [
        ...both('2026-08-18 09:00', 'score'),
        ...both('2026-09-17 09:00', 'score'),
        ...both('2026-09-28 09:00', 'score'),
        ...both('2026-10-02 09:00', 'overdue'),
      ],
      '2026-10-16T00:00',
    ],
    ['the order ended before', [order(), ended('2026-08-01T10:00')], [], end],
  ])
})

describe('DOC-09: what comes after is talked about 14 days before the end', () => {
  examplesOf('DOC-09', [
    ['a Tuesday', [order()], ['2026-08-18 09:00 what-next offender-manager C-OM'], '2026-09-16T00:00'],
    [
      'a Sunday moves to Friday',
      [order({ startsOn: '2026-04-26' })],
      ['2026-10-09 09:00 what-next offender-manager C-OM'],
      '2026-11-08T00:00',
    ],
    [
      'Christmas Day moves to Christmas Eve',
      [order({ startsOn: '2026-07-09' })],
      ['2026-12-24 09:00 what-next offender-manager C-OM'],
      '2027-01-20T00:00',
    ],
    [
      'an order learnt inside the 14 days: at the next office hour',
      [late(order(), '2026-08-22T12:00')],
      ['2026-08-24 09:00 what-next offender-manager C-OM'],
      '2026-09-16T00:00',
    ],
    [
      'the offender manager away: the probation office',
      [awayOn('2026-08-18'), order()],
      ['2026-08-18 09:00 what-next probation-office C-OFFICE'],
      '2026-09-16T00:00',
    ],
    ['the order ended before', [order(), ended('2026-08-01T10:00')], [], '2026-09-16T00:00'],
  ])
})

describe('what the papers’ texts say', () => {
  test.each(Object.entries(PAPERS_TEXTS))(
    '%s: in both languages, and never what it is about',
    (_, { en, cy }) => {
      expect(cy).toBeDefined()
      const said = [en.subject, en.text, cy?.subject, cy?.text].join(' ')
      expect(said).not.toMatch(/alcohol|drink|treatment|intoxicat|yfed|meddw|triniaeth/i)
      for (const subject of [en.subject, cy?.subject]) expect(subject).toContain('{{ orderId }}')
    },
  )

  test('somebody who reads both languages gets both', async () => {
    const people = ['C-OM', 'C-CM'].map((id) => contact(id, { language: 'both' }, '2026-02-01T00:00'))
    const plan = event('2026-03-20T10:00', 'sentence-plan.completed', { orderId: 'O-1', on: '2026-03-20' })
    const lines = await play([...PEOPLE, ...people, order({ lengthMonths: 1 }), plan], '2026-04-16T00:00')
    const given = lines.filter(({ duty, to }) => duty.startsWith('DOC-') && to !== 'C-OFFICE')
    expect(new Set(given.map(({ duty, step }) => `${duty} ${step}`))).toEqual(
      new Set(catalogue().flatMap(({ duty, step }) => (duty.startsWith('DOC-') ? [`${duty} ${step}`] : []))),
    )
    for (const { text } of given)
      expect(text).toMatch(/Case O-1: http.*\n\nThroughcare\n\n---\n\n[\s\S]*Achos O-1: http/)
  })
})
