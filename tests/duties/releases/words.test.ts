import { expect, test } from 'vitest'
import { play, type Told } from '../../story.ts'
import { ROW_TEXTS } from '../../texts.ts'
import {
  ALWAYS_ON_CALL,
  AROUND_A_RELEASE,
  accepts,
  cancelled,
  change,
  leaves,
  meeting,
  moved,
  possible,
  release,
} from './release-story.ts'

const texts = ROW_TEXTS.filter(({ duty }) => /^(GATE|ROTA)-/.test(duty))
const PEOPLE = ['C-KEY', 'C-SPONSOR', 'C-DAY', 'C-DUTY', 'C-OWNER']

test.each(texts)(
  '$name is written in English and in Welsh, and names no day but by its date',
  ({ template: { en, cy } }) => {
    for (const written of [en, cy]) {
      expect(written?.subject).toBeTruthy()
      expect(`${written?.subject} ${written?.text}`).not.toMatch(
        /\b(today|tomorrow|yesterday|heddiw|yfory|ddoe)\b/i,
      )
    }
  },
)

test('every text can be said to somebody who reads both', async () => {
  const sponsor = { meeters: [{ contactId: 'C-SPONSOR', kind: 'sponsor', consented: true }] }
  const stories: Told[][] = [
    [release({ releaseOn: '2026-03-13', prescribed: true })],
    [release({ prescribed: undefined, gateTime: undefined }), leaves('2026-03-11T06:00')],
    [
      release(sponsor),
      accepts('2026-03-10T12:40', 'C-SPONSOR'),
      leaves('2026-03-11T08:00'),
      meeting('2026-03-11T10:30', 'person-not-seen'),
    ],
    [release(sponsor), moved('2026-03-10T15:00', { releaseOn: '2026-03-13' }), cancelled('2026-03-12T13:00')],
    [
      possible(),
      release({ place: 'court', gateTime: undefined }, '2026-03-11T11:30'),
      meeting('2026-03-11T14:00', 'not-released'),
    ],
  ]
  const bilingual = PEOPLE.map((id) => change(id, { language: 'both' }))
  const rotas = [[ALWAYS_ON_CALL], []]
  const said = new Set<string>()
  for (const [index, story] of stories.entries()) {
    const lines = await play(
      [...AROUND_A_RELEASE, ...bilingual, ...(rotas[index % 2] ?? []), ...story],
      '2026-04-30T00:00',
    )
    for (const { text, subject } of lines) {
      if (text === undefined) continue
      expect(`${subject} ${text}`).not.toMatch(/undefined|\{\{|\{%|NaN|1970/)
      said.add(subject ?? '')
    }
  }
  expect([...said].filter((subject) => !subject.includes(' / '))).toEqual([])
})
