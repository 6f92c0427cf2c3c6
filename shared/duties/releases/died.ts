import { addDays, endOfDay } from '../../calendar/london.ts'
import { factStamp } from '../../casefile/ids.ts'
import { saysOfDeath } from '../../casefile/person.ts'
import { outOn } from '../../casefile/release.ts'
import type { Told } from '../../planning/duty.ts'
import { dutyOf, NOTHING, rowsAbout, rowsAboutTold } from '../../planning/rows.ts'
import { atOnce } from '../../planning/when.ts'
import { tellOfDeath } from '../orders/about-the-person.ts'
import { FOLLOWED_DAYS } from './follow-up.ts'
import { told } from './meeters.ts'
import { callBackOf, type OpenRelease, type ToldRelease } from './open-release.ts'
import { about, keyWorkerAndDutyOfficer, type ReleaseSubject } from './rows.ts'
import { calledOff } from './telling-the-others.ts'
import { DEATH_TEXTS as TEXTS } from './texts.ts'

type Fact = ReleaseSubject & { readonly at: number }

/**
 * A death in the weeks after release; if it is before the release, the people who were to be at the gate are stood
 * down.
 */
function* death(open: OpenRelease): Iterable<Fact> {
  const { release } = open
  const { closed, releaseId } = release
  const out = outOn(release)
  if (!closed || closed.type === 'release.closed' || !saysOfDeath(closed) || out === undefined) return
  if (calledOff(release) || closed.at >= endOfDay(addDays(out, FOLLOWED_DAYS))) return
  const occasion = `${releaseId}_${factStamp(closed.at)}`
  const factsWith: Fact['factsWith'] = (neighbours) => ({ callBack: callBackOf(open, neighbours) })
  yield about(
    open,
    { occasion, facts: { releaseId }, factsWith, because: [closed.eventId] },
    { at: closed.at },
  )
}

/** That a death was told in error. */
function* withdrawal(open: ToldRelease): Iterable<Fact & Told> {
  const { notDied } = open.casefile.state
  if (!notDied) return
  const { releaseId } = open.release
  const { at, eventId } = notDied
  const occasion = `${releaseId}_${factStamp(at)}`
  yield about(open, { occasion, facts: { releaseId }, because: [eventId] }, { at })
}

export const tellOfDeathAfterRelease = dutyOf<OpenRelease>(
  { id: tellOfDeath.id, title: tellOfDeath.title, source: tellOfDeath.source },
  rowsAbout<OpenRelease, Fact, 'release'>(death)({
    hours: 'any',
    until: NOTHING,
    asks: 'conversation',
    rows: {
      told: {
        to: keyWorkerAndDutyOfficer,
        when: atOnce(`a death in the ${FOLLOWED_DAYS} days after release`, ({ at }) => at),
        text: TEXTS.died,
      },
    },
  }),
  rowsAboutTold<OpenRelease, Fact & Told, 'release'>(withdrawal)({
    hours: 'any',
    until: NOTHING,
    rows: {
      withdrawn: {
        to: {
          says: 'everybody who was told of it',
          of: (open) =>
            told(open, [{ duty: tellOfDeath.id, step: 'told' }], [open.release.releaseId]).map(
              ({ role, to }) => ({ role, contactId: to, to: [{ contactId: to, role }] }),
            ),
        },
        when: atOnce('`person.died` with `withdrawn`', ({ at }) => at),
        text: TEXTS.withdrawn,
      },
    },
  }),
)
