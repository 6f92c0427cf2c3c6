import { DAY_MS, type Instant, londonDate } from '../calendar/london.ts'
import type { DomainEvent, EventInfo } from './events.ts'
import { failureOf } from './failures.ts'

/** One e-mail address or telephone number: who is reached there, and what became of what was sent there. */
export type Address = {
  /** The contacts said to be reached there, now or once. */
  readonly contactIds: readonly string[]
  /** When something failed there for good; a later confirmation of the address, or START, takes it back. */
  readonly failedAt: Instant | undefined
  /** A reader complained; START takes it back. */
  readonly isComplainedOf: boolean
  /** STOP was said there, and START not since. */
  readonly isStopped: boolean
  /** When things failed there in passing and nothing has arrived since: the last of them, oldest first. */
  readonly passing: readonly Instant[]
  /** The questions that were put there by text, in their order. */
  readonly questions: readonly Question[]
  /** The casefiles of whose person something was told there by text, and which contact that is. */
  readonly told: readonly EventInfo<'address.told'>[]
}

/** A question put at a number, and the letter it was sent with; one without is A. */
export type Question = EventInfo<'address.asked'> & { readonly at: Instant }

export const EMPTY_ADDRESS: Address = {
  contactIds: [],
  failedAt: undefined,
  isComplainedOf: false,
  isStopped: false,
  passing: [],
  questions: [],
  told: [],
}

/** So many passing failures within so many days, and the address is left alone for as many. */
const PASSING_MAX = 3
const PASSING_DAYS = 7

/** What the events of an address, oldest first, say of it. */
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

/** Whether an address is left alone at `now`, since too much has failed there lately. */
export function isResting({ passing }: Address, now: Instant): boolean {
  const [first, last] = [passing[0], passing.at(-1)]
  if (first === undefined || last === undefined || passing.length < PASSING_MAX) return false
  return last - first <= PASSING_DAYS * DAY_MS && now < last + PASSING_DAYS * DAY_MS
}
