import { expect, test } from 'vitest'
import { readInbound } from '../../shared/channels/inbound.ts'

/** A text message as End User Messaging hands it over. */

const TEXT = {
  originationNumber: '+447700900123',
  destinationNumber: '+447700900999',
  messageKeyword: 'KEYWORD_1',
  messageBody: 'STOP',
  previousPublishedMessageId: 'c1',
  inboundMessageId: 'm1',
}
const bySns = (text: object) => JSON.stringify({ Type: 'Notification', Message: JSON.stringify(text) })

test('a text message is read by who sent it, to which number of ours, what it says, and the id under which it comes again', () => {
  expect(readInbound(bySns(TEXT))).toEqual({
    from: '+447700900123',
    to: '+447700900999',
    body: 'STOP',
    id: 'm1',
  })
})

test.each([
  ['without a sender', { ...TEXT, originationNumber: undefined }, 'originationNumber'],
  ['without an id', { ...TEXT, inboundMessageId: undefined }, 'inboundMessageId'],
  ['with a body that is none', { ...TEXT, messageBody: { text: 'STOP' } }, 'messageBody'],
])('one %s is refused by the name of the field, and nothing of it is repeated', (_, text, field) => {
  expect(() => readInbound(bySns(text))).toThrow(new Error(`no text message: ${field}`))
})
