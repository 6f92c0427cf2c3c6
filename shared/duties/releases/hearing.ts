import { type LocalDate, londonTime } from '../../calendar/london.ts'
import { dayBefore } from '../../casefile/release.ts'
import { onCall } from '../../casefile/rota.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import type { Facts } from '../../messages/text.ts'
import type { Duty } from '../../planning/duty.ts'
import { ladder, type Recipient } from '../../planning/ladder.ts'
import { keyWorkerAndDutyOfficer, type OpenRelease, offAt, type Says, upTo } from './open-release.ts'

/** When courts sit: whoever is on call then is on call at a hearing. */
const COURTS_SIT_AT = '10:00'

export const hearing: Duty<OpenRelease> = {
  id: 'GATE-09',
  title: 'A hearing may end in a release that nobody planned',
  source: '004:1682, "if due to go to court (owing to the sudden nature of release in some cases)"',
  steps: {
    hearing: {
      to: 'key worker, whoever is on call at the hearing, duty officer',
      when: '12:00 the day before `hearingOn` (`release.possible`)',
      until: 'result',
    },
  },
  *plan(open) {
    const { casefile, release } = open
    const { possible } = release
    if (!possible) return
    const { hearingOn } = possible.info
    const facts: Says = (neighbours) => hearingFacts(open, neighbours, hearingOn)
    const tell = [...keyWorkerAndDutyOfficer(open, facts), onCallAt(open, hearingOn, facts)]
    const notices = ladder(casefile, {
      duty: 'GATE-09',
      occasion: `${release.releaseId}_${hearingOn}`,
      hours: 'any',
      because: [possible.eventId],
      rungs: [{ step: 'hearing', due: dayBefore(hearingOn, '12:00'), tell }],
      until: ({ byId }) => {
        const then = byId[release.releaseId]
        return then?.releaseOn !== undefined || then?.home !== undefined
      },
    })
    yield* upTo(offAt(release), notices)
  },
}

/** Whoever the rota calls first. */
function onCallAt({ release }: OpenRelease, day: LocalDate, facts: Says): Recipient {
  return {
    role: 'on-call',
    to: (neighbours) => ({
      to: onCall(neighbours.get('rota', release.area), londonTime(day, COURTS_SIT_AT)).map((contactId) => ({
        contactId,
        role: 'on-call',
        on: day,
      })),
      facts: facts(neighbours),
      nobody: 'nobody-on-call',
    }),
  }
}

function hearingFacts({ release }: OpenRelease, neighbours: Neighbours, hearingOn: LocalDate): Facts {
  const officer = neighbours.get('contact', release.dutyOfficer).details
  const callBack = officer?.phone ?? officer?.mobile ?? ''
  return { initials: release.initials, hearingOn, court: release.meetAt ?? '', callBack }
}
