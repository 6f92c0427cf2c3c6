import * as z from 'zod'
import type { Writing } from '../casefile/ledger.ts'
import type { Channel } from './channel.ts'

const Choice = z.object({
  email: z.enum(['ses', 'notify', 'smtp', 'outbox']),
  sms: z.enum(['end-user-messaging', 'notify', 'outbox']),
})

/** Which provider sends e-mail and text messages on each stage. */
export const ChannelChoices = z.record(z.string(), Choice)
export type ChannelChoices = z.infer<typeof ChannelChoices>

type Provider = z.infer<typeof Choice>[keyof z.infer<typeof Choice>]
/** How to make each provider's channel; only the chosen ones are made, so only those need configuration. */
export type Providers = Readonly<Partial<Record<Provider, () => Channel>>>

/**
 * The channel chosen on a stage. Throws if nothing was chosen for the stage: an unconfigured stage must neither send to
 * people by accident nor swallow messages.
 */
export function chooseChannel(
  choices: ChannelChoices,
  stage: string,
  name: Writing,
  providers: Providers,
): Channel {
  const chosen = choices[stage]
  if (!chosen) throw new Error(`no channels are chosen for the stage ${stage}`)
  const provider = chosen[name]
  const make = providers[provider]
  if (!make) throw new Error(`${provider} is chosen for the stage ${stage} and not configured`)
  return make()
}
