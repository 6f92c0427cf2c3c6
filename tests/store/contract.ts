import { beforeEach, describe, expect, test } from 'vitest'
import { batchesOf } from '../../functions/concurrency.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { type CasefileId, KINDS, type Kind } from '../../shared/casefile/ids.ts'
import type { ChannelName, Entry } from '../../shared/casefile/ledger.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import type { Text } from '../../shared/messages/text.ts'
import { type Claim, casefilesOfKind, type Head, type Read, type Store } from '../../shared/store/store.ts'
import { appointment, contact, event, order, type Told } from '../story.ts'

const ID: CasefileId = 'order:O-1'
const OTHER: CasefileId = 'order:O-2'
const NOON = Date.parse('2026-03-09T12:00:00Z')
const NAMED = {
  noticeId: 'order_O-1_ATR-01_a',
  duty: 'ATR-01',
  step: 'day-before',
  occasion: 'A-1',
  due: NOON,
  because: ['made'],
  at: NOON,
}
const ADDRESS = {
  to: 'C-PERSON',
  role: 'person',
  channel: 'email',
  address: 'dafydd@example.com',
  language: 'cy',
  misses: [{ contactId: 'C-OM', reason: 'absent' }],
  messageId: 'order_O-1_ATR-01_a',
  failed: [],
} as const

/** The opening of every claim: the notice is held until a quarter past. */
export const CLAIM = { ...NAMED, ...ADDRESS, is: 'claimed', leaseUntil: NOON + 900_000 } as const
const SKIP = { ...NAMED, is: 'skipped', reason: 'stale', role: 'person', to: undefined, misses: [] } as const
const SENT = { ...NAMED, ...ADDRESS, is: 'sent' } as const
const THROTTLED = { ...NAMED, ...ADDRESS, is: 'throttled', retryAt: NOON + 60_000 } as const
const WHOLE = { part: 0, of: 1 }
const SMS = { encoding: 'UCS-2', fragments: 1, pence: 2.4 } as const
/** What a casefile begins with. */
export const OPENING = read(order())
const TEXT = textOf('Yfory am 2pm — “gwelwn ni chi”')

