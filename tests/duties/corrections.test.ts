import { describe, expect, test } from 'vitest'
import { ROW_TEXTS } from '../texts.ts'

/**
 * Corrections owed: each fact that any text states, and what follows when it changes after it was told. A text with a
 * new fact fails here until somebody has said what follows.
 */

/** It happened, or it is a name or a number that stays: nothing that comes later makes it untrue. */
const STAYS = 'stays'
/** The rows about the old value stop and those about the new one begin: whoever was told is told again. */
const AGAIN = 'told again for the new value'
/** What the text leads to, found as things stand when somebody follows it. */
const LIVE = 'read as things stand'

type Cell = typeof STAYS | typeof AGAIN | typeof LIVE | readonly string[]
type Kind = 'order' | 'clearance' | 'release'

const TABLE: { readonly [K in Kind]: Readonly<Record<string, Cell>> } = {
  order: {
    start: ['ATR-08 moved', 'CUS-13 cancelled', 'ATR-01 ring-them'],
    place: ['ATR-08 moved', 'ATR-01 ring-them'],
    next: ['ATR-08 moved', 'CUS-13 cancelled'],
    'one.start': ['ATR-08 moved', 'CUS-13 cancelled'],
    'one.place': ['ATR-08 moved'],
    attendance: ['FAX-01 update'],
    completedOn: AGAIN,
    reviewOn: AGAIN,
    hearingOn: AGAIN,
    commenceBy: AGAIN,
    dueOn: AGAIN,
    end: AGAIN,
    day: AGAIN,
    from: AGAIN,
    to: AGAIN,
    runsUntil: AGAIN,
    weekOf: STAYS,
    sentencedOn: STAYS,
    on: STAYS,
    at: STAYS,
    'one.at': STAYS,
    was: STAYS,
    days: STAYS,
    flaggedAt: STAYS,
    proposedAt: STAYS,
    why: STAYS,
    orderId: STAYS,
    'one.orderId': STAYS,
    releaseId: STAYS,
    cases: STAYS,
    whose: STAYS,
    who: STAYS,
    'one.who': STAYS,
    worker: STAYS,
    office: LIVE,
    number: LIVE,
    callBack: LIVE,
    link: LIVE,
    sayYesOrNo: LIVE,
  },
  clearance: {
    expiresOn: AGAIN,
    lapsesOn: AGAIN,
    requestedOn: AGAIN,
    servedOn: AGAIN,
    reviewOn: AGAIN,
    agreedOn: AGAIN,
    left: STAYS,
    on: STAYS,
    clearanceId: STAYS,
    organisationId: STAYS,
    role: STAYS,
    prison: STAYS,
    prisonPhone: LIVE,
    link: LIVE,
  },
  release: {
    releaseOn: ['GATE-29 moved', 'GATE-02 stand-down', 'GATE-08 out-now'],
    gateTime: ['GATE-29 moved', 'GATE-02 stand-down', 'GATE-08 out-now'],
    place: ['GATE-29 moved', 'GATE-08 out-now'],
    prison: ['GATE-29 moved', 'GATE-08 out-now'],
    cameOutOn: STAYS,
    outAt: ['GATE-08 out-now', 'GATE-08 perhaps-out'],
    hearingOn: ['GATE-09 stand-down'],
    movedTo: ['GATE-09 stand-down'],
    court: AGAIN,
    'checks.length': AGAIN,
    'one.day': STAYS,
    'one.who': LIVE,
    'one.gateTime': LIVE,
    'one.releaseOn': LIVE,
    'one.releaseId': STAYS,
    on: STAYS,
    at: STAYS,
    was: STAYS,
    area: STAYS,
    initials: STAYS,
    who: STAYS,
    orderId: STAYS,
    releaseId: STAYS,
    prisonPhone: LIVE,
    callBack: LIVE,
    link: LIVE,
    answer: LIVE,
    sayNo: LIVE,
    sayYesOrNo: LIVE,
  },
}

