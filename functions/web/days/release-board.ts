import { addDays, type Instant, londonDate, londonTime, MINUTE_MS } from '../../../shared/calendar/london.ts'
import type { Casefile } from '../../../shared/casefile/casefile.ts'
import { kindOf } from '../../../shared/casefile/ids.ts'
import { gateTimeOf } from '../../../shared/casefile/release.ts'
import type { Reader } from '../../../shared/directory/readers.ts'
import { standingOf } from '../../../shared/duties/releases/board.ts'
import type { ToldDatedRelease } from '../../../shared/duties/releases/open-release.ts'
import type { Written } from '../../../shared/messages/dates.ts'
import { type OpenedCasefile, offersTo } from '../../acts/acts.ts'
import { askedIn } from '../../acts/todos.ts'
import { offeredOn } from '../acts/offering.ts'
import type { CasefilePorts } from '../casefiles/casefiles.ts'
import { namesIn, phonesIn } from '../casefiles/story.ts'
import type { Whose } from './today.ts'

/** The board shows releases from yesterday, whose meeting may still be reported, to this many days ahead. */
const DAYS_BEHIND = 1
const DAYS_AHEAD = 8

/** The releases of the coming days, soonest first: what is open, who was asked, who said no, who will be there. */
export async function releaseBoard(whose: Whose, reader: Reader, ports: CasefilePorts) {
  const rows = await Promise.all(
    whose.opened
      .filter((one) => kindOf(one.casefile.id) === 'release' && whose.mayRead(one))
      .map((one) => rowsOf(one, reader, whose.language, ports)),
  )
  return rows.flat().sort((a, b) => a.at - b.at)
}

async function rowsOf(opened: OpenedCasefile, reader: Reader, language: Written, ports: CasefilePorts) {
  const { rules, now, ask, stored } = opened
  const casefile = opened.casefile as Casefile<'release'>
  const { ledger } = casefile
  const today = londonDate(now)
  const from = londonTime(addDays(today, -DAYS_BEHIND), '00:00')
  const until = londonTime(addDays(today, DAYS_AHEAD), '00:00')
  const offers = offersTo(reader, opened)
  const isAsked = await askedIn(opened, reader)
  const dated = Object.values(casefile.state.byId).flatMap((release): ToldDatedRelease[] => {
    const { releaseOn, cancelled, closed } = release
    const gateTime = gateTimeOf(release)
    const isShown = gateTime !== undefined && from <= gateTime && gateTime < until && !cancelled && !closed
    return isShown && releaseOn !== undefined
      ? [{ casefile, ledger, release, rules, releaseOn, gateTime }]
      : []
  })
  return Promise.all(
    dated.map(async (open) => {
      const { release, gateTime } = open
      const { releaseId, area, initials, prisonId, meetAt, home, away } = release
      const own = offers.filter(
        ({ about: { subject } }) => subject.settled.releaseId === releaseId && !subject.isAgain,
      )
      const { asked, covering, nextAskAt, ...standing } = standingOf(open)
      const named = await ask((neighbours) => {
        const nameOf = namesIn(stored.events, neighbours, language, reader)
        const phoneOf = phonesIn(stored.events, neighbours, reader)
        const whoIs = (contactId: string) => ({ name: nameOf(contactId), phone: phoneOf(contactId) })
        return {
          asked: asked.map((one) => ({ ...one, ...whoIs(one.contactId) })),
          covering: covering === undefined ? undefined : whoIs(covering),
        }
      })
      return {
        ...{ at: gateTime, isTimeKnown: release.gateTime !== undefined, releaseId, area, initials },
        ...{ prisonId, meetAt, ...standing, ...named },
        isOut: home !== undefined,
        isAway: away !== undefined,
        nextAskAt,
        nextAskInMinutes: minutesUntil(nextAskAt, now),
        casefile: casefile.id,
        offered: await offeredOn(own, isAsked, language, ports),
      }
    }),
  )
}

function minutesUntil(instant: Instant | undefined, now: Instant): number | undefined {
  return instant === undefined ? undefined : Math.max(0, Math.ceil((instant - now) / MINUTE_MS))
}
