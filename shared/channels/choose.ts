import * as z from 'zod'
import type { ChannelName } from '../casefile/ledger.ts'
import type { Channel } from './channel.ts'

const Choice = z.object({
  email: z.enum(['ses', 'notify', 'smtp', 'outbox']),
  sms: z.enum(['end-user-messaging', 'notify', 'outbox']),
})

/** Who carries e-mail and text messages on each stage, and what is different in some of its areas. */
export const ChannelChoices = z.record(
  z.string(),
  z.object({ everywhere: Choice, areas: z.record(z.string(), Choice.partial()).default({}) }),
)
export type ChannelChoices = z.infer<typeof ChannelChoices>

type Provider = z.infer<typeof Choice>[keyof z.infer<typeof Choice>]
/** How each provider's channel is made; only those chosen are, so that only they need be configured. */
export type Providers = Readonly<Partial<Record<Provider, () => Channel>>>

/**
 * The channel for one way of reaching people, on one stage and in one area. A stage that nobody chose for throws: what is not configured neither sends to
 * people by accident nor swallows what it was to send.
 */
export function chooseChannel(
  choices: ChannelChoices,
  { stage, area }: { readonly stage: string; readonly area?: string },
  name: ChannelName,
  providers: Providers,
): Channel {
  const chosen = choices[stage]
  if (!chosen) throw new Error(`no channels are chosen for the stage ${stage}`)
  const own = area === undefined ? undefined : chosen.areas[area]
  const provider = own?.[name] ?? chosen.everywhere[name]
  const make = providers[provider]
  if (!make) throw new Error(`${provider} is chosen for the stage ${stage} and not configured`)
  return make()
}