/** What texts say in words of their own, by the row that says it. */
const IN_WORDS: readonly (readonly [said: string, fact: string, follows: readonly string[]])[] = [
  ['GATE-02 covered', 'somebody else is going', ['GATE-01 accept', 'GATE-01 uncovered', 'GATE-01 nobody']],
  ['GATE-01 confirmed', 'you are meeting them', ['GATE-02 stand-down', 'GATE-29 moved', 'GATE-08 out-now']],
  ['GATE-01 nobody', 'nobody has accepted', ['GATE-02 covered']],
  ['GATE-01 uncovered', 'nobody has accepted', ['GATE-02 covered']],
  ['GATE-09 hearing', 'be ready', ['GATE-09 stand-down']],
  ['GATE-02 stand-down', 'do not go', ['GATE-01 accept', 'GATE-29 moved']],
  ['GATE-08 perhaps-out', 'they may be out', ['GATE-08 out-now']],
  ['DEATH-01 told', 'the person has died', ['DEATH-01 withdrawn']],
  ['CUST-01 received', 'they are in prison: do not ring', ['ATR-01 ring-them']],
  ['TWM-14 at-risk', 'the meeting is at risk', ['ATR-08 moved', 'CUS-13 cancelled']],
  ['ATR-01 day-before', 'there is an appointment, on an order that runs', ['CUS-13 cancelled']],
  ['SP-02 renewal', 'the clearance is valid until then', ['SP-05 stopped']],
]

function kindOf(duty: string): Kind {
  if (/^(SP|MA)-/.test(duty)) return 'clearance'
  return /^(GATE-(?!18)|ROTA-)/.test(duty) ? 'release' : 'order'
}

const stated = ROW_TEXTS.flatMap(({ duty, step, template }) =>
  Object.values(template).flatMap(({ subject, text }) =>
    [...`${subject} ${text}`.matchAll(/\{\{ ([\w.]+)/g)].map(([, fact = '']) => ({
      kind: kindOf(duty),
      fact,
      row: `${duty} ${step}`,
    })),
  ),
)
const rows = new Set(ROW_TEXTS.map(({ duty, step }) => `${duty} ${step}`))
const cells = Object.entries(TABLE).flatMap(([kind, facts]) =>
  Object.entries(facts).map(([fact, cell]) => ({ kind, fact, cell })),
)

describe('what follows when a fact changes after it was told', () => {
  test('is said of every fact that any text states', () => {
    const empty = stated.filter(({ kind, fact }) => TABLE[kind][fact] === undefined)
    expect(empty).toEqual([])
  })

  test('is said of no fact that none states', () => {
    const unused = cells.filter(
      (one) => !stated.some(({ kind, fact }) => kind === one.kind && fact === one.fact),
    )
    expect(unused).toEqual([])
  })

  test('is a row that there is, and that states the fact itself where it is not over', () => {
    const follow = [
      ...cells.flatMap(({ cell }) => (typeof cell === 'string' ? [] : cell)),
      ...IN_WORDS.flatMap(([said, , then]) => [said, ...then]),
    ]
    expect(follow.filter((row) => !rows.has(row))).toEqual([])
    const OVER = ['GATE-02 stand-down', 'CUS-13 cancelled', 'GATE-08 perhaps-out']
    for (const { kind, fact, cell } of cells) {
      if (typeof cell === 'string') continue
      const saysIt = (row: string) => stated.some((one) => one.row === row && sameFact(one.fact, fact))
      expect(cell.filter((row) => !OVER.includes(row)).some(saysIt), `${kind} ${fact}`).toBe(true)
    }
  })
})

/** One fact under the names that texts have for it. */
function sameFact(a: string, b: string): boolean {
  const named = (fact: string) =>
    ({ next: 'start', 'one.start': 'start', 'one.place': 'place', prison: 'place', outAt: 'place' })[fact] ??
    fact
  return named(a) === named(b) || (named(b) === 'releaseOn' && named(a) === 'gateTime')
}
