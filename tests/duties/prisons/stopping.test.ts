import { expect, test } from 'vitest'
import { contact, event, play, type Told, told } from '../../story.ts'

const UNTIL = '2026-04-01T00:00:00Z'
const around = [
  ...['C-GOV', 'C-DEP', 'C-VET', 'C-HOLDER'].map((id) => contact(id)),
  event('2026-01-01T00:00', 'prison.updated', {
    ...{ prisonId: 'QAL', name: 'HMP Alderley', governor: 'C-GOV', deputy: 'C-DEP', vettingContact: 'C-VET' },
    phone: '01632 960002',
  }),
  event('2026-02-01T10:00', 'clearance.confirmed', {
    ...{ clearanceId: 'CL-1', prisonId: 'QAL', holder: 'C-HOLDER', organisationId: 'AA' },
    ...{ confirmedOn: '2026-02-01', expiresOn: '2027-01-31' },
  }),
]
const ended = (at: string, reason: string): Told =>
  event(at, 'clearance.ended', { clearanceId: 'CL-1', prisonId: 'QAL', on: at.slice(0, 10), reason })
const prison = (at: string) => [
  `${at} stopped deputy-governor C-DEP`,
  `${at} stopped governor C-GOV`,
  `${at} stopped vetting-contact C-VET`,
]

test.each<[string, Told[], string[]]>([
  [
    'withdrawn on a Saturday night: the prison at once, the holder when offices open',
    [ended('2026-03-14T22:00', 'withdrawn')],
    [...prison('2026-03-14 22:00'), '2026-03-16 09:00 stopped holder C-HOLDER'],
  ],
  ['recalled: the prison alone', [ended('2026-03-10T10:00', 'recalled')], prison('2026-03-10 10:00')],
  ['left of their own: nobody', [ended('2026-03-10T10:00', 'left')], []],
])('SP-05, %s', async (_, story, expected) => {
  expect(await told('SP-05', [...around, ...story], UNTIL)).toEqual(expected)
})

test('it says from which day they must not enter, and no reason; the holder whom to ring', async () => {
  const lines = await play([...around, ended('2026-03-10T10:00', 'withdrawn')], UNTIL)
  const said = lines.filter(({ duty }) => duty === 'SP-05')
  expect(said).toHaveLength(4)
  for (const { text } of said) expect(text).not.toMatch(/withdraw|recall|standard plus/i)
  expect(said[0]?.text).toContain('From that day the person must not enter on it.')
  const holder = said.find(({ role }) => role === 'holder')
  expect(holder?.text).toContain('Please do not come to HMP Alderley from 10 March 2026')
  expect(holder?.text).toContain('ring 01632 960002')
})
