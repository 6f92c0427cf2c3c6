import type { Instant } from '../../calendar/london.ts'
import type { EventInfo } from '../../casefile/events.ts'
import { meetingClosed } from '../../casefile/release.ts'
import { ask } from './asking.ts'
import { type Check, stillOpen } from './checks.ts'
import { ASKED } from './gate-rows.ts'
import { accepter, hasDeclined, told } from './meeters.ts'
import { type ToldDatedRelease, versionOf } from './open-release.ts'

/** How one release stands: what is to be done before it, and who will be at the gate. */
export type Standing = {
  readonly openChecks: readonly Check[]
  /** Who was asked to be at the gate, in that order. */
  readonly asked: readonly {
    readonly contactId: string
    readonly at: Instant
    readonly answer: 'yes' | 'no' | undefined
  }[]
  /** Who has it. */
  readonly covering: string | undefined
  /** When the next on the ladder is asked; undefined once somebody has it, or nobody is left to ask. */
  readonly nextAskAt: Instant | undefined
  /** How the meeting went, once somebody has said. */
  readonly outcome: EventInfo<'gate-meeting.closed'>['outcome'] | undefined
}

/** How a release with a day stands, as everything known of it says. */
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
