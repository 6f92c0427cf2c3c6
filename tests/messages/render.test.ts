import * as fc from 'fast-check'
import { SegmentedMessage } from 'sms-segments-calculator'
import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { APPOINTMENT_TEXTS } from '../../shared/duties/appointments/texts.ts'
import { writeDate, writeDay, writeMoment, writeTime } from '../../shared/messages/dates.ts'
import { renderMessage } from '../../shared/messages/render.ts'
import { asTextMessage } from '../../shared/messages/text-message.ts'

describe('dates and times are written in the GOV.UK style', () => {
  test.each([
    ['10am', '10:00'],
    ['5:30pm', '17:30'],
    ['midday', '12:00'],
    ['12:05pm', '12:05'],
    ['midnight', '00:00'],
    ['12:30am', '00:30'],
  ])('%s', (written, time) => {
    expect(writeTime('en', londonTime('2026-06-09', time))).toBe(written)
  })

  test('a day and a moment, in London whatever the season', () => {
    expect(writeDay('en', '2026-06-09')).toBe('Tuesday 9 June')
    expect(writeDate('en', '2027-06-04')).toBe('4 June 2027')
    expect(writeMoment('en', londonTime('2026-06-09', '10:00'))).toBe('Tuesday 9 June at 10am')
  })

  test('in Welsh Mawrth is both the Tuesday and the March', () => {
    expect(writeDay('cy', '2026-03-10')).toBe('dydd Mawrth 10 Mawrth')
  })
})

describe('one renderer writes every message', () => {
  const facts = { start: londonTime('2026-06-09', '10:00'), place: 'A & B <Street>', was: 0, safe: true }
  const reminder = { text: APPOINTMENT_TEXTS.dayBefore, facts }

  test('a place is said as it is in text, and escaped in HTML', () => {
    const { text, html } = renderMessage([reminder], 'en', 'email')
    expect(text).toContain('A & B <Street>')
    expect(html).toContain('A &amp; B &lt;Street&gt;')
  })

  test('without a place the sentence closes as if there had never been one', () => {
    const { text } = renderMessage([{ ...reminder, facts: { ...facts, place: '' } }], 'en', 'email')
    expect(text).toContain('Your appointment is on Tuesday 9 June at 10am.')
  })

  test('both languages go in one message, each marked, neither without the other', () => {
    const both = renderMessage([reminder], 'both', 'email')
    const [english, welsh] = [
      renderMessage([reminder], 'en', 'email'),
      renderMessage([reminder], 'cy', 'email'),
    ]
    expect(both.text).toBe(`${english.text}\n\n---\n\n${welsh.text}`)
    expect(both.html).toContain('<div lang="en">')
    expect(both.html).toContain('<div lang="cy">')
  })

  test('a fact that a text speaks of and was not given is a bug, not a blank', () => {
    expect(() => renderMessage([{ text: APPOINTMENT_TEXTS.dayBefore, facts: {} }], 'en', 'email')).toThrow()
  })

  test('what somebody typed is never run as a template', () => {
    const { text } = renderMessage(
      [{ ...reminder, facts: { ...facts, place: '{{ 7 * 6 }}' } }],
      'en',
      'email',
    )
    expect(text).toContain('{{ 7 * 6 }}')
  })
})

describe('several notices in one message', () => {
  const part = (name: string, isOverdue = false, about = 'Case O-1') => ({
    text: {
      en: { subject: `${about}: ${name}`, text: `Please ${name}.\n\nCase O-1: https://x.example/o` },
      cy: { subject: `Achos O-1: ${name}`, text: `${name}.\n\nAchos O-1: https://x.example/o` },
    },
    facts: {},
    isOverdue,
  })
  const several = [part('book'), part('send the papers', true), part('see to the plan', true)]

  test('the subject counts them and says how many are overdue; the most pressing come first, the link once', () => {
    const { subject, text } = renderMessage(several, 'en', 'email')
    expect(subject).toBe('Case O-1: 3 things to do, 2 overdue')
    expect(text.split('\n\n---\n\n')).toEqual([
      'Please send the papers.',
      'Please see to the plan.',
      'Please book.\n\nCase O-1: https://x.example/o',
    ])
    expect(renderMessage(several, 'cy', 'email').subject).toBe("Achos O-1: 3 peth i'w gwneud, 2 yn hwyr")
  })

  test('a text message says the most pressing, and where the others are', () => {
    expect(renderMessage(several, 'en', 'sms').text).toBe(
      'Please send the papers.\n\n2 more: https://x.example/o',
    )
  })

  test('Welsh comes first where the order is in Wales', () => {
    const welsh = { ...part('book'), facts: { wales: true } }
    expect(renderMessage([welsh], 'both', 'email').subject).toBe('Achos O-1: book / Case O-1: book')
    expect(renderMessage([part('book')], 'both', 'email').subject).toBe('Case O-1: book / Achos O-1: book')
  })
})

