import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { SHOWN_KINDS } from '../../functions/web/casefiles/casefiles.ts'
import type { About } from '../../shared/acts/act.ts'
import { ACTS } from '../../shared/acts/all.ts'
import { openCasefile } from '../../shared/casefile/casefile.ts'
import { EVENTS } from '../../shared/casefile/events.ts'
import { casefileId } from '../../shared/casefile/ids.ts'
import { catalogue, rowsOf } from '../../shared/duties/catalogue.ts'

/** The acts beside the contract and the schedule. */

/** What providers, prisons and other services report, and what a message's reader says by replying to it. */
const NO_ACT = [
  ...[
    'notice.delivered',
    'notice.failed',
    'notice.acknowledged',
    'address.delivered',
    'address.failed',
    'address.asked',
    'address.told',
    'address.replied',
    'day.booked',
  ],
  ...['prison-offender-events.prisoner.released', 'prisoner-offender-search.prisoner.released'],
  ...['prison-offender-events.prisoner.received', 'prisoner-offender-search.prisoner.received'],
  ...['prison-offender-events.prisoner.merged'],
  ...['reply.received', 'contact.disowned'],
]

const nowhere = (kind: (typeof ACTS)[number]['kind']): About => ({
  ...openCasefile(casefileId(kind, 'X'), [], []),
  now: 0,
  subject: { key: '', settled: {} },
})

describe('every event that a person could cause', () => {
  test('has one act in a kind of casefile, and each event without one is named here', () => {
    const acts = ACTS.map(({ kind, event }) => `${kind} ${event}`)
    expect(new Set(acts).size).toBe(acts.length)
    const without = Object.keys(EVENTS).filter((type) => !ACTS.some(({ event }) => event === type))
    expect(without.toSorted()).toEqual(NO_ACT.toSorted())
  })
})

test('every kind of casefile that is shown is opened by an act', () => {
  const opened = new Set(ACTS.map(({ opens }) => opens))
  expect(SHOWN_KINDS.filter((kind) => !opened.has(kind))).toEqual([])
})

describe.each(ACTS.map((act) => [`${act.event} of a ${act.kind}`, act] as const))('%s', (_, act) => {
  const fields = act.fields(nowhere(act.kind))

  test('is said in both languages, and done by somebody', () => {
    for (const { en, cy } of [act.title, act.button, ...fields.map(({ label }) => label)]) {
      expect(en).not.toBe('')
      expect(cy).not.toBe(en)
    }
    expect(act.roles).not.toEqual([])
  })

  test('offers all that the contract knows, and nothing else', () => {
    const shape: Readonly<Record<string, z.ZodType>> = EVENTS[act.event].shape
    for (const { name, schema, as } of fields) {
      const known = shape[name]
      const core = known instanceof z.ZodOptional ? known.unwrap() : known
      if (typeof as !== 'object') continue
      for (const { value } of as.options) expect(schema.safeParse(value).success, value).toBe(true)
      if (core instanceof z.ZodEnum) {
        expect(as.options.map(({ value }) => value).toSorted()).toEqual(core.options.toSorted())
      }
    }
  })
})

describe('what a row asks for', () => {
  const rows = catalogue()
  const asking = rows.flatMap(({ duty, step, asks = [] }) =>
    asks === 'conversation' ? [] : asks.map((ask) => ({ name: `${duty} ${step}: ${ask.event}`, ask })),
  )

  test.each(asking)('$name has an act, which takes what the row says of it', ({ ask }) => {
    const act = ACTS.find(({ event }) => event === ask.event)
    expect(act).toBeDefined()
    for (const [name, value] of Object.entries(ask.said ?? {})) {
      const field = act?.fields(nowhere(act.kind)).find((one) => one.name === name)
      expect(field?.schema.safeParse(value).success, name).toBe(true)
    }
  })

  test('no text with a link asks for anything, and its row says not what', () => {
    const ASKS =
      /\bplease (?!be ready|do not)|say (?:so|that)|is overdue|still to be|not been (?:read|recorded)|filled in/i
    const silent = rows.filter(({ texts, asks, duty, step }) => {
      const isAsking = texts.some(({ en }) => en.text.includes('{{ link }}') && ASKS.test(en.text))
      return isAsking && asks === undefined && rowsOf({ duty, step }).every(({ answers }) => !answers)
    })
    expect(silent.map(({ duty, step }) => `${duty} ${step}`)).toEqual([])
  })
})
