import { describe, expect, test } from 'vitest'
import { answer, questionOf } from '../../functions/answers/answer.ts'
import { reply } from '../../functions/replies/replies.ts'
import { openWorld } from '../../infra/local/world.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import { casefileId, releaseKey } from '../../shared/casefile/ids.ts'
import type { Message } from '../../shared/channels/channel.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, change, release } from '../duties/releases/release-story.ts'
import { appointment, contact, event, order, PEOPLE, type Told } from '../story.ts'

const MOBILE = '07700 900123'
const FROM = '+447700900123'

const EVER = Number.POSITIVE_INFINITY

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
    /** Somebody replies; gives what became of it, and what they are told at once. It may break off. */
    async says(body: string, { from = FROM, id = `reply-${++replies}`, breaksAfter = EVER } = {}) {
      const before = texts().length
      let taken = 0
      const taking: typeof take = (one) => {
        if (taken++ === breaksAfter) throw new Error('broken off')
        return take(one)
      }
      const became = await reply({ from, body, id }, { store, take: taking, now, sms: channel })
      await settle()
      return [became, ...texts().slice(before)]
    },
    /** They answer at the link of a text that asked about a release. */
    async answersAtLink(choice: string, noms: string) {
      const { entries = [] } = (await store.open(casefileId('release', releaseKey(noms)))) ?? {}
      for (const entry of entries) {
        if (entry.is !== 'sent' || entry.channel !== 'sms') continue
        const asked = await questionOf(entry.noticeId, { store, now })
        if ('entry' in asked) return (await answer(asked, choice, { store, take, now })).is
      }
    },
    /** What the replies became in a casefile. */
    async heard(kind: 'contact' | 'release' | 'order', key: string) {
      const { events = [] } = (await store.open(casefileId(kind, key))) ?? {}
      return events
        .filter(({ eventId }) => /^(reply|answer)\//.test(eventId))
        .toSorted((a, b) => a.at - b.at)
        .map(({ type }) => type)
    },
    sent,
    store,
  }
}

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
    expect(await says('STOP')).toEqual([
      'done',
      'You will get no more texts from us. To get them again, reply START.',
    ])
    expect(await says('stop')).toEqual(['done'])
    await at('2026-03-08', '14:00')
    expect(texts().some((text) => text.includes('9 March'))).toBe(false)
    expect(sent.at(-1)?.text).toContain('they asked not to be messaged')
    expect(await says('Dechrau')).toEqual(['done'])
    await at('2026-03-09', '12:00')
    expect(texts()).not.toEqual([])
    expect((await heard('contact', 'C-PERSON')).at(-1)).toBe('contact.opted-in')
  })

  test('a reply that the provider hands over twice is one event', async () => {
    const { says, heard } = await reminded()
    await says('STOP', { id: 'one' })
    await says('STOP', { id: 'one', from: '447700900123' })
    expect(await heard('contact', 'C-PERSON')).toEqual(['contact.opted-out'])
  })

  test('one that breaks off after the first of two who have the number is finished when it comes again', async () => {
    const { at, says, heard } = await reminded(contact('C-TWIN', { mobile: MOBILE }))
    const once = { id: 'one', breaksAfter: 1 }
    await expect(says('STOP', once)).rejects.toThrow('broken off')
    await at('2026-03-03', '12:05')
    expect((await says('STOP', { id: 'one' }))[0]).toBe('done')
    expect(await heard('contact', 'C-PERSON')).toEqual(['contact.opted-out'])
    expect(await heard('contact', 'C-TWIN')).toEqual(['contact.opted-out'])
  })

  test('it holds for everybody who has the number, and also for who has it later; START undoes nothing else', async () => {
    const { tell, at, says, texts } = await reminded()
    await says('STOP')
    await tell(contact('C-LATER', { email: undefined, mobile: MOBILE, name: 'Name of C-PERSON' }))
    await tell(
      order({ orderId: 'O-2', person: 'C-LATER' }),
      appointment('2026-03-09T14:00', { orderId: 'O-2' }),
    )
    await at('2026-03-08', '14:00')
    expect(texts()).toHaveLength(1)
    await tell(event('2026-03-08T15:00', 'contact.opted-out', { contactId: 'C-LATER', channel: 'sms' }))
    await says('START')
    await at('2026-03-09', '12:00')
    // What was wished for one of two contacts who are one person stands for both.
    expect(texts()).toHaveLength(1)
  })

  test('it is said of everybody reached at that number now, and of nobody who was once', async () => {
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

  test('a worker who said STOP still hears that something important was flagged, and nothing else', async () => {
    const { tell, says, texts } = await reminded(
      contact('C-OM', { email: undefined, mobile: '07700 900555' }, '2026-01-03T00:00'),
    )
    await says('STOP', { from: '+447700900555' })
    const before = texts().length
    const at = '2026-03-03T12:00'
    await tell(event(at, 'withdrawal.proposed', { orderId: 'O-1', by: 'C-CM' }))
    await says('STOP', { from: '+447700900555' })
    expect(texts()).toHaveLength(before)
    await tell(event(at, 'disclosure.flagged', { orderId: 'O-1', by: 'C-CM' }))
    await says('STOP', { from: '+447700900555' })
    expect(texts().slice(before)).toEqual([expect.stringContaining('O-1')])
  })

  test('NOT ME: that number is left alone until the details are known again', async () => {
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

  test('2 declines, and the next is asked at once; what has been answered catches nothing more', async () => {
    const one = await asked()
    expect(await one.says('2')).toEqual(['done'])
    expect(one.sent.at(-1)?.address).toBe('c-day@example.com')
    expect(await one.says('YES')).toEqual(['told', expect.stringContaining('Somebody on duty')])
    expect(await answers(one)).toEqual(['gate-meeting.declined', 'reply.received'])
  })

  test('yes said again to the confirmation is heard; no takes it back', async () => {
    const one = await asked()
    await one.says('yes')
    expect(await one.says('yes')).toEqual(['done'])
    expect(await answers(one)).toEqual(['gate-meeting.accepted'])
    await one.says('no')
    expect(await answers(one)).toEqual(['gate-meeting.accepted', 'gate-meeting.declined'])
  })

  test('a yes after its time has passed is answered as its link is: it takes nothing on, and somebody reads it', async () => {
    const one = await asked()
    await one.at('2026-03-11', '09:05')
    expect(await one.says('YES')).toEqual(['told', expect.stringContaining('Somebody on duty')])
    expect(await answers(one)).toEqual(['reply.received'])
  })

  test('yes and no say nothing of how it went', async () => {
    const one = await asked()
    await one.says('yes')
    await one.at('2026-03-11', '10:00')
    expect(await one.says('no')).toEqual(['told', expect.stringContaining('answer at the link')])
    expect(await answers(one)).toEqual(['gate-meeting.accepted'])
  })

  test('whoever has the number now is not taken for whoever was asked', async () => {
    const one = await asked()
    await one.tell(change('C-KEY', { mobile: '07700 900456' }, '2026-03-10T12:05'))
    await one.tell(contact('C-NEXT', { mobile: MOBILE }, '2026-03-10T12:06'))
    expect((await one.says('yes'))[0]).toBe('told')
    expect(await answers(one)).toEqual([])
  })
})

describe('two questions open at one number', () => {
  /** A second release, of KM, of whom the same key worker is asked at the same number. */
  const second = {
    ...release({ releaseId: 'R-2', initials: 'KM' }),
    eventId: 'second',
    personReference: { identifiers: [{ type: 'NOMS', value: 'A9002AA' }] },
  }

  async function askedTwice() {
    const one = world()
    await one.at('2026-02-02', '12:00')
    await one.tell(...AROUND_A_RELEASE, ALWAYS_ON_CALL)
    await one.tell(change('C-KEY', { mobile: MOBILE, prefers: 'sms' }), release(), second)
    await one.at('2026-03-10', '12:00')
    const answersTo = async (noms: string) =>
      (await one.heard('release', releaseKey(noms)))
        .map((type) => type.replace('gate-meeting.', ''))
        .join(' ') || '-'
    return { ...one, answersTo }
  }

  const REPLIES = ['YES', 'NO', 'A YES', 'A NO', 'B YES', 'B NO']
  const orders = REPLIES.flatMap((first) => REPLIES.map((then) => [first, then] as const))

  test('every order of answers, and what became of each', async () => {
    const table: string[] = []
    for (const [first, then] of orders) {
      const one = await askedTwice()
      const [became] = await one.says(first)
      await one.at('2026-03-10', '12:02')
      const [next] = await one.says(then)
      table.push(
        `${first} (${became}), ${then} (${next}): KM (A) ${await one.answersTo('A9002AA')}; JW (B) ${await one.answersTo('A9001AA')}`,
      )
    }
    expect(table).toMatchSnapshot()
  })

  /** Asked by text about one release, and later about another. */
  const asksLater = async () => {
    const one = world()
    await one.at('2026-02-02', '12:00')
    await one.tell(...AROUND_A_RELEASE, ALWAYS_ON_CALL)
    await one.tell(change('C-KEY', { mobile: MOBILE, prefers: 'sms' }))
    const asks = async (told: Told, time: string) => {
      const before = one.texts().length
      await one.tell(told)
      await one.at('2026-03-10', time)
      expect(one.texts().slice(before).join(' ')).toMatch(/Reply .*YES/)
    }
    return { ...one, asks }
  }

  test('a NO that comes again after the next question was asked does not answer that', async () => {
    const one = await asksLater()
    await one.asks(release(), '12:00')
    expect(await one.says('NO', { id: 'one' })).toEqual(['done'])
    await one.asks(second, '12:10')
    await one.says('NO', { id: 'one' })
    expect(await one.heard('release', releaseKey('A9001AA'))).toEqual(['gate-meeting.declined'])
    expect(await one.heard('release', releaseKey('A9002AA'))).toEqual([])
  })

  test('a NO that broke off answers the question that it answered at first, when it comes again', async () => {
    const one = await asksLater()
    await one.asks(release(), '12:00')
    await expect(one.says('NO', { id: 'one', breaksAfter: 0 })).rejects.toThrow('broken off')
    await one.asks(second, '12:10')
    expect((await one.says('NO', { id: 'one' }))[0]).toBe('done')
    expect(await one.heard('release', releaseKey('A9001AA'))).toEqual(['gate-meeting.declined'])
    expect(await one.heard('release', releaseKey('A9002AA'))).toEqual([])
  })

  test('a NO that comes again does not undo the YES that was said after it', async () => {
    const one = await asksLater()
    await one.asks(release(), '12:00')
    await one.says('NO', { id: 'one' })
    const [no] = await one.heard('release', releaseKey('A9001AA'))
    await one.at('2026-03-10', '12:10')
    expect(await one.answersAtLink('yes', 'A9001AA')).toBe('taken')
    await one.at('2026-03-10', '12:20')
    expect(await one.says('NO', { id: 'one' })).toEqual(['done'])
    expect(await one.heard('release', releaseKey('A9001AA'))).toEqual([no, 'gate-meeting.accepted'])
  })

  test('a YES to nothing does not answer what is asked before it comes again', async () => {
    const one = await asksLater()
    await one.says('YES', { id: 'one' })
    await one.asks(release(), '12:00')
    await one.says('YES', { id: 'one' })
    expect(await one.heard('release', releaseKey('A9001AA'))).not.toContain('gate-meeting.accepted')
  })

  test('the second is sent with its letter, and says how to answer it', async () => {
    const { texts } = await askedTwice()
    expect(texts().flatMap((text) => /Reply .*/.exec(text) ?? [])).toEqual([
      'Reply YES or NO.',
      'Reply B YES or B NO.',
    ])
  })

  test('a bare YES changes nothing, and says which wait and how to answer each', async () => {
    const one = await askedTwice()
    const [became, said] = await one.says('YES')
    expect(became).toBe('told')
    expect(said).toContain('reply A YES or A NO')
    expect(said).toContain('reply B YES or B NO')
    expect(await one.answersTo('A9001AA')).toBe('-')
    expect(await one.answersTo('A9002AA')).toBe('-')
  })
})

describe('what somebody writes back reaches a worker', () => {
  const THANKS =
    'Thank you. Messages here are not read straight away. If you need help now ring 999, or Samaritans on 116 123.'

  /** They were texted on 8 March, so that we know whose person writes. */
  async function texted(...more: Told[]) {
    const one = await reminded(...more)
    await one.at('2026-03-08', '14:00')
    return one
  }

  test('the person hears every time, at most hourly, the same words', async () => {
    const { at, says, heard } = await texted()
    expect(await says('I can’t come, I am in hospital')).toEqual(['told', THANKS])
    expect(await says('hello?')).toEqual(['left'])
    await at('2026-03-08', '15:00')
    expect(await says('can we stop by at nine?')).toEqual(['told', THANKS])
    expect(await heard('order', 'O-1')).toEqual(Array(3).fill('reply.received'))
  })

  test('the words lie apart from the event, and crisis words are marked', async () => {
    const { store, says } = await texted()
    await says('I want to die', { id: 'one' })
    const { events = [] } = (await store.open('order:O-1')) ?? {}
    const event = events.find(({ type }) => type === 'reply.received')
    expect(event?.info).toMatchObject({ orderId: 'O-1', contactId: 'C-PERSON', channel: 'sms', crisis: true })
    expect(JSON.stringify(event)).not.toContain('want to die')
    const replyId = event && 'replyId' in event.info ? event.info.replyId : ''
    expect((await store.texts('order:O-1')).get(replyId)?.text).toBe('I want to die')
  })

  test('the words are removed 90 days after they were read', async () => {
    const { store, says, at, tell } = await texted()
    await says('I am in hospital')
    const { events = [] } = (await store.open('order:O-1')) ?? {}
    const replyId = events.flatMap(({ info }) => ('replyId' in info ? [info.replyId] : []))[0] ?? ''
    const words = async () => (await store.texts('order:O-1')).get(replyId)?.text
    await at('2026-03-20', '12:00')
    expect(await words()).toBe('I am in hospital')
    await tell(event('2026-03-20T12:00', 'reply.read', { orderId: 'O-1', replyId, by: 'C-CM' }))
    await at('2026-06-18', '12:59')
    expect(await words()).toBe('I am in hospital')
    await at('2026-06-18', '13:00')
    expect(await words()).toBeUndefined()
    expect((await store.texts('order:O-1')).size).toBeGreaterThan(0)
  })

  test('of two people at one number the words are shown to nobody', async () => {
    const { store, says, heard, tell } = await texted()
    await tell(contact('C-OTHER', { mobile: MOBILE, email: undefined }, '2026-03-08T14:05'))
    await says('hello?')
    expect(await heard('order', 'O-1')).toEqual(['reply.received'])
    expect([...(await store.texts('order:O-1')).values()].map(({ text }) => text)).not.toContain('hello?')
  })

  test('whoever was asked to be at a gate: the duty officer of that release hears of it', async () => {
    const one = await asked()
    expect((await one.says('car broken down'))[0]).toBe('told')
    expect(
      one.sent.some(({ address, text }) => address === 'c-duty@example.com' && text.includes('wrote to us')),
    ).toBe(true)
    expect(await one.heard('release', releaseKey('A9001AA'))).toEqual(['reply.received'])
  })

  test('a yes to nothing is no answer, and somebody reads it', async () => {
    const { says, heard } = await texted()
    expect((await says('YES'))[0]).toBe('told')
    expect(await heard('order', 'O-1')).toEqual(['reply.received'])
  })

  test('whom we know only as a worker hears once a day what a text can do', async () => {
    const { at, says, tell } = await reminded()
    await tell(contact('C-CM', { mobile: '07700 900555' }, '2026-03-03T11:00'))
    const from = '+447700900555'
    expect(await says('where is it?', { from })).toEqual([
      'told',
      expect.stringContaining('Nobody reads texts'),
    ])
    expect(await says('hello?', { from })).toEqual(['left'])
    await at('2026-03-04', '12:00')
    expect((await says('hello?', { from }))[0]).toBe('told')
  })

  test('nobody is answered whom we do not know, or who asked us to stop', async () => {
    const { says } = await reminded()
    expect(await says('hello?', { from: '+447700900777' })).toEqual(['left'])
    expect(await says('STOP', { from: 'Notices' })).toEqual(['left'])
    await says('STOP')
    expect(await says('hello?')).toEqual(['left'])
  })
})

/** What people write, in both languages: wishes, answers, other words, and words that must not wait. */
const WORDINGS = [
  ...[
    'STOP',
    'stop.',
    'Stop. Thank you',
    'please stop texting me',
    'ＳＴＯＰ',
    'STOP STOP STOP',
    'Stop it',
    'STOPALL',
  ],
  ...[
    'stop all messages',
    'Can you stop sending me texts?',
    'QUIT',
    'End',
    'CANCEL',
    'Unsubscribe',
    'OPT OUT',
  ],
  ...['REMOVE ME', 'take me off your list', 'Don’t text me again', 'No more texts thanks', 'leave me alone'],
  ...['STOPIWCH', 'stopiwch os gwelwch yn dda', 'Peidiwch â thecstio', 'Dim mwy o negeseuon', 'optio allan'],
  ...['START', 'start again please', 'opt in', 'DECHRAU', 'dechrau eto', 'Not me', 'wrong number', 'NID FI'],
  ...[
    'YES',
    'yes.',
    'Yes. Thank you',
    'y',
    '1',
    'GALLAF',
    'Gallaf, diolch',
    'Ydw',
    'A YES',
    'yes to a',
    'B YES',
  ],
  ...['NO', 'no sorry', '2', 'NA', 'Na allaf', 'A NO', 'B: No!'],
  ...[
    'can we stop by at nine?',
    'stop by at nine',
    'I want to stop drinking',
    'cancel my appointment',
    'STOP B',
  ],
  ...[
    'the bus does not stop there',
    'when does it start',
    'not me, my brother',
    'yes but late',
    'no idea',
    'ok',
  ],
  ...['Thank you', '👍', '?', 'I can’t come, I am in hospital', 'car broken down', 'mae’r bws yn hwyr'],
  ...['I want to die', 'im going to kill myself', 'he will kill me if I go', 'I have taken all my tablets'],
  ...['please help me', 'end me', 'dw i eisiau marw', 'helpwch fi'],
]

test('each wording, and what becomes of it: from somebody who was reminded, and from somebody asked to be at a gate', async () => {
  const became = async (
    body: string,
    one: Awaited<ReturnType<typeof reminded>>,
    events: () => Promise<string[]>,
  ) => {
    const [is] = await one.says(body)
    const wishes = await Promise.all(['C-PERSON', 'C-KEY'].map((id) => one.heard('contact', id)))
    return [is, ...wishes.flat(), ...(await events())].join(' ')
  }
  const table: string[] = []
  for (const body of WORDINGS) {
    const person = await reminded()
    await person.at('2026-03-08', '14:00')
    const key = await asked()
    table.push(
      [
        body,
        await became(body, person, () => person.heard('order', 'O-1')),
        await became(body, key, () => key.heard('release', releaseKey('A9001AA'))),
      ].join(' | '),
    )
  }
  expect(table).toMatchSnapshot()
})
