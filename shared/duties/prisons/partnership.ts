import { addMonths, type LocalDate } from '../../calendar/london.ts'
import type { Matter } from '../../casefile/casefile.ts'
import { compareEvents, type EventOf } from '../../casefile/events.ts'
import { keyOf } from '../../casefile/ids.ts'
import * as roles from '../../directory/roles.ts'
import { all, duty, type Subject } from '../../planning/rows.ts'
import type { Rules } from '../../planning/rules.ts'
import { weeksBefore } from '../../planning/when.ts'
import { PARTNERSHIP_TEXTS as TEXTS } from './partnership-texts.ts'
import { prisonFacts } from './rows.ts'

/** Section 4 of the schedule: partnerships. Source 002 is UK SMART Recovery, SMART for Prisons Guidance. */

/** A prison's own casefile, as its duties see it. */
export type OpenPrison = { readonly casefile: Matter<'prison'>; readonly rules: Rules }

type Agreement = OpenPrison &
  Subject<'prison'> & { readonly agreed: EventOf<'partnership.agreed'>; readonly reviewOn: LocalDate }

function* agreements({ casefile, rules }: OpenPrison): Iterable<Agreement> {
  const { details, agreements } = casefile.state
  if (!details) return
  for (const agreed of agreements) {
    const agreedOn = agreed.info.on
    const reviewOn = addMonths(agreedOn, 12)
    const facts = { ...prisonFacts(keyOf(casefile.id), casefile.state), agreedOn, reviewOn }
    yield { casefile, rules, agreed, reviewOn, occasion: reviewOn, because: [agreed.eventId], facts }
  }
}

export const reviewYearly = duty<OpenPrison, Agreement, 'prison'>(agreements)({
  id: 'MA-01',
  title: {
    en: 'A partnership is reviewed every year and agreed again',
    cy: 'Adolygir partneriaeth bob blwyddyn a chytunir arni eto',
  },
  source:
    '002:114, "a formal agreement and negotiated annual license fee per prison … subject to annual review"',
  hours: 'office',
  until: {
    says: 'agreed again; ended',
    met: ({ partnership }, _, { agreed }) =>
      partnership !== undefined && compareEvents(partnership, agreed) > 0,
  },
  asks: [{ event: 'partnership.agreed' }],
  rows: {
    review: {
      to: all<Agreement>(
        {
          says: 'governor',
          of: ({ casefile }) => [{ role: 'governor', to: roles.governor(casefile.state) }],
        },
        {
          says: 'partnership lead',
          of: ({ agreed: { info } }) =>
            info.partnershipLead
              ? [{ role: 'partnership-lead', to: roles.partnershipLead(info.partnershipLead) }]
              : [],
        },
      ),
      when: weeksBefore(
        { says: 'the anniversary of `partnership.agreed`', of: ({ reviewOn }: Agreement) => reviewOn },
        ...[12, 8, 4, 0],
      ),
      text: TEXTS.review,
    },
  },
})
