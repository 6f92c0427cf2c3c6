import * as fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { isQuiet, officeTime, plannedOutsideQuiet, quietUntil } from '../../shared/calendar/hours.ts'
import {
  addDays,
  addMonths,
  dayOfWeek,
  londonClock,
  londonTime,
  writeInstant,
} from '../../shared/calendar/london.ts'
import { mergedHolidays, workingDays } from '../../shared/calendar/working-days.ts'
import { SHIPPED_HOLIDAYS } from '../../shared/planning/rules.ts'

const days = workingDays(SHIPPED_HOLIDAYS)
const QUIET = { from: '21:00', to: '08:00', before: '20:00' }
const OFFICE = { opens: '09:00', closes: '17:00' }

describe('London time', () => {
  test.each([
    ['winter', '2026-01-15', '09:00', '2026-01-15T09:00:00Z'],
    ['summer', '2026-07-15', '09:00', '2026-07-15T08:00:00Z'],
    ['a time that the spring change skips is an hour later', '2026-03-29', '01:30', '2026-03-29T01:30:00Z'],
    ['a time that the autumn change repeats is the first', '2026-10-25', '01:30', '2026-10-25T00:30:00Z'],
  ])('%s', (_, date, time, instant) => {
    expect(writeInstant(londonTime(date, time))).toBe(instant)
  })

  test('the clock that jumped forward reads an hour later', () => {
    expect(londonClock(londonTime('2026-03-29', '01:30'))).toBe('2026-03-29T02:30')
  })

  test('the days that are counted are those of the calendar, in every year that anything could be about', () => {
    const first = Date.parse('1900-01-01T00:00:00Z')
    const years = fc.integer({ min: first, max: Date.parse('2199-12-31T23:59:00Z') })
    const clockChanges = fc
      .tuple(
        fc.constantFrom('2026-03-29T01:00Z', '2026-10-25T01:00Z', '1941-05-04T01:00Z'),
        fc.integer({ min: -180, max: 180 }),
      )
      .map(([change, minutes]) => Date.parse(change) + minutes * 60_000)
    fc.assert(
      fc.property(fc.oneof(years, clockChanges), fc.integer({ min: -900, max: 900 }), (instant, count) => {
        const there = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('Europe/London')
        const local = there.toPlainDateTime().toString().slice(0, 16)
        const [date = '', time = ''] = local.split('T')
        expect(londonClock(instant)).toBe(local)
        expect(londonTime(date, time)).toBe(
          Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/London').epochMilliseconds,
        )
        const later = there.toPlainDate().add({ days: count })
        expect(addDays(date, count)).toBe(later.toString())
        expect(dayOfWeek(later.toString())).toBe(later.dayOfWeek)
      }),
    )
  })

  test('twelve months after 29 February is 28 February', () => {
    expect(addMonths('2028-02-29', 12)).toBe('2029-02-28')
  })
})

describe('working days of England and Wales', () => {
  test.each([
    ['the day after Maundy Thursday 2026 is Tuesday', days.after('2026-04-02', 1), '2026-04-07'],
    ['the day before Easter Tuesday 2026 is Thursday', days.before('2026-04-07', 1), '2026-04-02'],
    ['Christmas on a Friday moves Boxing Day to Monday', days.after('2026-12-24', 1), '2026-12-29'],
    ['a Sunday counts back to Friday', days.onOrBefore('2026-03-08'), '2026-03-06'],
    ['a Saturday counts on to Monday', days.onOrAfter('2026-03-07'), '2026-03-09'],
    ['a working day stays', days.onOrBefore('2026-03-06'), '2026-03-06'],
  ])('%s', (_, day, expected) => {
    expect(day).toBe(expected)
  })

  test.each([
    ['nothing newer changes nothing', [], ['2026-01-01', '2026-12-25', '2027-01-01']],
    [
      'a day that was moved is moved',
      ['2026-01-01', '2026-12-24'],
      ['2026-01-01', '2026-12-24', '2026-12-25', '2027-01-01'],
    ],
    [
      'what lies between the newer ones is theirs to say',
      ['2026-01-01', '2027-01-01'],
      ['2026-01-01', '2027-01-01'],
    ],
    [
      'years that are known stay known',
      ['2026-05-08'],
      ['2026-01-01', '2026-05-08', '2026-12-25', '2027-01-01'],
    ],
  ])('brought up to date: %s', (_, newer, expected) => {
    expect(mergedHolidays(['2026-01-01', '2026-12-25', '2027-01-01'], newer)).toEqual(expected)
  })

  test('the holidays we ship reach beyond 2030', () => {
    expect(days.knownUntil > '2030-12-25').toBe(true)
  })
})

describe('hours', () => {
  test.each([
    ['20:59', false],
    ['21:00', true],
    ['03:00', true],
    ['07:59', true],
    ['08:00', false],
  ])('at %s it is quiet: %s', (time, quiet) => {
    expect(isQuiet(QUIET, londonTime('2026-03-09', time))).toBe(quiet)
  })

  test('what is planned in the small hours is planned for the evening before', () => {
    const planned = plannedOutsideQuiet(QUIET, londonTime('2026-03-09', '07:30'))
    expect(londonClock(planned)).toBe('2026-03-08T20:00')
  })

  test('what is planned late in the evening is planned for that evening', () => {
    const planned = plannedOutsideQuiet(QUIET, londonTime('2026-03-09', '22:00'))
    expect(londonClock(planned)).toBe('2026-03-09T20:00')
  })

  test('quiet hours end at eight on the day the clocks go forward', () => {
    expect(writeInstant(quietUntil(QUIET, londonTime('2026-03-28', '23:00')))).toBe('2026-03-29T07:00:00Z')
  })

  test('quiet hours of the small hours end that same morning', () => {
    expect(londonClock(quietUntil(QUIET, londonTime('2026-03-09', '03:00')))).toBe('2026-03-09T08:00')
  })

  test.each([
    ['before it opens', '2026-03-09', '08:00', '2026-03-09T09:00'],
    ['while it is open', '2026-03-09', '11:15', '2026-03-09T11:15'],
    ['as it closes', '2026-03-09', '17:00', '2026-03-10T09:00'],
    ['on Good Friday', '2026-04-03', '11:00', '2026-04-07T09:00'],
  ])('%s an office is next open then', (_, date, time, expected) => {
    expect(londonClock(officeTime(OFFICE, days, londonTime(date, time)))).toBe(expected)
  })
})
