import { londonDate } from '../../calendar/london.ts'
import { factStamp } from '../../casefile/ids.ts'
import { mayHaveBeenTold } from '../../casefile/ledger.ts'
import { happened } from '../../casefile/order.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import type { Told } from '../../planning/duty.ts'
import type { Recipient } from '../../planning/ladder.ts'
import { all, dutyOf, type Who } from '../../planning/rows.ts'
import { atOnce } from '../../planning/when.ts'
import { type OpenOrder, planningEnd } from './open-order.ts'
import {
  about,
  caseManager,
  type OrderSubject,
  offenderManager,
  offenderManagerOrDutyOfficer,
  orderDuty,
  orderRows,
  orderRowsTold,
} from './rows.ts'
import { PERSON_TEXTS as TEXTS } from './texts.ts'

/** What is learnt of the person in another of their casefiles, and has to be known in this one. */

type Stay = OrderSubject & { readonly from: number; readonly until: number | undefined }

/** The stays in prison that began while the order ran: one known when it was made is no news. */
function* stays(open: OpenOrder): Iterable<Stay> {
  const { custody, made, ended } = open.order
  const end = Math.min(ended?.at ?? Number.POSITIVE_INFINITY, planningEnd(open.terms))
  for (const { from, until } of custody) {
    if (
      !made ||
      from.at < made.at ||
      from.at >= end ||
      from.type === 'order.made' ||
      from.type === 'order.varied'
    )
      continue
    const thing = {
      occasion: factStamp(from.at),
      facts: { on: londonDate(from.at) },
      because: [from.eventId],
    }
    yield about(open, thing, { from: from.at, until })
  }
}

const onceReceived = atOnce<Stay>('a reception into prison while the order runs', ({ from }) => from)

export const tellOfCustody = orderDuty(stays)({
  id: 'CUST-01',
  title: {
    en: 'The workers of an open order learn that the person is in prison',
    cy: 'Gweithwyr gorchymyn agored yn cael gwybod bod y person yn y carchar',
  },
  source:
    '004:3388, "Thirty-nine (7 per cent) deaths occurred within 24 hours of reception into prison; 147 (28 per cent) were within one week"',
  hours: 'any',
  until: {
    says: 'released; order ended',
    met: ({ custody }, _, { from }) => custody.some((one) => one.from.at === from && one.until !== undefined),
  },
  rows: {
    received: { to: caseManager, when: onceReceived, apart: true, text: TEXTS.received },
    'ring-prison': {
      to: offenderManagerOrDutyOfficer,
      when: onceReceived,
      apart: true,
      text: TEXTS.ringPrison,
      asks: 'conversation',
    },
  },
})

type Death = OrderSubject & { readonly at: number }

/** A death that was not told on this very order, while it was open. */
function* death(open: OpenOrder): Iterable<Death> {
  const { died, ended } = open.order
  if (!died || died.at >= planningEnd(open.terms)) return
  if (ended && (ended.info.reason === 'died' || ended.at <= died.at)) return
  yield about(open, { occasion: factStamp(died.at), because: [died.eventId] }, { at: died.at })
}

type Withdrawal = OrderSubject & { readonly at: number; readonly told: readonly Recipient[] }

/** A death that was told here in error, and those who were told of it. */
function* withdrawals(open: OpenOrder & Told): Iterable<Withdrawal> {
  const said = happened(open.order, 'person.died')
  for (const [index, { at, eventId, info }] of said.entries()) {
    const death = said.slice(0, index).findLast((before) => !before.info.withdrawn)
    if (!info.withdrawn || !death) continue
    const told = open.ledger
      .of(HEAD.id, 'told', factStamp(death.at))
      .filter(mayHaveBeenTold)
      .map(({ to: contactId, role }) => ({ role, contactId, to: [{ contactId, role }] }))
    yield about(open, { occasion: factStamp(at), because: [eventId] }, { at, told })
  }
}

const HEAD = {
  id: 'DEATH-01',
  title: {
    en: 'Nobody rings somebody who has died, nor their family',
    cy: 'Nid oes neb yn ffonio rhywun sydd wedi marw, na’u teulu',
  },
  source: 'no passage speaks of it: decency asks for it',
}

export const tellOfDeath = dutyOf<OpenOrder>(
  HEAD,
  orderRows(death)({
    hours: 'any',
    until: { says: 'withdrawn', met: ({ died }) => died === undefined },
    rows: {
      told: {
        to: withOffice(all(offenderManager, caseManager)),
        when: atOnce<Death>('a death told in another casefile of the person', ({ at }) => at),
        text: TEXTS.died,
        asks: 'conversation',
      },
    },
  }),
  orderRowsTold(withdrawals)({
    hours: 'any',
    until: { says: 'told again', met: ({ died }) => died !== undefined },
    rows: {
      withdrawn: {
        to: { says: 'everybody who was told of it', of: ({ told }) => told },
        when: atOnce<Withdrawal>('`person.died` with `withdrawn`', ({ at }) => at),
        text: TEXTS.notDied,
      },
    },
  }),
)

/** With the probation office and its number: who speaks with the family. */
function withOffice(who: Who<OpenOrder>): Who<Death> {
  return {
    says: who.says,
    of: (about, due) =>
      who.of(about, due).map(({ role, to }): Recipient => {
        if (typeof to === 'function') return { role, to }
        return { role, to: (neighbours) => ({ to, facts: office(neighbours, about.terms.probationOffice) }) }
      }),
  }
}

function office(neighbours: Neighbours, contactId: string) {
  const { details } = neighbours.get('contact', contactId)
  return { office: details?.name ?? contactId, number: details?.phone ?? '' }
}
