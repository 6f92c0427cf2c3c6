import { describe, expect, test } from 'vitest'
import { asked, type Field, options } from '../../shared/acts/act.ts'
import { type Boxes, readForm as readAmong, readTime } from '../../shared/acts/form.ts'
import { wordForTheTelephone } from '../../shared/acts/telephone.ts'
import { text } from '../../shared/casefile/fields.ts'
import { neighboursFrom } from '../../shared/directory/neighbours.ts'

/** What people write in a form, and what the contract makes of it. */

const NOBODY = neighboursFrom(new Map())
const readForm = (fields: readonly Field[], boxes: Boxes) => readAmong(fields, boxes, NOBODY, () => false)
const label = { en: 'When?', cy: 'Pryd?' }
const STARTS_AT = asked('appointment.booked', 'startsAt', { label, as: 'moment' })
const ON = asked('treatment.ended', 'on', { label, as: 'day' })
const REASON = asked('order.ended', 'reason', { label, as: options({ completed: ['Done', 'Wedi'] }) })
const NOTE: Field = { name: 'note', schema: text, label, as: 'text' }
const day = (name: string, d: string, m: string, y: string, more: Boxes = {}): Boxes => ({
  [`${name}-day`]: d,
  [`${name}-month`]: m,
  [`${name}-year`]: y,
  ...more,
})

describe('a time of day is read however people write it', () => {
  test.each([
    ['14:00', '14:00'],
    ['2pm', '14:00'],
    ['2.30 pm', '14:30'],
    ['9:05AM', '09:05'],
    ['12am', '00:00'],
    ['12pm', '12:00'],
    ['1430', '14:30'],
    ['930', '09:30'],
  ])('%s is %s', (said, time) => expect(readTime(said)).toBe(time))

  test.each(['', '2', 'noon', '25:00', '13pm', '9:75', '14:00:00'])('%j is none', (said) => {
    expect(readTime(said)).toBeUndefined()
  })
})

describe('a day and a moment', () => {
  test('are written in boxes of their own, with or without noughts', () => {
    expect(readForm([ON], day('on', '9', '3', '2026'))).toEqual({ is: 'whole', said: { on: '2026-03-09' } })
    expect(readForm([STARTS_AT], day('startsAt', '09', '03', '2026', { 'startsAt-time': '2pm' }))).toEqual({
      is: 'whole',
      said: { startsAt: '2026-03-09T14:00' },
    })
  })

  test.each([
    ['a day that is none', [ON], day('on', '31', '2', '2026')],
    ['a year that is none', [ON], day('on', '1', '1', '206')],
    ['half a day', [ON], day('on', '1', '', '2026')],
    ['a moment without a time', [STARTS_AT], day('startsAt', '1', '1', '2026')],
    ['an option that was not offered', [REASON], { reason: 'died' }],
    ['nothing, where something is needed', [REASON], {}],
  ])('%s is refused, and its first box named', (_, fields, boxes) => {
    const reading = readForm(fields, boxes)
    expect(reading).toMatchObject({ is: 'wrong', wrong: [{ field: fields[0]?.name }] })
  })
})

describe('what is not asked is not read', () => {
  const ONLY_THEN = { ...ON, onlyIf: { field: 'reason', is: ['completed'] } }
  test('whatever stands in its boxes', () => {
    expect(
      readForm([ONLY_THEN, { ...REASON, as: 'line' }], { reason: 'died', ...day('on', 'x', '', '') }),
    ).toEqual({
      is: 'whole',
      said: { reason: 'died' },
    })
  })
})

test('a form of which nothing was filled in is no act', () => {
  const optional = asked('release.moved', 'releaseOn', { label, as: 'day' })
  expect(readForm([optional], {}).is).toBe('wrong')
})

describe('some words are for the telephone', () => {
  test.each([
    ['Was arrested on Friday', 'arrested'],
    ['Soniodd am hunanladdiad', 'hunanladdiad'],
    ['Three OVERDOSES', 'OVERDOSES'],
    ['talked of self-harm', 'self-harm'],
  ])('%s: %s', (said, word) => expect(wordForTheTelephone(said)).toBe(word))

  test.each([
    'Kept a diary every day',
    'Drank less than last week',
    'Skipped one session',
    'Yn cadw dyddiadur',
    'Feels harmless',
  ])('%s may be written', (said) => expect(wordForTheTelephone(said)).toBeUndefined())

  test('and the form says which, and what to do instead', () => {
    const reading = readForm([NOTE], { note: 'an overdose' })
    const said = { en: expect.stringMatching(/“overdose” by telephone.*“Please ring me”/) }
    expect(reading).toMatchObject({ is: 'wrong', wrong: [{ field: 'note', words: said }] })
  })
})
