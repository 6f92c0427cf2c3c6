import { addDays, type LocalDate } from '../../../shared/calendar/london.ts'
import type { EventType } from '../../../shared/casefile/events.ts'
import {
  INITIALS,
  type Info,
  type Local,
  later,
  MEETING_PLACES,
  type Pen,
  padded,
  type Story,
} from './pen.ts'
import { AREAS, PRISONS, shiftsOf } from './prisons-and-rotas.ts'

// ---------------------------------------------------------------------------------------------------- releases

type Release = ReturnType<typeof releaseTeller>
const CHECKS = ['prescription', 'gp-records', 'identity', 'accommodation', 'money']

/** The ways of telling what happens around one release, by days from the day first planned. */
function releaseTeller(pen: Pen, releaseId: string, title: string, releaseOn: LocalDate) {
  const n = Number(releaseId.slice(2))
  const story: Story = { key: releaseId, title, noms: `A${9000 + n}AA` }
  const people = { keyWorker: `C-KEY-0${1 + (n % 4)}`, dutyOfficer: '' }
  let where = { area: '', prisonId: PRISONS[n % PRISONS.length]?.[0] ?? 'QAL', gateTime: '07:00' }

  /** A time on the n-th day after the release day, before it when negative. */
  const day = (after: number, time: string): Local => `${addDays(releaseOn, after)}T${time}`
  const say = (said: Local, type: EventType, info: Info = {}) =>
    pen.write(story, type, said, {
      releaseId,
      ...(type.startsWith('release.') && { area: where.area }),
      ...info,
    })

  const areaOf = (area: string) => AREAS.find((known) => known.area === area) ?? AREAS[0]
  const inArea = (area: string) => {
    where = { ...where, area }
    people.dutyOfficer = areaOf(area).dutyOfficer
  }
  /**
   * HMPPS's own events: immediately from prisoner search, which says little, and 45 minutes later from offender events.
   */
  const movement = (
    said: Local,
    direction: 'released' | 'received',
    reason: string,
    code: string,
    to = {},
  ) => {
    const info = {
      nomsNumber: story.noms,
      reason,
      details: `Movement reason code ${code}`,
      currentLocation: direction === 'released' ? 'OUTSIDE_PRISON' : 'IN_PRISON',
      currentPrisonStatus: reason === 'RELEASED' ? 'NOT_UNDER_PRISON_CARE' : 'UNDER_PRISON_CARE',
      prisonId: where.prisonId,
      nomisMovementReasonCode: code,
      ...to,
    }
    const early = { nomsNumber: info.nomsNumber, reason, prisonId: info.prisonId }
    pen.write(story, `prisoner-offender-search.prisoner.${direction}`, said, early)
    pen.write(story, `prison-offender-events.prisoner.${direction}`, said, info, later(said, 45))
  }
  const leavePrison = (said: Local) => movement(said, 'released', 'RELEASED', 'CR')
  const accept = (said: Local, by: string) => say(said, 'gate-meeting.accepted', { by })
  const close = (said: Local, outcome: string, by: string) =>
    say(said, 'gate-meeting.closed', { outcome, by })
  return {
    people,
    day,
    say,
    movement,
    leavePrison,
    accept,
    close,
    /** The person the rota calls first at a moment, unless there is a gap. */
    onCall: (at = day(0, where.gateTime), area = where.area) => {
      const shifts = shiftsOf(areaOf(area), at.slice(0, 10))
      return shifts.find(({ from, to }) => from <= at && at < to)?.contactId ?? ''
    },
    decline: (said: Local, by: string) => say(said, 'gate-meeting.declined', { by }),
    /** The same person as in another release; null for somebody whose prison number is not known. */
    isPerson: (noms: string | null) => {
      if (noms) story.noms = noms
      else delete story.noms
    },
    possible: (said: Local, area: string) => {
      inArea(area)
      const { keyWorker, dutyOfficer } = people
      const hearing = { hearingOn: releaseOn, court: 'Ravensby Crown Court' }
      say(said, 'release.possible', { initials: 'JW', dutyOfficer, keyWorker, ...hearing })
    },
    plan: (area: string, particulars: Info = {}, said = day(-35, '10:00')) => {
      inArea(area)
      people.keyWorker = String(particulars.keyWorker ?? people.keyWorker)
      where = { ...where, gateTime: String(particulars.gateTime ?? where.gateTime) }
      say(said, 'release.planned', {
        releaseOn,
        initials: `${pen.pick(INITIALS)}${pen.pick(INITIALS)}`,
        dutyOfficer: people.dutyOfficer,
        keyWorker: people.keyWorker,
        prisonId: where.prisonId,
        meetAt: pen.pick(MEETING_PLACES),
        travelMinutes: pen.pick([15, 30, 45, 60, undefined]),
        prescribed: pen.pick([true, false, undefined]),
        ...particulars,
      })
    },
    check: (said: Local, ...checks: string[]) => {
      for (const check of checks) say(said, 'release-check.completed', { check, by: people.keyWorker })
    },
    /** Somebody accepts, the person comes out, they meet; half an hour later whoever is asked reports it. */
    meet: (by: string, accepted = day(-1, '12:20'), out = day(0, where.gateTime)) => {
      accept(accepted, by)
      leavePrison(out)
      close(later(out, 30), 'met', /SPONSOR|PEER|FAMILY/.test(by) ? people.dutyOfficer : by)
    },
    followUp: (...afterDays: number[]) => {
      for (const after of afterDays) {
        say(day(after, '11:00'), 'follow-up.recorded', {
          on: addDays(releaseOn, after),
          by: people.keyWorker,
        })
      }
    },
  }
}

