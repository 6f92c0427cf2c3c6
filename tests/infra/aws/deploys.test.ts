import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ownPool } from '../../../infra/aws/constructs/sign-in.ts'
import type { Stage } from '../../../infra/aws/constructs/stage.ts'
import { STAGES } from '../../../infra/aws/stages.ts'
import { type Resource, resourcesOf } from '../emulated/cloud.ts'

/** What a first deploy, a second one, a fix and a restore need of the template, each by a rule that AWS documents. */

const ROOT = join(import.meta.dirname, '../../..')
const stages: readonly Stage[] = Object.values(STAGES)
const written = new Map(stages.map((stage) => [stage.name, resourcesOf(stage)]))
const resourcesIn = ({ name }: Stage) => written.get(name)?.resources ?? new Map<string, Resource>()
const all = (resources: ReadonlyMap<string, Resource>, type: string) =>
  [...resources].filter(([, { Type }]) => Type === type)

/** Tables and pools of users, which nothing but their own protection keeps from being deleted by hand. */
const holdingIn = (resources: ReadonlyMap<string, Resource>) =>
  ['AWS::DynamoDB::GlobalTable', 'AWS::Cognito::UserPool'].flatMap((type) =>
    all(resources, type).map(([id]) => id),
  )
const protectedIn = (resources: ReadonlyMap<string, Resource>) =>
  holdingIn(resources).filter((id) => {
    const { Replicas: [replica] = [], DeletionProtection } = resources.get(id)?.Properties ?? {}
    return replica?.DeletionProtectionEnabled || DeletionProtection === 'ACTIVE'
  })

describe.each(stages)('the first deploy of $name', (stage) => {
  const resources = resourcesIn(stage)

  test('goes to the account of the stage, with its tags', () => {
    const artifact = written.get(stage.name)?.artifact
    expect(artifact?.environment).toMatchObject({ account: stage.account, region: 'eu-west-2' })
    expect(artifact?.tags).toEqual({ service: 'throughcare', stage: stage.name })
  })

  test('asks AWS for no telephone number, and has text messages only where End User Messaging sends them', () => {
    const types = new Set([...resources.values()].map(({ Type }) => Type))
    expect(types).not.toContain('AWS::SMSVOICE::PhoneNumber')
    const sends = stage.channels.sms === 'end-user-messaging'
    const ofTexts = [...resources.keys()].filter((id) => /TextMessages|Replies/.test(id))
    expect(ofTexts.length > 0).toBe(sends)
    expect(types.has('AWS::SMSVOICE::ConfigurationSet')).toBe(sends)
    expect(JSON.stringify([...resources.values()]).includes('sms-voice:SendTextMessage')).toBe(sends)
  })

  test('reserves no more concurrency than the page on deploying asks AWS for', () => {
    const reserved = all(resources, 'AWS::Lambda::Function').map(
      ([, { Properties }]) => Properties.ReservedConcurrentExecutions ?? 0,
    )
    const sum = reserved.reduce((total, one) => total + one, 0)
    const page = readFileSync(join(ROOT, 'docs/deploy.md'), 'utf8')
    const [, quota = '0'] = new RegExp(`\\| ${stage.name} \\| (\\d+) \\| (\\d+) \\|`).exec(page) ?? []
    expect(sum).toBe(Number(quota))
    if (!stage.reservesConcurrency) expect(sum).toBe(0)
    for (const [, { Properties }] of all(resources, 'AWS::Lambda::EventSourceMapping')) {
      expect(Properties.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2)
    }
  })

  test('leaves nothing behind when it fails, and keeps everything afterwards', () => {
    const retained = [...resources].filter(([, one]) => /^Retain/.test(one.DeletionPolicy ?? ''))
    expect(retained.length).toBeGreaterThan(15)
    for (const [, one] of retained) {
      expect(one).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' })
    }
    const first = resourcesOf({ ...stage, unprotected: true })
    expect(first.artifact.terminationProtection).toBe(false)
    expect(protectedIn(first.resources)).toEqual([])
    expect(written.get(stage.name)?.artifact.terminationProtection).toBe(true)
    expect(protectedIn(resources)).toEqual(holdingIn(resources))
  })
})

