import { addDays, endOfDay, type LocalDate, londonTime } from '../../calendar/london.ts'
import { onCall } from '../../casefile/rota.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import type { Facts } from '../../messages/text.ts'
import { onlyIf } from '../../planning/rows.ts'
import { workingDaysBefore } from '../../planning/when.ts'
import { stillOpen, untilRelease } from './checks.ts'
import { type DatedRelease, type OpenRelease, onceDated } from './open-release.ts'
import {
  about,
  keyWorkerAndDutyOfficer,
  OVER,
  RELEASE_DAY,
  type ReleaseSubject,
  releaseDuty,
} from './rows.ts'
import { CHECK_TEXTS as TEXTS } from './texts.ts'

type Weekend = DatedRelease & ReleaseSubject & { readonly daysOff: readonly LocalDate[] }

export const beforeTheWeekend = releaseDuty(
  OVER,
  onceDated(function* (open): Iterable<Weekend> {
    const { release, releaseOn } = open
    const { releaseId } = release
    const daysOff = nonWorkingDaysFrom(open)
    const facts = { releaseId, releaseOn, checks: stillOpen(release).map((check) => ({ check })) }
    const factsWith = (neighbours: Neighbours) => ({
      cover: daysOff.map((day) => coverOn(open, neighbours, day)),
    })
    yield about(open, { occasion: `${releaseId}_${releaseOn}`, facts, factsWith }, { daysOff })
  }),
)({
  id: 'GATE-10',
  title: {
    en: 'A release into a weekend is ready before it',
    cy: 'Mae rhyddhau cyn penwythnos yn barod o flaen llaw',
  },
  source: '004:1715, "You ain’t going to get to see someone till the Monday again"',
  hours: 'office',
  stale: ({ releaseOn }) => endOfDay(releaseOn),
  until: untilRelease(
    'all checks are done; they are out',
    (then) => then.home !== undefined || stillOpen(then).length === 0,
  ),
  asks: [{ event: 'release-check.completed' }],
  rows: {
    weekend: {
      to: keyWorkerAndDutyOfficer,
      when: onlyIf(
        'on a Friday, a non-working day or the day before one: what is still open, who covers the weekend',
        ({ daysOff }: Weekend) => daysOff.length > 0,
        workingDaysBefore(RELEASE_DAY, 1),
      ),
      text: TEXTS.weekend,
    },
  },
})

/** The weekend or holiday that a release falls on or leads into. */
function nonWorkingDaysFrom({ releaseOn, rules }: DatedRelease): LocalDate[] {
  const days: LocalDate[] = []
  let day = rules.days.isWorkingDay(releaseOn) ? addDays(releaseOn, 1) : releaseOn
  for (; !rules.days.isWorkingDay(day); day = addDays(day, 1)) days.push(day)
  return days
}

function coverOn({ release, rules }: OpenRelease, neighbours: Neighbours, day: LocalDate): Facts {
  const onShift = onCall(neighbours.get('rota', release.area), londonTime(day, rules.settings.promptAt))
  const names = onShift.map((contactId) => neighbours.get('contact', contactId).details?.name ?? contactId)
  return { day, who: names.join(', ') }
}
