import { type ILambdaDeploymentConfig, LambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy'
import type { ChannelChoices } from '../shared/channels/choose.ts'
import { issuer, ownPool, type SignIn } from './sign-in.ts'

/** All that differs from stage to stage. Nothing else asks which stage it is. */
export type Stage = {
  readonly name: string
  /** Where everything is kept and done: in the United Kingdom. */
  readonly region: 'eu-west-2'
  /** What falls due before this moment is not given. */
  readonly goLive: string
  /** Where the pages are, and the links in messages lead. */
  readonly address: string
  readonly email: { readonly domain: string; readonly from: string }
  /** Who carries e-mail and text messages, and what is different in some areas. */
  readonly channels: ChannelChoices[string]
  readonly signIn: SignIn
  /** The accounts that may publish domain events to our topic, besides our own. */
  readonly publishers: readonly string[]
  /** The accounts that may listen to ours. */
  readonly subscribers: readonly string[]
  /** How many of each function run at once, at most: what a burst may cost, and what a provider may be sent. */
  readonly concurrencyMax: {
    readonly take: number
    readonly wake: number
    readonly releases: number
    readonly web: number
  }
  /** Into how many parts reconcile is parted, each of which must be through its casefiles in a quarter of an hour. */
  readonly reconcileParts: number
  /** How fast new code takes over from old, which takes over again when an alarm rings meanwhile. */
  readonly rollout: ILambdaDeploymentConfig
  /** Requests to the API, a second and at once. */
  readonly requests: { readonly rateLimit: number; readonly burstLimit: number }
  readonly logDays: 30 | 400
  /** For how many days nobody at all may have been told anything before somebody is woken. */
  readonly quietDaysMax: number
  /** Whom alarms are mailed to. */
  readonly onCall: string
  /** The page that alarms lead to, each to its own entry. */
  readonly runbook: string
}

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
    concurrencyMax: { take: 5, wake: 5, releases: 2, web: 5 },
    reconcileParts: 1,
    rollout: LambdaDeploymentConfig.ALL_AT_ONCE,
    requests: { rateLimit: 20, burstLimit: 40 },
    logDays: 30,
    quietDaysMax: 7,
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
    concurrencyMax: { take: 10, wake: 10, releases: 5, web: 10 },
    reconcileParts: 1,
    rollout: LambdaDeploymentConfig.ALL_AT_ONCE,
    requests: { rateLimit: 50, burstLimit: 100 },
    logDays: 30,
    quietDaysMax: 3,
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
    concurrencyMax: { take: 50, wake: 50, releases: 20, web: 50 },
    reconcileParts: 48,
    rollout: LambdaDeploymentConfig.CANARY_10PERCENT_10MINUTES,
    requests: { rateLimit: 200, burstLimit: 400 },
    logDays: 400,
    quietDaysMax: 1,
    onCall: 'throughcare-on-call@example.org',
    runbook: RUNBOOK,
  },
} as const satisfies Record<string, Stage>