/** What every store keeps to. `fresh` gives an empty one. */
export function storeContract(fresh: () => Promise<Store>): void {
  let store: Store
  beforeEach(async () => {
    store = await fresh()
  })

  const put = (id: CasefileId, one: DomainEvent) => store.takeIn(id, one, NOON)
  /** Takes in what a casefile begins with, once or again. */
  const raise = (id: CasefileId, from: number) => store.takeIn(id, OPENING, from)
  const claimOne = async (id: CasefileId, entry: Claim, now = NOON) =>
    (await store.claim(id, [entry], now))[0]
  const headOf = async (id: CasefileId): Promise<Head> => {
    const stored = await store.open(id)
    if (!stored) throw new Error(`${id} is not there`)
    return stored.head
  }
  /** Sets a wake as one who has just read the head. */
  const setWake = async (id: CasefileId, wake: number, plannedUnder?: string) =>
    finish(id, await headOf(id), wake, plannedUnder)
  const finish = (id: CasefileId, read: Read, wake: number, plannedUnder?: string) =>
    store.finish(id, read, { entries: [], wake, ...(plannedUnder !== undefined && { plannedUnder }) })
  const dueBy = (until: number, limit: number, after?: number) =>
    store.due({ until, ...(after !== undefined && { after }) }, limit)
  /** Claims a notice of its own message, and keeps what it says. */
  const say = (id: CasefileId, one: Claim & { messageId: string }, text = TEXT) =>
    store.claim(id, [one], NOON, () => ({ messageId: one.messageId, text }))

  describe('events', () => {
    test('remembers under which rules a wake was planned, until it is planned under others', async () => {
      await raise(ID, NOON)
      await setWake(ID, NOON + 7, 'one')
      expect((await store.open(ID))?.head.plannedUnder).toBe('one')
      await setWake(ID, NOON + 9)
      expect((await store.open(ID))?.head.plannedUnder).toBe('one')
      await setWake(ID, NOON, 'two')
      expect((await store.open(ID))?.head.plannedUnder).toBe('two')
    })

    test('an event is added once; put again, it is known, and the first stands', async () => {
      expect(await put(ID, booked('A-1'))).toBe('added')
      expect(await put(ID, { ...booked('A-1'), at: 1 })).toBe('known')
      expect((await store.open(ID))?.events).toEqual([booked('A-1')])
    })

    test('one event lies in every casefile it concerns', async () => {
      expect(await put(ID, booked('A-1'))).toBe('added')
      expect(await put(OTHER, booked('A-1'))).toBe('added')
    })

    test('of many who put one event at once, one adds it', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => put(ID, booked('A-1'))))
      expect(answers.toSorted()).toEqual(['added', ...Array(7).fill('known')])
    })

    test('an eventId and its words come back as they were, in any script, with any sign', async () => {
      const plain = booked('A-1')
      const place = '⛪ Tŷ’r Ddôl\n"東京" \\ \u202e\u0007'
      const strange = { ...plain, eventId: 'ŵ/é 🙂#/2/event', info: { ...plain.info, place } } as DomainEvent
      await put(ID, strange)
      expect((await store.open(ID))?.events).toEqual([strange])
      expect(await store.events(ID, ['appointment'])).toEqual([strange])
      expect(await put(ID, strange)).toBe('known')
    })

    test('an event of 250 KB comes back whole', async () => {
      const large = booked('A-1', { note: 'ŷ'.repeat(125 * 1024) })
      expect(Buffer.byteLength(JSON.stringify(large))).toBeGreaterThan(250 * 1024)
      await put(ID, large)
      expect(await store.events(ID, ['appointment'])).toEqual([large])
    })

    test('the events of a noun are those of that noun alone, without the ledger and the texts', async () => {
      for (const one of [booked('A-1'), booked('A-2'), sheet('A-1'), worker(), read(order()), receipt()])
        await put(ID, one)
      await say(ID, CLAIM)
      expect(ids(await store.events(ID, ['appointment']))).toEqual(ids([booked('A-1'), booked('A-2')]))
      expect(ids(await store.events(ID, ['contact']))).toEqual(ids([worker()]))
      expect(ids(await store.events(ID, ['notice']))).toEqual(ids([receipt()]))
      expect(ids(await store.events(ID, ['contact-sheet', 'contact']))).toEqual(ids([sheet('A-1'), worker()]))
      expect(await store.events(ID, ['entry'])).toEqual([])
      expect(await store.events(ID, [])).toEqual([])
      expect(await store.events(OTHER, ['appointment'])).toEqual([])
    })
  })

  describe('the whole casefile', () => {
    test('a casefile into which nothing was taken is not there, whatever its ledger holds', async () => {
      await say(ID, CLAIM)
      expect(await store.open(ID)).toBeUndefined()
      expect(await store.open(OTHER)).toBeUndefined()
    })

    test('it opens with its head, its events and its ledger, and with nobody else’s', async () => {
      await put(ID, booked('A-1'))
      await put(ID, sheet('A-1'))
      await put(OTHER, booked('A-2'))
      await claimOne(ID, SKIP)
      await claimOne(OTHER, CLAIM)
      const opened = await store.open(ID)
      expect(opened?.head).toMatchObject({ wake: NOON })
      expect(ids(opened?.events ?? [])).toEqual(ids([booked('A-1'), sheet('A-1')]))
      expect(opened?.entries).toEqual([SKIP])
    })

    test('a casefile of more than a megabyte opens whole', async () => {
      const large = Array.from({ length: 6 }, (_, index) =>
        booked(`A-${index}`, { note: 'n'.repeat(250_000) }),
      )
      for (const one of large) await put(ID, one)
      await claimOne(ID, CLAIM)
      const opened = await store.open(ID)
      expect(ids(opened?.events ?? [])).toEqual(ids(large))
      expect(opened?.entries).toEqual([CLAIM])
    })

    test('words that somebody wrote are kept beside them', async () => {
      await raise(ID, NOON)
      await store.keepWords(ID, { messageId: 'a-reply', text: textOf('words') })
      expect(await store.texts(ID)).toEqual(new Map([['a-reply', textOf('words')]]))
      expect((await store.open(ID))?.entries).toEqual([])
    })

    test('the texts of its messages lie apart, by messageId, the last of each', async () => {
      await raise(ID, NOON)
      const [one, other] = [
        CLAIM,
        { ...CLAIM, noticeId: 'order_O-1_ATR-01_b', messageId: 'order_O-1_message_b' },
      ]
      await say(ID, one, textOf('no longer'))
      await store.record(ID, [THROTTLED])
      await say(ID, one)
      await say(ID, other, textOf(''))
      const opened = { head: await headOf(ID), events: [OPENING], entries: [one, other] }
      expect(await store.open(ID)).toEqual(opened)
      expect(await store.texts(ID)).toEqual(
        new Map([
          [one.messageId, TEXT],
          [other.messageId, textOf('')],
        ]),
      )
      expect(await store.texts(OTHER)).toEqual(new Map())
    })
  })

  describe('the head', () => {
    test('what comes in raises the version by one and brings the wake forward, never back', async () => {
      await raise(ID, NOON)
      const begun = await headOf(ID)
      expect(begun.wake).toBe(NOON)
      await raise(ID, NOON + 5)
      expect(await headOf(ID)).toEqual({ version: begun.version + 1, wake: NOON })
      await raise(ID, NOON - 5)
      expect(await headOf(ID)).toEqual({ version: begun.version + 2, wake: NOON - 5 })
    })

    test('of many that come in at once for different instants, the earliest stands', async () => {
      const froms = Array.from({ length: 8 }, (_, index) => NOON + ((index * 5) % 8))
      await Promise.all(froms.map((from) => raise(ID, from)))
      expect(await headOf(ID)).toMatchObject({ wake: NOON })
    })

    test('of many that come in at once, each raises the version', async () => {
      await raise(ID, NOON)
      const begun = await headOf(ID)
      await Promise.all(Array.from({ length: 8 }, () => raise(ID, NOON)))
      expect((await headOf(ID)).version).toBe(begun.version + 8)
    })

    test('a wake is set while the version is the one read, and does not raise it', async () => {
      await raise(ID, NOON)
      const { version } = await headOf(ID)
      expect(await setWake(ID, NOON + 7)).toBe('set')
      expect(await headOf(ID)).toEqual({ version, wake: NOON + 7 })
    })

    test('a wake is not set once something came in', async () => {
      await raise(ID, NOON)
      const read = await headOf(ID)
      await raise(ID, NOON + 1)
      expect(await finish(ID, read, NOON + 7)).toBe('moved-on')
      expect(await headOf(ID)).toEqual({ version: read.version + 1, wake: NOON })
    })

    test('a wake is not set over one that was set since it was read', async () => {
      await raise(ID, NOON)
      const read = await headOf(ID)
      expect(await finish(ID, read, NOON + 1)).toBe('set')
      expect(await finish(ID, read, NOON + 7)).toBe('moved-on')
      expect((await headOf(ID)).wake).toBe(NOON + 1)
    })

    test('setting the wake of a casefile that is not there makes none', async () => {
      for (const version of [0, 1]) {
        expect(await finish(ID, { version, wake: NOON }, NOON)).toBe('moved-on')
      }
      expect(await store.open(ID)).toBeUndefined()
    })
  })

  describe('what is due', () => {
    const casefiles = Array.from({ length: 40 }, (_, index): CasefileId => `order:O-${100 + index}`)

    test('nothing is due in an empty store', async () => {
      expect(await dueBy(Number.MAX_SAFE_INTEGER, 10)).toEqual([])
    })

    test('a wake is due at its instant and not before', async () => {
      await raise(ID, NOON)
      expect(await dueBy(NOON - 1, 10)).toEqual([])
      expect(await dueBy(NOON, 10)).toEqual([{ id: ID, wake: NOON }])
    })

    test('those waiting longest come first, and no more than asked for', async () => {
      const wakes = casefiles.map((id, index) => ({ id, wake: NOON + ((index * 17) % 40) * 1000 }))
      for (const { id, wake } of wakes) await raise(id, wake)
      const earliest = wakes.toSorted((a, b) => a.wake - b.wake)
      expect(await dueBy(Number.MAX_SAFE_INTEGER, 100)).toEqual(earliest)
      expect(await dueBy(Number.MAX_SAFE_INTEGER, 7)).toEqual(earliest.slice(0, 7))
      expect(await dueBy(Number.MAX_SAFE_INTEGER, 1)).toEqual(earliest.slice(0, 1))
      expect(await dueBy(NOON + 19_000, 100)).toEqual(earliest.slice(0, 20))
    })

    test('of one instant, they come in the order of their ids', async () => {
      for (const id of casefiles.toReversed()) await raise(id, NOON)
      expect((await dueBy(NOON, 100)).map(({ id }) => id)).toEqual(casefiles)
    })

    test('a wake that was moved on or set again is due as it now stands', async () => {
      const [later, sooner] = casefiles as [CasefileId, CasefileId]
      for (const id of [later, sooner]) await raise(id, NOON)
      await setWake(later, NOON + 5)
      await setWake(sooner, NOON + 9)
      await raise(sooner, NOON + 3)
      expect(await dueBy(NOON, 10)).toEqual([])
      expect(await dueBy(NOON + 9, 10)).toEqual([
        { id: sooner, wake: NOON + 3 },
        { id: later, wake: NOON + 5 },
      ])
    })

    test('of a stretch of time it is those whose wake lies after its beginning and not after its end', async () => {
      for (const [index, id] of casefiles.entries()) await raise(id, NOON + index)
      const within = await store.due({ after: NOON + 4, until: NOON + 7 }, 100)
      expect(within.map(({ wake }) => wake - NOON)).toEqual([5, 6, 7])
      expect(await store.due({ after: NOON + 4, until: NOON + 7 }, 2)).toEqual(within.slice(0, 2))
      expect(await store.due({ after: NOON + 39, until: NOON + 99 }, 2)).toEqual([])
    })

    test('what makes nothing due raises the version and leaves the wake; what begins with it is due', async () => {
      await raise(ID, NOON)
      await setWake(ID, NOON + 9)
      const { version } = await headOf(ID)
      await store.takeIn(ID, booked('A-1'))
      await store.takeIn(OTHER, booked('A-2'))
      expect(await headOf(ID)).toEqual({ version: version + 1, wake: NOON + 9 })
      expect((await headOf(OTHER)).wake).toBe(booked('A-2').at)
      expect(await dueBy(booked('A-2').at, 10)).toContainEqual({ id: OTHER, wake: booked('A-2').at })
    })

    test('a casefile whose wake lies far ahead is due again once something comes in', async () => {
      await raise(ID, NOON)
      await setWake(ID, NOON + 9)
      await raise(ID, NOON + 1)
      expect(await dueBy(NOON + 1, 10)).toEqual([{ id: ID, wake: NOON + 1 }])
    })
  })

  describe('claims', () => {
    const claims = { 'a claim': CLAIM, 'a skip': SKIP }
    for (const [what, claim] of Object.entries(claims)) {
      test(`${what} of a notice that nobody has touched is entered`, async () => {
        await raise(ID, NOON)
        expect(await claimOne(ID, claim)).toBeUndefined()
        expect((await store.open(ID))?.entries).toEqual([claim])
      })

      test(`${what} takes over a notice that was given back`, async () => {
        expect(await afterClaim(THROTTLED, claim, NOON)).toEqual({ refusedBy: undefined, stands: claim })
      })

      test(`${what} under a live lease is refused, and shows who holds it`, async () => {
        const held = { ...CLAIM, to: 'C-DUTY', messageId: 'order_O-1_message_ŵ' }
        const refused = { refusedBy: held, stands: held }
        expect(await afterClaim(held, claim, held.at)).toEqual(refused)
        expect(await afterClaim(held, claim, held.leaseUntil - 1)).toEqual(refused)
      })

      test(`${what} takes over a lease at the instant at which it runs out, and after`, async () => {
        const held = { ...CLAIM, to: 'C-DUTY' }
        const taken = { refusedBy: undefined, stands: claim }
        expect(await afterClaim(held, claim, held.leaseUntil)).toEqual(taken)
        expect(await afterClaim(held, claim, held.leaseUntil + 1)).toEqual(taken)
      })

      const settled: Entry[] = [SENT, { ...NAMED, ...ADDRESS, is: 'failed', reason: 'permanent' }, SKIP]
      for (const standing of settled) {
        test(`${what} of a notice that was ${standing.is} is refused for good, and shows what became of it`, async () => {
          const refused = { refusedBy: standing, stands: standing }
          expect(await afterClaim(standing, claim, NOON)).toEqual(refused)
          expect(await afterClaim(standing, claim, Number.MAX_SAFE_INTEGER)).toEqual(refused)
        })
      }
    }

    test('a claim takes the place of the message that it replaces, once, and of no other', async () => {
      const again = {
        ...CLAIM,
        messageId: 'order_O-1_message_b',
        failed: [SENT.address],
        replaces: SENT.messageId,
      }
      expect(await afterClaim(SENT, again, NOON)).toEqual({ refusedBy: undefined, stands: again })
      const late = { ...again, messageId: 'order_O-1_message_c' }
      expect(await afterClaim(again, late, NOON)).toEqual({ refusedBy: again, stands: again })
      const other = { ...again, replaces: 'order_O-1_message_z' }
      expect(await afterClaim(SENT, other, NOON)).toEqual({ refusedBy: SENT, stands: SENT })
    })

    test('a claim takes the place of what was no longer true, once and by one who read that; of no other skip', async () => {
      const lapsed = { ...SKIP, reason: 'no-longer-true' } as const
      const again = { ...CLAIM, replaces: lapsed.reason }
      expect(await afterClaim(lapsed, CLAIM, NOON)).toEqual({ refusedBy: lapsed, stands: lapsed })
      expect(await afterClaim(lapsed, again, NOON)).toEqual({ refusedBy: undefined, stands: again })
      for (const standing of [again, SENT, SKIP]) {
        expect(await afterClaim(standing, again, NOON)).toEqual({ refusedBy: standing, stands: standing })
      }
    })

    test('that nobody could be told takes the place of what was no longer true, by one who read that', async () => {
      const lapsed = { ...SKIP, reason: 'no-longer-true' } as const
      const unreached = { ...SKIP, reason: 'no-usable-address', replaces: lapsed.reason } as const
      expect(await afterClaim(lapsed, SKIP, NOON)).toEqual({ refusedBy: lapsed, stands: lapsed })
      expect(await afterClaim(lapsed, unreached, NOON)).toEqual({ refusedBy: undefined, stands: unreached })
      for (const standing of [SENT, SKIP, CLAIM]) {
        expect(await afterClaim(standing, unreached, NOON)).toEqual({ refusedBy: standing, stands: standing })
      }
    })

    test('what was given back in the place of a message goes to a claim in that place, to no other, or is skipped', async () => {
      const again = { ...CLAIM, messageId: 'order_O-1_message_b', replaces: SENT.messageId }
      const { leaseUntil: _, ...claimed } = again
      const back = { ...claimed, is: 'throttled', retryAt: THROTTLED.retryAt } as const
      const regrouped = { ...again, messageId: 'order_O-1_message_c' }
      expect(await afterClaim(back, regrouped, NOON)).toEqual({ refusedBy: undefined, stands: regrouped })
      expect(await afterClaim(back, SKIP, NOON)).toEqual({ refusedBy: undefined, stands: SKIP })
      for (const other of [CLAIM, { ...again, replaces: back.messageId }]) {
        expect(await afterClaim(back, other, NOON)).toEqual({ refusedBy: back, stands: back })
      }
    })

    test('the entries of a notice are its own, one for each channel by which it goes, and no other’s', async () => {
      const by = (channel: ChannelName) => ({ ...CLAIM, channel, ways: ['email', 'sms'] as const })
      const others = ['', '-b', '0', '_b'].map((more) => ({ ...SKIP, noticeId: `${CLAIM.noticeId}${more}` }))
      const [own, ...rest] = others as [typeof SKIP, ...(typeof SKIP)[]]
      await store.record(ID, [by('sms'), by('email'), own, ...rest])
      await store.record(OTHER, [CLAIM])
      const found = await store.entries(ID, CLAIM.noticeId)
      expect(found).toHaveLength(3)
      expect(found).toEqual(expect.arrayContaining([by('sms'), by('email'), own]))
      expect(await store.entries(ID, 'nobody’s')).toEqual([])
    })

    test('of many claims at once, exactly one wins, and the others see it', async () => {
      const takers = Array.from({ length: 12 }, (_, index) => ({ ...CLAIM, to: `C-${index}` }))
      const answers = await Promise.all(takers.map((taker) => claimOne(ID, taker, NOON)))
      const winner = takers.filter((_, index) => answers[index] === undefined)
      expect(winner).toHaveLength(1)
      expect(answers.filter((answer) => answer !== undefined)).toEqual(Array(11).fill(winner[0]))
    })

    test('of many claims of the same words at the same instant, exactly one wins', async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => claimOne(ID, CLAIM)))
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(1)
    })

    test('of many claims of a lease that ran out, exactly one wins', async () => {
      await claimOne(ID, CLAIM)
      const again = { ...CLAIM, at: CLAIM.leaseUntil, leaseUntil: CLAIM.leaseUntil + 900_000 }
      const answers = await Promise.all(Array.from({ length: 12 }, () => claimOne(ID, again, again.at)))
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(1)
    })

    test('one notice of two casefiles, or two of one, are claimed apart', async () => {
      expect(await claimOne(ID, CLAIM)).toBeUndefined()
      expect(await claimOne(OTHER, CLAIM)).toBeUndefined()
      expect(await claimOne(ID, { ...CLAIM, noticeId: `${CLAIM.noticeId}-b` }, NOON)).toBeUndefined()
    })

    test('one notice by two channels is claimed, recorded and forgotten apart', async () => {
      await raise(ID, NOON)
      const by = (channel: ChannelName) => ({
        ...{ ...CLAIM, channel, ways: ['email', 'sms'] as const },
        messageId: `order_O-1_message_${channel}`,
      })
      const [email, sms] = [by('email'), by('sms')]
      expect(await claimOne(ID, email)).toBeUndefined()
      expect(await claimOne(ID, sms)).toBeUndefined()
      expect(await claimOne(ID, sms)).toEqual(sms)
      const { leaseUntil: _, ...addressed } = sms
      const sent: Entry = { ...addressed, is: 'sent' }
      await store.record(ID, [sent])
      expect((await store.open(ID))?.entries).toEqual([email, sent])
      await store.forget(ID, { entry: email })
      expect((await store.open(ID))?.entries).toEqual([sent])
    })

    test('where the first of a message is refused the rest is left alone, and nothing is written', async () => {
      await raise(ID, NOON)
      await claimOne(ID, CLAIM)
      const [second, third] = [
        { ...CLAIM, noticeId: 'b' },
        { ...CLAIM, noticeId: 'c' },
      ]
      const write = () => ({ messageId: 'm', text: TEXT })
      expect(await store.claim(ID, [CLAIM, second, third], NOON, write)).toEqual([CLAIM])
      expect((await store.open(ID))?.entries).toEqual([CLAIM])
      expect(await store.texts(ID)).toEqual(new Map())
    })

    test('of a message what is another’s is refused, the rest claimed, and that alone is written', async () => {
      await raise(ID, NOON)
      const [second, third] = [
        { ...CLAIM, noticeId: 'b' },
        { ...CLAIM, noticeId: 'c' },
      ]
      await claimOne(ID, second)
      const written: string[] = []
      const answers = await store.claim(ID, [CLAIM, second, third], NOON, (claimed) => {
        written.push(...claimed.map(({ noticeId }) => noticeId))
        return { messageId: 'm', text: TEXT }
      })
      expect(answers).toEqual([undefined, second, undefined])
      expect(written).toEqual([CLAIM.noticeId, 'c'])
      expect(await store.texts(ID)).toEqual(new Map([['m', TEXT]]))
    })

    test('a turn is finished with what became of its claims, and with its next wake', async () => {
      await raise(ID, NOON)
      await claimOne(ID, CLAIM)
      const next = { entries: [SENT], wake: NOON + 7, plannedUnder: 'one' }
      const read = await headOf(ID)
      expect(await store.finish(ID, read, next)).toBe('set')
      expect(await store.open(ID)).toMatchObject({
        head: { version: read.version, wake: NOON + 7, plannedUnder: 'one' },
        entries: [SENT],
      })
    })

    test('what became of claims is recorded also where something came in meanwhile', async () => {
      await raise(ID, NOON)
      await claimOne(ID, CLAIM)
      const read = await headOf(ID)
      await raise(ID, NOON)
      const late = { entries: [SENT], wake: NOON + 7 }
      expect(await store.finish(ID, read, late)).toBe('moved-on')
      expect(await store.open(ID)).toMatchObject({ head: { wake: NOON }, entries: [SENT] })
    })

    test('what became of a claim replaces it: one entry a notice', async () => {
      await raise(ID, NOON)
      await claimOne(ID, CLAIM)
      await store.record(ID, [THROTTLED])
      expect((await store.open(ID))?.entries).toEqual([THROTTLED])
      await claimOne(ID, CLAIM)
      await store.record(ID, [SENT])
      expect((await store.open(ID))?.entries).toEqual([SENT])
    })

    /** What a claim meets, and what then stands, in a casefile of its own. */
    async function afterClaim(standing: Entry, claim: Claim, now: number) {
      const id: CasefileId = `order:O-${standing.is}-${now}`
      await raise(id, NOON)
      await store.record(id, [standing])
      const refusedBy = await claimOne(id, claim, now)
      const [stands] = (await store.open(id))?.entries ?? []
      return { refusedBy, stands }
    }
  })

  describe('forgetting', () => {
    test('takes out one thing, and leaves all else as it was', async () => {
      const kept = { ...SKIP, noticeId: 'order_O-1_ATR-01_b' }
      for (const id of [ID, OTHER]) {
        for (const one of [booked('A-1'), booked('A-2')]) await put(id, one)
        for (const messageId of ['a', 'b']) await say(id, { ...CLAIM, noticeId: messageId, messageId })
        for (const entry of [CLAIM, kept]) await claimOne(id, entry, NOON)
      }
      const before = { other: await store.open(OTHER), texts: await store.texts(OTHER) }
      await store.forget(ID, { event: booked('A-1') })
      await store.forget(ID, { entry: CLAIM })
      await store.forget(ID, { messageId: 'a' })
      const opened = await store.open(ID)
      expect(opened?.head.wake).toBe(NOON)
      expect(ids(opened?.events ?? [])).toEqual(ids([booked('A-2')]))
      expect(opened?.entries.map(({ noticeId }) => noticeId)).toEqual(['a', 'b', kept.noticeId])
      expect([...(await store.texts(ID)).keys()]).toEqual(['b'])
      expect({ other: await store.open(OTHER), texts: await store.texts(OTHER) }).toEqual(before)
    })

    test('what is not there is forgotten again without harm', async () => {
      for (const item of [{ event: booked('A-1') }, { entry: CLAIM }, { messageId: 'm' }]) {
        await store.forget(ID, item)
      }
      expect(await store.open(ID)).toBeUndefined()
    })

    test('what was forgotten and comes again is new', async () => {
      await put(ID, booked('A-1'))
      await store.forget(ID, { event: booked('A-1') })
      expect(await put(ID, booked('A-1'))).toBe('added')
    })

    test('a head goes while version and wake are the ones read, and is due no more', async () => {
      await raise(ID, NOON)
      const read = await headOf(ID)
      expect(await store.forgetHead(ID, { ...read, wake: NOON - 1 })).toBe('moved-on')
      expect(await store.forgetHead(ID, { ...read, version: read.version + 1 })).toBe('moved-on')
      expect(await store.forgetHead(ID, read)).toBe('forgotten')
      expect(await store.forgetHead(ID, read)).toBe('moved-on')
      expect(await store.open(ID)).toBeUndefined()
      expect(await dueBy(NOON, 10)).toEqual([])
      expect(await store.casefiles(WHOLE)).toEqual([])
    })

    test('once something came in, the head stays', async () => {
      await raise(ID, NOON)
      const read = await headOf(ID)
      await raise(ID, NOON)
      expect(await store.forgetHead(ID, read)).toBe('moved-on')
      expect(await headOf(ID)).toEqual({ version: read.version + 1, wake: NOON })
    })

    test('the head of a casefile that begins again is not taken for the one that was forgotten', async () => {
      await raise(ID, NOON)
      const read = await headOf(ID)
      await store.forgetHead(ID, read)
      await raise(ID, NOON)
      expect(await finish(ID, read, NOON + 7)).toBe('moved-on')
      expect(await store.forgetHead(ID, read)).toBe('moved-on')
      expect((await headOf(ID)).wake).toBe(NOON)
      const other = await store.takeIn(OTHER, booked('A-2')).then(() => headOf(OTHER))
      await store.forgetHead(OTHER, other)
      await store.takeIn(OTHER, booked('A-2'))
      expect(await store.forgetHead(OTHER, other)).toBe('moved-on')
    })

    test('of one who forgets the head and one who rouses it, both are done: the head is there', async () => {
      const ids = Array.from({ length: 8 }, (_, index): CasefileId => `order:O-${index}`)
      for (const id of ids) await raise(id, NOON)
      const read = await Promise.all(ids.map(headOf))
      const both = (id: CasefileId, index: number) => [
        store.forgetHead(id, read[index] as Head),
        raise(id, NOON + 1),
      ]
      await Promise.all(ids.flatMap(both))
      for (const id of ids) expect([NOON, NOON + 1]).toContain((await store.open(id))?.head.wake)
    })
  })

  describe('counts', () => {
    const [before, monday, after] = ['2026-03-02', '2026-03-09', '2026-03-16']
    const given = (week: string, duty: string, count = 1) => ({ week, duty, counts: { given: count } })

    test('nothing is counted in an empty store', async () => {
      expect(await store.counts('2000-01-03', '2099-12-28')).toEqual([])
    })

    test('what many casefiles count at once is added up, by duty and week', async () => {
      const counting = Array.from({ length: 40 }, (_, index) =>
        store.count(`order:O-${index}`, [
          given(monday, index % 2 ? 'ATR-01' : 'ATR-02'),
          given(after, 'ATR-01', 3),
        ]),
      )
      await Promise.all(counting)
      const counts = await store.counts(before, after)
      expect(counts.toSorted((a, b) => (a.week + a.duty < b.week + b.duty ? -1 : 1))).toEqual([
        given(monday, 'ATR-01', 20),
        given(monday, 'ATR-02', 20),
        given(after, 'ATR-01', 120),
      ])
    })

    test('the counts of other weeks are left out, and neither end is', async () => {
      for (const week of [before, monday, after]) await store.count(ID, [given(week, 'ATR-01')])
      const weeks = async (from: string, to: string) =>
        (await store.counts(from, to)).map(({ week }) => week).sort()
      expect(await weeks(monday, monday)).toEqual([monday])
      expect(await weeks(before, monday)).toEqual([before, monday])
      expect(await weeks('2026-03-03', after)).toEqual([monday, after])
    })

    test('a turn is finished with what it adds to the counts, each thing apart', async () => {
      await raise(ID, NOON)
      const finish = { entries: [SENT], wake: NOON + 7 }
      const counts = [{ week: monday, duty: 'ATR-01', counts: { given: 1, emails: 1 } }]
      await store.finish(ID, await headOf(ID), { ...finish, counts })
      await store.count(ID, [{ week: monday, duty: 'ATR-01', counts: { delivered: 1 } }])
      expect(await store.counts(monday, monday)).toEqual([
        { week: monday, duty: 'ATR-01', counts: { given: 1, emails: 1, delivered: 1 } },
      ])
    })

    test('what is counted is in no casefile, and none is made by it', async () => {
      await store.count(ID, [given(monday, 'ATR-01')])
      expect(await store.open(ID)).toBeUndefined()
      expect(await store.casefiles(WHOLE)).toEqual([])
      expect(await dueBy(Number.MAX_SAFE_INTEGER, 10)).toEqual([])
    })
  })

  describe('every casefile', () => {
    const MANY = Array.from({ length: 40 }, (_, index): CasefileId => `order:O-${index}`)

    test('a store without casefiles has none', async () => {
      expect(await store.casefiles(WHOLE)).toEqual([])
    })

    test('each is shown once with its wake, and one of which only a claim is kept is none', async () => {
      for (const id of MANY) {
        await raise(id, NOON)
        await say(id, CLAIM)
      }
      await setWake('order:O-3', NOON + 7)
      await say(OTHER, CLAIM)
      const shown = await store.casefiles(WHOLE)
      expect(shown.toSorted((a, b) => MANY.indexOf(a.id) - MANY.indexOf(b.id))).toEqual(
        MANY.map((id) => ({ id, wake: id === 'order:O-3' ? NOON + 7 : NOON })),
      )
    })

    test.each([2, 5, 16, 48])('of %d parts each holds its own, and together all', async (of) => {
      for (const id of MANY) await raise(id, NOON)
      const shown: CasefileId[][] = []
      for (let part = 0; part < of; part++)
        shown.push((await store.casefiles({ part, of })).map(({ id }) => id))
      expect(shown.flat().toSorted()).toEqual(MANY.toSorted())
      expect(Math.max(...shown.map((ids) => ids.length))).toBeLessThan(MANY.length)
    })
  })

  describe('the casefiles of a kind', () => {
    const listed = (kind: Kind, limit: number, after?: CasefileId) => store.ofKind(kind, limit, after)

    test('a kind of which there is none has none', async () => {
      await raise('contact:C-1', NOON)
      expect(await listed('order', 10)).toEqual([])
    })

    test('are in the order of their ids, page by page, and no other kind is among them', async () => {
      const orders = ['a', 'A', 'Z', '1', 'z-9', 'z'].map((key): CasefileId => `order:${key}`)
      for (const id of [...orders, 'clearance:CL-1', 'person:crn-1', 'rota:North West'] as const)
        await raise(id, NOON)
      const inOrder: CasefileId[] = ['order:1', 'order:A', 'order:Z', 'order:a', 'order:z', 'order:z-9']
      expect(await listed('order', 10)).toEqual(inOrder)
      expect(await listed('order', 2)).toEqual(inOrder.slice(0, 2))
      expect(await listed('order', 3, 'order:A')).toEqual(inOrder.slice(2, 5))
      expect(await listed('order', 3, 'order:B'), 'after one that has gone').toEqual(inOrder.slice(2, 5))
      expect(await listed('order', 10, 'order:z-9')).toEqual([])
      expect(await listed('rota', 10)).toEqual(['rota:North West'])
    })

    test('hold one that is woken and given a wake once, and one that is forgotten no more', async () => {
      await raise(ID, NOON)
      await raise(ID, NOON - 1)
      await setWake(ID, NOON + 7)
      expect(await listed('order', 10)).toEqual([ID])
      await store.forgetHead(ID, await headOf(ID))
      expect(await listed('order', 10)).toEqual([])
    })

    test('do not hold one of which only a claim is kept, or the counts', async () => {
      await say(OTHER, CLAIM)
      await store.count(ID, [{ week: '2026-03-09', duty: 'ATR-01', counts: { given: 1 } }])
      for (const kind of KINDS) expect(await listed(kind, 10)).toEqual([])
    })

    test('are gone through to the last, however many', async () => {
      const ids = Array.from({ length: 501 }, (_, nth): CasefileId => `order:O-${1_000 + nth}`)
      for (const part of batchesOf(ids, 50)) await Promise.all(part.map((id) => raise(id, NOON)))
      const found: CasefileId[] = []
      for await (const id of casefilesOfKind(store, 'order')) found.push(id)
      expect(found).toEqual(ids)
    })
  })
}

/** A message of the given words, as it is kept. */
export function textOf(text: string): Text {
  return { subject: 'Apwyntiad', text, html: `<p>${text}</p>`, textMessage: SMS }
}

function booked(appointmentId: string, more: Record<string, unknown> = {}): DomainEvent {
  return read(appointment('2026-03-09T14:00', { appointmentId, ...more }))
}

function sheet(appointmentId: string): DomainEvent {
  const said = { attendance: 'attended', nextAppointment: 'A-9', progress: [], by: 'C-CM' }
  return read(
    event('2026-03-09T15:10', 'contact-sheet.submitted', { orderId: 'O-1', appointmentId, ...said }),
  )
}

function worker(): DomainEvent {
  return read(contact('C-CM'))
}

function receipt(): DomainEvent {
  return read(event('2026-03-09T12:01', 'notice.delivered', { noticeId: CLAIM.noticeId }))
}

function read(told: Told): DomainEvent {
  const reading = readEvent(JSON.stringify(told), Date.parse('2026-12-01T00:00:00Z'))
  if (reading.is !== 'event') throw new Error(JSON.stringify(reading))
  return reading.event
}

function ids(events: readonly DomainEvent[]): string[] {
  return events.map(({ eventId }) => eventId).toSorted()
}
