import type { Carriers } from './choose.ts'
import { type EndUserMessagingOptions, endUserMessagingChannel } from './end-user-messaging.ts'
import { notifyAccountChannel } from './notify.ts'
import { DEFAULT_LIMITS, governed } from './rate-limited.ts'

/** By what text messages go on AWS. */
export function textCarriers(
  endUserMessaging: EndUserMessagingOptions,
  readNotifyAccount: () => Promise<string>,
): Carriers {
  return {
    'end-user-messaging': () => governed(endUserMessagingChannel(endUserMessaging), DEFAULT_LIMITS),
    notify: () => governed(notifyAccountChannel(readNotifyAccount), DEFAULT_LIMITS),
  }
}
