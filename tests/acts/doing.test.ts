import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { offersTo, openForActing } from '../../functions/acts/acts.ts'
import { doAct } from '../../functions/acts/doing.ts'
import { intake } from '../../functions/intake/intake.ts'
import { openWorld } from '../../infra/local/world.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import { casefileId } from '../../shared/casefile/ids.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import type { Store } from '../../shared/store/store.ts'
import { contact, order, PEOPLE } from '../story.ts'

const ORDER = casefileId('order', 'O-1')
const OTHER = casefileId('contact', 'C-WITH')
const WEEKLY = { repeats: 'weekly', until: '2026-03-25', startsAt: '2026-03-18T14:00', with: 'C-WITH' }
const SERIES = { kind: 'treatment', durationMinutes: '60', ...WEEKLY }

test('a series of bookings that breaks off half way through an event is whole when it is sent again', async () => {
  const store = sqliteStore(':memory:')
  let now = londonTime('2026-03-11', '12:00')
  const take = (through: Store) => (event: Parameters<typeof intake>[0]) =>
    intake(event, { store: through, queue: { send: async () => {} }, now: () => now })
  for (const one of [...PEOPLE, contact('C-WITH'), order()]) await take(store)(JSON.stringify(one))

  const send = async (through: Store) => {
    const ports = { store, rules: () => rulesWith(), now: () => now, take: take(through) }
    const opened = await openForActing(ORDER, ports)
    if (!opened) throw new Error('there is an order')
    const [offer] = offersTo({ reads: 'their own', contactIds: ['C-CM'] }, opened).filter(
      ({ act }) => act.event === 'appointment.booked',
    )
    if (!offer) throw new Error('the case manager books appointments')
    await doAct(offer, SERIES, 'a form', ports, opened)
  }
  const booked = async (id: typeof ORDER | typeof OTHER) => {
    const { events = [] } = (await store.open(id)) ?? {}
    return events.flatMap(({ type, info }) =>
      type === 'appointment.booked' && 'appointmentId' in info ? [info.appointmentId] : [],
    )
  }

  const full: Store = {
    ...store,
    async takeIn(id, event, from) {
      if (id === OTHER) throw new Error('the disk is full')
      return store.takeIn(id, event, from)
    },
  }
  await expect(send(full)).rejects.toThrow('the disk is full')
  expect([await booked(ORDER), await booked(OTHER)].map((some) => some.length)).toEqual([1, 0])

  now += 60_000
  await send(store)
  const whole = await booked(ORDER)
  expect(whole).toHaveLength(2)
  expect(await booked(OTHER)).toEqual(whole)
})

describe('an act that notices ask for', () => {
  /** A form for booking, opened once and sent as often as `send` is called. */
  async function opened() {
    const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
    const file = join(folder, 'throughcare.db')
    const store = sqliteStore(file)
    const now = () => londonTime('2026-03-11', '12:00')
    const rules = () => rulesWith()
    const channel = { send: async () => ({ is: 'accepted' }) as const }
    const { take, settle } = openWorld({ store, now, rules, channels: { email: channel, sms: channel } })
    for (const one of [...PEOPLE, contact('C-WITH'), order({}, '2026-03-11T08:00')])
      await take(JSON.stringify(one))
    await settle()
    const ports = { store, rules, now, take }
    const form = await openForActing(ORDER, ports)
    if (!form) throw new Error('there is an order')
    const [offer] = offersTo({ reads: 'their own', contactIds: ['C-CM'] }, form).filter(
      ({ act }) => act.event === 'appointment.booked',
    )
    if (!offer) throw new Error('the case manager books appointments')
    const close = () => {
      store.close()
      rmSync(folder, { recursive: true })
    }
    return { store, file, send: () => doAct(offer, SERIES, 'a form', ports, form), close }
  }
  const actedOn = async (store: Store) =>
    (await store.counts('2026-03-09', '2026-03-09')).flatMap(({ counts }) => counts.actedOn ?? [])

  test('is counted once for each duty, though its form is sent twice', async () => {
    const { store, send, close } = await opened()
    await send()
    const once = await actedOn(store)
    expect(once).not.toEqual([])
    expect(new Set(once)).toEqual(new Set([1]))
    await send()
    expect(await actedOn(store)).toEqual(once)
    close()
  })

  test('is done where it cannot be counted', async () => {
    const { store, file, send, close } = await opened()
    const other = new DatabaseSync(file)
    other.exec('drop table counts')
    other.close()
    await send()
    expect(await store.events(ORDER, ['appointment'])).toHaveLength(2)
    close()
  })
})
