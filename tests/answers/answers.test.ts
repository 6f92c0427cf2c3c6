import { describe, expect, test } from 'vitest'
import { answerPages } from '../../functions/web/answer-pages.ts'
import { openWorld } from '../../infra/local/world.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import { type CasefileId, casefileId, releaseKey } from '../../shared/casefile/ids.ts'
import type { Message } from '../../shared/channels/channel.ts'
import { answerPath } from '../../shared/messages/links.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { storeOf } from '../../shared/store/items.ts'
import { sqliteItems, sqliteStore } from '../../shared/store/sqlite.ts'
import type { Store } from '../../shared/store/store.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, change, moved, release } from '../duties/releases/release-story.ts'
import { appointment, event, order, PEOPLE, type Told } from '../story.ts'

const KEY = 'a key of these tests'
const BY_NUMBER = casefileId('release', releaseKey('A9001AA'))

/** A world whose messages are answered by following their links. */
function world(linkKeys: readonly string[] = [KEY], store: Store = sqliteStore(':memory:')) {
  const sent: Message[] = []
  let clock = 0
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
    linkKey: KEY,
    channels: { email: channel, sms: channel },
    rules: () => rulesWith(),
  })
  const pages = answerPages({ store, take, now, linkKeys: async () => linkKeys })
  return {
    sent,
    async tell(...events: Told[]) {
      for (const one of events) expect((await take(JSON.stringify(one))).is).toBe('accepted')
    },
    async at(date: string, time: string) {
      clock = londonTime(date, time)
      await settle()
    },
    /** The path of the last link that somebody was sent. */
    linkTo(contactId: string): string {
      const theirs = sent.filter(({ address }) => address === `${contactId.toLowerCase()}@example.com`)
      const [, path] =
        theirs.map(({ text }) => /(\/a\/\S+)/.exec(text) ?? []).findLast(({ length }) => length > 0) ?? []
      if (path === undefined) throw new Error(`nothing was asked of ${contactId}`)
      return path
    },
    signed: (noticeId: string) => answerPath(KEY, noticeId),
    look: (path: string) => pages.request(path),
    press: (path: string, answer: string, step = 'do') =>
      pages.request(path, { method: 'POST', body: new URLSearchParams({ answer, step }) }),
    /** What was answered, in the order in which it stands. */
    async answers(id: CasefileId = BY_NUMBER) {
      const { events = [] } = (await store.open(id)) ?? {}
      return events
        .filter(({ eventId }) => eventId.startsWith('answer/'))
        .toSorted((a, b) => a.at - b.at)
        .map(({ type, info }) => `${type} ${'by' in info ? info.by : ''}`)
    },
    entries: async (id: CasefileId) => (await store.open(id))?.entries ?? [],
  }
}

/** The key worker was asked on the day before, at noon. */
async function asked(...more: Told[]) {
  return askedOf(world(), ...more)
}

async function askedOf(one: ReturnType<typeof world>, ...more: Told[]) {
  await one.at('2026-02-02', '12:00')
  await one.tell(...AROUND_A_RELEASE, ALWAYS_ON_CALL, ...more, release())
  await one.at('2026-03-10', '12:00')
  return one
}

