import type { ILambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy'
import type { ChannelChoices } from '../../../shared/channels/choose.ts'
import type { SignIn } from './sign-in.ts'

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
