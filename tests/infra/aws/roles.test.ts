import { expect, test } from 'vitest'
import { STAGES } from '../../../infra/aws/stages.ts'
import { all, type Resource, resourcesOf, type Statement } from '../emulated/cloud.ts'

/** Every role in the template, our functions' and all others': who may assume it, and what it may do to what. */

const { resources } = resourcesOf(STAGES.prod)
const of = (type: string) => [...resources].filter(([, { Type }]) => Type === type)
const nameOf = (id: string) => id.replace(/[0-9A-F]{8}$/, '')

/** A role's statements, each as `action on resource`, with references by their logical ids. */
function permissionsOf(role: string): string[] {
  const policies = [...of('AWS::IAM::ManagedPolicy'), ...of('AWS::IAM::Policy')].filter(
    ([, { Properties }]) => Properties.Roles?.some((one: { Ref: string }) => one.Ref === role),
  )
  return policies.flatMap(([, { Properties }]) =>
    Properties.PolicyDocument.Statement.flatMap(({ Action, Resource }: Statement) =>
      all(Action).flatMap((action) => all(Resource).map((one) => `${action} on ${written(one)}`)),
    ),
  )
}

function written(resource: unknown): string {
  if (typeof resource === 'string') return resource
  const [[name, value] = ['', '']] = Object.entries(resource as Record<string, string | string[][]>)
  if (name === 'Fn::GetAtt') return nameOf(String(value[0]))
  if (name === 'Ref') return nameOf(String(value))
  return (value[1] as unknown as unknown[]).map(written).join('')
}

const principalOf = ({ Properties }: Resource) =>
  Properties.AssumeRolePolicyDocument.Statement.map(
    ({ Principal }: { Principal: { Service: string } }) => Principal.Service,
  ).join()

const others = of('AWS::IAM::Role').filter(([, role]) => principalOf(role) !== 'lambda.amazonaws.com')
const functionsOf = () => of('AWS::Lambda::Function').map(([id]) => nameOf(id))

test('CodeDeploy may move every alias: its actions are checked on the function and on the alias', () => {
  const [[role = ''] = []] = others.filter(([, one]) => principalOf(one) === 'codedeploy.amazonaws.com')
  const moving = functionsOf().flatMap((name) =>
    ['lambda:GetAlias', 'lambda:UpdateAlias'].flatMap((action) => [
      `${action} on ${name}`,
      `${action} on ${name}:live`,
    ]),
  )
  const reading = functionsOf().map((name) => `lambda:GetProvisionedConcurrencyConfig on ${name}:live`)
  const alarms = `cloudwatch:DescribeAlarms on arn:aws:cloudwatch:eu-west-2:${STAGES.prod.account}:alarm:*`
  expect(permissionsOf(role).sort()).toEqual([...moving, ...reading, alarms].sort())
})

test('every other role that is not a function’s may do its one thing', () => {
  const found = others
    .filter(([, one]) => principalOf(one) !== 'codedeploy.amazonaws.com')
    .map(([id, one]) => [nameOf(id), principalOf(one), ...permissionsOf(id).sort()])
  const scheduled = (name: string) => [
    `${name}Role`,
    'scheduler.amazonaws.com',
    `lambda:InvokeFunction on ${name}FunctionAliaslive`,
    `sqs:SendMessage on ${name}DeadLetterQueue`,
  ]
  expect(found.sort()).toEqual(
    [
      scheduled('Tick'),
      scheduled('Holidays'),
      scheduled('Reconcile'),
      scheduled('Probe'),
      [
        'DriftRole',
        'scheduler.amazonaws.com',
        'cloudformation:DetectStackDrift on AWS::StackId',
        'cloudformation:DetectStackResourceDrift on AWS::StackId',
        'sqs:SendMessage on DriftDeadLetterQueue',
      ],
      ['BackupsRole', 'backup.amazonaws.com'],
    ].sort(),
  )
})

test('only backups and drift detection use policies of AWS', () => {
  const managed = of('AWS::IAM::Role').flatMap(([id, { Properties }]) =>
    (Properties.ManagedPolicyArns ?? []).map((arn: unknown) => [nameOf(id), written(arn).split('/').at(-1)]),
  )
  expect(managed.sort()).toEqual([
    ['BackupsRole', 'AWSBackupServiceRolePolicyForBackup'],
    ['DriftRole', 'SecurityAudit'],
  ])
})
