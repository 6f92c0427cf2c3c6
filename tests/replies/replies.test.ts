import { describe, expect, test } from 'vitest'
import { readReply, reply } from '../../functions/replies/replies.ts'
import { openWorld } from '../../infra/local/world.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import { casefileId, releaseKey } from '../../shared/casefile/ids.ts'
import type { Message } from '../../shared/channels/channel.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, change, release } from '../duties/releases/release-story.ts'
import { appointment, contact, order, PEOPLE, type Told } from '../story.ts'

const MOBILE = '07700 900123'
const FROM = '+447700900123'

/** A world in which text messages are replied to. */
function world() {
  const store = sqliteStore(':memory:')
  const sent: Message[] = []
  let clock = 0
  let replies = 0
  const now = () => clock
  const channel = {
    async send(message: Message) {
      sent.push(message)
      return { is: 'accepted' } as const
    },
  }
  const { take, settle } = openWorld({
    store,
    now,
    channels: { email: channel, sms: channel },
    rules: () => rulesWith(),
  })
  const texts = () => sent.filter((message) => message.channel === 'sms').map(({ text }) => text)
  return {
    texts,
    async tell(...events: Told[]) {
      for (const one of events) expect((await take(JSON.stringify(one))).is).toBe('accepted')
    },
    async at(date: string, time: string) {
      clock = londonTime(date, time)
      await settle()
    },
    /** Somebody replies; gives what became of it, and what they are told at once. */
    async says(body: string, { from = FROM, id = `reply-${++replies}` } = {}) {
      const before = texts().length
      const became = await reply({ from, body, id }, { store, take, now, sms: channel })
      await settle()
      return [became, ...texts().slice(before)]
    },
    /** What the replies became in a casefile. */
    async heard(kind: 'contact' | 'release', key: string) {
      const { events = [] } = (await store.open(casefileId(kind, key))) ?? {}
      return events
        .filter(({ eventId }) => /^(reply|answer)\//.test(eventId))
        .toSorted((a, b) => a.at - b.at)
        .map(({ type }) => type)
    },
    sent,
  }
}

test.each([
  ['STOP', 'stop'],
  ['  stop. ', 'stop'],
  ['Stopiwch!', 'stop'],
  ['start', 'start'],
  ['DECHRAU', 'start'],
  ['Not me', 'not-me'],
  ['nid  fi', 'not-me'],
  ['1', 'yes'],
  ['Yes.', 'yes'],
  ['2', 'no'],
  ['no', 'no'],
  ['stop by at nine?', 'something-else'],
  ['', 'something-else'],
  ['12', 'something-else'],
])('%j is read as %s', (body, wish) => expect(readReply(body)).toBe(wish))

/** A person who is reminded by text of an appointment on 9 March at 14:00. */
async function reminded(...more: Told[]) {
  const one = world()
  await one.at('2026-03-03', '12:00')
  await one.tell(...PEOPLE, contact('C-PERSON', { email: undefined, mobile: MOBILE }, '2026-01-02T00:00'))
  await one.tell(...more, order(), appointment('2026-03-09T14:00'))
  return one
}

describe('who is messaged is theirs to say', () => {
  test('STOP: no text follows, and the worker hears to ring them; START: they do again', async () => {
    const { at, says, heard, texts, sent } = await reminded()
    await at('2026-03-03', '12:00')
    expect(await says('STOP')).toEqual(['done'])
    await at('2026-03-08', '14:00')
    expect(texts().some((text) => text.includes('9 March'))).toBe(false)
    expect(sent.at(-1)?.text).toContain('they asked not to be messaged')
    expect(await says('Dechrau')).toEqual(['done'])
    await at('2026-03-09', '12:00')
    expect(texts()).not.toEqual([])
    expect(await heard('contact', 'C-PERSON')).toEqual(['contact.opted-out', 'contact.opted-in'])
  })

  test('a reply that the provider hands over twice is one event', async () => {
    const { says, heard } = await reminded()
    await says('STOP', { id: 'one' })
    await says('STOP', { id: 'one', from: '447700900123' })
    expect(await heard('contact', 'C-PERSON')).toEqual(['contact.opted-out'])
  })

  test('it holds for everybody reached at that number now, and for nobody who was once', async () => {
    const { says, heard } = await reminded(
      contact('C-TWIN', { mobile: MOBILE }),
      contact('C-ONCE', { mobile: MOBILE }),
      contact('C-ONCE', { mobile: '07700 900999' }, '2026-02-01T00:00'),
    )
    await says('STOP')
    expect(await heard('contact', 'C-PERSON')).toEqual(['contact.opted-out'])
    expect(await heard('contact', 'C-TWIN')).toEqual(['contact.opted-out'])
    expect(await heard('contact', 'C-ONCE')).toEqual([])
  })

  test('NOT ME: that number is left alone until the details are known anew', async () => {
    const { at, tell, says, heard, texts, sent } = await reminded()
    expect(await says('Not me')).toEqual(['done'])
    expect(await heard('contact', 'C-PERSON')).toEqual(['contact.disowned'])
    await at('2026-03-08', '14:00')
    expect(texts()).toEqual([])
    expect(sent.at(-1)?.address).toBe('c-cm@example.com')
    await tell(contact('C-PERSON', { email: undefined, mobile: '07700 900456' }, '2026-03-08T15:00'))
    await at('2026-03-09', '12:00')
    expect(texts()).not.toEqual([])
  })
})

/** A key worker who is asked by text to be at a gate on 11 March. */
async function asked() {
  const one = world()
  await one.at('2026-02-02', '12:00')
  await one.tell(...AROUND_A_RELEASE, ALWAYS_ON_CALL)
  await one.tell(change('C-KEY', { mobile: MOBILE, prefers: 'sms' }), release())
  await one.at('2026-03-10', '12:00')
  return one
}

describe('a question is answered by replying to it', () => {
  const answers = (one: Awaited<ReturnType<typeof asked>>) => one.heard('release', releaseKey('A9001AA'))

  test.each(['1', 'Yes', 'gallaf'])('%s accepts, and is confirmed', async (word) => {
    const one = await asked()
    const [became, ...said] = await one.says(word)
    expect(became).toBe('done')
    expect(said).toEqual([expect.stringContaining('You are meeting JW')])
    expect(await answers(one)).toEqual(['gate-meeting.accepted'])
  })

  test('2 declines, and the next is asked at once; yes after all is heard as well', async () => {
    const one = await asked()
    expect(await one.says('2')).toEqual(['done'])
    expect(one.sent.at(-1)?.address).toBe('c-day@example.com')
    expect((await one.says('YES'))[0]).toBe('done')
    expect(await answers(one)).toEqual(['gate-meeting.declined', 'gate-meeting.accepted'])
  })

  test('yes said again to the confirmation is heard; no takes it back', async () => {
    const one = await asked()
    await one.says('yes')
    expect(await one.says('yes')).toEqual(['done'])
    expect(await answers(one)).toEqual(['gate-meeting.accepted'])
    await one.says('no')
    expect(await answers(one)).toEqual(['gate-meeting.accepted', 'gate-meeting.declined'])
  })

  test('yes and no say nothing of how it went', async () => {
    const one = await asked()
    await one.says('yes')
    await one.at('2026-03-11', '10:00')
    expect((await one.says('no'))[0]).toBe('helped')
    expect(await answers(one)).toEqual(['gate-meeting.accepted'])
  })

  test('whoever has the number now is not taken for whoever was asked', async () => {
    const one = await asked()
    await one.tell(change('C-KEY', { mobile: '07700 900456' }, '2026-03-10T12:05'))
    await one.tell(contact('C-NEXT', { mobile: MOBILE }, '2026-03-10T12:06'))
    expect((await one.says('yes'))[0]).toBe('helped')
    expect(await answers(one)).toEqual([])
  })
})

describe('what we cannot read is answered once a day', () => {
  test('the second that day is left, the next day’s is answered', async () => {
    const { at, says } = await reminded()
    expect(await says('where is it?')).toEqual(['helped', expect.stringContaining('STOP')])
    expect(await says('hello?')).toEqual(['left'])
    await at('2026-03-04', '12:00')
    expect((await says('hello?'))[0]).toBe('helped')
  })

  test('a yes to nothing is answered so too', async () => {
    const { says } = await reminded()
    expect((await says('YES'))[0]).toBe('helped')
  })

  test('nobody is answered whom we do not know, or who asked us to stop', async () => {
    const { says } = await reminded()
    expect(await says('hello?', { from: '+447700900777' })).toEqual(['left'])
    expect(await says('STOP', { from: 'Notices' })).toEqual(['left'])
    await says('STOP')
    expect(await says('hello?')).toEqual(['left'])
  })
})
