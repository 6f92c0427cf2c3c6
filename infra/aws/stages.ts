import { LambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy'
import type { ChannelChoices } from '../../shared/channels/choose.ts'
import { issuer, ownPool } from './constructs/sign-in.ts'
import type { Stage } from './constructs/stage.ts'

const EVERYWHERE: ChannelChoices[string] = {
  everywhere: { email: 'ses', sms: 'end-user-messaging' },
  areas: {},
}
const RUNBOOK = 'https://throughcare.example.org/runbook'

export const STAGES = {
  dev: {
    name: 'dev',
    region: 'eu-west-2',
    goLive: '2026-01-01T00:00:00Z',
    address: 'https://dev.throughcare.example.org',
    email: { domain: 'dev.throughcare.example.org', from: 'throughcare@dev.throughcare.example.org' },
    channels: EVERYWHERE,
    signIn: ownPool({ domainPrefix: 'throughcare-dev' }),
    publishers: [],
    subscribers: [],
    concurrencyMax: { intake: 5, wake: 5, releases: 2, web: 5 },
    reconcileParts: 1,
    rollout: LambdaDeploymentConfig.ALL_AT_ONCE,
    requests: { rateLimit: 20, burstLimit: 40 },
    logDays: 30,
    silentDaysMax: 7,
    onCall: 'throughcare-dev@example.org',
    runbook: RUNBOOK,
  },
  test: {
    name: 'test',
    region: 'eu-west-2',
    goLive: '2026-01-01T00:00:00Z',
    address: 'https://test.throughcare.example.org',
    email: { domain: 'test.throughcare.example.org', from: 'throughcare@test.throughcare.example.org' },
    channels: EVERYWHERE,
    signIn: ownPool({ domainPrefix: 'throughcare-test' }),
    publishers: [],
    subscribers: [],
    concurrencyMax: { intake: 10, wake: 10, releases: 5, web: 10 },
    reconcileParts: 1,
    rollout: LambdaDeploymentConfig.ALL_AT_ONCE,
    requests: { rateLimit: 50, burstLimit: 100 },
    logDays: 30,
    silentDaysMax: 3,
    onCall: 'throughcare-test@example.org',
    runbook: RUNBOOK,
  },
  prod: {
    name: 'prod',
    region: 'eu-west-2',
    goLive: '2027-01-04T00:00:00Z',
    address: 'https://throughcare.example.org',
    email: { domain: 'throughcare.example.org', from: 'throughcare@throughcare.example.org' },
    channels: EVERYWHERE,
    signIn: issuer({
      url: 'https://sign-in.example.org/auth/issuer',
      audiences: ['throughcare'],
      scopes: ['write'],
      pages: {
        clientId: 'throughcare-pages',
        scope: 'openid',
        support: { claim: 'authorities', value: 'ROLE_THROUGHCARE_SUPPORT' },
        givesVerifiedEmailOnly: true,
      },
    }),
    publishers: [],
    subscribers: [],
    concurrencyMax: { intake: 50, wake: 50, releases: 20, web: 50 },
    reconcileParts: 48,
    rollout: LambdaDeploymentConfig.CANARY_10PERCENT_10MINUTES,
    requests: { rateLimit: 200, burstLimit: 400 },
    logDays: 400,
    silentDaysMax: 1,
    onCall: 'throughcare-on-call@example.org',
    runbook: RUNBOOK,
  },
} as const satisfies Record<string, Stage>
