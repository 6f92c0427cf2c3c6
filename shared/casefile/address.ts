import { DAY_MS, type Instant, londonDate } from '../calendar/london.ts'
import type { DomainEvent, EventInfo } from './events.ts'
import { failureOf } from './failures.ts'

/** One e-mail address or telephone number: who is reached there, and what became of what was sent there. */
export type Address = {
  /** The contacts reached there, now or earlier. */
  readonly contactIds: readonly string[]
  /** When a message failed there permanently; a later confirmation of the address, or START, clears it. */
  readonly failedAt: Instant | undefined
  /** A reader complained; START clears it. */
  readonly isComplainedOf: boolean
  /** STOP was said there, without START since. */
  readonly isStopped: boolean
  /** The times of temporary failures since the last arrival, oldest first. */
  readonly passing: readonly Instant[]
  /** The questions asked there by text, in order. */
  readonly questions: readonly Question[]
  /** The casefiles whose person was told something there by text, and which contact that is. */
  readonly told: readonly EventInfo<'address.told'>[]
  /** Every YES or NO from there, and the notices whose questions were open when it first came. */
  readonly replied: readonly (EventInfo<'address.replied'> & { readonly at: Instant })[]
}

/** A question asked at a number, and the letter it was sent with; one without is A. */
export type Question = EventInfo<'address.asked'> & { readonly at: Instant }

export const EMPTY_ADDRESS: Address = {
  contactIds: [],
  failedAt: undefined,
  isComplainedOf: false,
  isStopped: false,
  passing: [],
  questions: [],
  told: [],
  replied: [],
}

/** After this many temporary failures within this many days, the address rests for as many days. */
const PASSING_MAX = 3
const PASSING_DAYS = 7

/** Folds the events of an address, oldest first. */
export function foldAddress(before: Address, event: DomainEvent): Address {
  switch (event.type) {
    case 'contact.updated': {
      const { contactId, confirmedOn } = event.info
      const { contactIds, failedAt } = before
      const isConfirmed = failedAt !== undefined && (confirmedOn ?? '') >= londonDate(failedAt)
      return {
        ...before,
        contactIds: contactIds.includes(contactId) ? contactIds : [...contactIds, contactId],
        failedAt: isConfirmed ? undefined : failedAt,
      }
    }
    case 'contact.opted-out':
      return { ...before, isStopped: true }
    case 'contact.opted-in':
      return { ...before, failedAt: undefined, isComplainedOf: false, isStopped: false, passing: [] }
    case 'address.delivered':
      return { ...before, passing: [] }
    case 'address.asked': {
      const question = { ...event.info, at: event.at }
      return { ...before, questions: [...before.questions, question].toSorted((a, b) => a.number - b.number) }
    }
    case 'address.told':
      return { ...before, told: [...before.told, event.info] }
    case 'address.replied':
      return { ...before, replied: [...before.replied, { ...event.info, at: event.at }] }
    case 'address.failed':
      return failed(before, event.info.reason, event.at)
    default:
      return before
  }
}

function failed(before: Address, reason: string | undefined, at: Instant): Address {
  switch (failureOf(reason)) {
    case 'permanent':
      return { ...before, failedAt: at }
    case 'complaint':
      return { ...before, isComplainedOf: true }
    case 'passing':
      return { ...before, passing: [...before.passing, at].slice(-PASSING_MAX) }
    case 'message':
      return before
  }
}

/** Whether an address is resting at `now`, because too much failed there recently. */
export function isResting({ passing }: Address, now: Instant): boolean {
  const [first, last] = [passing[0], passing.at(-1)]
  if (first === undefined || last === undefined || passing.length < PASSING_MAX) return false
  return last - first <= PASSING_DAYS * DAY_MS && now < last + PASSING_DAYS * DAY_MS
}
