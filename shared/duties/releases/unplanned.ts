import { addDays, HOUR_MS, type Instant, londonDate } from '../../calendar/london.ts'
import { plannedAt, type Release } from '../../casefile/release.ts'
import { when } from '../../planning/when.ts'
import { type Check, stillOpen } from './checks.ts'
import { gateFacts, staleAfter } from './gate-facts.ts'
import { about, keyWorkerAndDutyOfficer, OVER, type ReleaseSubject, releaseDuty } from './rows.ts'
import { CHECK_TEXTS as TEXTS } from './texts.ts'

/** What somebody needs who comes out before anything is ready. */

const NEEDED: readonly Check[] = ['prescription', 'gp-records', 'accommodation', 'money', 'take-home-kit']
/** It is said again so many hours after. */
export const AGAIN_AFTER_HOURS = 2

type Unplanned = ReleaseSubject & { readonly outAt: Instant }

export const unplanned = releaseDuty(OVER, function* (open): Iterable<Unplanned> {
  const { release } = open
  const { home, releaseId } = release
  if (!home || !isUnplanned(release, home.at)) return
  const occasion = `${releaseId}_${londonDate(home.at)}`
  const facts = { outAt: home.at, checks: stillOpen(release, NEEDED).map((check) => ({ check })) }
  const because = [...release.plans.slice(-1), home].map((event) => event.eventId)
  const factsWith = (neighbours: Parameters<typeof gateFacts>[1]) => gateFacts(open, neighbours)
  yield about(open, { occasion, facts, factsWith, because }, { outAt: home.at })
})({
  id: 'GATE-12',
  title: {
    en: 'What an unplanned release leaves open is known at once',
    cy: 'Mae’r hyn sy’n dal heb ei wneud ar ôl rhyddhau heb ei gynllunio yn hysbys ar unwaith',
  },
  source: '004:394, "FP10 MDA prescriptions to prisoners were piloted in eight prisons"',
  hours: 'any',
  stale: ({ outAt }) => staleAfter(outAt),
  until: {
    says: 'all checks are done',
    met({ byId }, _, { release }) {
      const then = byId[release.releaseId]
      return then !== undefined && stillOpen(then, NEEDED).length === 0
    },
  },
  asks: [{ event: 'release-check.completed' }],
  rows: {
    unplanned: {
      to: keyWorkerAndDutyOfficer,
      when: when(
        `at once on a release home with no plan, or more than a day before it: what is still open, and whom to ring; + ${AGAIN_AFTER_HOURS} h`,
        ({ outAt }) => [{ due: outAt }, { label: 'again', due: outAt + AGAIN_AFTER_HOURS * HOUR_MS }],
      ),
      text: TEXTS.unplanned,
    },
  },
})

/** Without a day to be ready for, or one that was planned only since, or more than a day before it. */
function isUnplanned(release: Release, outAt: Instant): boolean {
  const { releaseOn } = release
  return releaseOn === undefined || plannedAt(release) > outAt || londonDate(outAt) < addDays(releaseOn, -1)
}
