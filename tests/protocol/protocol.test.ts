import { describe, expect, test } from 'vitest'
import { storeContract } from '../store/contract.ts'
import { memoryStore } from './memory.ts'
import { check, type Story } from './model.ts'
import { RULES, SAVINGS } from './rules.ts'
import * as stories from './stories.ts'

const { broughtForward, broughtNearer, opens, withdrawn, due, together, bounced, over, begunAnew } = stories
const { diedBeforeSending, diedAfterSending, rejectedThenThrottled, calledOff, refusedForItsWords } = stories
const withTick = { ticks: 1, crashes: 1 }

/**
 * Intake, wake and tick as they are, run beside one another in every order in which their calls to store, queue and
 * provider can fall, with a crash at any of them. Each ending is then played on for a month: what was owed has been
 * told in time, and nothing twice but for a crash.
 */
describe('in every interleaving, whoever crashes', () => {
  const facts: [string, Story, { states: number }][] = [
    ['what is due when it is first heard of is told', { ...opens, ...withTick }, { states: 6_000 }],
    ['what is brought forward to now is told', { ...broughtForward, ...withTick }, { states: 40_000 }],
    [
      'what is brought forward to next week is told then',
      { ...broughtNearer, ...withTick },
      { states: 8_000 },
    ],
    ['what is withdrawn is told at most once', { ...withdrawn, crashes: 1 }, { states: 14_000 }],
    ['what is withdrawn leaves no wake', { ...withdrawn, wakers: 1, ...withTick }, { states: 1_200 }],
    ['a bounced message is sent again, once', { ...bounced, crashes: 1 }, { states: 14_000 }],
    ['what is due is told once by all who come', { ...due, wakers: 3, ...withTick }, { states: 4_500 }],
    ['a second crash tells at most once more', { ...opens, crashes: 2 }, { states: 5_000 }],
    ['what a dead waker had not sent is sent', { ...diedBeforeSending, ...withTick }, { states: 500 }],
    ['what a dead waker had sent is sent once more', { ...diedAfterSending, ...withTick }, { states: 500 }],
    [
      'what a provider says it took is not sent again, crash or no crash',
      { ...diedAfterSending, ...withTick, canBeAsked: true },
      { states: 400 },
    ],
    ['what is over is forgotten, and nothing of it told', { ...over, ...withTick }, { states: 500 }],
    ['what comes in meanwhile is kept and told', { ...begunAnew, wakers: 1, ...withTick }, { states: 2_000 }],
    ['and told once by two wakers, whoever crashes', { ...begunAnew, crashes: 1 }, { states: 50_000 }],
    ['however many ticks see a wake, it is told once', { ...due, ticks: 2 }, { states: 450 }],
    ['what is urgent is told by each of two channels', calledOff, { states: 1_000 }],
    ['and by each when a waker dies', { ...calledOff, wakers: 1, ...withTick }, { states: 1_000 }],
    ['and by each when one is throttled', { ...calledOff, throttles: 1 }, { states: 1_000 }],
    [
      'what is refused by one of them is told by the other',
      { ...refusedForItsWords, wakers: 1, crashes: 1 },
      { states: 700 },
    ],
    [
      'what is throttled is sent by its retry',
      { ...broughtForward, wakers: 1, throttles: 1, ...withTick },
      { states: 1_100 },
    ],
  ]
  for (const [fact, story, least] of facts) {
    test(fact, async ({ annotate }) => {
      const { problem, story: shortest, states, interleavings } = await check(story)
      expect({ problem, shortest }).toEqual({})
      expect(states).toBeGreaterThan(least.states)
      await annotate(`${states} states, ${interleavings.toPrecision(2)} interleavings`)
    })
  }

  // Found by this model, and mended.
  const found: [string, Story][] = [
    ['a waker that saw a live lease does not put off the retry of its holder', { ...due, throttles: 1 }],
    ['two wakers who each claim part of a message send it under two references', together],
    [
      'what another waker sent under our reference is not taken for ours',
      { ...together, crashes: 1, canBeAsked: true },
    ],
    [
      'a bounced message that is throttled on its second way is not sent to the first address again',
      { ...bounced, wakers: 1, throttles: 1 },
    ],
    [
      'a waker that knows nothing of the first way does not take what was given back on the second',
      rejectedThenThrottled,
    ],
    [
      'what is refused by one of two channels, before it is sent by the other, is not told again',
      refusedForItsWords,
    ],
  ]
  for (const [fact, story] of found) {
    test(fact, async () => {
      const { problem, story: shortest } = await check(story)
      expect({ problem, shortest }).toEqual({})
    })
  }
})

describe('no rule of the protocol can be left out', () => {
  test('with all of them, each of their stories ends well', async () => {
    for (const story of new Set(RULES.map((rule) => rule.story))) {
      expect((await check(story)).problem).toBeUndefined()
    }
  })

  for (const { rule, without, story, wrong } of RULES) {
    test(rule, async ({ annotate }) => {
      const { problem, story: shortest = [] } = await check(story, without)
      expect(problem).toMatch(wrong)
      await annotate(`without it: ${[...shortest, problem].join('; ')}`)
    })
  }
})

describe('what only saves time or work could be', () => {
  for (const { rule, without, story } of SAVINGS) {
    test(rule, async () => {
      const { problem, story: shortest } = await check(story, without)
      expect({ problem, shortest }).toEqual({})
    })
  }
})

describe('the store of the model', () => {
  storeContract(async () => memoryStore({ contents: {} }))
})
