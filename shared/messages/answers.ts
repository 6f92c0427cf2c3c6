import { answersAt } from './links.ts'
import { BREAK } from './text.ts'

/** One possible answer, and the event that it becomes. */
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

/** The possible answers to each kind of question. */
export const ANSWERS = {
  gateMeeting: GATE_MEETING,
  /** Somebody who said yes is not asked again: they can only take it back. */
  gateMeetingAfterAll: GATE_MEETING.slice(1),
  gateMeetingOutcome: OUTCOME_IDS.map(closedAs),
  /** Also that nobody can say, for people who have asked everybody. */
  gateMeetingUnknown: [...OUTCOME_IDS, 'not-known' as const].map(closedAs),
  appointment: [
    { id: 'yes', type: 'appointment.confirmed' },
    { id: 'no', type: 'appointment.declined' },
  ],
} as const satisfies Readonly<Record<string, Choices>>

/** The name of the question that choices belong to; undefined for no choices. */
export function kinOf([first]: Choices): string | undefined {
  const kin = Object.entries<Choices>(ANSWERS).find(([, choices]) =>
    choices.some(({ type }) => type === first?.type),
  )
  return kin?.[0]
}

/** Whether two event types answer the same question, so that one can take the other back. */
export function isSameQuestion(a: string, b: string): boolean {
  return Object.values<Choices>(ANSWERS).some((kin) =>
    [a, b].every((type) => kin.some((one) => one.type === type)),
  )
}

/**
 * What a message says about the notice that it asks about, in each of its languages; empty if it does not ask. Other
 * notices in the message, and links, are left out.
 */
export function questionIn(message: string, noticeId: string): string[] {
  return message
    .split(BREAK)
    .filter((part) => part.includes(answersAt(noticeId)))
    .map(withoutLinks)
}

/** Everything a message says, by language and notice, without sentences that contain links. */
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
