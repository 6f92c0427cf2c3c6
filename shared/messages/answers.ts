import { answersAt } from './links.ts'

/** One thing that may be answered: what is said, and the event that saying it is. */
export type Choice = {
  readonly id: 'yes' | 'no' | MeetingOutcome
  readonly type:
    | `gate-meeting.${'accepted' | 'declined' | 'closed'}`
    | `appointment.${'confirmed' | 'declined'}`
  readonly outcome?: MeetingOutcome
}
type MeetingOutcome = 'met' | 'person-not-seen' | 'meeter-not-there' | 'not-released' | 'stood-down'

const OUTCOME_IDS = ['met', 'person-not-seen', 'meeter-not-there', 'not-released', 'stood-down'] as const

const GATE: readonly Choice[] = [
  { id: 'yes', type: 'gate-meeting.accepted' },
  { id: 'no', type: 'gate-meeting.declined' },
]
const OUTCOMES: readonly Choice[] = OUTCOME_IDS.map((id) => ({
  id,
  type: 'gate-meeting.closed',
  outcome: id,
}))
const APPOINTMENT: readonly Choice[] = [
  { id: 'yes', type: 'appointment.confirmed' },
  { id: 'no', type: 'appointment.declined' },
]
/** Whoever said yes is asked no more: all that is left to them is to take it back. */
const GATE_AFTER_ALL: readonly Choice[] = GATE.slice(1)

/** What may be answered to each notice, by duty and step. A notice that is not here asks for nothing. */
const ANSWERS: Readonly<Record<string, readonly Choice[]>> = {
  'GATE-01 plan': GATE,
  'GATE-01 accept': GATE,
  'GATE-01 confirmed': GATE_AFTER_ALL,
  'GATE-01 alert': GATE_AFTER_ALL,
  'GATE-01 outcome': OUTCOMES,
  'GATE-08 out-now': GATE,
  'GATE-29 moved': GATE,
  'TWM-14 at-risk': APPOINTMENT,
}

export function choicesOf({ duty, step }: { duty: string; step: string }): readonly Choice[] {
  return ANSWERS[`${duty} ${step}`] ?? []
}

/** Whether two choices, or the types of two answers, are answers to one question: one can take the other back. */
export function isSameQuestion(a: string, b: string): boolean {
  return [GATE, OUTCOMES, APPOINTMENT].some((kin) =>
    [a, b].every((type) => kin.some((one) => one.type === type)),
  )
}

/** Between two languages of a message, and between the notices that share it. */
const BREAK = '\n\n---\n\n'

/**
 * What a message says of the one notice that it asks to answer, in each of its languages; empty when it does not
 * ask. The other notices of a message are none of the question's business, and neither are its links.
 */
export function questionIn(message: string, noticeId: string): string[] {
  return message
    .split(BREAK)
    .filter((part) => part.includes(answersAt(noticeId)))
    .map((part) =>
      part
        .replace(SENTENCE_WITH_LINK, '')
        .replace(/\n{3,}/g, '\n\n')
        .trim(),
    )
}

const SENTENCE_WITH_LINK = /[^.?!\n]*https?:\/\/\S+/g
