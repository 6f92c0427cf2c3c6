import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { casefileId } from '../../shared/casefile/ids.ts'
import { mailboxOf } from '../../shared/channels/mailbox.ts'
import { audienceOf, letterheadOf } from '../../shared/directory/letterhead.ts'
import { AUDIENCES, Letterheads, letterheadFor, letterheadsTo } from '../../shared/messages/letterheads.ts'
import { renderMessage } from '../../shared/messages/render.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { ROW_TEXTS } from '../texts.ts'

/** Everybody can tell whom a message is from; who reads over a shoulder cannot tell why it was written. */

const NAMES_THE_REASON =
  /treatment|alcohol|drink|offen[cd]|court|prison|probation|\bATR\b|\border\b|sentence|licence|release|recovery|throughcare|triniaeth|yfed|trosedd|llys|carchar|prawf|brawf|gorchymyn|dedfryd|trwydded|rhyddhau/i

const NORTH: Letterheads = Letterheads.parse({
  workers: { email: 'throughcare@example.org' },
  holdersAndMeeters: { email: 'messages@example.org' },
  unsafe: { email: 'messages@example.org', number: '+447700900111' },
  areas: {
    'C-NORTH': {
      workers: { signs: { en: 'Throughcare, North', cy: 'Throughcare, y Gogledd' } },
      persons: { signs: { en: 'North Probation Office', cy: 'Swyddfa Brawf y Gogledd' } },
    },
  },
})

describe('whom a message is from', () => {
  test.each([
    ['a case manager hears from the service, named with the area', 'workers', 'Throughcare, North'],
    ['a meeter from a name that says nothing', 'holdersAndMeeters', 'The arrangements office'],
    ['a person at a safe address from whom they agreed to', 'persons', 'North Probation Office'],
    ['a person at any other from a name that says nothing', 'unsafe', 'The appointments office'],
  ] as const)('%s', (_, audience, signs) => {
    expect(letterheadFor(NORTH, audience, 'C-NORTH').signs.en).toBe(signs)
  })

  test('an area that has no line of its own has the service’s, and keeps the address and number of all', () => {
    expect(letterheadFor(NORTH, 'workers', 'C-SOUTH').signs.en).toBe('Throughcare')
    expect(letterheadFor(NORTH, 'workers', 'C-NORTH').email).toBe('throughcare@example.org')
    expect(letterheadFor(NORTH, 'unsafe', 'C-NORTH').number).toBe('+447700900111')
    expect(letterheadFor(NORTH, 'workers', undefined).signs.cy).toBe('Throughcare')
  })

  test('an address is not safe until its person has said so', () => {
    expect(audienceOf('person', false)).toBe('unsafe')
    expect(audienceOf('person', true)).toBe('persons')
    expect(['holder', 'meeter'].map((role) => audienceOf(role as 'holder', true))).toEqual([
      'holdersAndMeeters',
      'holdersAndMeeters',
    ])
    expect(audienceOf('key-worker', false)).toBe('workers')
  })

  test('of an order the area is its probation office, of a clearance its prison, of a release its own', () => {
    const letterheads = Letterheads.parse({
      areas: Object.fromEntries(
        ['C-NORTH', 'MDI', 'NORTH'].map((area) => [
          area,
          { workers: { signs: { en: `From ${area}`, cy: `Oddi wrth ${area}` } } },
        ]),
      ),
    })
    const details = {}
    const nobody = { get: () => ({ details }) } as never
    const from = (id: string, state: unknown) => {
      const worker = { contactId: 'C-1', role: 'case-manager' } as const
      return letterheadOf({ id, state } as never, worker, nobody, letterheads).signs.en
    }
    const release = { releaseId: 'R-1', area: 'NORTH', releaseOn: '2026-06-01', moves: [], plans: [] }
    expect(from(casefileId('order', 'O-1'), { terms: { probationOffice: 'C-NORTH' } })).toBe('From C-NORTH')
    expect(from(casefileId('clearance', 'CL-1'), { byId: { 'CL-1': { prisonId: 'MDI' } } })).toBe('From MDI')
    expect(from(casefileId('prison', 'MDI'), {})).toBe('From MDI')
    expect(from(casefileId('release', 'R-1'), { byId: { 'R-1': release } })).toBe('From NORTH')
    expect(from(casefileId('person', '0'.repeat(24)), {})).toBe('Throughcare')
  })
})

describe('what a letterhead may say', () => {
  test.each(AUDIENCES.filter((audience) => audience !== 'workers'))(
    'as we ship it, to %s it names neither probation nor prison, alcohol or release',
    (audience) => {
      for (const letterhead of letterheadsTo({}, audience)) {
        expect(JSON.stringify(letterhead)).not.toMatch(NAMES_THE_REASON)
      }
    },
  )

  test.each([
    ['a line that names probation', { signs: { en: 'North Probation', cy: 'Y Gogledd' } }],
    ['a line that does so in Welsh', { signs: { en: 'The North', cy: 'Carchar y Gogledd' } }],
    ['an address that names a prison', { email: 'gate@prison.example.org' }],
    ['an address that names the service', { email: 'messages@throughcare.example.org' }],
    ['a sender id that names alcohol', { number: 'ALCOHOL' }],
  ])('settings are refused that give %s where anybody may read', (_, letterhead) => {
    expect(Letterheads.safeParse({ unsafe: letterhead }).success).toBe(false)
    expect(Letterheads.safeParse({ areas: { NORTH: { unsafe: letterhead } } }).success).toBe(false)
    expect(Letterheads.safeParse({ holdersAndMeeters: letterhead }).success).toBe(false)
    expect(Letterheads.safeParse({ workers: letterhead }).success).toBe(true)
  })

  test('settings with an audience that there is not are refused, and not read as none', () => {
    expect(Letterheads.safeParse({ unsave: { email: 'messages@example.org' } }).success).toBe(false)
  })
})

