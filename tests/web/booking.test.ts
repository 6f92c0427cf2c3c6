import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { casefileId } from '../../shared/casefile/ids.ts'
import { appointment, contact, event, order, PEOPLE, type Told } from '../story.ts'
import { openPages } from './pages.ts'

/** Appointments from pages, and what the person will hear of them, asked at noon on 11 March 2026. */

const AT = londonTime('2026-03-11', '12:00')
const ORDER = casefileId('order', 'O-1')
const as = (contactId: string) => ({ email: `${contactId.toLowerCase()}@example.com`, isSupport: false })
const BOOK = '/acts/appointment.booked/order/O-1'
const BEFORE = [...PEOPLE, order()]
const day = (name: string, [d, m, y]: readonly [number, number, number]) => ({
  [`${name}-day`]: String(d),
  [`${name}-month`]: String(m),
  [`${name}-year`]: String(y),
})
const BOXES = {
  ...{ form: 'f', kind: 'treatment', durationMinutes: '60', place: '12 High Street', with: 'C-CM' },
  ...{ repeats: 'once', 'startsAt-time': '2pm', ...day('startsAt', [18, 3, 2026]) },
}

async function check(story: readonly Told[], path = BOOK, boxes: Readonly<Record<string, string>> = BOXES) {
  const pages = await openPages(AT, story)
  return (await pages.send(path, as('C-CM'), boxes)).text()
}

describe('a series', () => {
  const WEEKLY = { ...BOXES, repeats: 'weekly', ...day('until', [15, 4, 2026]) }

  test('is one appointment a week at one time of day, through the change of the clocks', async () => {
    const pages = await openPages(AT, BEFORE)
    await pages.send(BOOK, as('C-CM'), { ...WEEKLY, step: 'do' })
    const booked = (await pages.eventsOf(ORDER)).filter(({ type }) => type === 'appointment.booked')
    const starts = booked.map(({ info }) => 'startsAt' in info && info.startsAt).toSorted()
    expect(starts).toEqual(
      ['2026-03-18', '2026-03-25', '2026-04-01', '2026-04-08', '2026-04-15'].map((one) =>
        londonTime(one, '14:00'),
      ),
    )
    expect(new Set(booked.map(({ info }) => 'appointmentId' in info && info.appointmentId)).size).toBe(5)
    expect(booked.every(({ info }) => 'with' in info && info.with === 'C-CM' && !('repeats' in info))).toBe(
      true,
    )
  })

  test('shows each of its days before it is booked', async () => {
    const page = await check(BEFORE, BOOK, WEEKLY)
    for (const one of ['Wednesday 18 March', 'Wednesday 25 March', 'Wednesday 15 April']) {
      expect(page).toContain(`${one} at 2pm`)
    }
    expect(page).not.toContain('22 April')
    expect(page).toContain('And the same about each of the others.')
  })
})

describe('what the person will be told is shown before it is done', () => {
  const person = (more: Record<string, unknown>) => contact('C-PERSON', more, '2026-03-04T00:00')

  test.each<[string, Told[], RegExp[], RegExp[]]>([
    [
      'a day and a time alone, where the address may not be safe',
      [],
      [/by e-mail/, /Wednesday 18 March/],
      [/throughcare-text">[^<]*High Street/],
    ],
    [
      'the place too, where it is',
      [person({ addressIsSafe: true })],
      [/throughcare-text">[^<]*High Street/],
      [],
    ],
    ['in their language', [person({ language: 'cy' })], [/lang="cy"[\s\S]*dydd Mercher 18 Mawrth/], []],
    [
      'why they will not be',
      [person({ doNotMessage: true })],
      [/They will not be told: they are not to be messaged/],
      [],
    ],
    ['that they have no address', [person({ email: undefined })], [/we have no usable address/], []],
  ])('%s', async (_, more, there, notThere) => {
    const page = await check([...BEFORE, ...more])
    for (const pattern of there) expect(page).toMatch(pattern)
    for (const pattern of notThere) expect(page).not.toMatch(pattern)
  })

  test('word for word as it is then sent', async () => {
    const pages = await openPages(AT, [...BEFORE, appointment('2026-03-18T14:00')])
    const path = '/acts/appointment.rearranged/order/O-1?about=A-1'
    const moved = { form: 'f', 'startsAt-time': '3pm', ...day('startsAt', [19, 3, 2026]) }
    const page = await (await pages.send(path, as('C-CM'), moved)).text()
    await pages.send(path, as('C-CM'), { ...moved, step: 'do' })
    const shown = /<p class="throughcare-text">([^<]+)<\/p>/.exec(page)?.[1] ?? 'nothing was shown'
    expect(pages.sent.map((text) => text.replaceAll('’', '&#39;').replaceAll("'", '&#39;'))).toContain(
      shown.replaceAll('’', '&#39;'),
    )
  })

  test('on the page with the button, where a button is all there is', async () => {
    const pages = await openPages(AT, [...BEFORE, appointment('2026-03-18T14:00')])
    const page = await (
      await pages.look('/acts/appointment.cancelled/order/O-1?about=A-1', as('C-CM'))
    ).text()
    expect(page).toMatch(/What the person will be told[\s\S]*inset/)
  })
})

test('of a three-way meeting each party’s word is shown, and forgotten when it is moved', async () => {
  const MEETING = appointment('2026-03-20T14:00', { kind: 'three-way', stage: 'first' })
  const confirmed = event('2026-03-10T10:00', 'appointment.confirmed', {
    ...{ orderId: 'O-1', appointmentId: 'A-1', by: 'C-OM' },
  })
  const path = '/acts/appointment.confirmed/order/O-1?about=A-1'
  const lines = async (story: readonly Told[]) => {
    const page = await (await (await openPages(AT, story)).look(path, as('C-CM'))).text()
    return [...page.matchAll(/summary-list__value">\s*([^<]+?)\s*</g)].map(([, value]) => value)
  }
  expect(await lines([...BEFORE, MEETING, confirmed])).toEqual(['will be there', 'has not said'])
  const moved = appointment('2026-03-21T14:00', { kind: 'three-way' }, '2026-03-11T09:00')
  expect(await lines([...BEFORE, MEETING, confirmed, moved])).toEqual(['has not said', 'has not said'])
})
