import { endOfDay, type LocalDate, londonTime } from '../../calendar/london.ts'
import { dayBefore } from '../../casefile/release.ts'
import { onCall } from '../../casefile/rota.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import type { Facts } from '../../messages/text.ts'
import { all, type Who } from '../../planning/rows.ts'
import { when } from '../../planning/when.ts'
import { callBackOf, type OpenRelease } from './open-release.ts'
import { about, keyWorkerAndDutyOfficer, OFF, type ReleaseSubject, releaseDuty } from './rows.ts'
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

export const hearing = releaseDuty(OFF, function* (open): Iterable<Hearing> {
  const { release } = open
  const { possible } = release
  if (!possible) return
  const { hearingOn } = possible.info
  const factsWith = (neighbours: Neighbours) => hearingFacts(open, neighbours, hearingOn)
  const occasion = `${release.releaseId}_${hearingOn}`
  yield about(open, { occasion, factsWith, because: [possible.eventId] }, { hearingOn })
})({
  id: 'GATE-09',
  title: 'A hearing may end in a release that nobody planned',
  source: '004:1682, "if due to go to court (owing to the sudden nature of release in some cases)"',
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

function hearingFacts(open: OpenRelease, neighbours: Neighbours, hearingOn: LocalDate): Facts {
  const { initials, meetAt: court = '' } = open.release
  return { initials, hearingOn, court, callBack: callBackOf(open, neighbours) }
}
