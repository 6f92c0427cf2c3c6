import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { STAGES } from '../../infra/aws/stages.ts'
import { EVENT_BYTES_MAX } from '../../shared/casefile/read-event.ts'
import { ANSWER_LINK_DAYS } from '../../shared/messages/links.ts'
import { rulesWith } from '../../shared/planning/rules.ts'

/** The figures that somebody signs a go-live for are those of the code. */

const { retentionMonths } = rulesWith().settings
const { prod, ...others } = STAGES
const otherDays = [...new Set(Object.values(others).map(({ logDays }) => logDays))].join(' or ')

/** Of what no other code needs to know, the figure is read where it stands. */
test.each([
  ['shared/duties/retention.ts', /WORDS_DAYS = (\d+)/, (days: string) => `${days} days after somebody said`],
  ['infra/aws/constructs/work-queue.ts', /days\((\d+)\)/, (days: string) => `${days} days if it cannot be`],
  ['infra/aws/backups.ts', /KEPT_HERE = Duration.days\((\d+)\)/, (days: string) => `${days} days here and`],
  [
    'infra/aws/backups.ts',
    /KEPT_THERE = Duration.days\((\d+)\)/,
    (days: string) => `${days} days in another`,
  ],
  ['functions/web/reader/sign-in.ts', /SESSION_MS = (HOUR_MS)/, () => '| 1 hour; '],
  [
    'functions/web/reader/password.ts',
    /SESSION_MS = (\d+) \* HOUR_MS/,
    (hours: string) => `; ${hours} hours |`,
  ],
])('docs/data-protection.md says what stands in %s: %s', (path, figure, said) => {
  const read = (name: string) => readFileSync(join(import.meta.dirname, '../..', name), 'utf8')
  const [, found = 'nothing'] = figure.exec(read(path)) ?? []
  expect(read('docs/data-protection.md')).toContain(said(found))
})

test('the duty that README shows is the one that runs', () => {
  const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8')
  const [, shown = 'nothing'] = /```ts\n([\s\S]*?)```/.exec(read('README.md')) ?? []
  expect(read('shared/duties/papers/papers.ts')).toContain(shown)
})

test.each([
  ['data-protection.md', `until ${retentionMonths} months after their end`],
  ['data-protection.md', `\`logDays\`: ${otherDays} days, in production ${prod.logDays}`],
  ['decisions/15-forgetting.md', `${retentionMonths} months after the last thing`],
  ['security.md', `${ANSWER_LINK_DAYS} days; opening changes nothing`],
  ['decisions/07-answer-links.md', `expires after ${ANSWER_LINK_DAYS} days`],
  ['security.md', `at most ${EVENT_BYTES_MAX / 1024} KB`],
])('docs/%s says "%s"', (page, figure) => {
  expect(readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8')).toContain(figure)
})
