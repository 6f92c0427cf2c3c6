import * as z from 'zod'
import { bankHolidaysIn } from '../../shared/calendar/working-days.ts'

export type HolidayPorts = {
  /** GOV.UK's feed of bank holidays, as published. */
  readonly fetchFeed: () => Promise<unknown>
  /** The stored bank holidays, and how to replace them. */
  readonly read: () => Promise<string | undefined>
  readonly write: (holidays: string) => Promise<void>
}

export type Refreshed =
  | { readonly is: 'unchanged' | 'changed' }
  /** The feed is not one of bank holidays: what is stored stays. */
  | { readonly is: 'refused'; readonly reason: string }

/** England and Wales have eight a year, and GOV.UK publishes several years. */
const HOLIDAYS_MIN = 16
const Feed = z.object({
  'england-and-wales': z.object({ events: z.array(z.object({ date: z.iso.date() })).min(HOLIDAYS_MIN) }),
})

/**
 * Looks up the bank holidays, and stores them if they changed. Reconcile wakes the casefiles that were planned under
 * the old ones.
 */
export async function refreshHolidays({ fetchFeed, read, write }: HolidayPorts): Promise<Refreshed> {
  const feed = Feed.safeParse(await fetchFeed())
  if (!feed.success) {
    const [{ path, message } = { path: [], message: '' }] = feed.error.issues
    return { is: 'refused', reason: `${path.join('.')}: ${message}` }
  }
  const holidays = JSON.stringify(bankHolidaysIn(feed.data))
  if (holidays === (await read())) return { is: 'unchanged' }
  await write(holidays)
  return { is: 'changed' }
}
