import { endOfDay, type Instant, type LocalDate, londonTime } from '../../calendar/london.ts'
import { factStamp } from '../../casefile/ids.ts'
import { dayBefore } from '../../casefile/release.ts'
import { onCall } from '../../casefile/rota.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import type { Facts } from '../../messages/text.ts'
import type { Recipient } from '../../planning/ladder.ts'
import { all, dutyOf, rowsAboutTold, type Who } from '../../planning/rows.ts'
import { atOnce, when } from '../../planning/when.ts'
import { hearer, type Told, told } from './meeters.ts'
import { callBackOf, type OpenRelease } from './open-release.ts'
import { about, keyWorkerAndDutyOfficer, OFF, type ReleaseSubject, releaseDuty } from './rows.ts'
import { calledOff } from './telling-the-others.ts'
import { HEARING_TEXTS as TEXTS } from './texts.ts'

/** When courts sit: the one who is on call then is on call at a hearing. */
const COURTS_SIT_AT = '10:00'
const WARNED_AT = '12:00'

type Hearing = ReleaseSubject & { readonly hearingOn: LocalDate }

const onCallAtHearing: Who<Hearing> = {
  says: 'the first on call at the hearing',
  of: ({ release, hearingOn, factsWith }) => [
    {
      role: 'on-call',
      to: (neighbours) => ({
        to: onCall(neighbours.get('rota', release.area), londonTime(hearingOn, COURTS_SIT_AT)).map(
          (contactId) => ({ contactId, role: 'on-call', on: hearingOn }),
        ),
        facts: factsWith(neighbours),
        nobody: 'nobody-on-call',
      }),
    },
  ],
}

const HEAD = {
  id: 'GATE-09',
  title: {
    en: 'A hearing may end in a release that nobody planned',
    cy: 'Gall gwrandawiad ddod i ben â rhyddhau na chynlluniodd neb',
  },
  source: '004:1682, "if due to go to court (owing to the sudden nature of release in some cases)"',
} as const
const WARNING = { duty: HEAD.id, step: 'hearing' } as const

export const hearing = releaseDuty(OFF, function* (open): Iterable<Hearing> {
  const { possible } = open.release
  const listing = listingsOf(open).at(-1)
  if (!possible || !listing) return
  const { hearingOn, occasion } = listing
  const factsWith = (neighbours: Neighbours) => hearingFacts(open, neighbours, hearingOn)
  yield about(open, { occasion, factsWith, because: [possible.eventId] }, { hearingOn })
})({
  ...HEAD,
  hours: 'any',
  stale: ({ hearingOn }) => endOfDay(hearingOn),
  until: {
    says: 'a release is planned, or they are out',
    met({ byId }, _, { release }) {
      const then = byId[release.releaseId]
      return then?.releaseOn !== undefined || then?.home !== undefined
    },
  },
  rows: {
    hearing: {
      to: all(keyWorkerAndDutyOfficer, onCallAtHearing),
      when: when(`${WARNED_AT} the day before \`hearingOn\` (\`release.possible\`)`, ({ hearingOn }) => [
        { due: dayBefore(hearingOn, WARNED_AT) },
      ]),
      text: TEXTS.hearing,
    },
  },
})

/** A hearing for which somebody was told to be ready, and need not be any more. */
type NotNeeded = Hearing & {
  readonly at: Instant
  readonly isMoved: boolean
  readonly warned: readonly Told[]
}

/** Nobody waits at a court for nothing: it gives no reason away. */
const notNeeded = rowsAboutTold<OpenRelease, NotNeeded, 'release'>(function* (open) {
  const { release } = open
  if (release.releaseOn !== undefined) return
  const listings = listingsOf(open)
  for (const [nth, { hearingOn, occasion }] of listings.entries()) {
    const next = listings[nth + 1]
    const off = next ?? calledOff(release)
    if (!off || off.at >= endOfDay(hearingOn)) continue
    const toldOtherwise = 'went' in off && off.went ? [release.keyWorker, release.dutyOfficer] : []
    const warned = told(open, [WARNING], [occasion]).filter(({ to }) => !toldOtherwise.includes(to))
    const factsWith = (neighbours: Neighbours) => ({
      ...hearingFacts(open, neighbours, hearingOn),
      movedTo: next ? (release.possible?.info.hearingOn ?? '') : '',
    })
    yield about(
      open,
      { occasion: `${occasion}_${factStamp(off.at)}`, factsWith, because: [off.eventId] },
      { hearingOn, at: off.at, isMoved: next !== undefined, warned },
    )
  }
})({
  hours: 'any',
  stale: ({ hearingOn }) => endOfDay(hearingOn),
  until: {
    says: 'it is on that day again',
    met: ({ byId }, _, { release, hearingOn, isMoved }) =>
      isMoved && byId[release.releaseId]?.possible?.info.hearingOn === hearingOn,
  },
  rows: {
    'stand-down': {
      to: {
        says: 'everybody who was told to be ready',
        of: (subject) => subject.warned.map((one) => stillToHear(subject, one)),
      },
      when: atOnce(
        '`release.cancelled` or `release.closed` of one that is only possible, or another `hearingOn`',
        ({ at }) => at,
      ),
      text: TEXTS.standDown,
    },
  },
})

export const hearingNotNeeded = dutyOf(HEAD, notNeeded)

function stillToHear({ hearingOn, factsWith, ...open }: NotNeeded, { to: contactId, role }: Told): Recipient {
  return {
    role,
    contactId,
    to: (neighbours, now) => ({
      to: [hearer(open, contactId, now, { days: [hearingOn], role })],
      facts: factsWith(neighbours),
    }),
  }
}

/** A day for which a hearing was listed, and when: listed for another and then for it again, it is another listing. */
type Listing = {
  readonly hearingOn: LocalDate
  readonly at: Instant
  readonly eventId: string
  readonly occasion: string
}

/** The listings of the hearing since the release became possible, oldest first; the last is the one that stands. */
function listingsOf({ release: { releaseId, plans } }: OpenRelease): Listing[] {
  const listings: Listing[] = []
  for (const { type, info, at, eventId } of plans) {
    if (type !== 'release.possible' || listings.at(-1)?.hearingOn === info.hearingOn) continue
    const { hearingOn } = info
    listings.push({ hearingOn, at, eventId, occasion: `${releaseId}_${hearingOn}_${factStamp(at)}` })
  }
  return listings
}

function hearingFacts(open: OpenRelease, neighbours: Neighbours, hearingOn: LocalDate): Facts {
  const { initials, meetAt: court = '' } = open.release
  return { initials, hearingOn, court, callBack: callBackOf(open, neighbours) }
}
