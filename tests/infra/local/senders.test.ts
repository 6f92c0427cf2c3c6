import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appointment, contact, event, order, PEOPLE } from '../../story.ts'
import { startThroughcare, type Throughcare } from './throughcare.ts'

/** Systems with tokens of their own, each for some kinds of event. */

const BOOKINGS = 'a token of the bookings system'
const SENDERS = { bookings: { token: BOOKINGS, kinds: ['appointment', 'order.made'] } }
const DEATH = { ...event('2026-01-02T00:00', 'person.died', {}), personReference: { identifiers: [] } }

function folderWith(senders: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
  writeFileSync(join(folder, 'senders.json'), JSON.stringify(senders), { mode: 0o600 })
  return folder
}

describe('a system that may book appointments and make orders', () => {
  const folder = folderWith(SENDERS)
  let throughcare: Throughcare
  beforeAll(async () => {
    throughcare = await startThroughcare(['--data', folder])
    for (const one of PEOPLE) await send(one, throughcare.token)
  })
  afterAll(async () => {
    await throughcare?.stop()
    rmSync(folder, { recursive: true })
  })

  async function send(body: object, token = BOOKINGS, path = '/events') {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await fetch(throughcare.address + path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return { status: answer.status, ...JSON.parse(await answer.text()) }
  }

  test.each([
    ['a kind', appointment('2026-03-09T14:00')],
    ['a type', order()],
  ])('is heard where %s is its own', async (_, told) => {
    expect(await send(told)).toMatchObject({ status: 200, is: 'accepted' })
  })

  test.each([
    ['a death', DEATH, 'person.died'],
    ['the end of an order', event('2026-01-03T00:00', 'order.ended', { orderId: 'O-1' }), 'order.ended'],
    [
      'a death in the wrapper of SNS',
      { Type: 'Notification', MessageId: 'M-1', Message: JSON.stringify(DEATH) },
      'person.died',
    ],
  ])('is refused %s, whatever it says', async (_, told, type) => {
    expect(await send(told)).toMatchObject({
      status: 400,
      is: 'refused',
      reason: `eventType: this sender may not send ${type}`,
    })
  })

  test.each(['address.failed', 'day.booked'])(
    'is refused %s, which passes between casefiles, under whatever token',
    async (type) => {
      const told = event('2026-12-04T07:30', type, { contactId: 'C-OM', day: '2026-12-05' })
      for (const token of [BOOKINGS, throughcare.token])
        expect(await send(told, token)).toMatchObject({
          status: 400,
          reason: `eventType: this sender may not send ${type}`,
        })
    },
  )

  test('hands over no replies, and is nobody under another token', async () => {
    expect((await send({}, BOOKINGS, '/replies')).status).toBe(401)
    expect((await send(order(), 'a token that nobody gave')).status).toBe(401)
  })

  test('keeps nothing from whoever may send every kind', async () => {
    expect(await send(contact('C-NEW'), throughcare.token)).toMatchObject({ status: 200, is: 'accepted' })
  })
})

test('a kind of event that does not exist keeps the machine from starting', async () => {
  const folder = folderWith({ bookings: { token: BOOKINGS, kinds: ['apointment'] } })
  await expect(startThroughcare(['--data', folder])).rejects.toThrow('apointment')
  rmSync(folder, { recursive: true })
})
