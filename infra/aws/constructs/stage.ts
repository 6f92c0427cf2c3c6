import type { ILambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy'
import type { ChannelChoices } from '../../../shared/channels/choose.ts'
import type { Letterheads } from '../../../shared/messages/letterheads.ts'
import type { SignIn } from './sign-in.ts'

/** All that differs from stage to stage. Nothing else asks which stage it is. */
export type Stage = {
  readonly name: string
  /** The AWS account it is deployed to, and no other. */
  readonly account: string
  /** Set by hand for the first deploy alone, so that one that failed can be deleted and tried again: docs/deploy.md. */
  readonly unprotected?: true
  /** Where all data is: in the United Kingdom. */
  readonly region: 'eu-west-2'
  /** Notices due before this instant are not given. */
  readonly goLive: string
  /** The URL of the pages, without a slash at the end. */
  readonly address: string
  /** Whom messages are from, by area and by who may see them; where one gives no address or number, the stage's own. */
  readonly letterheads: Letterheads
  readonly email: { readonly domain: string; readonly from: string; readonly perDay: number }
  /** Which provider sends e-mail and text messages, on this stage. */
  readonly channels: ChannelChoices[string]
  /** The ARN of the number that End User Messaging sends from, where it sends at all: AWS registers one by hand. */
  readonly textNumberArn?: string
  /** Dollars that its text messages may cost in a month: the account's limit there, which AWS raises on request. */
  readonly textSpendMax?: number
  /** The ARN of a number of End User Messaging that calls, if there is one; without it nobody is rung. */
  readonly callNumberArn?: string
  readonly signIn: SignIn
  /** The accounts that may publish domain events to our topic, apart from our own. */
  readonly publishers: readonly string[]
  /** The accounts that may subscribe to our events. */
  readonly subscribers: readonly string[]
  /** How many invocations of each function may run at once: the bound on cost, and on the rate at which providers are called. */
  readonly concurrencyMax: {
    readonly intake: number
    readonly wake: number
    readonly releases: number
    readonly replies: number
    readonly web: number
  }
  /** What the account's quotas, or the provider's, let all of them send together in a second. */
  readonly sendsPerSecond: { readonly emails: number; readonly texts: number }
  /** Whether that concurrency is reserved. It needs a quota that a new account does not have: docs/deploy.md. */
  readonly reservesConcurrency: boolean
  /** How many parts reconcile is divided into. Each must get through its casefiles in 15 minutes. */
  readonly reconcileParts: number
  /** How fast new code takes over. */
  readonly rollout: ILambdaDeploymentConfig
  /** Requests to the API, a second and at once. */
  readonly requests: { readonly rateLimit: number; readonly burstLimit: number }
  /** The name of the table restored from a backup, which replaces the stack's own: docs/runbook.md. */
  readonly restoredTable?: string
  /** The ARN of the vault in another account that daily backups are copied to. */
  readonly backupVaultArn?: string
  readonly logDays: 30 | 400
  /** After how many days without a single notice there is an alarm. */
  readonly silentDaysMax: number
  /** After how many office hours without a single event there is an alarm; none if left out. */
  readonly silentOfficeHoursMax?: number
  /** Dollars a month, all in all: somebody is told at four fifths of it, and when it will be passed. */
  readonly budget: number
  /** Who is told of alarms: at once and whatever the hour, or on the next working day. A pager is an HTTPS address. */
  readonly onCall: {
    readonly critical: { readonly email: string; readonly pager?: string }
    readonly warning: { readonly email: string; readonly pager?: string }
  }
  /** The URL of the runbook, to which each alarm adds its entry. */
  readonly runbook: string
}
