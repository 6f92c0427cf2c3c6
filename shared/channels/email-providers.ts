import type { Providers } from './choose.ts'
import { notifyAccountChannel } from './notify.ts'
import { DEFAULT_LIMITS, rateLimited } from './rate-limited.ts'
import { type SesOptions, sesChannel } from './ses.ts'

/** By what e-mail goes on AWS. */
export function emailProviders(ses: SesOptions, readNotifyAccount: () => Promise<string>): Providers {
  return {
    ses: () => rateLimited(sesChannel(ses), DEFAULT_LIMITS),
    notify: () => rateLimited(notifyAccountChannel(readNotifyAccount), DEFAULT_LIMITS),
  }
}
