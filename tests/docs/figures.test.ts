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
