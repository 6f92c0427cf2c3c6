import { officeTime } from '../calendar/hours.ts'
import { londonDate, londonTime } from '../calendar/london.ts'
import { booked } from '../casefile/order.ts'

import { type Duty, ladder } from './duty.ts'
import { caseFacts, type OpenOrder } from './open-order.ts'

/** Section 2 of the schedule: three-way meetings. */

const firstMeeting: Duty<OpenOrder> = {
  id: 'TWM-01',
  title: 'The first meeting is a three-way meeting',
  source: '003:477, "The first meeting with the offender should be a three way meeting"',
  steps: {
    'first-meeting': {
      to: 'offender manager; +5 working days: probation office too',
      when: 'on the order (at once within 09:00–17:00 of a working day, else next 09:00), +3, +5 working days',
      until: 'a first three-way is booked',
    },
  },
  *plan(open) {
    const { casefile, order, rules, tell, because } = open
    const madeAt = order.made?.at ?? 0
    const day = londonDate(madeAt)
    const later = (count: number) => londonTime(rules.days.after(day, count), rules.settings.promptAt)
    yield* ladder(casefile, {
      duty: 'TWM-01',
      occasion: day,
      hours: 'office',
      because,
      facts: caseFacts(open),
      rungs: [
        {
          step: 'first-meeting',
          label: 'on-the-order',
          due: officeTime(rules.settings.office, rules.days, madeAt),
          tell: [tell.offenderManager],
        },
        { step: 'first-meeting', label: '3-working-days', due: later(3), tell: [tell.offenderManager] },
        {
          step: 'first-meeting',
          label: '5-working-days',
          due: later(5),
          tell: [tell.offenderManager, tell.probationOffice],
        },
      ],
      until: (state) => booked(state, 'three-way').some(({ stage = 'first' }) => stage === 'first'),
    })
  },
}

export const THREE_WAY_DUTIES = [firstMeeting] as const