test('a stage that sends text messages and names no number, or not what they may cost, cannot be written', () => {
  const { textNumberArn: _, ...numberless } = STAGES.test
  expect(() => resourcesOf(numberless)).toThrow('textNumberArn')
  const { textSpendMax: __, ...boundless } = STAGES.test
  expect(() => resourcesOf(boundless)).toThrow('textSpendMax')
})

test('a system that a stage names has a client of its own, whose tokens name its kinds of event and no others', () => {
  const signIn = ownPool({ domainPrefix: 'throughcare-dev', systems: { Bookings: ['appointment'] } })
  const { resources } = resourcesOf({ ...STAGES.dev, signIn })
  const scopes = all(resources, 'AWS::Cognito::UserPoolClient').flatMap(([id, { Properties }]) =>
    Properties.AllowedOAuthFlows.includes('client_credentials')
      ? [[id.replace(/^Pool|[0-9A-F]{8}$/g, ''), JSON.stringify(Properties.AllowedOAuthScopes)] as const]
      : [],
  )
  const { Systems, Bookings } = Object.fromEntries(scopes)
  expect([Systems?.includes('/every-kind'), Systems?.includes('/appointment')]).toEqual([true, false])
  expect([Bookings?.includes('/every-kind'), Bookings?.includes('/appointment')]).toEqual([false, true])
  const [[, issuer] = []] = all(resources, 'AWS::ApiGatewayV2::Authorizer')
  expect(issuer?.Properties.JwtConfiguration.Audience).toHaveLength(2)
})

test('no stage is left without protection in the code that is merged', () => {
  expect(stages.filter(({ unprotected }) => unprotected)).toEqual([])
})

test('the repository deploys what CI passed, stage after stage, and holds no secret', () => {
  const workflow = readFileSync(join(ROOT, '.github/workflows/deploy.yml'), 'utf8')
  const [, matrix = ''] = /^ +stage: \[(.*)\]$/m.exec(workflow) ?? []
  const known = stages.map(({ name }) => name)
  expect(known.filter((name) => matrix.split(', ').includes(name))).toEqual(matrix.split(', '))
  // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub writes its expressions so
  expect(workflow).toContain('ref: ${{ github.event.workflow_run.head_sha }}')
  expect(workflow).toContain("github.event.workflow_run.conclusion == 'success'")
  expect(workflow).not.toContain('secrets.')
})

test('every recommended feature flag is set, but the one that makes keys and topics name each other', () => {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'))
  const path = 'node_modules/aws-cdk-lib/recommended-feature-flags.json'
  const recommended = JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
  expect(context).toEqual({ ...recommended, '@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption': false })
})

describe.each(stages)('a rollout on $name', (stage) => {
  const resources = resourcesIn(stage)

  test('watches the version that it publishes, by alarms that no version before it had', () => {
    for (const [, group] of all(resources, 'AWS::CodeDeploy::DeploymentGroup')) {
      const names = group.Properties.AlarmConfiguration.Alarms.map(
        (one: { Name: { Ref: string } }) => one.Name.Ref,
      )
      expect(names).toHaveLength(2)
      for (const name of names) {
        const dimensions: { Name: string; Value: { 'Fn::GetAtt'?: string[] } }[] =
          resources.get(name)?.Properties.Dimensions
        const executed = dimensions.find(({ Name }) => /^executed_?version$/i.test(Name))
        const [version = 'none'] = executed?.Value['Fn::GetAtt'] ?? []
        expect(resources.get(version)?.Type).toBe('AWS::Lambda::Version')
        expect(name.startsWith(version)).toBe(true)
      }
    }
  })

  test('leaves the version before it in place, to go back to', () => {
    const versions = all(resources, 'AWS::Lambda::Version')
    expect(versions.length).toBeGreaterThanOrEqual(8)
    for (const [, version] of versions) expect(version.UpdateReplacePolicy).toBe('Retain')
  })
})

