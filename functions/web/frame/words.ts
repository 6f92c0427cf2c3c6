import type { LocalDate } from '../../../shared/calendar/london.ts'
import { type Written, writeDay } from '../../../shared/messages/dates.ts'
import { sayIn } from './welsh.ts'

/** Codes whose words are more than their hyphens taken out. */
const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    en: 'English',
    cy: 'Welsh',
    both: 'English and Welsh',
    email: 'e-mail',
    sms: 'text message',
    stale: 'too late to be worth saying',
    shadow: 'its duty is tried out in shadow, and tells nobody yet',
    paused: 'its duty is paused',
    'before-go-live': 'it fell due before go-live',
    'no-longer-true': 'it is no longer true',
    'told-already': 'they are told already',
    'told-of-move': 'they were told of the move shortly before',
    'quiet-hours-until-stale': 'quiet hours last until it is too late',
    'no-usable-address': 'no usable address or number',
    'address-shared': 'their address is somebody else’s too',
    'not-theirs': 'the person who is reached there says that it is not them',
    'opted-out': 'they asked not to be messaged',
    'do-not-message': 'they are not to be messaged',
    'nobody-on-call': 'nobody is on call',
    'not-delivered': 'the message did not arrive',
    permanent: 'nothing can arrive at that address or number',
    passing: 'it could not be delivered this time',
    message: 'the provider refused the words of the message',
  }),
)

/** A code of ours as a worker reads it: `no-usable-address`, `offender-manager`, `appointment.booked`. */
export function inWords(code: string, language: Written = 'en'): string {
  return sayIn(language)(WORDS.get(code) ?? code.replace(/[.-]/g, ' '))
}

/** With a capital letter before the rest as it is. */
export function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** `Friday 9 October 2026`. */
export function wholeDay(date: LocalDate, language: Written = 'en'): string {
  return `${writeDay(language, date)} ${date.slice(0, 4)}`
}
