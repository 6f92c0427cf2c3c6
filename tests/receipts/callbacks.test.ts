import { expect, test } from 'vitest'
import { callbacks } from '../../functions/receipts/callbacks.ts'
import type { Inbound } from '../../shared/channels/inbound.ts'
import { callback, notifyComplaint } from './samples.ts'

/** Posts a report as GOV.UK Notify does, and gives what was answered and what was taken in. */
async function report(body: string, authorization?: string, door = 'receipts') {
  const taken: string[] = []
  const heard: Inbound[] = []
  const app = callbacks({
    callbackToken: async () => 'the-token',
    hear: async (inbound) => void heard.push(inbound),
    async take({ eventType }) {
      taken.push(eventType)
      return { is: 'accepted', eventId: '1' }
    },
  })
  const headers = authorization === undefined ? {} : { authorization }
  const { status } = await app.request(`/${door}/notify`, { method: 'POST', body, headers })
  return { status, taken, heard }
}

const COMPLAINT = JSON.stringify(notifyComplaint())
const FAILURE = JSON.stringify(callback('permanent-failure'))

test.each([
  [
    'a report that bears the token is taken in',
    FAILURE,
    'Bearer the-token',
    200,
    ['throughcare.notice.failed'],
  ],
  ['a complaint that bears it too', COMPLAINT, 'Bearer the-token', 200, ['throughcare.notice.failed']],
  ['a complaint that bears another is not', COMPLAINT, 'Bearer the-toke', 403, []],
  ['one that bears another is not', FAILURE, 'Bearer the-toke', 403, []],
  ['one that bears none is not', FAILURE, undefined, 403, []],
  ['one that cannot be read is refused', '{', 'Bearer the-token', 400, []],
  ['one on its way still is thanked for', JSON.stringify(callback('sending')), 'Bearer the-token', 200, []],
])('%s', async (_, body, authorization, status, taken) => {
  expect(await report(body, authorization)).toEqual({ status, taken, heard: [] })
})

const REPLY = {
  id: '740e5834-3a29-46b4-9a6f-16142fde533a',
  source_number: '447700900123',
  destination_number: '07700900999',
  message: 'STOP',
  date_received: '2026-03-08T14:00:00.000000Z',
}
const HEARD = [{ from: '447700900123', body: 'STOP', id: REPLY.id }]

test.each([
  ['a reply that bears the token is heard', JSON.stringify(REPLY), 'Bearer the-token', 200, HEARD],
  ['one that bears another is not', JSON.stringify(REPLY), 'Bearer the-toke', 403, []],
  ['one that bears none is not', JSON.stringify(REPLY), undefined, 403, []],
  ['one that cannot be read is refused', '{', 'Bearer the-token', 400, []],
  [
    'one without a sender is refused',
    JSON.stringify({ ...REPLY, source_number: undefined }),
    'Bearer the-token',
    400,
    [],
  ],
])('%s', async (_, body, authorization, status, heard) => {
  expect(await report(body, authorization, 'replies')).toEqual({ status, taken: [], heard })
})
