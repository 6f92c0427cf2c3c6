import { phoneNumber } from '../casefile/fields.ts'
import { addressKey } from '../casefile/ids.ts'
import type { Neighbours } from './neighbours.ts'

/**
 * Finds the one contact (among those that `isAmong` accepts) identified by a contactId, an e-mail address or a mobile
 * number in any form; undefined if there is none, or more than one.
 */
export function contactMeant(
  said: string,
  neighbours: Neighbours,
  isAmong: (contactId: string) => boolean = () => true,
): string | undefined {
  if (/^[\w-]{1,64}$/.test(said) && neighbours.get('contact', said).details && isAmong(said)) return said
  const address = said.includes('@') ? said : phoneNumber(said)
  if (address === undefined) return undefined
  const key = addressKey(address)
  const reached = neighbours.get('address', key).contactIds.filter((contactId) => {
    const { email, mobile } = neighbours.get('contact', contactId).details ?? {}
    const isThere = [email, mobile].some((one) => one !== undefined && addressKey(one) === key)
    return isThere && isAmong(contactId)
  })
  return reached.length === 1 ? reached[0] : undefined
}
