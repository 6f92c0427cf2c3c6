import { beforeAll, describe, expect, test } from 'vitest'
import { type Arrival, readArrival } from '../../infra/local/arrivals.ts'
import type { NoticeLine } from '../../infra/local/notice-line.ts'
import { replay } from '../../infra/local/replay.ts'
import { sampleCaseload } from '../../infra/local/sample/caseload.ts'
import { SAMPLE_TO } from '../../infra/local/sample/pen.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import { ANSWER_WORDS } from '../../shared/messages/answer-words.ts'
import { ROW_TEXTS } from '../texts.ts'

/** What no message to a person may name, in either language: a partner, landlord or employer may read it. */
const NAMES_THE_REASON =
  /treatment|alcohol|drink|offen[cd]|court|prison|probation|\bATR\b|order|sentence|licence|triniaeth|alcohol|yfed|trosedd|llys|carchar|prawf|gorchymyn|dedfryd|trwydded/i
/** What nobody is told in a message: clinical words stay behind sign-in. */
const CLINICAL =
  /alcohol|drunk|intoxicat|\bdrug|detox|overdos|relapse|addict|diagnos|meddw|cyffur|dibyniaeth/i
/** What no message about a gate meeting may name. */
const ABOUT_THE_RELEASED =
  /health|iechyd|prescri|presgripsiwn|doctor|meddyg|treatment|triniaeth|offence|trosedd|naloxone/i
const TODAY = /\b(today|tomorrow|yesterday|heddiw|yfory|ddoe)\b/i

const wordsOf = (text: string) => text.replace(/\{\{.*?\}\}|\{%.*?%\}/g, ' ')
const texts = ROW_TEXTS.flatMap(({ name, to, template }) =>
  Object.entries(template).map(([language, { subject, text }]) => ({
    name: `${name} (${language})`,
    to,
    subject: wordsOf(subject),
    all: wordsOf(`${subject}\n${text}`),
  })),
)
const called = (pattern: RegExp) => texts.filter((text) => pattern.test(text.name))

describe('what the texts may not say', () => {
  const toPersons = texts.filter(({ to }) => to === 'person')

  test('there are texts to persons in both languages', () => {
    expect(toPersons).toHaveLength(10)
  })

  test.each(toPersons)(
    'to a person, $name names no treatment, offence, court, prison or probation',
    ({ all }) => {
      expect(all).not.toMatch(NAMES_THE_REASON)
    },
  )

  test.each(Object.entries(ANSWER_WORDS))(
    'to whoever writes or answers, %s names no treatment, offence, court, prison or probation',
    (_, { en, cy }) => {
      expect(`${en}\n${cy}`).not.toMatch(NAMES_THE_REASON)
    },
  )

  test.each(toPersons)('to a person, $name does not threaten', ({ all }) => {
    expect(all).not.toMatch(/must|breach|fail|enforce|consequence|rhaid|torri|methu|canlyniad/i)
  })

  test.each(texts)('$name says no clinical word', ({ all }) => {
    expect(all).not.toMatch(CLINICAL)
  })

  test.each(texts)('$name prints dates, never "today" or "tomorrow"', ({ all }) => {
    expect(all).not.toMatch(TODAY)
  })

  test.each(called(/^GATE-(01|02|08|29) /))(
    '$name says nothing of health, offence or treatment',
    ({ all }) => {
      expect(all).not.toMatch(ABOUT_THE_RELEASED)
    },
  )

  test.each(called(/^GATE-02 stand-down/))('$name gives no reason', ({ all }) => {
    expect(all).not.toMatch(/because|recall|cancel|gan fod|oherwydd/i)
  })

  test.each(called(/^SP-/))('$name: "Standard Plus" is in no subject, and no appeal is mentioned', (text) => {
    expect(text.subject).not.toMatch(/standard plus|safonol/i)
    expect(text.all).not.toMatch(/appeal|apêl|apel|convict|euogfarn/i)
  })

  test.each(called(/^SP-02 .*, to holder/))('$name to a holder is about their clearance to enter', (text) => {
    expect(text.all).not.toMatch(/standard plus|safonol/i)
  })
})

describe('what the sample caseload was told', () => {
  let lines: NoticeLine[]
  beforeAll(async () => {
    lines = []
    const arrivals = sampleCaseload().map((event, index) =>
      readArrival(JSON.stringify(event), index),
    ) as Arrival[]
    await replay({ arrivals, until: londonTime(SAMPLE_TO, '23:59') }, (some) => void lines.push(...some))
  })

  const said = (role: string) => lines.filter((line) => line.role === role && line.text)
  /** Names, ids, dates and links are the caseload's; what is left is what a role is shown. */
  const kindOfText = (line: NoticeLine) => `${line.duty} ${line.step}`

  test('no person is told why', () => {
    for (const { subject, text } of said('person')) {
      expect(`${subject}\n${text}`).not.toMatch(NAMES_THE_REASON)
    }
  })

  test('a meeter is told place, time and initials, and given an answer to press, never a casefile', () => {
    for (const { text } of said('meeter')) expect(text).not.toContain('/notices/')
  })

  test('what each role is told of at all', () => {
    const roles = [...new Set(lines.filter((line) => line.text).map((line) => line.role))].sort()
    const seen = Object.fromEntries(
      roles.map((role) => [role, [...new Set(said(role).map(kindOfText))].sort()]),
    )
    expect(seen).toMatchSnapshot()
  })
})
