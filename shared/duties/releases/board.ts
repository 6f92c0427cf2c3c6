import type { Instant } from '../../calendar/london.ts'
import type { EventInfo } from '../../casefile/events.ts'
import { meetingClosed } from '../../casefile/release.ts'
import { ask } from './asking.ts'
import { type Check, stillOpen } from './checks.ts'
import { ASKED } from './gate-rows.ts'
import { accepter, hasDeclined, told } from './meeters.ts'
import { type ToldDatedRelease, versionOf } from './open-release.ts'

/** The state of one release: what has to be done before it, and who will be at the gate. */
export type Standing = {
  readonly openChecks: readonly Check[]
  /** Who was asked to be at the gate, in order. */
  readonly asked: readonly {
    readonly contactId: string
    readonly at: Instant
    readonly answer: 'yes' | 'no' | undefined
  }[]
  /** Who accepted. */
  readonly covering: string | undefined
  /** When the next candidate is asked; undefined once somebody accepted, or nobody is left to ask. */
  readonly nextAskAt: Instant | undefined
  /** The outcome of the meeting, once reported. */
  readonly outcome: EventInfo<'gate-meeting.closed'>['outcome'] | undefined
}

/** The state of a release with a day, from everything known about it. */
export function standingOf(open: ToldDatedRelease): Standing {
  const { release } = open
  const covering = accepter(open)?.by
  const answer = (contactId: string) => {
    if (hasDeclined(open, contactId)) return 'no'
    return covering === contactId ? 'yes' : undefined
  }
  const [next] = ask(open)
  return {
    openChecks: stillOpen(release),
    asked: told(open, ASKED, [versionOf(release)]).map(({ to, at }) => ({
      ...{ contactId: to, at, answer: answer(to) },
    })),
    covering,
    nextAskAt: next?.due,
    outcome: meetingClosed(release)?.info.outcome,
  }
}
