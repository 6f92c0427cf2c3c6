import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { ROOT } from '../../../infra/aws/constructs/function.ts'
import { STAGES } from '../../../infra/aws/stages.ts'
import { resourcesOf } from '../emulated/cloud.ts'

const RUN = `
  const { onMessages } = await import(${JSON.stringify(join(ROOT, 'functions/runtime/queue.ts'))})
  const handler = onMessages(async () => { throw new Error('no') })
  const context = { functionName: 'wake', functionVersion: '7', invokedFunctionArn: 'arn', memoryLimitInMB: '1024' }
  await handler({ Records: [{ messageId: 'm1', body: 'order:O-1' }] }, context)`

test('a message that fails is counted for its version, by the very dimensions that its rollout watches', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', RUN], {
    env: { PATH: process.env.PATH, POWERTOOLS_SERVICE_NAME: 'throughcare-prod' },
  })
  const counted = stdout
    .split('\n')
    .filter((line) => line.includes('"executed_version"'))
    .map((line) => JSON.parse(line))
  expect(counted).toMatchObject([
    { MessagesFailed: 1, service: 'throughcare-prod', function_name: 'wake', executed_version: '7' },
  ])
  const [{ Namespace, Dimensions } = { Namespace: '', Dimensions: [] }] =
    counted[0]?._aws.CloudWatchMetrics ?? []
  const watching = [...resourcesOf(STAGES.prod).resources.values()].filter(
    ({ Type, Properties }) =>
      Type === 'AWS::CloudWatch::Alarm' &&
      JSON.stringify(Properties.Dimensions ?? []).includes('executed_version'),
  )
  expect(watching).toHaveLength(10)
  for (const { Properties } of watching) {
    expect(Properties).toMatchObject({ Namespace, MetricName: 'MessagesFailed' })
    const names = Properties.Dimensions.map(({ Name }: { Name: string }) => Name)
    expect(names.sort()).toEqual([...Dimensions[0]].sort())
  }
})
