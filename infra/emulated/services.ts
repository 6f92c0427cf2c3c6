import { addressIn } from '../../shared/channels/mailbox.ts'
import type { Stage } from '../aws/constructs/stage.ts'
import {
  type Account,
  type Kept,
  openEndUserMessaging,
  openGovUk,
  openKept,
  openSes,
  type Reporting,
} from './providers.ts'
import type { Read } from './template.ts'

/** The other services that functions call, with our account as the template describes it. */
export async function openServices(
  { of, stage }: { of: Read; stage: Stage },
  kept: Kept,
  account: Omit<Account, 'isOurs' | 'reporting'>,
) {
  const domains = of('AWS::SES::EmailIdentity').map(({ EmailIdentity }) => `@${EmailIdentity}`)
  const destinations = of('AWS::SES::ConfigurationSetEventDestination')
  const emailSets = of('AWS::SES::ConfigurationSet').map(({ id }): [string, Reporting[]] => [
    id,
    destinations
      .filter(({ ConfigurationSetName }) => ConfigurationSetName === id)
      .map(({ EventDestination }) => reportingOf(EventDestination)),
  ])
  const textSets = of('AWS::SMSVOICE::ConfigurationSet').map(
    ({ id, EventDestinations }): [string, Reporting[]] => [id, EventDestinations.map(reportingOf)],
  )
  return {
    email: await openSes({
      ...account,
      isOurs: (from) => domains.some((domain) => addressIn(from).endsWith(domain)),
      reporting: new Map(emailSets),
    }),
    texts: await openEndUserMessaging({
      ...account,
      isOurs: (from) => from === stage.textNumberArn || from === stage.callNumberArn,
      reporting: new Map(textSets),
    }),
    kept: await openKept(kept),
    govUk: await openGovUk(),
  }
}

type Destination = {
  readonly Enabled: boolean
  readonly MatchingEventTypes: readonly string[]
  readonly SnsDestination: { readonly TopicARN?: string; readonly TopicArn?: string }
}

/** SES and End User Messaging use the same structure, except for two capitals. */
function reportingOf({ Enabled, MatchingEventTypes, SnsDestination }: Destination): Reporting {
  const { TopicARN, TopicArn } = SnsDestination
  return { types: Enabled ? MatchingEventTypes : [], topicArn: TopicARN ?? TopicArn ?? '' }
}
