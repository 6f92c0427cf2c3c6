import { LambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy'
import type { ChannelChoices } from '../../shared/channels/choose.ts'
import type { Letterheads } from '../../shared/messages/letterheads.ts'
import { issuer, ownPool } from './constructs/sign-in.ts'
import type { Stage } from './constructs/stage.ts'

const BY_AWS: ChannelChoices[string] = { email: 'ses', sms: 'end-user-messaging' }
/** GOV.UK Notify gives a trial account immediately, which sends to its own team. A number takes weeks. */
const TEXTS_BY_NOTIFY: ChannelChoices[string] = { email: 'ses', sms: 'notify' }
/** A long code sends ten fragments a second, and most messages have two. */
const TEXTS_OF_A_NUMBER = 5
/** An address that gives nothing away, for readers whose mail others may see. */
const NEUTRAL: Letterheads = {
  holdersAndMeeters: { email: 'messages@messages.example.org' },
  persons: { email: 'messages@messages.example.org' },
  unsafe: { email: 'messages@messages.example.org' },
}
const RUNBOOK = 'https://throughcare.example.org/runbook'

export const STAGES = {
  dev: {
    name: 'dev',
    account: '111111111111',
    region: 'eu-west-2',
    goLive: '2026-01-01T00:00:00Z',
    address: 'https://dev.throughcare.example.org',
    email: {
      domain: 'dev.throughcare.example.org',
      from: 'throughcare@dev.throughcare.example.org',
      perDay: 200,
    },
    letterheads: NEUTRAL,
    channels: TEXTS_BY_NOTIFY,
    signIn: ownPool({ domainPrefix: 'throughcare-dev' }),
    publishers: [],
    subscribers: [],
    concurrencyMax: { intake: 5, wake: 5, releases: 2, replies: 2, web: 5 },
    sendsPerSecond: { emails: 1, texts: 50 },
    reservesConcurrency: false,
    reconcileParts: 1,
    rollout: LambdaDeploymentConfig.ALL_AT_ONCE,
    requests: { rateLimit: 20, burstLimit: 40 },
    logDays: 30,
    silentDaysMax: 7,
    budget: 100,
    onCall: {
      critical: { email: 'throughcare-dev@example.org' },
      warning: { email: 'throughcare-dev@example.org' },
    },
    runbook: RUNBOOK,
  },
  test: {
    name: 'test',
    account: '222222222222',
    region: 'eu-west-2',
    goLive: '2026-01-01T00:00:00Z',
    address: 'https://test.throughcare.example.org',
    email: {
      domain: 'test.throughcare.example.org',
      from: 'throughcare@test.throughcare.example.org',
      perDay: 50_000,
    },
    letterheads: NEUTRAL,
    channels: BY_AWS,
    textNumberArn:
      'arn:aws:sms-voice:eu-west-2:222222222222:phone-number/phone-22222222222222222222222222222222',
    textSpendMax: 50,
    signIn: ownPool({ domainPrefix: 'throughcare-test' }),
    publishers: [],
    subscribers: [],
    concurrencyMax: { intake: 10, wake: 5, releases: 3, replies: 2, web: 10 },
    sendsPerSecond: { emails: 14, texts: TEXTS_OF_A_NUMBER },
    reservesConcurrency: true,
    reconcileParts: 1,
    rollout: LambdaDeploymentConfig.ALL_AT_ONCE,
    requests: { rateLimit: 50, burstLimit: 100 },
    logDays: 30,
    silentDaysMax: 3,
    budget: 200,
    onCall: {
      critical: { email: 'throughcare-test@example.org' },
      warning: { email: 'throughcare-test@example.org' },
    },
    runbook: RUNBOOK,
  },
  prod: {
    name: 'prod',
    account: '333333333333',
    region: 'eu-west-2',
    goLive: '2027-01-04T00:00:00Z',
    address: 'https://throughcare.example.org',
    email: {
      domain: 'throughcare.example.org',
      from: 'throughcare@throughcare.example.org',
      perDay: 200_000,
    },
    letterheads: NEUTRAL,
    channels: BY_AWS,
    textNumberArn:
      'arn:aws:sms-voice:eu-west-2:333333333333:phone-number/phone-33333333333333333333333333333333',
    textSpendMax: 9_500,
    callNumberArn:
      'arn:aws:sms-voice:eu-west-2:333333333333:phone-number/phone-33333333333333333333333333333334',
    signIn: issuer({
      url: 'https://sign-in.example.org/auth/issuer',
      audiences: ['throughcare'],
      scopes: ['write'],
      senders: { claim: 'authorities', prefix: 'ROLE_THROUGHCARE_EVENTS_' },
      pages: {
        clientId: 'throughcare-pages',
        scope: 'openid',
        support: { claim: 'authorities', value: 'ROLE_THROUGHCARE_SUPPORT' },
        dataProtection: { claim: 'authorities', value: 'ROLE_THROUGHCARE_DATA_PROTECTION' },
        givesVerifiedEmailOnly: true,
      },
    }),
    publishers: [],
    subscribers: [],
    concurrencyMax: { intake: 50, wake: 10, releases: 5, replies: 5, web: 50 },
    sendsPerSecond: { emails: 50, texts: TEXTS_OF_A_NUMBER },
    reservesConcurrency: true,
    reconcileParts: 48,
    rollout: LambdaDeploymentConfig.CANARY_10PERCENT_10MINUTES,
    requests: { rateLimit: 200, burstLimit: 400 },
    backupVaultArn: 'arn:aws:backup:eu-west-2:444444444444:backup-vault:throughcare-prod',
    logDays: 400,
    silentDaysMax: 1,
    silentOfficeHoursMax: 2,
    budget: 10_000,
    onCall: {
      critical: { email: 'throughcare-on-call@example.org', pager: 'https://pager.example.org/throughcare' },
      warning: { email: 'throughcare-team@example.org' },
    },
    runbook: RUNBOOK,
  },
} as const satisfies Record<string, Stage>
