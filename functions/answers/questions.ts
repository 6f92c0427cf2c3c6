import type { Instant } from '../../shared/calendar/london.ts'
import type { Question } from '../../shared/casefile/address.ts'
import { casefileOfNotice, kindOf, subjectOf } from '../../shared/casefile/ids.ts'
import type { Entry } from '../../shared/casefile/ledger.ts'
import { choicesOf } from '../../shared/duties/catalogue.ts'
import { kinOf } from '../../shared/messages/answers.ts'
import { QUESTION_LETTERS } from '../../shared/messages/reply-words.ts'
import type { Store } from '../../shared/store/store.ts'
import { answersTo, isAsking } from './answer.ts'

/** The letter of a question that was sent without one. */
const FIRST_LETTER = 'A'

/** The letter by which a question is named. */
export function letterOf({ letter }: Pick<Question, 'letter'>): string {
  return letter ?? FIRST_LETTER
}

/**
 * Identifies what a notice asks about: asked again, or in other words, it is the same question. Undefined if a reply
 * cannot answer it.
 */
export function aboutOf({
  noticeId,
  duty,
  step,
  occasion,
}: Pick<Entry, 'noticeId' | 'duty' | 'step' | 'occasion'>) {
  const kin = kinOf(choicesOf({ duty, step }))
  return kin === undefined ? undefined : [casefileOfNotice(noticeId), subjectOf(occasion), kin].join(' ')
}

/**
 * The letter to send with a question while the questions `open` wait for answers at the same number. Undefined if no
 * other question waits, so that a bare YES is unambiguous. `put` are all questions ever put there, in order. A question
 * keeps its letter; a letter is reused only after all have been given.
 */
export function letterFor(
  about: string,
  put: readonly Question[],
  open: ReadonlySet<string | undefined>,
): string | undefined {
  if ([...open].every((other) => other === about)) return undefined
  const others = put.filter((one) => aboutOf(one) !== about && open.has(aboutOf(one)))
  const taken = new Set(others.map(letterOf))
  const own = put.findLast((one) => aboutOf(one) === about)
  if (own && !taken.has(letterOf(own))) return letterOf(own)
  const last = put.at(-1)
  const next = last ? QUESTION_LETTERS.indexOf(letterOf(last)) + 1 : 0
  const inTurn = QUESTION_LETTERS.slice(next) + QUESTION_LETTERS.slice(0, next)
  return [...inTurn].find((letter) => !taken.has(letter))
}

/** The nouns of the events that say whether a question still stands, and how it was answered. */
const NOUNS: Readonly<Record<string, readonly string[]>> = {
  release: [
    'release',
    'gate-meeting',
    'prison-offender-events.prisoner',
    'prisoner-offender-search.prisoner',
  ],
  order: ['order', 'appointment', 'contact-sheet'],
}

/**
 * The questions put at a number that wait for an answer at a moment, in order. If several ask the same, only the last
 * counts; a question that was answered, or whose time has passed, no longer waits.
 */
export async function openQuestionsAt(
  put: readonly Question[],
  store: Pick<Store, 'events'>,
  now: Instant,
): Promise<readonly Question[]> {
  const last = [...new Map(put.map((question) => [aboutOf(question), question])).values()]
  const open = await Promise.all(last.map((question) => isOpen(question, store, now)))
  return last.filter((_, index) => open[index])
}

async function isOpen(question: Question, store: Pick<Store, 'events'>, now: Instant): Promise<boolean> {
  const casefile = casefileOfNotice(question.noticeId)
  if (!casefile) return false
  const events = await store.events(casefile, NOUNS[kindOf(casefile)] ?? [])
  const choices = choicesOf(question)
  const asked = { entry: question, casefile, events, choices }
  if (!isAsking(asked, now)) return false
  return !answersTo(asked).some(
    ({ at, type }) => at >= question.at && choices.some((choice) => choice.type === type),
  )
}
