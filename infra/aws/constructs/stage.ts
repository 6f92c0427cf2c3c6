import type { ILambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy'
import type { ChannelChoices } from '../../../shared/channels/choose.ts'
import type { Letterheads } from '../../../shared/messages/letterheads.ts'
import type { SignIn } from './sign-in.ts'

/** Everything that differs between stages. No other code asks which stage it is. */
export type Stage = {
  readonly name: string
  /** The only AWS account it may be deployed to. */
  readonly account: string
  /** Set by hand for the first deploy only, so that a failed one can be deleted and tried again: docs/deploy.md. */
  readonly unprotected?: true
  /** Where all data is kept: in the United Kingdom. */
  readonly region: 'eu-west-2'
  /** Notices due before this instant are not sent. */
  readonly goLive: string
  /** The URL of the pages, without a slash at the end. */
  readonly address: string
  /**
   * Whom messages are from, by area and audience; the stage's own address or number applies where a letterhead gives
   * none.
   */
  readonly letterheads: Letterheads
  readonly email: { readonly domain: string; readonly from: string; readonly perDay: number }
  /** Which provider sends e-mail and text messages. */
  readonly channels: ChannelChoices[string]
  /** The ARN of the number that End User Messaging sends from, if it is used: registered with AWS by hand. */
  readonly textNumberArn?: string
  /** The monthly spending limit for text messages, in dollars: the account's limit, which AWS raises on request. */
  readonly textSpendMax?: number
  /** The ARN of an End User Messaging number that can call; without it nobody is called. */
  readonly callNumberArn?: string
  readonly signIn: SignIn
  /** Other accounts that may publish domain events to our topic. */
  readonly publishers: readonly string[]
  /** Accounts that may subscribe to our events. */
  readonly subscribers: readonly string[]
  /** Maximum concurrent invocations of each function: this bounds cost and the rate at which providers are called. */
  readonly concurrencyMax: {
    readonly intake: number
    readonly wake: number
    readonly releases: number
    readonly replies: number
    readonly web: number
  }
  /** What the account's or the provider's quotas allow all functions together to send per second. */
  readonly sendsPerSecond: { readonly emails: number; readonly texts: number }
  /** Whether that concurrency is reserved. This needs a quota that a new account does not have: docs/deploy.md. */
  readonly reservesConcurrency: boolean
  /** How many parts reconcile is split into. Each must finish its casefiles in 15 minutes. */
  readonly reconcileParts: number
  /** How fast a new version takes over. */
  readonly rollout: ILambdaDeploymentConfig
  /** API requests per second, and in a burst. */
  readonly requests: { readonly rateLimit: number; readonly burstLimit: number }
  /** The name of a table restored from a backup, used instead of the stack's own: docs/runbook.md. */
  readonly restoredTable?: string
  /** The ARN of the vault in another account that receives daily backups. */
  readonly backupVaultArn?: string
  readonly logDays: 30 | 400
  /** Days without any notice that raise an alarm. */
  readonly silentDaysMax: number
  /** Office hours without any event that raise an alarm; no alarm if left out. */
  readonly silentOfficeHoursMax?: number
  /** Total dollars a month: somebody is told at 80% of it, and when the forecast exceeds it. */
  readonly budget: number
  /** Who is told of alarms: immediately at any hour, or on the next working day. A pager is an HTTPS address. */
  readonly onCall: {
    readonly critical: { readonly email: string; readonly pager?: string }
    readonly warning: { readonly email: string; readonly pager?: string }
  }
  /** The URL of the runbook; each alarm appends its entry. */
  readonly runbook: string
}
