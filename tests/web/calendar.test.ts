import ICAL from 'ical.js'
import nodeIcal, { type VEvent } from 'node-ical'
import { describe, expect, test } from 'vitest'
import { londonTime, writeInstant } from '../../shared/calendar/london.ts'
import { appointment, contact, event, order, PEOPLE, type Told } from '../story.ts'
import { openPages } from './pages.ts'

/** A worker's calendar, on its page and as two calendar programs read it. */

const AT = londonTime('2026-03-11', '12:00')
const as = (contactId: string) => ({ email: `${contactId.toLowerCase()}@example.com`, isSupport: false })
const BEFORE = [...PEOPLE, contact('C-WITH'), order()]
const FEED = /\/calendars\/[\w-]+\/\d+\/\w+\.ics/

type Read = {
  uid: string
  start: string
  end: string
  place: string
  status: string
  sequence: number
  title: string
}

/** A calendar as ical.js reads it. */
function byIcalJs(text: string): Read[] {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return calendar.getAllSubcomponents('vevent').map((one) => {
    const { uid, startDate, endDate, location, summary, sequence } = new ICAL.Event(one)
    return {
      ...{ uid, title: summary, place: location ?? '', sequence: Number(sequence) },
      start: writeInstant(startDate.toJSDate().getTime()),
      end: writeInstant(endDate.toJSDate().getTime()),
      status: String(one.getFirstPropertyValue('status')),
    }
  })
}

/** The same as node-ical reads it. */
function byNodeIcal(text: string): Read[] {
  const events = Object.values(nodeIcal.sync.parseICS(text)).filter(
    (one): one is VEvent => one?.type === 'VEVENT',
  )
  return events.map(({ uid, start, end, location, status, sequence, summary }) => ({
    ...{ uid, title: String(summary), place: String(location ?? ''), status: String(status) },
    ...{
      start: writeInstant(start.getTime()),
      end: writeInstant(end?.getTime() ?? 0),
      sequence: Number(sequence),
    },
  }))
}

async function feedOf(story: readonly Told[], contactId = 'C-CM', at = AT) {
  const pages = await openPages(at, story)
  const page = await (await pages.look('/calendar', as(contactId))).text()
  const path = FEED.exec(page)?.[0] ?? ''
  const answer = await pages.app.request(path)
  return { pages, path, answer, text: await answer.text() }
}

async function readTwice(story: readonly Told[], at = AT): Promise<Read[]> {
  const { text } = await feedOf(story, 'C-CM', at)
  const [one, other] = [byIcalJs(text), byNodeIcal(text)]
  expect(other).toEqual(one)
  return one
}

const BOOKED = appointment('2026-03-18T14:00', { place: '12 High Street; door 3, back', with: 'C-WITH' })
const move = (startsAt: string, more: Record<string, unknown> = {}) =>
  event('2026-03-10T09:00', 'appointment.rearranged', {
    orderId: 'O-1',
    appointmentId: 'A-1',
    startsAt,
    ...more,
  })
const CANCELLED = event('2026-03-10T10:00', 'appointment.cancelled', { orderId: 'O-1', appointmentId: 'A-1' })
const HERE = {
  ...{ uid: 'O-1.A-1@throughcare.example.org', title: 'O-1', place: '12 High Street; door 3, back' },
  ...{ start: '2026-03-18T14:00:00Z', end: '2026-03-18T15:00:00Z', status: 'CONFIRMED', sequence: 0 },
}

describe('two calendar programs read the same of an appointment that is', () => {
  test.each<[string, Told[], Partial<Read>]>([
    ['booked', [BOOKED], {}],
    [
      'moved',
      [BOOKED, move('2026-03-19T15:30')],
      {
        ...{ start: '2026-03-19T15:30:00Z', end: '2026-03-19T16:30:00Z', sequence: 1 },
      },
    ],
    [
      'moved to another place at the same time',
      [BOOKED, move('2026-03-18T14:00', { place: 'Elsewhere' })],
      {
        ...{ place: 'Elsewhere', sequence: 1 },
      },
    ],
    [
      'cancelled',
      [BOOKED, move('2026-03-19T15:30'), CANCELLED],
      {
        ...{ start: '2026-03-19T15:30:00Z', end: '2026-03-19T16:30:00Z', status: 'CANCELLED', sequence: 2 },
      },
    ],
  ])('%s', async (_, more, expected) => {
    expect(await readTwice([...BEFORE, ...more])).toEqual([{ ...HERE, ...expected }])
  })

  test('at one time of day on both sides of both changes of the clocks', async () => {
    const at = (day: string, id: string) => appointment(`${day}T10:00`, { appointmentId: id })
    const [before, after] = [at('2026-03-28', 'A-1'), at('2026-03-30', 'A-2')]
    const [summer, winter] = [at('2026-10-24', 'A-3'), at('2026-10-26', 'A-4')]
    const read = await readTwice([...BEFORE, before, after, summer, winter])
    expect(read.map(({ start }) => start)).toEqual([
      ...['2026-03-28T10:00:00Z', '2026-03-30T09:00:00Z'],
      ...['2026-10-24T09:00:00Z', '2026-10-26T10:00:00Z'],
    ])
  })
})