describe('a link asks what its message asked, and nothing happens until a button is pressed', () => {
  test('who, when and where, a yes and a no, and a number to call: no link, no menu, no name', async () => {
    const { look, linkTo } = await asked()
    const response = await look(linkTo('C-KEY'))
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    const page = await response.text()
    expect(page).toContain('Can you meet JW? Wednesday 11 March at 9am, HMP Alderley.')
    expect(page).toContain('To speak to us ring 01632 960001.')
    expect(page).toContain('Yes, I can')
    expect(page).toContain('No, I cannot')
    expect(page).not.toMatch(/<a |C-KEY|A9001AA/)
  })

  test('a scanner that follows the link, even twice, has answered nothing', async () => {
    const { look, linkTo, answers } = await asked()
    await look(linkTo('C-KEY'))
    await look(linkTo('C-KEY'))
    expect(await answers()).toEqual([])
  })

  test('a reader of Welsh is asked in Welsh, a reader of both in both', async () => {
    const welsh = await asked(change('C-KEY', { language: 'cy' }))
    const page = await (await welsh.look(welsh.linkTo('C-KEY'))).text()
    expect(page).toContain('<html lang="cy"')
    expect(page).toContain('Allwch chi gwrdd â’r person (JW)?')
    expect(page).not.toContain('Yes, I can')
    const both = await asked(change('C-KEY', { language: 'both' }))
    const bilingual = await (await both.look(both.linkTo('C-KEY'))).text()
    for (const said of ['Can you meet JW?', 'Allwch chi gwrdd â’r person (JW)?', 'Yes, I can / Gallaf']) {
      expect(bilingual).toContain(said)
    }
  })
})

