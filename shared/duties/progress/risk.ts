import { HOUR_MS, type LocalDate, londonDate } from '../../calendar/london.ts'
import type { EventOf } from '../../casefile/events.ts'
import { factStamp } from '../../casefile/ids.ts'
import { mayHaveBeenTold } from '../../casefile/ledger.ts'
import { happened } from '../../casefile/order.ts'
import type { Told } from '../../planning/duty.ts'
import { dutyOf, type Who } from '../../planning/rows.ts'
import { atOnce, labelled, when, workingDaysAfter } from '../../planning/when.ts'
import { withNumber } from '../orders/number-to-ring.ts'
import type { OpenOrder } from '../orders/open-order.ts'
import {
  about,
  caseManager,
  type OrderSubject,
  offenderManagerOrDutyOfficer,
  orderRowsTold,
  probationOffice,
  providerManager,
} from '../orders/rows.ts'
import { RISK_TEXTS as TEXTS } from './texts.ts'

/** Each of those who work with the person must know what another of them reports about risk. */

const HEAD = {
  id: 'FAX-06',
  title: {
    en: 'A change in risk is known to all who work with the person',
    cy: 'Mae pawb sy’n gweithio gyda’r person yn gwybod am newid mewn risg',
  },
  source: '003:475, "communicate issues connected to risk management with the treatment provider"',
} as const

type Changed = OrderSubject & Told & { readonly fact: EventOf<'risk.changed'>; readonly day: LocalDate }
type Reader = 'offenderManager' | 'caseManager'

const UNSEEN_HOURS = 2
const SAID_ON = { says: 'the day on which it was said', of: ({ day }: Changed) => day }

/** What one of the two is told of a change that the other reported, and who is told if they have not seen it. */
function toldTo(reader: Reader, who: Who<OpenOrder>, overThem: Who<OpenOrder>) {
  return orderRowsTold(function* (open: OpenOrder & Told): Iterable<Changed> {
    for (const fact of happened(open.order, 'risk.changed')) {
      if (fact.info.by === open.terms[reader]) continue
      const facts = { at: fact.at, isCaseManager: reader === 'caseManager' }
      yield about(
        open,
        { occasion: factStamp(fact.at), facts, because: [fact.eventId] },
        { fact, day: londonDate(fact.at) },
      )
    }
  })({
    hours: 'any',
    despiteStop: true,
    until: {
      says: '`risk.acknowledged` by that one, or by the one who was told in their place',
      met: (order, _, { ledger, terms, fact, occasion }) => {
        const [told] = ledger
          .of(HEAD.id, 'changed', occasion)
          .filter(mayHaveBeenTold)
          .filter(({ noticeId }) => noticeId.endsWith(`_${ROLES[reader]}`))
        const theirs = [terms[reader], told?.to]
        return happened(order, 'risk.acknowledged').some(
          ({ at, info }) => at >= fact.at && theirs.includes(info.by),
        )
      },
    },
    asks: [{ event: 'risk.acknowledged' }],
    rows: {
      changed: {
        to: withNumber<Changed>(who),
        when: atOnce<Changed>(
          '`risk.changed`, unless they said it: a flag and a number to ring, never the substance',
          ({ fact }) => fact.at,
        ),
        // Telling somebody else that it was not seen never replaces it.
        apart: true,
        text: TEXTS.changed,
      },
      unseen: [
        {
          overdue: true,
          to: withNumber<Changed>(overThem),
          when: labelled(
            `${UNSEEN_HOURS}-hours`,
            when(`${UNSEEN_HOURS} h after, unseen by that one`, ({ fact }: Changed) => [
              { due: fact.at + UNSEEN_HOURS * HOUR_MS },
            ]),
          ),
          text: TEXTS.unseen,
        },
        {
          overdue: true,
          to: withNumber<Changed>(overThem),
          when: labelled('next-working-day', workingDaysAfter(SAID_ON, 1)),
          text: TEXTS.unseen,
        },
      ],
    },
  })
}

/** The role under which a notice names each of them. */
const ROLES: Readonly<Record<Reader, string>> = {
  offenderManager: 'offender-manager',
  caseManager: 'case-manager',
}

export const passOnRisk = dutyOf<OpenOrder>(
  HEAD,
  toldTo('offenderManager', offenderManagerOrDutyOfficer, probationOffice),
  toldTo('caseManager', caseManager, providerManager),
)
