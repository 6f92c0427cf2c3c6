import { describe, expect, test } from 'vitest'
import { breaksOf, breaksOfAll } from '../../infra/contract/breaks.ts'
import type { JsonSchema } from '../../infra/contract/schemas.ts'

const text = { type: 'string' }
const ofOrder = { type: 'object', properties: { orderId: text, kind: text }, required: ['orderId'] }

type Example = readonly [what: string, before: JsonSchema, after: JsonSchema]

const HARMLESS: readonly Example[] = [
  ['nothing', ofOrder, ofOrder],
  [
    'a field more that may be left out',
    ofOrder,
    { ...ofOrder, properties: { ...ofOrder.properties, by: text } },
  ],
  ['a field that may be left out from now on', ofOrder, { ...ofOrder, required: [] }],
  ['one more value', { enum: ['treatment'] }, { enum: ['treatment', 'group'] }],
  ['any value where there was a list', { type: 'string', enum: ['treatment'] }, text],
  ['numbers too', text, { type: ['string', 'integer'] }],
  ['a fraction too', { type: 'integer' }, { type: 'number' }],
  ['a longer text', { ...text, maxLength: 100 }, { ...text, maxLength: 254 }],
  ['a shorter text', { ...text, minLength: 2 }, { ...text, minLength: 1 }],
  ['no bound any more', { ...text, maxLength: 100 }, text],
  [
    'another form too',
    { ...text, pattern: '^A$' },
    { anyOf: [{ ...text, pattern: '^A$' }, { type: 'integer' }] },
  ],
  ['other words for people', { ...text, description: 'a name' }, { ...text, description: 'the name' }],
]

const BREAKING: readonly (readonly [...Example, breaks: string])[] = [
  [
    'a field that may no longer be left out',
    ofOrder,
    { ...ofOrder, required: ['orderId', 'kind'] },
    'event.kind: is now required',
  ],
  [
    'a new field that may not be left out',
    ofOrder,
    { ...ofOrder, properties: { ...ofOrder.properties, by: text }, required: ['orderId', 'by'] },
    'event.by: is now required',
  ],
  [
    'a field that is gone, or has another name',
    ofOrder,
    { ...ofOrder, properties: { orderId: text, sort: text } },
    'event.kind: is no longer read',
  ],
  ['a value less', { enum: ['first', 'end'] }, { enum: ['end'] }, 'event: first is no longer taken'],
  [
    'a list of values where there was none',
    text,
    { ...text, enum: ['a'] },
    'event: anything else is no longer taken',
  ],
  [
    'text alone, where a number would do',
    { type: ['string', 'integer'] },
    text,
    'event: integer is no longer taken',
  ],
  ['whole numbers alone', { type: 'number' }, { type: 'integer' }, 'event: number is no longer taken'],
  [
    'a type where there was none',
    {},
    { type: 'object' },
    'event: array, boolean, integer, null, number, string is no longer taken',
  ],
  ['a shorter text', { ...text, maxLength: 254 }, { ...text, maxLength: 100 }, 'event: maxLength is now 100'],
  ['a bound where there was none', text, { ...text, minLength: 1 }, 'event: minLength is now 1'],
  ['another pattern', { ...text, pattern: '^A' }, { ...text, pattern: '^AB' }, 'event: pattern is now "^AB"'],
  [
    'a word of JSON Schema that is new here',
    text,
    { ...text, format: 'date' },
    'event: format is now "date"',
  ],
  [
    'one form less of two',
    { anyOf: [text, { type: 'integer' }] },
    { anyOf: [text] },
    'event: integer is no longer taken',
  ],
  [
    'stricter elements of a list',
    { type: 'array', items: ofOrder },
    { type: 'array', items: { ...ofOrder, required: ['orderId', 'kind'] } },
    'event[].kind: is now required',
  ],
]

describe('a change of schema', () => {
  test.each(HARMLESS)('breaks no producer by %s', (_, before, after) => {
    expect(breaksOf(before, after)).toEqual([])
  })

  test.each(BREAKING)('breaks a producer by %s', (_, before, after, breaks) => {
    expect(breaksOf(before, after)).toEqual([breaks])
  })

  test('breaks a producer by an event that is gone, and not by one more', () => {
    const [both, one] = [
      new Map([
        ['a', text],
        ['b', text],
      ]),
      new Map([['a', text]]),
    ]
    expect(breaksOfAll(both, one)).toEqual(['b: is no longer taken in'])
    expect(breaksOfAll(one, both)).toEqual([])
  })

  test('deep in an event says where', () => {
    const event = (of: JsonSchema) => ({ type: 'object', properties: { additionalInformation: of } })
    const before = event({ type: 'object', properties: { meeters: { type: 'array', items: ofOrder } } })
    const after = event({
      type: 'object',
      properties: { meeters: { type: 'array', items: { type: 'string' } } },
    })
    expect(breaksOf(before, after)[0]).toBe(
      'event.additionalInformation.meeters[]: object is no longer taken',
    )
  })
})