describe('an answer is an event in the name of whoever was told', () => {
  test('yes: the meeting is accepted, and nobody else is asked', async () => {
    const { at, press, linkTo, answers, sent } = await asked()
    const response = await press(linkTo('C-KEY'), 'yes')
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('Thank you')
    expect(await answers()).toEqual(['gate-meeting.accepted C-KEY'])
    await at('2026-03-10', '13:30')
    expect(sent.some(({ address }) => address === 'c-day@example.com')).toBe(false)
    expect(sent.at(-1)?.text).toContain('Thank you. You are meeting JW')
  })

  test('pressed twice it is one event, and thanked for twice', async () => {
    const { press, linkTo, answers } = await asked()
    const link = linkTo('C-KEY')
    expect((await press(link, 'yes')).status).toBe(200)
    expect((await press(link, 'yes')).status).toBe(200)
    expect(await answers()).toEqual(['gate-meeting.accepted C-KEY'])
  })

  test('pressed again after it broke off half way, it is finished: the meeting is confirmed at once', async () => {
    const { items } = sqliteItems(':memory:')
    let breaks = false
    const raise: typeof items.raise = async (id, ...from) => {
      if (breaks) throw new Error('broken off')
      await items.raise(id, ...from)
    }
    const one = world([KEY], storeOf({ ...items, raise }))
    await askedOf(one)
    const link = one.linkTo('C-KEY')
    breaks = true
    expect((await one.press(link, 'yes')).status).toBe(500)
    breaks = false
    expect((await one.press(link, 'yes')).status).toBe(200)
    await one.at('2026-03-10', '12:01')
    expect(one.sent.map(({ subject }) => subject)).toContain('You are meeting JW on Wednesday 11 March')
    expect(await one.answers()).toEqual(['gate-meeting.accepted C-KEY'])
  })

  test('whoever was confirmed can only take it back, and then the next is asked at once', async () => {
    const { at, look, press, linkTo, answers, sent } = await asked()
    await press(linkTo('C-KEY'), 'yes')
    await at('2026-03-10', '12:10')
    const link = linkTo('C-KEY')
    const page = await (await look(link)).text()
    expect(page).toContain('No, I cannot')
    expect(page).not.toContain('Yes, I can')
    expect((await press(link, 'yes')).status).toBe(404)
    await press(link, 'no')
    expect((await answers()).at(-1)).toBe('gate-meeting.declined C-KEY')
    await at('2026-03-10', '12:11')
    expect(sent.at(-1)?.address).toBe('c-day@example.com')
  })

  test('how it went is said in two steps; whoever said it may say it better for an hour', async () => {
    const { at, look, press, linkTo, answers } = await asked()
    const told = async () => (await answers()).filter((one) => one.startsWith('gate-meeting.closed')).length
    await press(linkTo('C-KEY'), 'yes')
    await at('2026-03-11', '10:00')
    const link = linkTo('C-KEY')
    expect(await (await look(link)).text()).toContain('They were met')
    expect(await (await press(link, 'met', '')).text()).toContain('Is that right?')
    expect(await told()).toBe(0)
    expect((await press(link, 'met')).status).toBe(200)
    expect((await press(link, 'met')).status).toBe(200)
    expect(await told()).toBe(1)
    await at('2026-03-11', '10:50')
    expect((await press(link, 'person-not-seen')).status).toBe(200)
    await at('2026-03-11', '10:55')
    expect((await press(link, 'met')).status).toBe(200)
    expect(await told()).toBe(3)
    await at('2026-03-11', '12:00')
    expect((await look(link)).status).toBe(410)
    expect((await press(link, 'stood-down')).status).toBe(410)
  })

  test('a yes after somebody has it is told plainly that they are not needed', async () => {
    const { at, press, linkTo } = await asked()
    await at('2026-03-10', '12:31')
    expect(await (await press(linkTo('C-DAY'), 'yes')).text()).toContain('Thank you')
    expect(await (await press(linkTo('C-KEY'), 'yes')).text()).toContain('You are not needed: thank you')
  })

  test('a question whose time has passed no longer asks', async () => {
    const { at, look, press, linkTo } = await asked()
    const link = linkTo('C-KEY')
    await at('2026-03-11', '08:59')
    expect((await look(link)).status).toBe(200)
    await at('2026-03-11', '09:00')
    expect((await look(link)).status).toBe(410)
    expect((await press(link, 'yes')).status).toBe(410)
  })

  test('a release that is known without a prison number is answered where it is filed', async () => {
    const one = world()
    await one.at('2026-02-02', '12:00')
    const { personReference: _, ...unnumbered } = release()
    await one.tell(...AROUND_A_RELEASE, ALWAYS_ON_CALL, unnumbered)
    await one.at('2026-03-10', '12:00')
    await one.press(one.linkTo('C-KEY'), 'yes')
    expect(await one.answers(casefileId('release', 'R-1'))).toEqual(['gate-meeting.accepted C-KEY'])
  })

  test('a three-way meeting at risk is answered in its order', async () => {
    const one = world()
    const threeWay = appointment('2026-03-16T10:00', { kind: 'three-way', with: 'C-CM' })
    await one.at('2026-03-03', '12:00')
    await one.tell(...PEOPLE, order(), threeWay)
    await one.at('2026-03-12', '10:00')
    const atRisk = (await one.entries('order:O-1')).find(
      ({ step, to }) => step === 'at-risk' && to === 'C-OM',
    )
    const link = one.signed(atRisk?.noticeId ?? '')
    expect((await one.look(link)).status).toBe(200)
    expect((await one.press(link, 'yes')).status).toBe(200)
    expect(await one.answers('order:O-1')).toEqual(['appointment.confirmed C-OM'])
    await one.tell(
      event('2026-03-12T11:00', 'appointment.rearranged', {
        orderId: 'O-1',
        appointmentId: 'A-1',
        startsAt: '2026-03-17T10:00',
      }),
    )
    expect((await one.look(link)).status).toBe(410)
  })
})