const facts = {
  ...{ start: londonTime('2026-06-09', '10:00'), was: londonTime('2026-06-08', '10:00') },
  ...{ place: 'North Probation Office', worker: 'Samantha', number: '01632 960201' },
  ...{ enforceable: true, isPlaceNew: true, starts: [{ start: londonTime('2026-06-09', '10:00') }] },
}
const withheld = { place: '', worker: '', number: '' }

describe.each(ROW_TEXTS.filter(({ to }) => to === 'person'))('$name', ({ template }) => {
  const ways = (['email', 'sms'] as const).flatMap((channel) =>
    (['en', 'cy', 'both'] as const).map((language) => ({ channel, language })),
  )

  test.each(ways)(
    'at an address not known to be safe, by $channel in $language, nothing a partner sees says why',
    ({ channel, language }) => {
      const { signs } = letterheadFor(NORTH, 'unsafe', 'C-NORTH')
      const parts = [{ text: template, facts: { ...facts, ...withheld, safe: false } }]
      const { subject, text, html, from } = renderMessage(parts, language, channel, { signs })
      expect(`${from}\n${subject}\n${text}\n${html}`).not.toMatch(NAMES_THE_REASON)
      expect(`${text}\n${html}`).not.toMatch(/Samantha|01632|https?:/)
    },
  )

  test.each(ways)('by $channel in $language its last line in each language says whom it is from', (way) => {
    const { signs } = letterheadFor(NORTH, 'persons', 'C-NORTH')
    const { text, from } = renderMessage(
      [{ text: template, facts: { ...facts, safe: true } }],
      way.language,
      way.channel,
      {
        signs,
      },
    )
    const written = text.split('\n\n---\n\n').map((one) => one.split('\n').at(-1))
    const expected = { en: [signs.en], cy: [signs.cy], both: [signs.en, signs.cy] }[way.language]
    expect(written).toEqual(expected)
    expect(from).toBe(expected[0])
  })
})

test.each(ROW_TEXTS.filter(({ template }) => /worker and number/.test(template.en.text)))(
  '$name says to a safe address whom to ring, by first name and the office’s number',
  ({ template }) => {
    const parts = [{ text: template, facts: { ...facts, safe: true } }]
    expect(renderMessage(parts, 'en', 'sms').text).toContain('Your worker is Samantha: ring 01632 960201.')
    expect(renderMessage(parts, 'cy', 'sms').text).toContain(
      'Eich gweithiwr: Samantha, ffoniwch 01632 960201.',
    )
  },
)

describe('an e-mail shows the name beside the address', () => {
  test.each([
    ['as it stands', 'The appointments office', '"The appointments office" <messages@example.org>'],
    ['encoded where it has accents', 'Tŷ Llandŵr', '=?UTF-8?B?VMW3IExsYW5kxbVy?= <messages@example.org>'],
  ])('%s', (_, name, shown) => {
    expect(mailboxOf(name, 'messages@example.org')).toBe(shown)
  })

  test('in encoded words that are no longer than a mail server takes, put together as the name that it was', () => {
    const name = 'Swyddfa drefniadau Tŷ’r Dŵr, Llanfairpwllgwyngyll'
    const words = mailboxOf(name, 'a@example.org').split(' ').slice(0, -1)
    expect(Math.max(...words.map((word) => word.length))).toBeLessThanOrEqual(75)
    const read = words.map((word) => Buffer.from(word.slice(10, -2), 'base64').toString('utf8'))
    expect(read.join('')).toBe(name)
  })

  test('the name that a stage’s own address bears gives way to it', () => {
    expect(mailboxOf('The appointments office', 'Throughcare <messages@example.org>')).toBe(
      '"The appointments office" <messages@example.org>',
    )
    expect(mailboxOf(undefined, 'Throughcare <messages@example.org>')).toBe(
      'Throughcare <messages@example.org>',
    )
  })
})

describe('whoever reads both languages reads Welsh first', () => {
  const [covered] = ROW_TEXTS.filter(({ name }) => name.startsWith('GATE-02 covered'))
  const subjectIn = (letterheads: Letterheads, area: string) => {
    const parts = covered
      ? [{ text: covered.template, facts: { initials: 'JW', releaseOn: '2026-03-11' } }]
      : []
    return renderMessage(parts, 'both', 'email', letterheadFor(letterheads, 'workers', area)).subject
  }
  const english = 'Gate meeting on Wednesday 11 March: covered'
  const welsh = 'Cyfarfod wrth y giât ddydd Mercher 11 Mawrth: mae rhywun yn mynd'
  const both = `${english} / ${welsh}`
  const welshFirst = `${welsh} / ${english}`

  test.each([
    ['of a release in an area of Wales', { areas: { GWENT: { welshFirst: true } } }, 'GWENT', welshFirst],
    ['not of one in another area', { areas: { GWENT: { welshFirst: true } } }, 'NORTH', both],
    ['everywhere in a service of Wales', { welshFirst: true }, 'GWENT', welshFirst],
    [
      'but in an area of it that reads English first',
      { welshFirst: true, areas: { BORDER: { welshFirst: false } } },
      'BORDER',
      both,
    ],
  ])('%s', (_, settings, area, subject) => {
    expect(subjectIn(Letterheads.parse(settings), area)).toBe(subject)
  })
})

test('what we ship has every message signed, and names no address or number of anybody', () => {
  expect(rulesWith().settings.letterheads).toEqual({})
})