describe('a text message is as short as it has to be', () => {
  const facts = { start: londonTime('2026-06-09', '10:00'), was: 0, safe: true }

  test('a long place is cut, so that one language is two fragments at most', () => {
    const place = 'The Old Library, 4 Mill Lane, '.repeat(9)
    const { text, textMessage } = renderMessage(
      [{ text: APPOINTMENT_TEXTS.dayBefore, facts: { ...facts, place } }],
      'en',
      'sms',
    )
    expect(textMessage?.fragments).toBeLessThanOrEqual(2)
    expect(text).toContain('Tuesday 9 June at 10am')
  })

  test('Welsh gives up its circumflexes where it would not fit with them, and only there', () => {
    const circumflexed = (text: string) => ({ subject: 'Tŷ', text })
    const said = (text: string) =>
      renderMessage([{ text: { en: circumflexed(text), cy: circumflexed(text) }, facts: {} }], 'cy', 'sms')
    expect(said('Byddwch wrth y tŷ.').text).toBe('Byddwch wrth y tŷ.')
    const { text, textMessage } = said(`Byddwch wrth y tŷ. ${'Arhoswch yno. '.repeat(12)}`)
    expect(text).toMatch(/^Byddwch wrth y ty\. Arhoswch/)
    expect(textMessage).toMatchObject({ encoding: 'GSM-7', fragments: 2 })
  })

  test('curly quotes are written straight, which keeps it in the plain alphabet', () => {
    const place = 'the visitors’ centre'
    const { text, textMessage } = renderMessage(
      [{ text: APPOINTMENT_TEXTS.dayBefore, facts: { ...facts, place } }],
      'en',
      'sms',
    )
    expect(text).toContain("visitors' centre")
    expect(textMessage?.encoding).toBe('GSM-7')
  })
})

describe('a text message is counted in fragments', () => {
  test.each([
    ['160 plain letters', 'a'.repeat(160), 'GSM-7', 1],
    ['161 plain letters', 'a'.repeat(161), 'GSM-7', 2],
    ['306 plain letters', 'a'.repeat(306), 'GSM-7', 2],
    ['307 plain letters', 'a'.repeat(307), 'GSM-7', 3],
    ['a euro sign counts two', `${'a'.repeat(159)}€`, 'GSM-7', 2],
    ['70 letters with one ŵ', `${'a'.repeat(69)}ŵ`, 'UCS-2', 1],
    ['71 letters with one ŵ', `${'a'.repeat(70)}ŵ`, 'UCS-2', 2],
    ['135 letters with one ŵ', `${'a'.repeat(134)}ŵ`, 'UCS-2', 3],
    ['free Welsh letters', 'Ä É Ö Ü à ä è é ì ò ö ù ü', 'GSM-7', 1],
  ])('%s', (_, text, encoding, fragments) => {
    expect(asTextMessage(text)).toEqual({ encoding, fragments, pence: fragments * 2.4 })
  })

  test('what is only counted comes to what cutting it up does', () => {
    const plain = fc.string({
      unit: fc.constantFrom(...'aZ0 \n@£$_!?\'"/:;<=>(),.&%#*+-'),
      minLength: 100,
      maxLength: 500,
    })
    fc.assert(
      fc.property(plain, (text) => {
        const { encodingName, segmentsCount } = new SegmentedMessage(text)
        expect(asTextMessage(text)).toMatchObject({ encoding: encodingName, fragments: segmentsCount })
      }),
    )
  })
})
