import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { casefileId, releaseKey } from '../../shared/casefile/ids.ts'
import {
  ALWAYS_ON_CALL,
  AROUND_A_RELEASE,
  change,
  PERSON,
  release,
} from '../duties/releases/release-story.ts'
import { appointment, contact, event, order, PEOPLE, type Told } from '../story.ts'
import { openPages } from './pages.ts'

/** What a person writes back, from the message that a worker is sent to the words read. */

const AT = londonTime('2026-03-08', '14:00')
const ORDER = casefileId('order', 'O-1')
const MOBILE = '07700 900123'
const WORDS = 'I can’t come <b>tomorrow</b>, I am in hospital'
const SHOWN = 'I can’t come &lt;b&gt;tomorrow&lt;/b&gt;, I am in hospital'
const as = (contactId: string) => ({ email: `${contactId.toLowerCase()}@example.com`, isSupport: false })

/** A person was reminded by text of an appointment, and writes back; `meanwhile` something happened. */
async function wroteBack(...meanwhile: Told[]) {
  const person = contact('C-PERSON', { email: undefined, mobile: MOBILE }, '2026-01-02T00:00')
  const story = [...PEOPLE, person, contact('C-WITH'), order(), appointment('2026-03-09T14:00')]
  const pages = await openPages(AT, story)
  await pages.tell(...meanwhile)
  await pages.says(MOBILE, WORDS)
  return pages
}

/** Where the message leads that its first reader is sent of something that was written. */
function linkIn(sent: readonly string[]): string {
  const text = sent.find((one) => one.includes('wrote to us'))
  return new URL(/https:\/\/\S+/.exec(text ?? '')?.[0] ?? '').pathname
}

/** Where the button below some words leads. */
const buttonOn = (page: string) =>
  /action="(\/acts\/reply\.read[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')

describe('what a person on an order writes back', () => {
  test('is read where the message leads, and no longer asked about once somebody says so', async () => {
    const { sent, look, send, eventsOf } = await wroteBack()
    const link = linkIn(sent)
    const page = await (await look(link, as('C-CM'))).text()
    expect(page).toContain(SHOWN)
    const button = buttonOn(page) ?? ''
    expect(await (await look(button, as('C-CM'))).text()).toContain(SHOWN)
    expect((await send(button, as('C-CM'), { form: 'f', step: 'do' })).status).toBe(303)
    const read = (await eventsOf(ORDER)).find(({ type }) => type === 'reply.read')
    expect(read?.info).toMatchObject({ orderId: 'O-1', by: 'C-CM' })
    const after = await (await look(link, as('C-CM'))).text()
    expect(after).toContain('This needs nothing more of you')
    expect(buttonOn(after)).toBeUndefined()
  })

  test('is on the casefile’s page for all who work on it, also after it was read', async () => {
    const { look, send } = await wroteBack()
    for (const id of ['C-OM', 'C-CM', 'C-OFFICE', 'C-PROVIDER', 'C-DUTY']) {
      expect(await (await look('/casefiles/order/O-1', as(id))).text(), id).toContain(SHOWN)
    }
    const page = await (await look('/casefiles/order/O-1', as('C-OM'))).text()
    await send(buttonOn(page) ?? '', as('C-OM'), { form: 'f', step: 'do' })
    const after = await (await look('/casefiles/order/O-1', as('C-CM'))).text()
    expect(after).toContain(SHOWN)
    expect(buttonOn(after)).toBeUndefined()
  })

  test.each(['C-PERSON', 'C-WITH'])('is for nobody else: %s', async (contactId) => {
    const { sent, look, send, eventsOf } = await wroteBack()
    const link = linkIn(sent)
    const button = buttonOn(await (await look(link, as('C-CM'))).text()) ?? ''
    for (const path of [link, button, '/casefiles/order/O-1']) {
      expect((await look(path, as(contactId))).status, path).toBe(404)
    }
    expect((await send(button, as(contactId), { form: 'f', step: 'do' })).status).toBe(404)
    expect((await eventsOf(ORDER)).some(({ type }) => type === 'reply.read')).toBe(false)
  })

  test('is not for support, who sees every casefile', async () => {
    const { look } = await wroteBack()
    const page = await look('/casefiles/order/O-1', { ...as('C-SUPPORT'), isSupport: true })
    expect(page.status).toBe(200)
    expect(await page.text()).not.toContain('in hospital')
  })

  test('is shown to nobody where two people hold the number, also since then', async () => {
    const other = contact('C-OTHER', { email: undefined, mobile: MOBILE }, '2026-03-08T13:59')
    const shared = await wroteBack(other)
    const alone = await wroteBack()
    await alone.tell(other)
    for (const { look } of [shared, alone]) {
      const page = await (await look('/casefiles/order/O-1', as('C-CM'))).text()
      expect(page).toContain('Two people hold that number')
      expect(page).not.toContain('in hospital')
      expect(buttonOn(page)).toBeDefined()
    }
  })

  test('the words are in no message and no event', async () => {
    const { sent, eventsOf, entriesOf } = await wroteBack()
    expect(JSON.stringify([sent, await eventsOf(ORDER), await entriesOf(ORDER)])).not.toContain('in hospital')
  })
})

test('what somebody who was asked to be at a gate writes back is for the duty officer of the release', async () => {
  const story = [...AROUND_A_RELEASE, ALWAYS_ON_CALL, change('C-KEY', { mobile: MOBILE, prefers: 'sms' })]
  const pages = await openPages(londonTime('2026-03-10', '12:00'), [...story, release()])
  await pages.says(MOBILE, 'car broken down')
  const link = linkIn(pages.sent)
  const page = await (await pages.look(link, as('C-DUTY'))).text()
  expect(page).toContain('car broken down')
  await pages.send(buttonOn(page) ?? '', as('C-DUTY'), { form: 'f', step: 'do' })
  const events = await pages.eventsOf(casefileId('release', releaseKey('A9001AA')))
  expect(events.find(({ type }) => type === 'reply.read')?.info).toMatchObject({
    releaseId: 'R-1',
    by: 'C-DUTY',
  })
  expect((await pages.look(link, as('C-WITH'))).status).toBe(404)
})

test('an unread reply folds nothing away of what is done at a gate, for who was not told of it', async () => {
  const night = change('C-NIGHT', { mobile: MOBILE, prefers: 'sms' })
  const pages = await openPages(londonTime('2026-03-10', '12:00'), [
    ...[...AROUND_A_RELEASE, ALWAYS_ON_CALL, night, release()],
  ])
  const key = releaseKey('A9001AA')
  const looks = async () => {
    const [page, board] = await Promise.all(
      [`/casefiles/release/${key}`, '/releases'].map(async (path) =>
        (await pages.look(path, as('C-KEY'))).text(),
      ),
    )
    const doable = (html = '') => /What you can do[\s\S]*?<\/div>/.exec(html)?.[0]
    return { page: doable(page), board: doable(board) }
  }
  const before = await looks()
  expect(before.page).toMatch(/Say whether they are out/)
  await pages.tell({
    ...event('2026-03-10T11:30', 'reply.received', {
      ...{ releaseId: 'R-1', replyId: 'RP-1', contactId: 'C-NIGHT', channel: 'sms' },
    }),
    ...PERSON,
  })
  const events = await pages.eventsOf(casefileId('release', key))
  expect(events.some(({ type }) => type === 'reply.received')).toBe(true)
  expect(await looks()).toEqual(before)
})
