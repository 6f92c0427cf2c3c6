import { HOUR_MS, type Instant, type LocalDate, londonDate } from '../calendar/london.ts'
import { add, byId, put } from './draft.ts'
import { type EventOf, stated } from './events.ts'
import { keyOf, personKey } from './ids.ts'
import { isBarred, plannedAt, type Release } from './release.ts'
import { releaseCasefile } from './routing.ts'

/** A release after one more event; undefined while it was never planned or possible. */
export function foldRelease(
  known: Release | undefined,
  event: EventOf<
    | 'release.planned'
    | 'release.possible'
    | 'release.moved'
    | 'release.cancelled'
    | 'release.closed'
    | 'gate-meeting.accepted'
    | 'gate-meeting.declined'
    | 'gate-meeting.closed'
    | 'release-check.completed'
    | 'follow-up.recorded'
  >,
): Release | undefined {
  switch (event.type) {
    case 'release.planned': {
      const { prescribed, keyWorker, prisonId, meetAt, gateTime, releaseOn, ...said } = event.info
      const planned = {
        releaseId: said.releaseId,
        plannedIn: known?.plannedIn ?? keyOf(releaseCasefile(event)),
        person: known?.person ?? personOf(event),
        area: said.area,
        initials: said.initials,
        dutyOfficer: said.dutyOfficer,
        keyWorker,
        releaseOn,
        gateTime,
        place: said.place ?? 'prison',
        prisonId,
        meetAt,
        travelMinutes: said.travelMinutes ?? 0,
        meeters: meetersOf(known, said.meeters ?? []),
        prescribed,
        partnerViolenceRisk: said.partnerViolenceRisk ?? false,
        ...history(known, releaseOn),
      }
      return replan(known, { ...planned, barred: barredBy(known, planned, event) }, event)
    }
    case 'release.possible': {
      const { initials, dutyOfficer, keyWorker, releaseId, area } = event.info
      const possible: Release = {
        releaseId,
        plannedIn: known?.plannedIn ?? keyOf(releaseCasefile(event)),
        person: known?.person ?? personOf(event),
        area,
        initials,
        dutyOfficer,
        keyWorker,
        releaseOn: undefined,
        gateTime: undefined,
        place: 'court',
        prisonId: undefined,
        meetAt: event.info.court,
        travelMinutes: 0,
        meeters: [],
        prescribed: undefined,
        partnerViolenceRisk: false,
        barred: byId(),
        ...history(known),
        possible: event,
      }
      return replan(known, possible, event)
    }
    case 'release.moved': {
      if (!known) return undefined
      const { area, releaseOn, gateTime, prisonId, place, meetAt } = event.info
      return replan(
        known,
        {
          ...known,
          ...(releaseOn !== undefined && { away: undefined }),
          ...stated({ area, releaseOn, gateTime, prisonId, place, meetAt }),
        },
        event,
      )
    }
    case 'release.cancelled':
      return known && { ...known, cancelled: event }
    case 'release.closed':
      return known && { ...known, closed: event }
    case 'gate-meeting.accepted':
    case 'gate-meeting.declined':
      return known && { ...known, answers: add(known.answers, event) }
    case 'gate-meeting.closed':
      return known && { ...known, meetingsClosed: wordsOnMeetings(known, event) }
    case 'release-check.completed':
      return known && { ...known, checks: add(known.checks, event) }
    case 'follow-up.recorded':
      return known && { ...known, followUps: add(known.followUps, event) }
  }
}

function personOf({ person: { noms } }: EventOf<'release.planned' | 'release.possible'>): string | undefined {
  return noms === undefined ? undefined : personKey('noms', noms)
}

/** A sponsor, peer or relative who is left out of a later plan counts as not having agreed. */
function meetersOf(known: Release | undefined, meeters: Release['meeters']): Release['meeters'] {
  const isNamed = (contactId: string) => meeters.some((meeter) => meeter.contactId === contactId)
  const leftOut = known?.meeters.filter(({ contactId, kind }) => kind !== 'key-worker' && !isNamed(contactId))
  return [...meeters, ...(leftOut ?? []).map((meeter) => ({ ...meeter, consented: false }))]
}

function barredBy(
  known: Release | undefined,
  planned: Omit<Release, 'barred'>,
  event: EventOf<'release.planned'>,
): Release['barred'] {
  return planned.meeters
    .filter(({ contactId }) => isBarred(planned, contactId))
    .reduce(
      (barred, { contactId }) => put(barred, contactId, known?.barred[contactId] ?? event),
      byId<typeof event>(),
    )
}

/** How long somebody may correct their report of how a meeting went. */
export const CORRECTED_WITHIN_MS = HOUR_MS

type Closed = EventOf<'gate-meeting.closed'>

/** The reports of how meetings went, after one more: within that time it replaces the same person's earlier one. */
function wordsOnMeetings(release: Release, event: Closed): readonly Closed[] {
  const isCorrected = ({ at, info }: Closed) =>
    info.by === event.info.by && at >= plannedAt(release) && event.at - at <= CORRECTED_WITHIN_MS
  return [...release.meetingsClosed.filter((one) => !isCorrected(one)), event]
}

/**
 * What is kept when a release is planned or possible again; after a return to prison it starts afresh. A repeated plan
 * for the same day does not bring somebody back from hospital.
 */
function history(known: Release | undefined, releaseOn?: LocalDate) {
  const isBack = known?.readmitted !== undefined
  return {
    possible: known?.possible,
    plans: known?.plans ?? [],
    before: known?.before,
    answers: known?.answers ?? [],
    meetingsClosed: known?.meetingsClosed ?? [],
    checks: (isBack ? undefined : known?.checks) ?? [],
    followUps: known?.followUps ?? [],
    replies: known?.replies ?? [],
    home: isBack ? undefined : known?.home,
    early: (isBack ? undefined : known?.early) ?? [],
    refutations: (isBack ? undefined : known?.refutations) ?? [],
    away: isBack || known?.releaseOn !== releaseOn ? undefined : known?.away,
    transferredAt: isBack ? undefined : known?.transferredAt,
    readmitted: undefined,
    closed: undefined,
    cancelled: undefined,
  }
}

/** A repeated plan keeps its version; another day, time or place is a new one. */
export function replan(known: Release | undefined, next: Release, event: Release['plans'][number]): Release {
  if (next.away) return next
  const before = known && { release: known, until: event.at }
  const isOver = !known || known.cancelled || known.closed || known.readmitted || known.away
  if (isOver) return { ...next, plans: [event], before }
  if (isForNextStay(known, next, event.at)) {
    return { ...next, home: undefined, early: [], refutations: [], checks: [], plans: [event], before }
  }
  const isSame = (['releaseOn', 'gateTime', 'prisonId', 'place', 'meetAt', 'area'] as const).every(
    (field) => known[field] === next[field],
  )
  if (isSame && known.possible?.info.hearingOn === next.possible?.info.hearingOn) return next
  const isTransfer = known.prisonId !== next.prisonId && (known.prisonId ?? isReception(event))
  return {
    ...next,
    plans: [...next.plans, event],
    before,
    ...(isTransfer && { transferredAt: event.at }),
  }
}

/** A later day planned after the person went home means that they are back in prison, though nobody reported it. */
function isForNextStay({ home }: Release, { releaseOn }: Release, at: Instant): boolean {
  return home !== undefined && at > home.at && releaseOn !== undefined && releaseOn > londonDate(home.at)
}

function isReception({ type }: Release['plans'][number]): boolean {
  return type.endsWith('.received')
}