test('a fix is let through at once, whatever any alarm says and wherever an alias was pointed by hand', () => {
  const { resources } = resourcesOf(STAGES.prod, { fix: 'true' })
  const aliases = all(resources, 'AWS::Lambda::Alias')
  expect(aliases).toHaveLength(10)
  expect(JSON.stringify([...resources.values()])).not.toContain('CodeDeployLambdaAliasUpdate')
  const groups = (of: ReadonlyMap<string, Resource>) => all(of, 'AWS::CodeDeploy::DeploymentGroup')
  expect(groups(resources)).toEqual(groups(resourcesIn(STAGES.prod)))
})

describe('state', () => {
  const KEEPS = [
    'AWS::Backup::BackupVault',
    'AWS::Cognito::UserPool',
    'AWS::DynamoDB::GlobalTable',
    'AWS::KMS::Key',
    'AWS::Logs::LogGroup',
    'AWS::SecretsManager::Secret',
    'AWS::SQS::Queue',
  ]

  /** A new logical id is a new and empty resource: whoever changes this list has moved the data first. */
  test.each(stages)('of $name keeps its logical ids', (stage) => {
    const kept = [...resourcesIn(stage)].filter(([, { Type }]) => KEEPS.includes(Type))
    expect(kept.map(([id, { Type }]) => `${Type} ${id}`).sort()).toMatchSnapshot()
  })

  test('a restored table takes the place of the stack’s own, which stays where it is', () => {
    const { resources } = resourcesOf({ ...STAGES.prod, restoredTable: 'casefiles-restored' })
    const before = all(resourcesIn(STAGES.prod), 'AWS::DynamoDB::GlobalTable')
    expect(all(resources, 'AWS::DynamoDB::GlobalTable')).toEqual(before)
    const [[own = ''] = []] = before
    const tables = all(resources, 'AWS::Lambda::Function').flatMap(
      ([, { Properties }]) => Properties.Environment.Variables.TABLE ?? [],
    )
    expect(new Set(tables)).toEqual(new Set(['casefiles-restored']))
    const naming = [...resources].filter(([, one]) => JSON.stringify(one).includes(own))
    expect(naming.map(([id]) => id)).toEqual([])
    const policies = JSON.stringify(all(resources, 'AWS::IAM::ManagedPolicy'))
    expect(policies).toContain('table/casefiles-restored/index/')
    expect(JSON.stringify(all(resources, 'AWS::Backup::BackupSelection'))).toContain(
      'table/casefiles-restored',
    )
  })

  test('the table of prod is copied every day to a vault in another account', () => {
    const [[, plan] = []] = all(resourcesIn(STAGES.prod), 'AWS::Backup::BackupPlan')
    const [rule] = plan?.Properties.BackupPlan.BackupPlanRule ?? []
    const [copy] = rule.CopyActions
    expect(rule.ScheduleExpression).toBe('cron(0 1 * * ? *)')
    expect(copy.DestinationBackupVaultArn).toBe(STAGES.prod.backupVaultArn)
    expect(copy.DestinationBackupVaultArn).not.toContain(STAGES.prod.account)
    expect([rule.Lifecycle, copy.Lifecycle]).toEqual([{ DeleteAfterDays: 3 }, { DeleteAfterDays: 7 }])
  })

  test('what was changed by hand is looked for every night, and reported to the people on call', () => {
    const resources = resourcesIn(STAGES.prod)
    const detecting = all(resources, 'AWS::Scheduler::Schedule').filter(([, { Properties }]) =>
      JSON.stringify(Properties.Target.Arn).includes('aws-sdk:cloudformation:detectStackDrift'),
    )
    expect(detecting.map(([, { Properties }]) => JSON.parse(Properties.Target.Input))).toEqual([
      { StackName: 'Throughcare-prod' },
    ])
    const [[, rule] = []] = all(resources, 'AWS::Events::Rule')
    expect(rule?.Properties.EventPattern).toMatchObject({
      source: ['aws.cloudformation'],
      'detail-type': ['CloudFormation Drift Detection Status Change'],
    })
    const [target] = rule?.Properties.Targets ?? []
    const policies = all(resources, 'AWS::SNS::TopicPolicy').filter(([, { Properties }]) =>
      JSON.stringify(Properties.Topics).includes(target.Arn.Ref),
    )
    expect(JSON.stringify(policies)).toContain('events.amazonaws.com')
    expect(JSON.stringify(all(resources, 'AWS::KMS::Key'))).toContain('events.amazonaws.com')
  })
})
