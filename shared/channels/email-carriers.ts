import type { Carriers } from './choose.ts'
import { notifyAccountChannel } from './notify.ts'
import { DEFAULT_LIMITS, governed } from './rate-limited.ts'
import { type SesOptions, sesChannel } from './ses.ts'

/** By what e-mail goes on AWS. */
export function emailCarriers(ses: SesOptions, readNotifyAccount: () => Promise<string>): Carriers {
  return {
    ses: () => governed(sesChannel(ses), DEFAULT_LIMITS),
    notify: () => governed(notifyAccountChannel(readNotifyAccount), DEFAULT_LIMITS),
  }
}
