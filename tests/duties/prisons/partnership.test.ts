import { describe, expect, test } from 'vitest'
import { contact, event, play, type Told, told } from '../../story.ts'

type Info = Record<string, unknown>

const prison = (more: Info = {}, at = '2023-01-01T09:00', envelope: Partial<Told> = {}) =>
  event(
    at,
    'prison.updated',
    {
      prisonId: 'QAA',
      name: 'HMP Alder',
      sector: 'public',
      governor: 'C-GOV',
      deputy: 'C-DEP',
      vettingContact: 'C-VET',
      ...more,
    },
    envelope,
  )
const agreed = (on: string, more: Info = {}, envelope: Partial<Told> = {}) =>
  event(
    `${on}T10:00`,
    'partnership.agreed',
    { prisonId: 'QAA', on, partnershipLead: 'C-LEAD', ...more },
    envelope,
  )
const ended = (at: string) => event(at, 'partnership.ended', { prisonId: 'QAA', on: at.slice(0, 10) })
const PEOPLE = ['C-GOV', 'C-DEP', 'C-VET', 'C-LEAD'].map((id) => contact(id, {}, '2023-01-01T09:00'))

/** Both are told: `2026-04-07 09:00 review governor C-GOV` and the same to the lead. */
const both = (...moments: string[]) =>
  moments.flatMap((at) => [`${at} review governor C-GOV`, `${at} review partnership-lead C-LEAD`])
const skipped = (lines: string[], reason: string) => lines.map((line) => `${line} skipped: ${reason}`)

/** The anniversary is Tuesday 30 June 2026. */
const partnership = agreed('2025-06-30')

