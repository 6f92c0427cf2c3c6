import { writeInstant } from '../calendar/london.ts'
import type { DomainEvent, EventType } from './events.ts'
import { type OnlyTold, PREFIX } from './our-event.ts'
import { MOVEMENT_EVENTS } from './release-events.ts'

/** A type's name on the wire: ours with our prefix, another service's as it is. */
export function typeOnTheWire(type: EventType | OnlyTold): string {
  return type in MOVEMENT_EVENTS ? type : `${PREFIX}${type}`
}

/** An event in the contract's envelope: the inverse of `readEvent`. */
export function writeEvent(event: DomainEvent): object {
  const { eventId, type, occurredAt, person } = event
  const identifiers = [
    { type: 'CRN', value: person.crn },
    { type: 'NOMS', value: person.noms },
  ].filter(({ value }) => value !== undefined)
  return {
    eventType: typeOnTheWire(type),
    version: 1,
    eventId,
    occurredAt,
    ...(identifiers.length > 0 && { personReference: { identifiers } }),
    additionalInformation: infoOnTheWire(event),
  }
}

/** Instants are written as date and time; everything else is written as stored. */
function infoOnTheWire({ type, info }: DomainEvent): object {
  switch (type) {
    case 'appointment.booked':
    case 'appointment.rearranged':
      return { ...info, startsAt: writeInstant(info.startsAt) }
    case 'rota.published': {
      const shifts = info.shifts.map((shift) => ({
        ...shift,
        from: writeInstant(shift.from),
        to: writeInstant(shift.to),
      }))
      return { ...info, shifts }
    }
    default:
      return info
  }
}
