import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { releaseKey } from '../../shared/casefile/ids.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, release } from '../duties/releases/release-story.ts'
import { appointment, event, order, PEOPLE } from '../story.ts'
import { openPages } from './pages.ts'

/** What the pages of a casefile say is so. */

const AT = londonTime('2026-03-25', '12:00')
const as = (contactId: string) => ({ email: `${contactId.toLowerCase()}@example.com`, isSupport: false })

describe('the page of an order', () => {
  test('with nothing left to tell still says what is booked', async () => {
    const ended = event('2026-03-20T10:00', 'order.ended', {
      ...{ orderId: 'O-1', endedOn: '2026-03-20', reason: 'completed' },
    })
    const over = await openPages(AT, [...PEOPLE, order(), ended])
    const nothing = 'Nothing is booked, and nobody will be told anything in the next four weeks'
    expect(await (await over.look('/casefiles/order/O-1', as('C-OM'))).text()).toContain(nothing)
    const running = await openPages(AT, [...PEOPLE, order(), appointment('2026-04-01T14:00')])
    const page = await (await running.look('/casefiles/order/O-1', as('C-OM'))).text()
    expect(page).not.toContain(nothing)
    expect(page).toContain('Treatment appointment')
  })

  test('says the name of a place as it was written, whatever word that is', async () => {
    const booked = appointment('2026-04-01T14:00', { place: 'constructor' })
    const { look } = await openPages(AT, [...PEOPLE, order(), booked])
    const page = await look('/casefiles/order/O-1?show=happened', as('C-OM'))
    expect(await page.text()).toContain('constructor')
  })
})

describe('the page of a contact', () => {
  test('says what they were told in the casefiles that its reader may read', async () => {
    const { look } = await openPages(AT, [...PEOPLE, order(), appointment('2026-03-26T10:00')])
    const person = await look('/casefiles/contact/C-PERSON?show=told', { isSupport: true })
    expect(await person.text()).toContain('ATR-01 day before')
    const manager = await look('/casefiles/contact/C-OM?show=told', as('C-OM'))
    expect(await manager.text()).toContain('to Name of C-OM, offender manager')
  })
})

describe('somebody of the person’s own choice', () => {
  test('is nobody in particular in the story of a release, whatever they say and whoever was passed over', async () => {
    const story = [
      ...AROUND_A_RELEASE,
      ALWAYS_ON_CALL,
      release({ meeters: [{ contactId: 'C-SPONSOR', kind: 'sponsor', consented: true }] }),
      event(
        '2026-03-08T12:00',
        'gate-meeting.accepted',
        { releaseId: 'R-1', by: 'C-SPONSOR' },
        {
          personReference: { identifiers: [{ type: 'NOMS', value: 'A9001AA' }] },
        },
      ),
    ]
    const { look } = await openPages(londonTime('2026-03-10', '12:00'), story)
    for (const person of [as('C-DUTY'), { isSupport: true }]) {
      for (const show of ['all', 'happened', 'told', 'not-told', 'planned']) {
        const page = await (
          await look(`/casefiles/release/${releaseKey('A9001AA')}?show=${show}`, person)
        ).text()
        expect(page).not.toMatch(/C-SPONSOR|c-sponsor/i)
        if (show === 'happened') expect(page).toContain('by someone of their choice')
      }
    }
  })
})

describe('a worker finds what names them', () => {
  const prison = event('2026-01-01T00:00', 'prison.updated', {
    prisonId: 'QAA',
    name: 'HMP QAA',
    governor: 'C-GOV',
  })
  test.each([
    ['C-OFFICE', '/casefiles/order/O-1'],
    ['C-PROVIDER', '/casefiles/order/O-1'],
    ['C-DUTY', `/casefiles/release/${releaseKey('A9001AA')}`],
    ['C-KEY', `/casefiles/release/${releaseKey('A9001AA')}`],
    ['C-OWNER', '/casefiles/rota/NORTH'],
    ['C-OM', '/casefiles/prison/QAA'],
  ])('%s: %s', async (contactId, path) => {
    const governed = {
      ...prison,
      additionalInformation: { ...prison.additionalInformation, governor: 'C-OM' },
    }
    const story = [
      ...PEOPLE,
      ...AROUND_A_RELEASE.filter(({ eventId }) => !PEOPLE.some((one) => one.eventId === eventId)),
    ]
    const { look } = await openPages(AT, [...story, ALWAYS_ON_CALL, order(), release(), governed])
    expect(await (await look('/casefiles', as(contactId))).text()).toContain(path)
  })
})
