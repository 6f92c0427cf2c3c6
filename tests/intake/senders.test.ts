import { expect, test } from 'vitest'
import { typeBeyond } from '../../functions/intake/senders.ts'
import { exampleOf } from '../../infra/contract/examples.ts'
import { nounOf } from '../../shared/casefile/nouns.ts'

/** The kinds of event that a sender may send, and what these let through. */

const RELEASED = 'prison-offender-events.prisoner.released'

test.each([
  ['order.ended', { reason: 'died' }, { reason: 'completed' }],
  ['release.closed', { reason: 'died' }, { reason: 'settled' }],
  ['clearance.ended', { reason: 'died' }, { reason: 'left' }],
  [RELEASED, { nomisMovementReasonCode: 'DEC' }, { nomisMovementReasonCode: 'CR' }],
] as const)('%s says of a death for a sender of deaths alone', (type, died, otherwise) => {
  const saying = (info: object) => {
    const example = exampleOf(type) as { additionalInformation: object }
    return JSON.stringify({
      ...example,
      additionalInformation: { ...example.additionalInformation, ...info },
    })
  }
  const noun = nounOf({ type })
  expect(typeBeyond(new Set([noun]), saying(otherwise))).toBeUndefined()
  expect(typeBeyond(new Set([noun]), saying(died))).toBe('person.died')
  for (const kind of ['person', 'person.died', 'every-kind'])
    expect(typeBeyond(new Set([noun, kind]), saying(died))).toBeUndefined()
})