test('a calendar of one appointment is an invitation, and once it is off a cancellation of the same', async () => {
  const one = async (story: readonly Told[]) => {
    const answer = await (await openPages(AT, story)).look('/calendar/O-1/A-1.ics', as('C-CM'))
    expect(answer.headers.get('content-type')).toContain('text/calendar')
    return answer.text()
  }
  const [invitation, cancellation] = [
    await one([...BEFORE, BOOKED]),
    await one([...BEFORE, BOOKED, CANCELLED]),
  ]
  expect([/METHOD:(\w+)/.exec(invitation)?.[1], /METHOD:(\w+)/.exec(cancellation)?.[1]]).toEqual([
    'PUBLISH',
    'CANCEL',
  ])
  expect(byIcalJs(cancellation)[0]).toMatchObject({ uid: HERE.uid, status: 'CANCELLED', sequence: 1 })
})

describe('the address of a calendar', () => {
  test('shows a reference, a time and a place, and nothing of who or why', async () => {
    const { answer, text } = await feedOf([...BEFORE, BOOKED])
    expect(answer.headers.get('content-type')).toContain('text/calendar')
    for (const said of ['Name of', 'C-PERSON', 'C-WITH', 'treatment', 'ATTENDEE', 'DESCRIPTION']) {
      expect(text).not.toContain(said)
    }
  })

  test('is for the worker’s own appointments: all of a manager’s, and those with them', async () => {
    const other = appointment('2026-03-20T14:00', { appointmentId: 'A-2' })
    expect(byIcalJs((await feedOf([...BEFORE, BOOKED, other])).text)).toHaveLength(2)
    expect(byIcalJs((await feedOf([...BEFORE, BOOKED, other], 'C-WITH')).text)).toHaveLength(1)
  })

  test('is over once it was withdrawn, and another takes its place', async () => {
    const { pages, path } = await feedOf([...BEFORE, BOOKED])
    const withdraw = '/acts/contact.calendar-withdrawn/contact/C-CM'
    expect((await pages.send(withdraw, as('C-OM'), { form: 'f', step: 'do' })).status).toBe(404)
    expect((await pages.app.request(path)).status).toBe(200)
    expect((await pages.send(withdraw, as('C-CM'), { form: 'f', step: 'do' })).status).toBe(303)
    expect((await pages.app.request(path)).status).toBe(404)
    const next = FEED.exec(await (await pages.look('/calendar', as('C-CM'))).text())?.[0] ?? ''
    expect(next).not.toBe(path)
    expect((await pages.app.request(next)).status).toBe(200)
  })

  test('is not another’s with the name changed, and nothing comes of a guess', async () => {
    const { pages, path } = await feedOf([...BEFORE, BOOKED])
    for (const guess of [
      path.replace('C-CM', 'C-OM'),
      path.replace('/0/', '/1/'),
      '/calendars/C-NOBODY/0/x.ics',
    ]) {
      expect((await pages.app.request(guess)).status, guess).toBe(404)
    }
  })
})

describe('the page of a calendar', () => {
  const page = async (story: readonly Told[], query = '', contactId = 'C-CM') =>
    (await (await openPages(AT, story)).look(`/calendar${query}`, as(contactId))).text()

  test('shows the week or month that is asked for', async () => {
    expect(await page([...BEFORE, BOOKED])).not.toContain('12 High Street')
    expect(await page([...BEFORE, BOOKED], '?span=month')).toContain('12 High Street')
    expect(await page([...BEFORE, BOOKED], '?span=week&day=2026-03-19')).toContain('12 High Street')
    expect(await page([...BEFORE, BOOKED], '?span=year&day=2026-02-31')).toContain('From Monday 9 March 2026')
  })

  test('says what is missing: an outcome, a confirmation, anything ahead', async () => {
    const PAST = appointment('2026-03-10T14:00')
    const MEETING = appointment('2026-03-25T14:00', { appointmentId: 'A-3', kind: 'three-way' })
    const confirmed = event('2026-03-10T10:00', 'appointment.confirmed', {
      ...{ orderId: 'O-1', appointmentId: 'A-3', by: 'C-OM' },
    })
    const all = await page([...BEFORE, PAST])
    expect(all).toMatch(/Nobody has said how these went[\s\S]*Tuesday 10 March at 2pm/)
    expect(all).toMatch(/Orders with nothing booked ahead[\s\S]*O-1/)
    const meeting = await page([...BEFORE, PAST, MEETING, confirmed])
    expect(meeting).toMatch(/Not confirmed: the case manager\s*</)
    expect(meeting).not.toContain('Orders with nothing booked ahead')
    expect(await page([...BEFORE, BOOKED])).toContain('Nothing is missing.')
  })

  test('leads who is named by an appointment alone to no casefile', async () => {
    const theirs = await page([...BEFORE, BOOKED], '?span=month', 'C-WITH')
    expect(theirs).toContain('12 High Street')
    expect(theirs).not.toContain('/casefiles/order/O-1')
  })
})
