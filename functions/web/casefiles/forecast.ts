import type { Instant } from '../../../shared/calendar/london.ts'
import type { Casefile } from '../../../shared/casefile/casefile.ts'
import type { DomainEvent } from '../../../shared/casefile/events.ts'
import { isLapsed, isSettled } from '../../../shared/casefile/ledger.ts'
import { letterheadOf } from '../../../shared/directory/letterhead.ts'
import type { Neighbours } from '../../../shared/directory/neighbours.ts'
import { around, plan } from '../../../shared/duties/all.ts'
import { linksFor } from '../../../shared/messages/links.ts'
import { renderMessage } from '../../../shared/messages/render.ts'
import { type Decision, decide } from '../../../shared/planning/decide.ts'
import type { Planned } from '../../../shared/planning/duty.ts'
import type { Rules } from '../../../shared/planning/rules.ts'
import { becauseOf, discreet, dutyOf, type NoticeRow } from './rows.ts'

type Known = {
  readonly casefile: Casefile
  readonly neighbours: Neighbours
  readonly events: readonly DomainEvent[]
  readonly rules: Rules
}

/**
 * What would become of every open notice due by `until` if nothing else happened: the same plan, decision and text
 * that wake would arrive at, computed for the moment each falls due. Earliest first. If there is nothing to say, there
 * is no notice.
 */
export function forecast(known: Known, now: Instant, until = Number.POSITIVE_INFINITY): NoticeRow[] {
  const { casefile, rules } = known
  return around(plan(casefile, rules, until), now)
    .filter(({ due }) => due <= until)
    .filter(({ noticeId, untold }) => {
      const entry = casefile.ledger.entry(noticeId)
      return !isSettled(entry) || (isLapsed(entry) && !untold)
    })
    .flatMap((planned) => forecastOf(known, planned, now))
    .map(discreet)
    .sort((a, b) => a.at - b.at || (a.noticeId < b.noticeId ? -1 : 1))
}

function forecastOf(known: Known, planned: Planned, now: Instant): NoticeRow[] {
  const { noticeId, due, role } = planned
  const row = {
    casefile: planned.casefile,
    noticeId,
    due,
    role,
    misses: [],
    ...dutyOf(planned),
    because: becauseOf(planned.because, known.events),
  }
  if (planned.untold) return [{ ...row, at: due, outcome: 'not told', reason: planned.untold }]
  const { at, decision } = decisionOn(known, planned, Math.max(now, due))
  switch (decision.verb) {
    case 'send': {
      const { to, ways, misses } = decision
      const facts = { ...decision.facts, ...linksFor(planned, known.rules, '/a/…') }
      const letterhead = letterheadOf(known.casefile, to, known.neighbours, known.rules.settings.letterheads)
      return ways.map(({ reach: { channel, language } }) => {
        const text = renderMessage([{ text: planned.text, facts }], language, channel, letterhead)
        const told = { role: to.role, to: to.contactId, channel, language, misses, text }
        return { ...row, ...told, at, outcome: 'planned' }
      })
    }
    case 'skip': {
      const { reason, misses, to } = decision
      return [{ ...row, at, outcome: 'not told', reason, misses, to }]
    }
    case 'wait':
      return isPaused(planned, known.rules)
        ? [{ ...row, at: due, outcome: 'not told', reason: 'paused' }]
        : []
    default:
      return []
  }
}

function isPaused({ duty }: Planned, { settings }: Rules): boolean {
  return settings.dutyModes[duty] === 'paused'
}

/** Quiet hours, office hours and a lease are waited for one after another, never for long. */
const WAITS_MAX = 5

function decisionOn({ casefile, neighbours, rules }: Known, planned: Planned, from: Instant) {
  let at = from
  let decision: Decision = { verb: 'rest' }
  for (let waits = 0; waits < WAITS_MAX; waits++) {
    decision = decide(planned, casefile.ledger, neighbours, rules, at)
    if (decision.verb !== 'wait') break
    at = decision.until
  }
  return { at, decision }
}
