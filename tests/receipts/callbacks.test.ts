import { expect, test } from 'vitest'
import { callbacks } from '../../functions/receipts/callbacks.ts'
import { callback } from './samples.ts'

/** Posts a report as GOV.UK Notify does, and gives what was answered and what was taken in. */
async function report(body: string, authorization?: string) {
  const taken: string[] = []
  const app = callbacks({
    callbackToken: async () => 'the-token',
    async take({ eventType }) {
      taken.push(eventType)
      return { is: 'accepted', eventId: '1' }
    },
  })
  const headers = authorization === undefined ? {} : { authorization }
  const { status } = await app.request('/receipts/notify', { method: 'POST', body, headers })
  return { status, taken }
}

const FAILURE = JSON.stringify(callback('permanent-failure'))

test.each([
  [
    'a report that bears the token is taken in',
    FAILURE,
    'Bearer the-token',
    200,
    ['throughcare.notice.failed'],
  ],
  ['one that bears another is not', FAILURE, 'Bearer the-toke', 403, []],
  ['one that bears none is not', FAILURE, undefined, 403, []],
  ['one that cannot be read is refused', '{', 'Bearer the-token', 400, []],
  ['one on its way still is thanked for', JSON.stringify(callback('sending')), 'Bearer the-token', 200, []],
])('%s', async (_, body, authorization, status, taken) => {
  expect(await report(body, authorization)).toEqual({ status, taken })
})