const meeter = (kind: 'sponsor' | 'peer' | 'family', n: number, consented = true) => ({
  contactId: `C-${kind.toUpperCase()}-${padded(n)}`,
  kind,
  consented,
})

/** Writes what happens around each release. */
export function tellReleases(pen: Pen) {
  const release = (releaseId: string, title: string, releaseOn: LocalDate, tell: (r: Release) => void) =>
    tell(releaseTeller(pen, releaseId, title, releaseOn))

  release('R-01', 'a Friday, everything done, settled', '2026-10-09', (r) => {
    r.plan('NORTH', { gateTime: '09:00', prescribed: true })
    r.check(r.day(-29, '15:00'), ...CHECKS)
    r.meet(r.people.keyWorker, r.day(-8, '10:00'))
    r.check(r.day(0, '16:00'), 'doctor-seen')
    r.followUp(1, 2, 3, 5, 7, 10, 14, 21, 28)
    r.say(r.day(29, '10:00'), 'release.closed', { reason: 'settled' })
  })
  release('R-02', 'a Friday, nothing done, nobody answers', '2026-10-16', (r) => {
    r.plan('COAST', { gateTime: '08:45' })
  })
  release('R-03', 'Christmas Eve, some checks open', '2026-12-24', (r) => {
    r.plan('NORTH', { gateTime: '08:30', prescribed: true })
    r.check(r.day(-10, '15:00'), 'identity', 'money')
    r.decline(r.day(-1, '12:10'), r.people.keyWorker)
    r.meet(r.onCall(), r.day(-1, '12:50'))
    r.followUp(1, 5)
  })
  release('R-04', 'the day the clocks go back', '2026-10-25', (r) => {
    r.plan('MOORS', { gateTime: '09:00' })
    r.meet(r.people.keyWorker)
    r.followUp(1, 2, 3)
  })
  release('R-05', 'the day the clocks go forward, Easter Sunday, no gate time', '2027-03-28', (r) => {
    r.plan('NORTH')
    r.meet(r.people.keyWorker)
  })
  release('R-06', 'no gate time; the outcome comes only at the second asking', '2026-11-12', (r) => {
    r.plan('NORTH')
    r.accept(r.day(-1, '12:50'), r.people.keyWorker)
    r.leavePrison(r.day(0, '10:20'))
    r.close(r.day(0, '12:30'), 'met', r.people.keyWorker)
  })
  release('R-07', 'from court, no time, learnt the same morning', '2026-11-17', (r) => {
    r.plan('MOORS', { place: 'court', meetAt: 'Ravensby Crown Court' }, r.day(0, '11:30'))
    r.accept(r.day(0, '11:50'), r.people.keyWorker)
    r.close(r.day(0, '14:30'), 'met', r.people.keyWorker)
  })
  release('R-08', 'moved by two days after somebody accepted', '2026-11-18', (r) => {
    r.plan('NORTH', { gateTime: '09:00' })
    r.accept(r.day(-1, '12:15'), r.people.keyWorker)
    r.say(r.day(-1, '15:00'), 'release.moved', { releaseOn: '2026-11-20', gateTime: '10:00' })
    r.meet(r.onCall(r.day(2, '10:00')), r.day(1, '12:40'), r.day(2, '10:05'))
  })
  release('R-09', 'moved to another prison and another area', '2026-12-02', (r) => {
    r.plan('NORTH', { gateTime: '08:45' })
    r.accept(r.day(-6, '12:15'), r.people.keyWorker)
    const moved = {
      area: 'COAST',
      fromArea: 'NORTH',
      prisonId: 'QFM',
      gateTime: '09:30',
      meetAt: 'the car park',
    }
    r.say(r.day(-5, '11:00'), 'release.moved', moved)
    r.meet(r.onCall(r.day(0, '09:30'), 'COAST'), r.day(-1, '12:40'), r.day(0, '09:30'))
  })
  release('R-10', 'transferred before the release, as HMPPS tells it', '2026-12-08', (r) => {
    r.plan('COAST', { gateTime: '09:00' })
    r.accept(r.day(-7, '12:15'), r.people.keyWorker)
    r.movement(r.day(-4, '11:00'), 'released', 'TRANSFERRED', 'TRN')
    r.movement(r.day(-4, '15:30'), 'received', 'TRANSFERRED', 'INT', { prisonId: 'QDN' })
    r.meet(r.people.keyWorker)
  })
  release('R-11', 'cancelled after somebody accepted', '2026-12-10', (r) => {
    r.plan('MOORS', { gateTime: '09:00', meeters: [meeter('peer', 1)] })
    r.decline(r.day(-1, '12:05'), r.people.keyWorker)
    r.accept(r.day(-1, '12:30'), 'C-PEER-01')
    r.say(r.day(-1, '18:20'), 'release.cancelled')
  })
  release('R-12', 'everybody declines; known without a prison number', '2027-01-12', (r) => {
    r.isPerson(null)
    r.plan('COAST', { gateTime: '08:45', meeters: [meeter('peer', 3)] })
    const everybody = [r.people.keyWorker, 'C-PEER-03', r.onCall(), r.people.dutyOfficer]
    everybody.forEach((by, turn) => {
      r.decline(r.day(-1, `${12 + turn}:10`), by)
    })
  })
  release('R-13', 'nobody answers; out an hour early: everybody is told', '2027-01-14', (r) => {
    r.plan('MOORS', { gateTime: '09:30' })
    r.leavePrison(r.day(0, '08:30'))
  })
  release('R-14', 'accepted, then declined three hours before', '2027-01-19', (r) => {
    r.plan('NORTH', { gateTime: '09:15' })
    r.accept(r.day(-1, '12:30'), r.people.keyWorker)
    r.decline(r.day(0, '06:15'), r.people.keyWorker)
    r.meet(r.onCall(), r.day(0, '06:25'))
  })
  release('R-15', 'a sponsor meets', '2027-01-21', (r) => {
    r.plan('COAST', { gateTime: '09:00', meeters: [meeter('sponsor', 1)] })
    r.decline(r.day(-7, '11:00'), r.people.keyWorker)
    r.meet('C-SPONSOR-01', r.day(-1, '13:00'))
  })
  release('R-16', 'a relative, and a risk of partner violence; a peer who opted out', '2027-01-26', (r) => {
    const meeters = [meeter('family', 1), meeter('peer', 2)]
    r.plan('MOORS', { gateTime: '09:00', partnerViolenceRisk: true, meeters })
    r.decline(r.day(-1, '12:10'), r.people.keyWorker)
    r.meet(r.people.dutyOfficer, r.day(-1, '14:00'))
  })
  release('R-17', 'the meeter falls ill the evening before', '2026-12-15', (r) => {
    r.plan('NORTH', { gateTime: '09:00', keyWorker: 'C-KEY-05', travelMinutes: 30 })
    r.accept(r.day(-1, '13:00'), 'C-KEY-05')
    r.meet(r.onCall(), r.day(0, '07:05'))
  })
  release('R-18', 'a sponsor who did not agree, a relative who did; key worker away', '2026-11-24', (r) => {
    const meeters = [meeter('sponsor', 2, false), meeter('family', 2)]
    r.plan('COAST', { gateTime: '09:00', keyWorker: 'C-KEY-06', partnerViolenceRisk: false, meeters })
    r.meet('C-FAMILY-02', r.day(-1, '12:30'))
  })
  release('R-19', 'perhaps released by the court, and released', '2026-11-30', (r) => {
    r.possible('2026-11-23T10:00', 'NORTH')
    r.plan('NORTH', { place: 'court' }, r.day(0, '12:40'))
    r.accept(r.day(0, '12:55'), r.onCall())
    r.close(r.day(0, '15:00'), 'met', r.onCall())
    r.followUp(1, 2)
  })
  release('R-20', 'perhaps released by the court, and kept', '2026-12-07', (r) => {
    r.possible('2026-11-25T10:00', 'MOORS')
    r.say(r.day(0, '15:20'), 'release.cancelled')
  })
  release('R-21', 'person not seen, then found', '2027-02-02', (r) => {
    r.plan('NORTH', { gateTime: '09:00' })
    r.accept(r.day(-1, '12:30'), r.people.keyWorker)
    r.leavePrison(r.day(0, '08:10'))
    r.close(r.day(0, '10:15'), 'person-not-seen', r.people.keyWorker)
    r.followUp(2, 3)
  })
  release('R-22', 'not released', '2027-02-04', (r) => {
    r.plan('MOORS', { gateTime: '09:00' })
    r.accept(r.day(-1, '12:30'), r.people.keyWorker)
    r.close(r.day(0, '09:50'), 'not-released', r.people.keyWorker)
  })
  release('R-23', 'a peer meets, and is stood down', '2027-02-16', (r) => {
    r.plan('NORTH', { gateTime: '09:00', meeters: [meeter('peer', 1)] })
    r.accept(r.day(-1, '13:10'), 'C-PEER-01')
    r.close(r.day(0, '07:30'), 'stood-down', r.people.dutyOfficer)
    r.leavePrison(r.day(0, '09:00'))
    r.followUp(1, 2, 3, 5, 7)
  })
  release(
    'R-24',
    'planned at half past ten the night before; the meeter was not there',
    '2027-02-23',
    (r) => {
      r.plan('COAST', { gateTime: '08:30' }, r.day(-1, '22:30'))
      r.accept(r.day(0, '06:30'), r.onCall())
      r.leavePrison(r.day(0, '08:30'))
      r.close(r.day(0, '09:45'), 'meeter-not-there', r.people.dutyOfficer)
      r.followUp(1)
    },
  )
  release('R-25', 'out a day early, and HMPPS says so twice', '2027-03-04', (r) => {
    r.plan('MOORS', { gateTime: '09:00' })
    r.meet(r.people.keyWorker, r.day(-6, '12:30'), r.day(-1, '11:20'))
    r.leavePrison(r.day(-1, '11:22'))
  })
  release('R-26', 'back in prison on the sixth day (released again: R-27)', '2026-11-03', (r) => {
    r.plan('COAST', { gateTime: '09:00' })
    r.meet(r.people.keyWorker)
    r.followUp(1, 2)
    r.movement(r.day(6, '18:00'), 'received', 'ADMISSION', 'L')
  })
  release('R-27', 'the person of R-26 a second time, into a gap in the rota', '2027-02-10', (r) => {
    r.isPerson('A9026AA')
    r.plan('COAST', { gateTime: '09:30' })
    r.leavePrison(r.day(0, '09:40'))
  })
  release('R-28', 'court, hospital and a day out are not releases', '2027-03-16', (r) => {
    r.plan('NORTH', { gateTime: '09:00' })
    r.movement(r.day(-20, '08:10'), 'released', 'SENT_TO_COURT', 'CRT')
    r.movement(r.day(-20, '17:10'), 'received', 'RETURN_FROM_COURT', 'CRT')
    r.movement(r.day(-12, '14:00'), 'released', 'RELEASED_TO_HOSPITAL', 'HP')
    r.movement(r.day(-5, '09:00'), 'released', 'TEMPORARY_ABSENCE_RELEASE', 'SPL')
    r.movement(r.day(-5, '18:00'), 'received', 'TEMPORARY_ABSENCE_RETURN', 'SPL')
    r.meet(r.people.keyWorker)
  })
  release('R-29', 'into the same gap in the rota as R-27; its owner has no address', '2027-02-10', (r) => {
    r.plan('COAST', { gateTime: '08:45' })
    r.meet(r.people.keyWorker, r.day(-1, '17:40'))
  })
  release('R-30', 'a gap in the rota that is filled in time', '2027-04-15', (r) => {
    r.plan('MOORS', { gateTime: '08:45' })
    r.meet(r.people.keyWorker)
  })
  release('R-31', 'dies in prison: HMPPS calls it a release', '2027-04-20', (r) => {
    r.plan('NORTH', { gateTime: '09:00', meeters: [meeter('sponsor', 3)] })
    r.accept(r.day(-7, '12:30'), r.people.keyWorker)
    r.movement(r.day(-3, '21:40'), 'released', 'RELEASED', 'DEC')
  })
  release('R-32', 'planned late; dies in the second week after release', '2027-05-04', (r) => {
    r.plan('MOORS', { gateTime: '09:00' }, r.day(-8, '10:00'))
    r.meet(r.people.keyWorker)
    r.followUp(1, 2, 3, 5)
    r.say(r.day(8, '09:30'), 'release.closed', { reason: 'died' })
  })
  release('R-33', 'declines all help, and says so on the third day', '2027-05-11', (r) => {
    r.plan('COAST', { gateTime: '10:00', meeters: [meeter('family', 3)] })
    r.meet(r.onCall(), r.day(-1, '13:30'))
    r.followUp(1, 2)
    r.say(r.day(3, '10:00'), 'release.closed', { reason: 'declined' })
  })
}
