import { describe, expect, test } from 'vitest'
import { catalogue, choicesOf, rowsOf } from '../../shared/duties/catalogue.ts'

/** The rows of the schedule: each duty's named steps; a row without a name is written `-`. */
const SCHEDULE: Readonly<Record<string, string>> = {
  'DEATH-01': '-',
  'CUST-01': '-',
  'ATR-26': '-',
  'GATE-18': '-',
  'ATR-01': 'day-before same-day day-list ring-them replied stopped',
  'ATR-08': 'moved',
  'CUS-13': 'cancelled rebook',
  'ATR-09': '-',
  'ATR-03': '-',
  'ATR-04': '- overdue',
  'ATR-07': '-',
  'ATR-10': '-',
  'ATR-15': '-',
  'ATR-16': '-',
  'ATR-18': '-',
  'TWM-01': '-',
  'TWM-04': '-',
  'TWM-05': '-',
  'TWM-06': '-',
  'TWM-07': '-',
  'TWM-08': '-',
  'TWM-10': '-',
  'TWM-14': 'at-risk',
  'FAX-01': 'prompt evening overdue missing update unread',
  'FAX-02': 'return',
  'FAX-05': '-',
  'FAX-06': '-',
  'FAX-07': '-',
  'FAX-08': '-',
  'FAX-12': '-',
  'ATR-20': '-',
  'DOC-02': '-',
  'DOC-03': '-',
  'DOC-04': '-',
  'DOC-05': '-',
  'DOC-08': '-',
  'DOC-09': '-',
  'SP-02': '- ending awaiting lapsed',
  'SP-05': '-',
  'SP-13': '-',
  'SP-21': '-',
  'MA-01': '-',
  'GATE-11': 'prescription',
  'GATE-12': 'unplanned',
  'GATE-13': 'take-home-kit',
  'GATE-14': 'gp-records',
  'GATE-15': 'identity',
  'GATE-25': 'accommodation',
  'GATE-26': 'money',
  'GATE-10': '-',
  'GATE-09': 'hearing stand-down',
  'GATE-01': 'plan accept confirmed uncovered nobody alert outcome replied unknown not-met',
  'GATE-08': 'out-now perhaps-out',
  'GATE-02': 'covered stand-down',
  'GATE-29': 'moved',
  'ROTA-01': 'gap',
  'GATE-16': 'follow-up missed',
}
/** SP-03 tells nobody anything: that nothing of the old ladder survives a renewal is how SP-02 is written. */

const rows = catalogue()
const stepsOf = (duty: string) => rows.filter((row) => row.duty === duty).map((row) => row.step)

describe('the catalogue', () => {
  test.each(Object.entries(SCHEDULE))('%s has a duty for each of its rows: %s', (duty, steps) => {
    const named = steps.split(' ').filter((step) => step !== '-')
    const kept = stepsOf(duty)
    expect(kept).toEqual(expect.arrayContaining(named))
    if (steps.startsWith('-')) expect(kept.filter((step) => !named.includes(step)).length).toBeGreaterThan(0)
  })

  test('has no duty that the schedule does not know, and no step that a fully named duty does not', () => {
    expect(rows.map((row) => row.duty).filter((duty) => !(duty in SCHEDULE))).toEqual([])
    const unknown = rows.filter(({ duty, step }) => {
      const steps = (SCHEDULE[duty] ?? '').split(' ')
      return !steps.includes('-') && !steps.includes(step)
    })
    expect(unknown.map((row) => `${row.duty} ${row.step}`)).toEqual([])
  })

  test.each(rows.map((row) => [`${row.duty} ${row.step}`, row] as const))(
    '%s says whom, when, where it comes from, and what it says in both languages',
    (_, row) => {
      expect(row.to).not.toBe('')
      expect(row.when).not.toBe('')
      expect(row.source).not.toBe('')
      const texts = Object.values(row.texts)
      expect(texts.length).toBeGreaterThan(0)
      for (const { en, cy } of texts) {
        expect(en.subject && en.text && cy?.subject && cy.text).toBeTruthy()
      }
    },
  )

  test.each(rows.map((row) => [`${row.duty} ${row.step}`, row] as const))(
    '%s can be answered where its text asks, and nowhere else',
    (_, row) => {
      for (const { texts, answers } of rowsOf(row)) {
        const asks = texts.some(({ en, cy }) =>
          /{{ (answer|sayYesOrNo|sayNo) }}/.test(`${en.text} ${cy?.text}`),
        )
        expect(answers !== undefined).toBe(asks)
      }
    },
  )

  test.each(rows.map((row) => [`${row.duty} ${row.step}`, row] as const))(
    '%s asks in its text for what it asks: a text message has no subject',
    (_, row) => {
      const asking = rowsOf(row).filter(({ asks }) => asks && asks !== 'conversation')
      for (const { en } of asking.flatMap(({ texts }) => texts)) expect(en.text).toMatch(/please|\?|record/i)
    },
  )

  test('an alarm is raised where nobody has agreed to be at the gate, from the evening before', () => {
    const alarming = rows.filter((row) => rowsOf(row).some(({ alarm }) => alarm === 'release-uncovered'))
    expect(alarming.map(({ duty, step }) => `${duty} ${step}`)).toEqual([
      'GATE-01 uncovered',
      'GATE-01 nobody',
    ])
  })

  test('a notice of a row that the schedule has dropped asks for nothing', () => {
    expect(choicesOf({ duty: 'GATE-99', step: 'plan' })).toEqual([])
    expect(choicesOf({ duty: 'GATE-01', step: 'perhaps' })).toEqual([])
  })
})
