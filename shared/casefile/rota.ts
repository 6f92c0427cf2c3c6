import type { Instant, LocalDate, LocalTime } from '../calendar/london.ts'
import { add, type ById, byId, put } from './draft.ts'
import { type DomainEvent, type EventInfo, type EventOf, stated } from './events.ts'
import { gateTimeOf } from './release.ts'

type Shift = EventInfo<'rota.published'>['shifts'][number]

/** Who is on call in one area, and when somebody must be at a gate there. */
export type Rota = {
  readonly owner: string | undefined
  /** In calling order. */
  readonly shifts: readonly Shift[]
  readonly gates: ById<Gate>
}

/** What an area's rota needs to know about a release. */
export type Gate = {
  readonly releaseId: string
  readonly area: string
  readonly dutyOfficer: string | undefined
  readonly releaseOn: LocalDate | undefined
  readonly gateTime: LocalTime | undefined
  readonly isOff: boolean
  readonly because: readonly string[]
  /** As it stood before it was moved or off, each until when: what was due by then may not have been told yet. */
  readonly before: readonly { readonly gate: Gate; readonly until: Instant }[]
}

/** The state before any event. */
export function emptyRota(): Rota {
  return { owner: undefined, shifts: [], gates: byId() }
}

/** The state after one more event. */
export function foldRota(before: Rota, event: DomainEvent): Rota {
  switch (event.type) {
    case 'rota.published': {
      const { owner, shifts } = event.info
      const from = Math.min(...shifts.map((shift) => shift.from))
      const kept = before.shifts
        .filter((shift) => shift.from < from)
        .map((shift) => ({ ...shift, to: Math.min(shift.to, from) }))
      return { ...before, owner, shifts: [...kept, ...shifts] }
    }
    case 'release.planned':
    case 'release.possible':
    case 'release.moved':
    case 'release.cancelled':
    case 'release.closed': {
      const known = before.gates[event.info.releaseId]
      const gate = foldGate(known, event)
      const isSame =
        !known ||
        (known.isOff === gate.isOff && known.area === gate.area && gateTimeOf(known) === gateTimeOf(gate))
      const past = isSame ? gate.before : [...gate.before, { gate: known, until: event.at }]
      return { ...before, gates: put(before.gates, gate.releaseId, { ...gate, before: past }) }
    }
    default:
      return before
  }
}

type ReleaseEvent = EventOf<
  'release.planned' | 'release.possible' | 'release.moved' | 'release.cancelled' | 'release.closed'
>

const NO_DAY = { dutyOfficer: undefined, releaseOn: undefined, gateTime: undefined, isOff: false }
const EMPTY_GATE = { ...NO_DAY, before: [] }

function foldGate(known: Gate | undefined, event: ReleaseEvent): Gate {
  const { releaseId, area } = event.info
  const because = add(known?.because ?? [], event.eventId)
  const gate: Gate = { ...EMPTY_GATE, ...known, releaseId, area, because }
  switch (event.type) {
    case 'release.planned': {
      const { dutyOfficer, releaseOn, gateTime } = event.info
      return { ...gate, dutyOfficer, releaseOn, gateTime, isOff: false }
    }
    case 'release.possible':
      return { ...gate, ...NO_DAY, dutyOfficer: event.info.dutyOfficer }
    case 'release.moved': {
      const { releaseOn, gateTime } = event.info
      return { ...gate, ...stated({ releaseOn, gateTime }) }
    }
    case 'release.cancelled':
    case 'release.closed':
      return { ...gate, isOff: true }
  }
}

/** A release of an area that was not called off, and when somebody must be there. */
export type Opening = Gate & { readonly at: Instant }

/** The releases of an area, as far as its rota knows. */
export function openingsOf(area: string, { gates }: Rota): Opening[] {
  return Object.values(gates).flatMap((gate) => openingAt(area, gate))
}

/** The same as they were before they were moved or off, each until when. */
export function formerOpeningsOf(area: string, { gates }: Rota): (Opening & { readonly until: Instant })[] {
  return Object.values(gates).flatMap(({ before }) =>
    before.flatMap(({ gate, until }) => openingAt(area, gate).map((one) => ({ ...one, until }))),
  )
}

function openingAt(area: string, gate: Gate): Opening[] {
  const at = gateTimeOf(gate)
  return at === undefined || gate.isOff || gate.area !== area ? [] : [{ ...gate, at }]
}

/** Who is on call at `instant`, in rota order, each once. */
export function onCall(rota: Rota, instant: Instant): string[] {
  const now = rota.shifts.filter((shift) => shift.from <= instant && instant < shift.to)
  return [...new Set(now.map((shift) => shift.contactId))]
}

/** The periods between two instants in which no shift has anybody, soonest first. */
export function gapsIn(
  shifts: readonly Shift[],
  from: Instant,
  to: Instant,
): { from: Instant; to: Instant }[] {
  const gaps: { from: Instant; to: Instant }[] = []
  let covered = from
  for (const shift of shifts.toSorted((a, b) => a.from - b.from)) {
    if (shift.from >= to) break
    if (shift.from > covered) gaps.push({ from: covered, to: shift.from })
    covered = Math.max(covered, shift.to)
  }
  return covered < to ? [...gaps, { from: covered, to }] : gaps
}
