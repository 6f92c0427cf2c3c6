import type { Providers } from './choose.ts'
import { type EndUserMessagingOptions, endUserMessagingChannel } from './end-user-messaging.ts'
import { notifyAccountChannel } from './notify.ts'
import { DEFAULT_LIMITS, rateLimited } from './rate-limited.ts'

/** By what text messages go on AWS. */
export function textProviders(
  endUserMessaging: EndUserMessagingOptions,
  readNotifyAccount: () => Promise<string>,
): Providers {
  return {
    'end-user-messaging': () => rateLimited(endUserMessagingChannel(endUserMessaging), DEFAULT_LIMITS),
    notify: () => rateLimited(notifyAccountChannel(readNotifyAccount), DEFAULT_LIMITS),
  }
}
