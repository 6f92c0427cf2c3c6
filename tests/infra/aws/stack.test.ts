import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Stack } from 'aws-cdk-lib'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { describe, expect, test } from 'vitest'
import { checkCompliance } from '../../../infra/aws/constructs/compliance.ts'
import { ROOT } from '../../../infra/aws/constructs/function.ts'
import { RUNBOOK } from '../../../infra/aws/constructs/monitoring.ts'
import { STAGES } from '../../../infra/aws/stages.ts'
import { LEASE_MS } from '../../../shared/casefile/ledger.ts'
import { KIND_INDEX, TABLE_KEYS, WAKE_INDEX } from '../../../shared/store/keys.ts'
import { all, emptyApp, type Statement, writeOut } from '../emulated/cloud.ts'

const stages = writeOut(Object.values(STAGES))

test('a finding of the compliance checks stops the synthesis', () => {
  const app = emptyApp()
  new Queue(new Stack(app, 'Unencrypted'), 'Queue')
  checkCompliance(app)
  expect(() => app.synth()).toThrow('AwsSolutions-SQS4')
})

describe.each(stages)('on the stage $stage.name', ({ stage, resources, outputs }) => {
  const of = (type: string) => [...resources].filter(([, { Type }]) => Type === type)
  const properties = (type: string) => of(type).map(([, { Properties }]) => Properties)
  const idOf = (reference: { 'Fn::GetAtt'?: string[]; Ref?: string }) =>
    reference['Fn::GetAtt']?.[0] ?? reference.Ref ?? ''
  /** The alias that a value of the template refers to. */
  const aliasIn = (called: unknown) => resources.get(/"Ref":"(\w+)"/.exec(JSON.stringify(called))?.[1] ?? '')
  const functionIn = (called: unknown) => idOf(aliasIn(called)?.Properties.FunctionName)
  /** CodeDeploy acts on these, and nobody is called. */
  const isOfRollout = ({ Dimensions = [] }: { Dimensions?: { Name: string }[] }) =>
    Dimensions.some(({ Name }) => /^executed_?version$/i.test(Name))
  const policies = [...of('AWS::IAM::ManagedPolicy'), ...of('AWS::IAM::Policy')]

  test('the tick comes every minute; at night in London bank holidays are looked up before every part of reconcile', () => {
    const schedules = properties('AWS::Scheduler::Schedule').map((one) => [
      one.ScheduleExpression,
      one.ScheduleExpressionTimezone,
      one.State ?? 'ENABLED',
      one.Target.Input,
    ])
    const of = stage.reconcileParts
    const minute = (part: number) => 210 + Math.floor((part * 120) / of)
    const parts = Array.from({ length: of }, (_, part) => [
      `cron(${minute(part) % 60} ${Math.floor(minute(part) / 60)} * * ? *)`,
      ...['Europe/London', 'ENABLED', JSON.stringify({ part, of })],
    ])
    expect(schedules).toEqual([
      ['rate(1 minute)', 'Etc/UTC', 'ENABLED', '{"part":0,"of":1}'],
      ['cron(30 2 * * ? *)', 'Europe/London', 'ENABLED', '{"part":0,"of":1}'],
      ...parts,
      ['cron(0 * * * ? *)', 'Etc/UTC', 'ENABLED', '{"part":0,"of":1}'],
      ['cron(30 4 * * ? *)', 'Europe/London', 'ENABLED', `{"StackName":"Throughcare-${stage.name}"}`],
    ])
  })

  test('one part of reconcile that did not run is an alarm', () => {
    const heartbeats = properties('AWS::CloudWatch::Alarm').filter(
      ({ MetricName, Statistic }) => MetricName === 'ReconciledDue' && Statistic === 'SampleCount',
    )
    expect(heartbeats).toMatchObject([
      { Threshold: stage.reconcileParts, ComparisonOperator: 'LessThanThreshold' },
    ])
  })

  test('what people reply by text is ours to hear, STOP included', () => {
    const heard = properties('AWS::SNS::Subscription').map((one) => idOf(one.TopicArn))
    const replies = of('AWS::SNS::Topic').filter(([id]) => id.includes('Replies'))
    expect(replies.filter(([id]) => !heard.includes(id))).toEqual([])
    const connecting = readFileSync(join(ROOT, 'docs/deploy.md'), 'utf8')
    expect(connecting).toContain('--two-way-enabled --two-way-channel-arn REPLIES_TOPIC')
    expect(connecting).toContain('--self-managed-opt-outs-enabled')
  })

  test('the table is keyed as the store expects, and its indexes hold keys alone', () => {
    const [table] = properties('AWS::DynamoDB::GlobalTable')
    expect(table.KeySchema).toEqual([
      { AttributeName: TABLE_KEYS.partition, KeyType: 'HASH' },
      { AttributeName: TABLE_KEYS.sort, KeyType: 'RANGE' },
    ])
    expect(table.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: WAKE_INDEX.name,
        KeySchema: [
          { AttributeName: WAKE_INDEX.partition, KeyType: 'HASH' },
          { AttributeName: WAKE_INDEX.sort, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
      {
        IndexName: KIND_INDEX.name,
        KeySchema: [
          { AttributeName: KIND_INDEX.partition, KeyType: 'HASH' },
          { AttributeName: KIND_INDEX.sort, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ])
    expect(table.AttributeDefinitions).toEqual([
      { AttributeName: TABLE_KEYS.partition, AttributeType: 'S' },
      { AttributeName: TABLE_KEYS.sort, AttributeType: 'S' },
      { AttributeName: WAKE_INDEX.partition, AttributeType: 'N' },
      { AttributeName: WAKE_INDEX.sort, AttributeType: 'N' },
      { AttributeName: KIND_INDEX.partition, AttributeType: 'S' },
    ])
    expect(table.BillingMode).toBe('PAY_PER_REQUEST')
    expect(table.TimeToLiveSpecification).toBeUndefined()
  })

  test('the table can be restored to any second, and is never deleted', () => {
    const [[, table] = []] = of('AWS::DynamoDB::GlobalTable')
    const [replica] = table?.Properties.Replicas ?? []
    expect(table?.DeletionPolicy).toBe('RetainExceptOnCreate')
    expect(replica.DeletionProtectionEnabled).toBe(true)
    expect(replica.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true })
  })

  test('all data is encrypted with keys of ours, at rest and in transit, and every key is rotated', () => {
    const keys = of('AWS::KMS::Key')
    expect(keys.every(([, key]) => key.Properties.EnableKeyRotation)).toBe(true)
    const [table] = properties('AWS::DynamoDB::GlobalTable')
    const used = [
      ...properties('AWS::SQS::Queue').map((queue) => queue.KmsMasterKeyId),
      ...properties('AWS::SNS::Topic').map((topic) => topic.KmsMasterKeyId),
      ...properties('AWS::Logs::LogGroup').map((log) => log.KmsKeyId),
      ...properties('AWS::SecretsManager::Secret').map((secret) => secret.KmsKeyId),
      table.Replicas[0].SSESpecification.KMSMasterKeyId,
    ]
    const ids = keys.map(([id]) => id)
    expect(used.filter((one) => one === undefined || !ids.includes(idOf(one)))).toEqual([])
  })

  test('the table’s key is granted on to services that store for us alone, and no other account’s alarms use ours', () => {
    const statements = properties('AWS::KMS::Key').flatMap((key) => key.KeyPolicy.Statement as Statement[])
    const grants = statements.filter(
      (one) => all(one.Action).includes('kms:CreateGrant') && !JSON.stringify(one).includes('secretsmanager'),
    )
    expect(grants).toHaveLength(2)
    for (const { Condition } of grants) {
      expect(Condition).toMatchObject({ Bool: { 'kms:GrantIsForAWSResource': 'true' } })
    }
    const alarms = statements.filter((one) => JSON.stringify(one).includes('cloudwatch.amazonaws.com'))
    expect(alarms.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'aws:SourceAccount': stage.account } },
    ])
  })

  test('queues, topics and the table are spoken to in TLS alone', () => {
    const refuses = (statements: readonly Statement[]) =>
      statements.some(
        ({ Effect, Condition }) =>
          Effect === 'Deny' && JSON.stringify(Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
      )
    const guarded = [
      ...properties('AWS::SQS::QueuePolicy').flatMap((one) =>
        refuses(one.PolicyDocument.Statement) ? one.Queues.map(idOf) : [],
      ),
      ...properties('AWS::SNS::TopicPolicy').flatMap((one) =>
        refuses(one.PolicyDocument.Statement) ? one.Topics.map(idOf) : [],
      ),
    ]
    const [table] = properties('AWS::DynamoDB::GlobalTable')
    expect(guarded.sort()).toEqual(
      [...of('AWS::SQS::Queue'), ...of('AWS::SNS::Topic')].map(([id]) => id).sort(),
    )
    expect(refuses(table.Replicas[0].ResourcePolicy.PolicyDocument.Statement)).toBe(true)
  })

  test('every failure ends in a dead-letter queue', () => {
    const deadLetters = new Set([
      ...properties('AWS::SQS::Queue').flatMap((queue) =>
        queue.RedrivePolicy ? [idOf(queue.RedrivePolicy.deadLetterTargetArn)] : [],
      ),
      ...properties('AWS::Scheduler::Schedule').map((one) => idOf(one.Target.DeadLetterConfig.Arn)),
    ])
    const withoutDeadLetters = of('AWS::SQS::Queue').filter(
      ([id, queue]) => !queue.Properties.RedrivePolicy && !deadLetters.has(id),
    )
    expect(withoutDeadLetters).toEqual([])
    const mapped = properties('AWS::Lambda::EventSourceMapping')
    expect(mapped.every((one) => one.FunctionResponseTypes.includes('ReportBatchItemFailures'))).toBe(true)
    const polled = mapped.map((one) => functionIn(one.FunctionName))
    const waitedFor = properties('AWS::ApiGatewayV2::Integration').flatMap((one) =>
      one.IntegrationUri ? [functionIn(one.IntegrationUri)] : [],
    )
    const called = of('AWS::Lambda::Function').filter(([id]) => ![...polled, ...waitedFor].includes(id))
    expect(called.every(([, one]) => deadLetters.has(idOf(one.Properties.DeadLetterConfig.TargetArn)))).toBe(
      true,
    )
  })

  test('a message is hidden for six timeouts of its worker, and a lease outlives every invocation', () => {
    for (const mapping of properties('AWS::Lambda::EventSourceMapping')) {
      const worker = resources.get(functionIn(mapping.FunctionName))?.Properties
      const queue = resources.get(idOf(mapping.EventSourceArn))?.Properties
      expect(queue.VisibilityTimeout).toBe(6 * worker.Timeout)
      if (stage.reservesConcurrency) {
        expect(mapping.ScalingConfig.MaximumConcurrency).toBe(worker.ReservedConcurrentExecutions)
      }
      expect(worker.Timeout * 1_000).toBeLessThan(LEASE_MS)
    }
  })

  test('new code takes over as the stage says, and is rolled back by an alarm', () => {
    const aliases = of('AWS::Lambda::Alias')
    expect(aliases.map(([, { Properties }]) => idOf(Properties.FunctionName)).sort()).toEqual(
      of('AWS::Lambda::Function')
        .map(([id]) => id)
        .sort(),
    )
    const groups = aliases.map(([, { UpdatePolicy }]) => {
      const { DeploymentGroupName } = UpdatePolicy.CodeDeployLambdaAliasUpdate
      return resources.get(idOf(DeploymentGroupName))?.Properties
    })
    for (const group of groups) {
      expect(group.AutoRollbackConfiguration).toMatchObject({ Enabled: true })
      expect(group.AlarmConfiguration).toMatchObject({ Enabled: true })
      expect(group.AlarmConfiguration.Alarms).toHaveLength(2)
      const isCautious = group.DeploymentConfigName !== 'CodeDeployDefault.LambdaAllAtOnce'
      expect(isCautious).toBe(stage.name === 'prod')
    }
  })

  test('whatever invokes a function invokes its alias', () => {
    const called = [
      ...properties('AWS::Lambda::EventSourceMapping').map((one) => one.FunctionName),
      ...properties('AWS::Scheduler::Schedule')
        .map((one) => one.Target.Arn)
        .filter((arn) => !JSON.stringify(arn).includes(':aws-sdk:')),
      ...properties('AWS::ApiGatewayV2::Integration')
        .filter((one) => one.IntegrationSubtype === undefined)
        .map((one) => one.IntegrationUri),
    ]
    const kinds = called.map((one) => aliasIn(one)?.Type)
    expect(kinds.filter((kind) => kind !== 'AWS::Lambda::Alias')).toEqual([])
    expect(kinds.length).toBeGreaterThan(7)
  })

  test('every function runs on Node 24 on arm64', () => {
    for (const one of properties('AWS::Lambda::Function')) {
      expect(one).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] })
    }
  })

  test('every log is kept for a time and then no longer', () => {
    expect(properties('AWS::Logs::LogGroup').map((log) => log.RetentionInDays)).toEqual(
      of('AWS::Logs::LogGroup').map(() => stage.logDays),
    )
  })

  test('every alarm says whom it affects, leads to the runbook and reaches the people on call', () => {
    const link = new RegExp(`^Impact: .+ Runbook: ${stage.runbook}#(.+)$`)
    const watching = properties('AWS::CloudWatch::Alarm').filter((alarm) => !isOfRollout(alarm))
    const entries = watching.map((alarm) => {
      const entry = link.exec(alarm.AlarmDescription)?.[1] as keyof typeof RUNBOOK
      const [topic = ''] = alarm.AlarmActions.map(idOf)
      expect(topic).toMatch(RUNBOOK[entry] === 'critical' ? /Critical/ : /Warning/)
      expect(alarm.OKActions.map(idOf)).toEqual([topic])
      return entry
    })
    const silent = [
      ...(stage.silentOfficeHoursMax === undefined ? ['producer-silent'] : []),
      ...(stage.textNumberArn === undefined ? ['text-spend'] : []),
    ]
    expect([...new Set(entries)].sort()).toEqual(
      Object.keys(RUNBOOK)
        .filter((entry) => !silent.includes(entry))
        .sort(),
    )
  })

  test('a tick that fails alone wakes nobody, and leaves nothing behind: the next one does its work', () => {
    const alarms = of('AWS::CloudWatch::Alarm').filter(([id]) =>
      /^Tick(FunctionErrors|DeadLetterQueueNotEmpty)[0-9A-F]{8}$/.test(id),
    )
    expect(alarms.map(([, { Properties }]) => Properties.Threshold)).toEqual([3, 3])
    const [[, dead] = []] = of('AWS::SQS::Queue').filter(([id]) => id.startsWith('TickDeadLetterQueue'))
    expect(dead?.Properties.MessageRetentionPeriod).toBe(300)
  })

  test('events that are refused are told apart from errors of our own', () => {
    const [refused, failed] = ['4xx', '5xx'].map((name) =>
      properties('AWS::CloudWatch::Alarm').find(({ MetricName }) => MetricName === name),
    )
    expect(refused.Dimensions).toContainEqual({ Name: 'Resource', Value: '/events' })
    expect(refused.AlarmDescription).toContain('#api-refusals')
    expect(failed.AlarmDescription).toContain('#api-errors')
  })

  test('missing data is an alarm: no tick, no reconcile, no notice', () => {
    const breaching = properties('AWS::CloudWatch::Alarm')
      .filter((alarm) => alarm.TreatMissingData === 'breaching')
      .map(({ MetricName, Statistic, Period, EvaluationPeriods }) => [
        MetricName,
        Statistic,
        (Period * EvaluationPeriods) / 60,
      ])
    expect(breaching.sort()).toEqual([
      ['HolidaysLookedUp', 'SampleCount', 3 * 24 * 60],
      ['NoticesSent', 'Sum', stage.silentDaysMax * 24 * 60],
      ['ProbesDelivered', 'Sum', 2 * 60],
      ['ReconciledDue', 'SampleCount', 24 * 60],
      ['WakesHandedOver', 'SampleCount', 5],
    ])
  })

  test('what is told late is an alarm: a release after two minutes, all else after fifteen', () => {
    const objectives = properties('AWS::CloudWatch::Alarm')
      .filter(({ MetricName = '' }) => MetricName.endsWith('Lateness'))
      .map((one) => [one.MetricName, one.ExtendedStatistic, one.Threshold])
    expect(objectives.sort()).toEqual([
      ['OtherLateness', 'p99', 15 * 60],
      ['ReleaseLateness', 'p99', 2 * 60],
    ])
  })

  test('what is judged by the day is judged in the morning, when reconcile is over, and silence not before go-live', () => {
    const daily = of('AWS::CloudWatch::Alarm').filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes('"Period":86400'),
    )
    const others = daily.filter(([, { Properties }]) => !Properties.EvaluationWindow)
    expect(others.map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(['ChannelsEmailQuota'])
    const muted = properties('AWS::CloudWatch::AlarmMuteRule').flatMap((rule) => {
      expect(rule).toMatchObject({
        ExpireDate: stage.goLive.slice(0, 16),
        Rule: { Schedule: { Expression: 'cron(0 0 * * *)', Duration: 'P1D' } },
      })
      return rule.MuteTargets.AlarmNames.map(idOf)
    })
    const silences = of('AWS::CloudWatch::Alarm').filter(([id]) =>
      /NoNotices|ProducersSilent|ProbeMissed/.test(id),
    )
    expect(muted.sort()).toEqual(
      Date.parse(stage.goLive) < Date.now() ? [] : silences.map(([id]) => id).sort(),
    )
  })

  test('systems that send nothing are an alarm in the hours that the probe says offices are open, and in no other', () => {
    const silent = of('AWS::CloudWatch::Alarm').filter(([id]) => id.startsWith('IntakeProducersSilent'))
    expect(silent).toHaveLength(stage.silentOfficeHoursMax === undefined ? 0 : 1)
    for (const [, { Properties }] of silent) {
      expect(Properties.TreatMissingData).toBe('notBreaching')
      const asked = Properties.Metrics.flatMap((one: { MetricStat?: { Metric: { MetricName: string } } }) =>
        one.MetricStat ? [one.MetricStat.Metric.MetricName] : [],
      )
      expect(asked.sort()).toEqual(['EventsAccepted', 'EventsDuplicate', 'OfficesOpen'])
    }
    const [probe] = of('AWS::Lambda::Function').filter(([id]) => id.startsWith('ProbeFunction'))
    expect(probe?.[1].Properties.Environment.Variables).toHaveProperty('BANK_HOLIDAYS_PARAMETER')
  })

  test('somebody is told before text messages have cost what they may in a month, where we have a number', () => {
    const spend = properties('AWS::CloudWatch::Alarm').filter(({ Namespace }) => Namespace === 'AWS/SMSVoice')
    expect(spend.map((one) => [one.MetricName, one.Statistic, one.Threshold])).toEqual(
      stage.textNumberArn ? [['TextMessageMonthlySpend', 'Maximum', 0.8 * (stage.textSpendMax ?? 0)]] : [],
    )
  })

  test('what the table refuses counts, and what each of its indexes refuses', () => {
    const metrics = properties('AWS::CloudWatch::Alarm').flatMap(({ Metrics = [] }) =>
      Metrics.flatMap(
        (one: { MetricStat?: { Metric: { MetricName: string; Dimensions: { Name: string }[] } } }) =>
          one.MetricStat?.Metric.MetricName.endsWith('ThrottleEvents')
            ? [
                `${one.MetricStat.Metric.MetricName} by ${one.MetricStat.Metric.Dimensions.map(({ Name }) => Name).sort()}`,
              ]
            : [],
      ),
    )
    expect(metrics.sort()).toEqual([
      'ReadThrottleEvents by GlobalSecondaryIndexName,TableName',
      'ReadThrottleEvents by GlobalSecondaryIndexName,TableName',
      'ReadThrottleEvents by TableName',
      'WriteThrottleEvents by GlobalSecondaryIndexName,TableName',
      'WriteThrottleEvents by GlobalSecondaryIndexName,TableName',
      'WriteThrottleEvents by TableName',
    ])
  })

  test('e-mail goes out under addresses of ours alone, to anybody: in the sandbox a recipient is an identity too', () => {
    const sending = policies
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as Statement[])
      .filter(({ Action }) => all(Action).includes('ses:SendEmail'))
    expect(sending.length).toBeGreaterThan(0)
    for (const { Resource, Condition } of sending) {
      expect(all(Resource)).toContain(`arn:aws:ses:eu-west-2:${stage.account}:identity/*`)
      expect(Condition).toEqual({
        StringEquals: { 'ses:FromAddress': ['messages@messages.example.org', stage.email.from] },
      })
    }
    const domains = properties('AWS::SES::EmailIdentity').map(({ EmailIdentity }) => EmailIdentity)
    expect(domains.sort()).toEqual(['messages.example.org', stage.email.domain].sort())
  })

  test('all processes together send no more in a second than the stage may', () => {
    const processesOf = new Map(
      properties('AWS::Lambda::EventSourceMapping').map(
        (mapping) => [functionIn(mapping.FunctionName), mapping.ScalingConfig.MaximumConcurrency] as const,
      ),
    )
    const rates = of('AWS::Lambda::Function').map(([id, { Properties }]) => {
      const { EMAILS_PER_SECOND = 0, TEXTS_PER_SECOND = 0 } = Properties.Environment.Variables
      const processes = processesOf.get(id) ?? stage.concurrencyMax.web
      return { emails: processes * EMAILS_PER_SECOND, texts: processes * TEXTS_PER_SECOND }
    })
    const sum = (what: 'emails' | 'texts') => rates.reduce((total, rate) => total + rate[what], 0)
    expect(sum('emails')).toBeLessThanOrEqual(stage.sendsPerSecond.emails)
    expect(sum('emails')).toBeGreaterThan(0)
    expect(sum('texts')).toBeLessThanOrEqual(stage.sendsPerSecond.texts)
    expect(sum('texts')).toBeGreaterThan(0)
  })

  test('somebody is told before the month costs more than its budget', () => {
    const [{ Budget, NotificationsWithSubscribers }] = properties('AWS::Budgets::Budget')
    expect(Budget.BudgetLimit).toEqual({ Amount: stage.budget, Unit: 'USD' })
    expect(NotificationsWithSubscribers.map((one: { Subscribers: unknown }) => one.Subscribers)).toEqual(
      Array(2).fill([{ SubscriptionType: 'EMAIL', Address: stage.onCall.warning.email }]),
    )
  })

  test('every dead-letter queue has an alarm on its first message, and every work queue on the age of its oldest', () => {
    const watched = (metric: string) =>
      properties('AWS::CloudWatch::Alarm')
        .filter((alarm) => alarm.MetricName === metric)
        .map((alarm) => idOf(alarm.Dimensions[0].Value['Fn::GetAtt'] ? alarm.Dimensions[0].Value : {}))
    const [dead, live] = [true, false].map((isDead) =>
      of('AWS::SQS::Queue').flatMap(([id, one]) => (!one.Properties.RedrivePolicy === isDead ? [id] : [])),
    )
    expect(watched('ApproximateNumberOfMessagesVisible').sort()).toEqual(dead?.sort())
    expect(watched('ApproximateAgeOfOldestMessage').sort()).toEqual(live?.sort())
  })

  test('no wildcard in any policy, but to add traces, to describe alarms and for whom an e-mail is', () => {
    const wide = policies.flatMap(([id, policy]) =>
      policy.Properties.PolicyDocument.Statement.flatMap((statement: Statement) => {
        const isWide =
          all(statement.Action).some((action) => action.includes('*')) ||
          JSON.stringify(statement.Resource).includes('*')
        return isWide ? [`${id.replace(/[0-9A-F]{8}$/, '')}: ${all(statement.Action).join(', ')}`] : []
      }),
    )
    expect(
      wide.filter(
        (one) =>
          !one.endsWith('TracePermissions: xray:PutTelemetryRecords, xray:PutTraceSegments') &&
          !one.endsWith(': ses:SendEmail'),
      ),
    ).toEqual(['RolloutPermissions: cloudwatch:DescribeAlarms'])
    expect(properties('AWS::IAM::Role').filter((role) => role.Policies)).toEqual([])
  })

  test('nobody sends events without a token; all else is for the pages, which sign people in', () => {
    const routes = properties('AWS::ApiGatewayV2::Route').map((route) => {
      expect(route.AuthorizationType === 'JWT' ? route.AuthorizationScopes : [1]).not.toHaveLength(0)
      return [route.RouteKey, route.AuthorizationType]
    })
    expect(routes.sort()).toEqual([
      ['$default', 'NONE'],
      ['GET /a/{link}', 'NONE'],
      ['POST /a/{link}', 'NONE'],
      ['POST /events', 'JWT'],
    ])
  })

  test('the API is reached at its own address alone, logged and throttled', () => {
    const { hostname } = new URL(stage.address)
    const [api] = properties('AWS::ApiGatewayV2::Api')
    const [http] = properties('AWS::ApiGatewayV2::Stage')
    expect(api.DisableExecuteApiEndpoint).toBe(true)
    expect(properties('AWS::ApiGatewayV2::DomainName').map((one) => one.DomainName)).toEqual([hostname])
    expect(http.AccessLogSettings.DestinationArn).toBeDefined()
    expect(http.AccessLogSettings.Format).toContain('$context.status')
    expect(http.AccessLogSettings.Format).not.toMatch(/identity|sourceIp|userAgent/)
    expect(http.DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: stage.requests.rateLimit,
      ThrottlingBurstLimit: stage.requests.burstLimit,
    })
    expect(Object.keys(http.RouteSettings).sort()).toEqual(['GET /a/{link}', 'POST /a/{link}'])
    for (const { ThrottlingRateLimit } of Object.values<{ ThrottlingRateLimit: number }>(
      http.RouteSettings,
    )) {
      expect(ThrottlingRateLimit).toBeLessThanOrEqual(stage.requests.rateLimit / 4)
    }
  })

  test('the records that prove each domain that e-mail is from are outputs', () => {
    const records = Object.values(outputs).map(({ Value }) => JSON.stringify(Value))
    const found = (what: RegExp) => records.filter((one) => what.test(one)).length
    expect([found(/ CNAME /), found(/ MX 10 feedback-smtp\.eu-west-2/), found(/ TXT .*v=spf1/)]).toEqual([
      6, 2, 2,
    ])
  })

  test('the pages’ client at our own pool brings people back to this address alone, by code', () => {
    for (const client of properties('AWS::Cognito::UserPoolClient').filter((one) => one.CallbackURLs)) {
      expect(client).toMatchObject({
        AllowedOAuthFlows: ['code'],
        CallbackURLs: [`${stage.address}/callback`],
        LogoutURLs: [`${stage.address}/signed-out`],
      })
    }
  })

  test('our own pool has each group that the pages look for, so that somebody can be put into it', () => {
    const signIn = properties('AWS::Lambda::Function').map((one) =>
      JSON.stringify(one.Environment.Variables.SIGN_IN),
    )
    const lookedFor = signIn.flatMap((one) =>
      [...(one ?? '').matchAll(/cognito:groups\W+value\W+([\w-]+)/g)].map(([, group]) => group),
    )
    const made = properties('AWS::Cognito::UserPoolGroup').map(({ GroupName }) => GroupName)
    expect(lookedFor).toHaveLength(of('AWS::Cognito::UserPool').length * 2)
    expect(made.toSorted()).toEqual(lookedFor.toSorted())
  })

  test('a function’s environment says where its secrets are, and never what they are', () => {
    const secrets = new Set(of('AWS::SecretsManager::Secret').map(([id]) => id))
    for (const one of properties('AWS::Lambda::Function')) {
      const { Variables } = one.Environment
      for (const [name, value] of Object.entries(Variables)) {
        if (name.endsWith('_SECRET')) expect(secrets).toContain(idOf(value as { Ref?: string }))
      }
      expect(JSON.stringify(Variables)).not.toMatch(/ClientSecret"|resolve:/)
    }
  })
})
