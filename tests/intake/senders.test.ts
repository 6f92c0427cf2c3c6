import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { type Kinds, kindsOfToken, typeBeyond } from '../../functions/intake/senders.ts'
import { exampleOf, PUBLISHED } from '../../infra/contract/examples.ts'
import { nounOf } from '../../shared/casefile/nouns.ts'

/** The kinds of event that a token names, and what these let through. */

const SETTINGS = { claim: 'authorities', prefix: 'ROLE_EVENTS_' }

async function kindsOf(authorities: string): Promise<string[]> {
  let kinds: Kinds | undefined
  const app = new Hono().get('/', (c) => {
    kinds = kindsOfToken(SETTINGS)(c)
    return c.text('')
  })
  await app.request(
    '/',
    {},
    { event: { requestContext: { authorizer: { jwt: { claims: { authorities } } } } } },
  )
  return [...(kinds ?? [])]
}

test('each kind can be granted as a role, which has neither hyphens nor dots, and grants no other', async () => {
  const kinds = new Set(PUBLISHED.flatMap((type) => [type, nounOf({ type })]))
  for (const kind of ['every-kind', ...kinds]) {
    const role = kind.toUpperCase().replaceAll(/[.-]/g, '_')
    expect(await kindsOf(`[ROLE_EVENTS_${role} ROLE_OTHER]`)).toEqual([kind])
  }
})

test('a kind with a dot may also stand in a scope as it is', async () => {
  expect(await kindsOf('ROLE_EVENTS_person.died ROLE_EVENTS_nothing')).toEqual(['person.died'])
})

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
