import { describe, expect, test } from 'vitest'
import { intake } from '../../functions/intake/intake.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { appointment, contact, event, order, type Told } from '../story.ts'

const NOW = londonTime('2026-03-02', '10:00')

/** What taking events in leaves: the wakes of their casefiles, and which of them the last one queues. */
async function taken(...all: Told[]) {
  const store = sqliteStore(':memory:')
  const queued: CasefileId[] = []
  const queue = { send: async (ids: readonly CasefileId[]) => void queued.push(...ids) }
  for (const told of all) {
    queued.length = 0
    await intake(JSON.stringify(told), { store, queue, now: () => NOW })
  }
  const casefiles = await store.casefiles({ part: 0, of: 1 })
  store.close()
  return { wakes: Object.fromEntries(casefiles.map(({ id, wake }) => [id, wake])), queued }
}

describe('an event wakes a casefile when it matters to it', () => {
  test('a booking matters to the order at once, to its worker from half past seven of that day', async () => {
    expect(await taken(appointment('2026-03-09T14:00', { with: 'C-CM' }))).toEqual({
      wakes: { 'order:O-1': NOW, 'contact:C-CM': londonTime('2026-03-09', '07:30') },
      queued: ['order:O-1'],
    })
  })

  test('a booking for later that day matters to both at once: the list of the day has gone', async () => {
    const { wakes, queued } = await taken(appointment('2026-03-02T14:00', { with: 'C-CM' }))
    expect(wakes).toEqual({ 'order:O-1': NOW, 'contact:C-CM': NOW })
    expect(queued).toEqual(['order:O-1', 'contact:C-CM'])
  })

  test('a booking matters to the managers of its order as it does to whoever it is with', async () => {
    const { wakes, queued } = await taken(order(), appointment('2026-03-09T14:00'))
    expect(wakes).toMatchObject({ 'contact:C-OM': NOW, 'contact:C-CM': NOW })
    expect(queued).toEqual(['order:O-1'])
    const later = event('2026-03-02T09:00', 'order.varied', { orderId: 'O-1', offenderManager: 'C-OM-2' })
    const today = await taken(order(), appointment('2026-03-02T14:00'), later)
    expect(today.queued).toEqual(['order:O-1', 'contact:C-OM-2'])
  })

  test('an address only remembers who has it, however long ago that was said: nothing waits there for a tick', async () => {
    const { wakes, queued } = await taken(contact('C-OM', { email: 'om@example.com' }, '2025-06-02T09:00'))
    const address = Object.entries(wakes).filter(([id]) => id.startsWith('address:'))
    expect(address.map(([, wake]) => wake)).toEqual([londonTime('2026-03-30', '11:00')])
    expect(queued).toEqual(['contact:C-OM'])
  })

  test('what arrived wakes nobody; what did not, at once', async () => {
    const about = { noticeId: 'order_O-1_ATR-01_day-before_A-1' }
    const delivered = await taken(event('2026-03-02T09:59', 'notice.delivered', about))
    expect(delivered.queued).toEqual([])
    expect((await taken(event('2026-03-02T09:59', 'notice.failed', about))).queued).toEqual(['order:O-1'])
  })
})

describe('one eventId is one event', () => {
  const open = () => {
    const store = sqliteStore(':memory:')
    const ports = { store, queue: { send: async () => {} }, now: () => NOW }
    return { store, take: (told: Told) => intake(JSON.stringify(told), ports) }
  }
  const booked = { ...appointment('2026-03-09T14:00', {}, '2026-03-01T10:00'), eventId: 'A-1' }
  const rearranged = {
    ...event('2026-03-02T09:00', 'appointment.rearranged', {
      ...{ orderId: 'O-1', appointmentId: 'A-1', startsAt: '2026-03-10T09:00' },
    }),
    eventId: 'A-1',
  }

  test('a rearrangement under the id of its booking is refused, and the booking stands', async () => {
    const { store, take } = open()
    await take(booked)
    expect(await take(rearranged)).toEqual({
      is: 'refused',
      reason: 'eventId: already used for another event',
    })
    expect(await store.events('order:O-1', ['appointment'])).toMatchObject([{ type: 'appointment.booked' }])
  })

  test('the same event, its fields in another order and its blanks elsewhere, is a duplicate', async () => {
    const { take } = open()
    await take(booked)
    const turned = Object.fromEntries(Object.entries(booked.additionalInformation).reverse())
    expect(await take({ ...booked, additionalInformation: { ...turned, place: ' ' } })).toMatchObject({
      is: 'duplicate',
    })
  })

  test('a contact under the id of another one’s news reaches nobody who has its address', async () => {
    const { store, take } = open()
    const news = (email: string) => ({
      ...event('2026-03-01T00:00', 'contact.updated', { contactId: 'C-1', name: 'N', email }),
      eventId: 'C-1',
    })
    await take(news('old@example.com'))
    expect(await take(news('new@example.com'))).toMatchObject({ is: 'refused' })
    expect((await store.casefiles({ part: 0, of: 1 })).length).toBe(2)
  })

  test('under another noun the same id is another event', async () => {
    const { take } = open()
    await take(booked)
    const sent = event('2026-03-02T09:00', 'document.sent', { orderId: 'O-1', document: 'court-order' })
    expect(await take({ ...sent, eventId: 'A-1' })).toMatchObject({ is: 'accepted' })
  })
})