describe('a link that leads nowhere says so', () => {
  test('one that was tampered with, or is signed for another notice, is forbidden', async () => {
    const { look, press, linkTo, answers, signed } = await asked()
    const link = linkTo('C-KEY')
    const forged = [
      `${link.slice(0, -1)}`,
      `${link}x`,
      `${link.slice(0, -1)}${link.endsWith('a') ? 'b' : 'a'}`,
      `${link.slice(0, -11)}${signed('release_R-1_GATE-01_accept').slice(-11)}`,
    ]
    for (const one of forged) {
      expect((await look(one)).status).toBe(403)
      expect((await press(one, 'yes')).status).toBe(403)
    }
    expect(await answers()).toEqual([])
  })

  test('one that was signed before the key was rotated still leads where it did; twice, and it is forged', async () => {
    const once = await askedOf(world(['another', KEY]))
    expect((await once.press(once.linkTo('C-KEY'), 'yes')).status).toBe(200)
    const twice = await askedOf(world(['a third', 'another']))
    expect((await twice.press(twice.linkTo('C-KEY'), 'yes')).status).toBe(403)
  })

  test('one that is too old is gone', async () => {
    const { at, look, press, linkTo, answers } = await asked()
    const link = linkTo('C-KEY')
    await at('2026-03-24', '12:00')
    const response = await look(link)
    expect(response.status).toBe(410)
    const page = await response.text()
    expect(page).toContain('too old')
    expect(page).toContain('rhy hen')
    expect((await press(link, 'yes')).status).toBe(410)
    expect(await answers()).toEqual([])
  })

  test('one of a notice that asks nothing is not found, one that was never given is none', async () => {
    const { look, entries, signed } = await asked()
    const check = (await entries(BY_NUMBER)).find(({ duty }) => duty !== 'GATE-01')
    expect((await look(signed(check?.noticeId ?? ''))).status).toBe(404)
    expect((await look(signed('release_R-9_GATE-01_accept'))).status).toBe(403)
    expect((await look('/a/nonsense')).status).toBe(403)
  })

  test('one about a time that has since moved cannot accept the new one', async () => {
    const { tell, look, press, linkTo, answers } = await asked()
    const link = linkTo('C-KEY')
    await tell(moved('2026-03-10T12:05', { releaseOn: '2026-03-13' }))
    expect((await look(link)).status).toBe(410)
    expect((await press(link, 'yes')).status).toBe(410)
    expect(await answers()).toEqual([])
  })

  test('an answer that is none of the choices is not found, and changes nothing', async () => {
    const { press, linkTo, answers } = await asked()
    expect((await press(linkTo('C-KEY'), 'met')).status).toBe(404)
    expect(await answers()).toEqual([])
  })
})

describe('an answer may be changed, and not for ever', () => {
  test('a minute must lie between two answers; the last one counts', async () => {
    const { at, press, linkTo, answers } = await asked()
    const link = linkTo('C-KEY')
    expect((await press(link, 'yes')).status).toBe(200)
    expect((await press(link, 'yes')).status).toBe(200)
    const tooSoon = await press(link, 'no')
    expect(tooSoon.status).toBe(429)
    expect(await tooSoon.text()).toContain('Please ring the number in the message')
    await at('2026-03-10', '12:01')
    expect((await press(link, 'no')).status).toBe(200)
    expect(await answers()).toEqual(['gate-meeting.accepted C-KEY', 'gate-meeting.declined C-KEY'])
  })

  test('after ten of them, one has to ring', async () => {
    const { at, press, linkTo, answers } = await asked()
    const link = linkTo('C-KEY')
    const statuses: number[] = []
    for (let nth = 0; nth < 12; nth++) {
      await at('2026-03-10', `13:${String(nth * 2).padStart(2, '0')}`)
      statuses.push((await press(link, nth % 2 === 0 ? 'yes' : 'no')).status)
    }
    // What was answered last stands: to say it again is no change.
    expect(statuses).toEqual([...Array(10).fill(200), 429, 200])
    expect(await answers()).toHaveLength(10)
  })
})

test('a link is short, ends in a letter or digit, and names no duty, role or contact', () => {
  const noticeId = `${BY_NUMBER.replace(':', '_')}_GATE-01_accept_R-1_202603111_meeter_C-SPONSOR`
  for (const id of [
    noticeId,
    'order_8a9b6a3e-4a0c-4f2b-9a55-0a7f3f0f6a11_TWM-14_at-risk_A-1_2_worker_C-CM',
  ]) {
    const path = answerPath(KEY, id)
    expect(path.length).toBeLessThanOrEqual(60)
    expect(path).toMatch(/[a-z0-9]$/)
    expect(path).not.toMatch(/GATE|TWM|accept|at-risk|meeter|worker|C-/)
  }
})
