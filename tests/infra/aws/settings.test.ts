import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parameterNames, readBankHolidays, readDutyModes } from '../../../functions/runtime/settings.ts'
import { Settings } from '../../../infra/aws/settings.ts'
import { STAGES } from '../../../infra/aws/stages.ts'
import { emptyApp, type Resource, resourcesOf } from '../emulated/cloud.ts'

/** What is settled while the service runs: a stack that never changes, so that no deploy writes over it. */

const app = emptyApp()
const settings = new Settings(app, 'Throughcare-prod-settings', STAGES.prod)
const { template, terminationProtection } = app.synth().getStackByName(settings.stackName)
const parameters = Object.values<Resource>(template.Resources)

test('the stack of the service holds no parameter', () => {
  const { resources } = resourcesOf(STAGES.prod)
  expect([...resources.values()].filter(({ Type }) => Type === 'AWS::SSM::Parameter')).toEqual([])
})

/** CloudFormation writes the Value again with any change here: whoever changes this has first kept what is written. */
test('the parameters are as they were first deployed, to the letter', () => {
  expect(template.Resources).toMatchSnapshot()
})

test('the stack of the parameters cannot be deleted by mistake, but where its first deploy may fail', () => {
  expect(terminationProtection).toBe(true)
  const first = emptyApp()
  const unprotected = new Settings(first, 'First-settings', { ...STAGES.prod, unprotected: true })
  expect(first.synth().getStackByName(unprotected.stackName).terminationProtection).toBe(false)
})

test('the service reads the parameters that the stack makes', () => {
  const { dutyModes, bankHolidays } = parameterNames(STAGES.prod)
  expect(parameters.map(({ Properties }) => Properties.Name).sort()).toEqual([bankHolidays, dutyModes])
})

describe.each([
  {
    name: 'duty-modes',
    read: readDutyModes,
    readable: ['{}', '{"FAX-01":"paused"}', '{"FAX-01":"paused","ATR-01":"shadow"}'],
    typos: ['', '{"FAX-01":"off"}', '{"FAX-01":"paused",}', '{FAX-01:paused}', ' {}', '{}{}', '[]'],
  },
  {
    name: 'bank-holidays',
    read: readBankHolidays,
    readable: ['[]', '["2026-12-25"]', '["2026-12-25","2026-12-28"]'],
    typos: ['', '[2026-12-25]', '["2026-12-25",]', '["25-12-2026"]', '["2026-12-25" ]', '[][]', '{}'],
  },
])('$name', ({ name, read, readable, typos }) => {
  const parameter = parameters.find(({ Properties }) => Properties.Name.endsWith(`/${name}`))?.Properties
  const pattern = new RegExp(parameter.AllowedPattern)

  test('may be written in every form that can be read, as it is first of all', () => {
    expect([parameter.Value, ...readable].filter((one) => !pattern.test(one))).toEqual([])
    expect(readable.filter((one) => read(one) === undefined)).toEqual([])
  })

  test('is written by the runbook with this pattern, which AWS drops with a write that leaves it out', () => {
    const commands = readFileSync(join(import.meta.dirname, '../../../docs/runbook.md'), 'utf8')
      .split('\n')
      .filter((line) => line.includes(`put-parameter`) && line.includes(`/${name}`))
    expect(commands).toHaveLength(1)
    expect(commands[0]).toContain(`--allowed-pattern '${parameter.AllowedPattern}'`)
  })

  test('may not be written in any other', () => {
    expect(typos.filter((one) => pattern.test(one))).toEqual([])
  })
})
