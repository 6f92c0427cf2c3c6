import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RUNBOOK } from '../../../infra/aws/constructs/monitoring.ts'

const runbook = readFileSync(join(import.meta.dirname, '../../../docs/runbook.md'), 'utf8')

test.each(Object.keys(RUNBOOK))('the runbook says what to do about %s', (entry) => {
  const [, told = ''] = runbook.split(`\n## ${entry}\n`)
  expect(told.split('\n## ')[0]?.trim().length).toBeGreaterThan(80)
})

test('every dead letter that the runbook has redriven goes to a queue that is named', () => {
  const commands = [...runbook.matchAll(/`npm run dead-letters -- ([^`]*)`/g)].map(
    ([, command = '']) => command,
  )
  expect(commands.filter((one) => !one.includes('--queue URL'))).toEqual([])
  expect(commands.filter((one) => one.startsWith('redrive') && !one.includes('--to URL'))).toEqual([])
  expect(commands.length).toBeGreaterThan(1)
})

/** CloudFormation leaves a resource alone whose template is as it was, whatever has become of it. */
test('what was changed by hand is put back by a deploy that looks at what is there', () => {
  const putting = runbook.split(/(?<=\.) /).filter((sentence) => sentence.includes('puts it back'))
  expect(putting.length).toBeGreaterThan(1)
  expect(putting.filter((sentence) => !sentence.includes('--revert-drift'))).toEqual([])
})