describe('MA-01: a partnership is agreed again every year', () => {
  const examples: [string, Told[], string[], until?: string, goLive?: string][] = [
    [
      'twelve, eight and four weeks before its anniversary, and on the day; the next year is for the next agreement',
      [partnership],
      both('2026-04-07 09:00', '2026-05-05 09:00', '2026-06-02 09:00', '2026-06-30 09:00'),
      '2027-12-31',
    ],
    [
      'agreed again half-way: the next twelve months start',
      [partnership, agreed('2026-05-20')],
      both('2026-04-07 09:00', '2026-05-05 09:00', '2027-02-25 09:00'),
      '2027-03-01',
    ],
    [
      'agreed again before the first prompt',
      [partnership, agreed('2026-03-31')],
      both('2027-01-06 09:00'),
      '2027-02-01',
    ],
    [
      'agreed again after its anniversary',
      [agreed('2025-03-31'), agreed('2026-04-09')],
      both(
        '2026-01-06 09:00',
        '2026-02-03 09:00',
        '2026-03-03 09:00',
        '2026-03-31 09:00',
        '2027-01-15 09:00',
      ),
      '2027-02-01',
    ],
    [
      'ended half-way',
      [partnership, ended('2026-05-20T10:00')],
      both('2026-04-07 09:00', '2026-05-05 09:00'),
    ],
    [
      'ended and agreed again: the new lead is told',
      [
        partnership,
        ended('2026-05-20T10:00'),
        agreed('2026-07-01', { partnershipLead: 'C-LEAD-2' }),
        contact('C-LEAD-2'),
      ],
      [
        ...both('2026-04-07 09:00', '2026-05-05 09:00'),
        '2027-04-08 09:00 review governor C-GOV',
        '2027-04-08 09:00 review partnership-lead C-LEAD-2',
      ],
      '2027-05-01',
    ],
    [
      'the same agreement told again is no other: each prompt once',
      [partnership, agreed('2025-06-30', {}, { eventId: 'again', occurredAt: '2026-04-20T10:00' })],
      both('2026-04-07 09:00', '2026-05-05 09:00'),
      '2026-06-01',
    ],
    [
      'found late on a Saturday: the older prompt is stale, the latest waits for Monday',
      [agreed('2025-06-30', {}, { receivedAt: '2026-05-09T12:00:00Z' })],
      [
        '2026-05-09 13:00 review governor C-GOV skipped: stale',
        '2026-05-09 13:00 review partnership-lead C-LEAD skipped: stale',
        ...both('2026-05-11 09:00', '2026-06-02 09:00'),
      ],
      '2026-06-10',
    ],
    [
      'found late, and agreed again before it could be given',
      [agreed('2025-06-30', {}, { receivedAt: '2026-04-11T12:00:00+01:00' }), agreed('2026-04-12')],
      skipped(both('2026-04-12 10:00'), 'no-longer-true'),
    ],
    [
      'what fell due before go-live is not given',
      [partnership],
      [...skipped(both('2026-04-07 09:00'), 'before-go-live'), ...both('2026-05-05 09:00')],
      '2026-06-01',
      '2026-05-01',
    ],
    [
      'an anniversary on Easter Monday: the Thursday before Good Friday',
      [agreed('2025-04-06')],
      both('2026-01-12 09:00', '2026-02-09 09:00', '2026-03-09 09:00', '2026-04-02 09:00'),
    ],
    [
      'an anniversary on the bank holiday after Christmas: Christmas Eve',
      [agreed('2025-12-28')],
      both('2026-10-05 09:00', '2026-11-02 09:00', '2026-11-30 09:00', '2026-12-24 09:00'),
      '2027-01-31',
    ],
    [
      'an anniversary on the Sunday the clocks go forward: prompts on the Fridays before',
      [agreed('2025-03-29')],
      both('2026-01-02 09:00', '2026-01-30 09:00', '2026-02-27 09:00', '2026-03-27 09:00'),
    ],
    [
      'an anniversary on the Sunday the clocks go back: prompts on the Fridays before',
      [agreed('2025-10-25')],
      both('2026-07-31 09:00', '2026-08-28 09:00', '2026-09-25 09:00', '2026-10-23 09:00'),
      '2026-12-31',
    ],
    [
      'agreed on 29 February: 28 February',
      [agreed('2024-02-29')],
      both('2024-12-06 09:00', '2025-01-03 09:00', '2025-01-31 09:00', '2025-02-28 09:00'),
      '2026-03-31',
      '2024-01-01',
    ],
    [
      'without a lead',
      [agreed('2025-06-30', { partnershipLead: undefined })],
      ['2026-04-07 09:00 review governor C-GOV'],
      '2026-05-01',
    ],
    [
      'a lead who is the governor is told once',
      [agreed('2025-06-30', { partnershipLead: 'C-GOV' })],
      [
        '2026-04-07 09:00 review governor C-GOV',
        '2026-04-07 09:00 review partnership-lead C-GOV skipped: told-already',
      ],
      '2026-05-01',
    ],
    [
      'a governor who is away: the deputy; a lead who is away: their cover',
      [
        partnership,
        contact('C-GOV', { absent: [{ from: '2026-04-01', to: '2026-04-10' }] }, '2026-01-02T00:00'),
        contact(
          'C-LEAD',
          { absent: [{ from: '2026-04-01', to: '2026-04-10', coverContactId: 'C-COVER' }] },
          '2026-01-02T00:00',
        ),
        contact('C-COVER'),
      ],
      ['2026-04-07 09:00 review deputy-governor C-DEP', '2026-04-07 09:00 review partnership-lead C-COVER'],
      '2026-05-01',
    ],
    [
      'governor and deputy without an address: the vetting contact',
      [
        partnership,
        contact('C-GOV', { email: undefined }, '2026-01-02T00:00'),
        contact('C-DEP', { email: undefined }, '2026-01-02T00:00'),
      ],
      ['2026-04-07 09:00 review vetting-contact C-VET', '2026-04-07 09:00 review partnership-lead C-LEAD'],
      '2026-05-01',
    ],
    [
      'a new governor',
      [partnership, contact('C-NEW'), prison({ governor: 'C-NEW' }, '2026-04-20T09:00')],
      [
        ...both('2026-04-07 09:00'),
        '2026-05-05 09:00 review governor C-NEW',
        '2026-05-05 09:00 review partnership-lead C-LEAD',
      ],
      '2026-06-01',
    ],
    [
      'of another prison: nothing until that prison is known',
      [
        agreed('2025-06-30', { prisonId: 'QBB' }),
        prison({ prisonId: 'QBB', governor: 'C-DIRECTOR' }, '2026-05-06T12:00'),
        contact('C-DIRECTOR'),
      ],
      [
        '2026-05-06 12:00 review governor C-DIRECTOR skipped: stale',
        '2026-05-06 12:00 review partnership-lead C-LEAD skipped: stale',
        '2026-05-06 12:00 review governor C-DIRECTOR',
        '2026-05-06 12:00 review partnership-lead C-LEAD',
      ],
      '2026-06-01',
    ],
  ]
  test.each(examples)('%s', async (_, events, expected, until = '2026-12-31', goLive = '2026-01-01') => {
    const lines = await told('MA-01', [...PEOPLE, prison(), ...events], `${until}T00:00`, `${goLive}T00:00`)
    expect(lines).toEqual(expected)
  })

  test.each([
    ['public', 'en', 'For the Governor of HMP Alder'],
    ['private', 'en', 'For the Director of HMP Alder'],
    [undefined, 'en', 'For the Governor or Director of HMP Alder'],
    ['public', 'cy', 'Ar gyfer Llywodraethwr HMP Alder'],
    ['private', 'cy', 'Ar gyfer Cyfarwyddwr HMP Alder'],
    [undefined, 'cy', 'Ar gyfer Llywodraethwr neu Gyfarwyddwr HMP Alder'],
  ])('at the head of a prison whose sector is %s, in %s', async (sector, language, head) => {
    const events = [
      ...PEOPLE,
      prison({ sector }),
      partnership,
      contact('C-GOV', { language }, '2026-01-02T00:00'),
    ]
    const [line] = await play(events, '2026-04-08T00:00')
    expect(line?.text?.split('\n')[0]).toBe(head)
    expect(line?.text).toContain(language === 'en' ? 'agreed on 30 June 2025' : 'ar 30 Mehefin 2025')
  })
})
