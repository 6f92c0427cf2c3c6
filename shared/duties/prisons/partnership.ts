import { addMonths } from '../../calendar/london.ts'
import type { Casefile } from '../../casefile/casefile.ts'
import { compareEvents } from '../../casefile/events.ts'
import { keyOf } from '../../casefile/ids.ts'
import * as roles from '../../directory/roles.ts'
import type { Duty } from '../../planning/duty.ts'
import { ladder, type Recipient, weeksBefore } from '../../planning/ladder.ts'
import type { Rules } from '../../planning/rules.ts'
import { prisonFacts } from './standard-plus.ts'

/** Section 4 of the schedule: partnerships. Source 002 is UK SMART Recovery, SMART for Prisons Guidance. */

/** A prison's own casefile, as its duties see it. */
export type OpenPrison = { readonly casefile: Casefile<'prison'>; readonly rules: Rules }

const reviewYearly: Duty<OpenPrison> = {
  id: 'MA-01',
  title: 'A partnership is reviewed every year and agreed again',
  source:
    '002:114, "a formal agreement and negotiated annual license fee per prison … subject to annual review"',
  steps: {
    review: {
      to: 'governor, partnership lead',
      when: '12, 8, 4 weeks before the anniversary of `partnership.agreed`, on the day',
      until: 'agreed again; ended',
    },
  },
  *plan({ casefile, rules }) {
    const { state } = casefile
    if (!state.details) return
    for (const agreed of state.agreements) {
      const { on: agreedOn, partnershipLead } = agreed.info
      const reviewOn = addMonths(agreedOn, 12)
      const tell: Recipient[] = [{ role: 'governor', to: roles.governor(state) }]
      if (partnershipLead) tell.push({ role: 'partnership-lead', to: roles.partnershipLead(partnershipLead) })
      yield* ladder(casefile, {
        duty: 'MA-01',
        occasion: reviewOn,
        hours: 'office',
        because: [agreed.eventId],
        facts: { ...prisonFacts(keyOf(casefile.id), state), agreedOn, reviewOn },
        rungs: weeksBefore(rules, reviewOn, [12, 8, 4, 0]).map(({ label, due }) => ({
          step: 'review',
          label,
          due,
          tell,
        })),
        until: ({ partnership }) => partnership !== undefined && compareEvents(partnership, agreed) > 0,
      })
    }
  },
}

export const PARTNERSHIP_DUTIES = [reviewYearly] as const
