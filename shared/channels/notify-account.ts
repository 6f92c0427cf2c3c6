import * as z from 'zod'
import type { AskableChannel } from './channel.ts'
import type { NotifyOptions } from './notify.ts'

type Make = (account: NotifyOptions) => AskableChannel | Promise<AskableChannel>

/** Notify's library takes as long to load as the rest of a function, so it is loaded only when used. */
const whenFirstUsed: Make = async (account) => (await import('./notify.ts')).notifyChannel(account)

const Account = z.object({ apiKey: z.string().min(1), email: z.string(), sms: z.string() })

/**
 * GOV.UK Notify with the account that `read` currently returns, as JSON: its key, and the templates of both channels.
 * Keys are rotated while we run.
 */
export function notifyAccountChannel(
  read: () => Promise<string>,
  make: Make = whenFirstUsed,
): AskableChannel {
  let known: { readonly written: string; readonly channel: AskableChannel } | undefined
  const channel = async () => {
    const written = await read()
    if (known?.written !== written) {
      const { apiKey, ...templates } = Account.parse(JSON.parse(written))
      known = { written, channel: await make({ apiKey, templates }) }
    }
    return known.channel
  }
  return {
    send: async (message, now) => (await channel()).send(message, now),
    find: async (messageId) => (await channel()).find(messageId),
  }
}
