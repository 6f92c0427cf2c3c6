import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RUNBOOK } from '../../../infra/aws/constructs/monitoring.ts'

const runbook = readFileSync(join(import.meta.dirname, '../../../docs/runbook.md'), 'utf8')

test.each(Object.keys(RUNBOOK))('the runbook says what to do about %s', (entry) => {
  const [, told = ''] = runbook.split(`\n## ${entry}\n`)
  expect(told.split('\n## ')[0]?.trim().length).toBeGreaterThan(80)
})
