import { answersAt } from './links.ts'
import { BREAK } from './text.ts'

/** One thing that may be answered: what is said, and the event that saying it is. */
export type Choice = {
  readonly id: 'yes' | 'no' | MeetingOutcome
  readonly type:
    | `gate-meeting.${'accepted' | 'declined' | 'closed'}`
    | `appointment.${'confirmed' | 'declined'}`
  readonly outcome?: MeetingOutcome
}
export type Choices = readonly Choice[]
type MeetingOutcome = (typeof OUTCOME_IDS)[number] | 'not-known'

const OUTCOME_IDS = ['met', 'person-not-seen', 'meeter-not-there', 'not-released', 'stood-down'] as const

const GATE_MEETING: Choices = [
  { id: 'yes', type: 'gate-meeting.accepted' },
  { id: 'no', type: 'gate-meeting.declined' },
]

function closedAs(outcome: MeetingOutcome): Choice {
  return { id: outcome, type: 'gate-meeting.closed', outcome }
}

/** What may be answered to a notice that asks something. */
export const ANSWERS = {
  gateMeeting: GATE_MEETING,
  /** Somebody who said yes is not asked again: all that is left to them is to take it back. */
  gateMeetingAfterAll: GATE_MEETING.slice(1),
  gateMeetingOutcome: OUTCOME_IDS.map(closedAs),
  /** It may be that nobody can say, which is for those to say who have asked everybody. */
  gateMeetingUnknown: [...OUTCOME_IDS, 'not-known' as const].map(closedAs),
  appointment: [
    { id: 'yes', type: 'appointment.confirmed' },
    { id: 'no', type: 'appointment.declined' },
  ],
} as const satisfies Readonly<Record<string, Choices>>

/** Which question choices belong to, by the name of its answers; undefined for no choices. */
export function kinOf([first]: Choices): string | undefined {
  const kin = Object.entries<Choices>(ANSWERS).find(([, choices]) =>
    choices.some(({ type }) => type === first?.type),
  )
  return kin?.[0]
}

/** Whether two choices, or the types of two answers, are answers to one question: one can take the other back. */
export function isSameQuestion(a: string, b: string): boolean {
  return Object.values<Choices>(ANSWERS).some((kin) =>
    [a, b].every((type) => kin.some((one) => one.type === type)),
  )
}

/**
 * What a message says of the one notice that it asks to answer, in each of its languages; empty when it does not
 * ask. The other notices of a message are none of the question's business, and neither are its links.
 */
export function questionIn(message: string, noticeId: string): string[] {
  return message
    .split(BREAK)
    .filter((part) => part.includes(answersAt(noticeId)))
    .map(withoutLinks)
}

/** All that a message says, by language and notice, without the sentences that lead elsewhere. */
export function saidIn(message: string): string[] {
  return message.split(BREAK).map(withoutLinks)
}

function withoutLinks(text: string): string {
  return text
    .replace(SENTENCE_WITH_LINK, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const SENTENCE_WITH_LINK = /[^.?!\n]*https?:\/\/\S+/g
