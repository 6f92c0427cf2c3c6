import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { wordingsPage } from '../../infra/commands/wordings-page.ts'
import { catalogue } from '../../shared/duties/catalogue.ts'

/** Which wording was live when: every change of words leaves a line, and none is ever taken out. */

const page = readFileSync(join(import.meta.dirname, '../../docs/wordings.md'), 'utf8')
const linesOf = (text: string) => text.split('\n').filter((line) => /^\| [A-Z]/.test(line))

test('every wording that runs is on the page: after a change, npm run duties -- --wordings docs/wordings.md', () => {
  expect(wordingsPage(page, catalogue(), '2030-01-01')).toBe(page)
  for (const { duty, step } of catalogue()) {
    for (const language of ['en', 'cy']) expect(page).toContain(`\n| ${duty} ${step} | ${language} | `)
  }
})

test('a wording that changes is a line more, and the one before it ends that day', () => {
  const rows = catalogue()
  const changed = rows.map((row) => {
    const [first, ...others] = row.texts
    if (row.duty !== 'DOC-02' || row.step !== 'send' || !first) return row
    return { ...row, texts: [{ ...first, en: { ...first.en, text: `${first.en.text} Today.` } }, ...others] }
  })
  const then = wordingsPage(page, changed, '2030-01-01')
  const added = linesOf(then).filter((line) => !linesOf(page).includes(line))
  expect(added).toHaveLength(2)
  expect(added.filter((line) => line.endsWith('| 2030-01-01 | |'))).toHaveLength(1)
  expect(added.filter((line) => line.endsWith('| 2030-01-01 |') && !line.endsWith('| |'))).toHaveLength(1)
  expect(wordingsPage(then, changed, '2030-01-02')).toBe(then)
  const back = wordingsPage(then, rows, '2030-01-03')
  expect(linesOf(back).length).toBe(linesOf(then).length + 1)
})
