import * as fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  isInOffice,
  isQuiet,
  officeHoursAfter,
  officeTime,
  plannedOutsideQuiet,
  quietUntil,
} from '../../shared/calendar/hours.ts'
import {
  addDays,
  addMonths,
  dayOfWeek,
  daysBetween,
  earliest,
  endOfDay,
  HOUR_MS,
  londonClock,
  londonTime,
  monthsAfter,
  readMoment,
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

  test('a month later it is the same time of day in London, though the clocks went forward', () => {
    expect(londonClock(monthsAfter(londonTime('2026-03-09', '14:00'), 1))).toBe('2026-04-09T14:00')
  })

  test('midnight ends a day and begins the next, in summer an hour before that of UTC', () => {
    expect(writeInstant(endOfDay('2026-07-15'))).toBe('2026-07-15T23:00:00Z')
    expect(londonClock(endOfDay('2026-07-15'))).toBe('2026-07-16T00:00')
    expect(londonClock(endOfDay('2026-07-15') - 1)).toBe('2026-07-15T23:59')
  })

  test.each([
    ['2026-03-09', '2026-03-12', 3],
    ['2026-03-12', '2026-03-09', -3],
    ['2026-03-28', '2026-03-30', 2],
  ])('from %s to %s is %s days', (from, to, expected) => {
    expect(daysBetween(from, to)).toBe(expected)
  })

  test('of several moments the earliest counts, and those that are not known do not', () => {
    expect(earliest(undefined, 7, 3, undefined)).toBe(3)
    expect(earliest(undefined, 0)).toBe(0)
    expect(earliest(undefined)).toBeUndefined()
  })

  test('a moment is written without needless zeros, unless they are asked for', () => {
    expect(writeInstant(1_500)).toBe('1970-01-01T00:00:01.5Z')
    expect(writeInstant(1_500, 9)).toBe('1970-01-01T00:00:01.500000000Z')
  })

  test.each([
    ['in UTC', '2026-07-09T13:00:00Z', '2026-07-09T13:00:00Z'],
    ['with an offset', '2026-07-09T13:00:00+01:00', '2026-07-09T12:00:00Z'],
    ['with an offset in hours', '2026-07-09T13:00+01', '2026-07-09T12:00:00Z'],
    ['with an offset behind UTC', '2026-07-09T13:00:00-0130', '2026-07-09T14:30:00Z'],
    ['with nanoseconds', '2026-07-09T13:00:00.123456789Z', '2026-07-09T13:00:00.123Z'],
    ['with a comma before the fraction', '2026-07-09T13:00:00,5Z', '2026-07-09T13:00:00.5Z'],
    ['without offset, in a London summer', '2026-07-09T13:00', '2026-07-09T12:00:00Z'],
    ['without offset, to the second, after a blank', '2026-01-09 13:00:07', '2026-01-09T13:00:07Z'],
    ['in a zone of its own', '2026-07-09T13:00[Europe/London]', '2026-07-09T12:00:00Z'],
    ['in a zone with the offset that it has', '2026-07-09T13:00+00:00[UTC]', '2026-07-09T13:00:00Z'],
    ['in the first year of all', '1900-01-01T00:00:00Z', '1900-01-01T00:00:00Z'],
    ['in the last', '2199-12-31T23:00:00Z', '2199-12-31T23:00:00Z'],
  ])('a moment is read %s', (_, written, expected) => {
    const moment = readMoment(written)
    expect(moment && writeInstant(moment.epochMilliseconds)).toBe(expected)
  })

  test.each([
    ['a day', '2026-07-09'],
    ['a zone that contradicts its offset', '2026-07-09T13:00+05:00[Europe/London]'],
    ['a zone that there is not', '2026-07-09T13:00[Europe/Nowhere]'],
    ['a day that there is not', '2026-02-30T13:00:00Z'],
    ['an hour that there is not', '2026-07-09T25:00'],
    ['a year before all that could be meant', '1899-12-31T23:59:59Z'],
    ['a year after it', '2200-01-01T00:00:00Z'],
    ['something before it', 'on 2026-07-09T13:00:00Z'],
    ['something after it', '2026-07-09T13:00:00Z, or so'],
    ['ten decimals', '2026-07-09T13:00:00.1234567890Z'],
  ])('%s is no moment', (_, written) => {
    expect(readMoment(written)).toBeUndefined()
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

  test('while no holidays have been looked up, those that are known stand', () => {
    expect(mergedHolidays(['2026-01-01'], [])).toEqual(['2026-01-01'])
  })

  test('without a list nothing is known, and every weekday is worked on', () => {
    const none = workingDays([])
    expect(none.knownUntil).toBe('')
    expect(none.after('2026-12-24', 1)).toBe('2026-12-25')
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

  test.each([
    ['by day stays', '2026-03-09T14:00', '2026-03-09T14:00'],
    ['as quiet begins is planned for an hour before', '2026-03-09T21:00', '2026-03-09T20:00'],
    ['as quiet ends stays', '2026-03-09T08:00', '2026-03-09T08:00'],
  ])('what is planned %s', (_, at, expected) => {
    const [date = '', time = ''] = at.split('T')
    expect(londonClock(plannedOutsideQuiet(QUIET, londonTime(date, time)))).toBe(expected)
  })

  test.each([
    ['08:59', false],
    ['09:00', true],
    ['16:59', true],
    ['17:00', false],
  ])('at %s on a Monday an office is open: %s', (time, open) => {
    expect(isInOffice(OFFICE, days, londonTime('2026-03-09', time))).toBe(open)
  })

  test.each([
    ['the same afternoon', '2026-03-09T13:00', '2026-03-09T15:00'],
    ['as it closes', '2026-03-09T15:00', '2026-03-09T17:00'],
    ['the next morning', '2026-03-09T16:00', '2026-03-10T10:00'],
    ['after Easter', '2026-04-02T16:30', '2026-04-07T10:30'],
    ['from when it opens', '2026-03-09T20:00', '2026-03-10T11:00'],
  ])('two office hours later is %s', (_, at, expected) => {
    const [date = '', time = ''] = at.split('T')
    const later = officeHoursAfter(OFFICE, days, londonTime(date, time), 2 * HOUR_MS)
    expect(londonClock(later)).toBe(expected)
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
