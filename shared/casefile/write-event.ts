import { writeInstant } from '../calendar/london.ts'
import type { DomainEvent, EventType } from './events.ts'
import { type OnlyTold, PREFIX } from './our-event.ts'
import { MOVEMENT_EVENTS } from './release-events.ts'

/** The name of a type as others write it: ours behind our prefix, that of another service as it is. */
export function typeOnTheWire(type: EventType | OnlyTold): string {
  return type in MOVEMENT_EVENTS ? type : `${PREFIX}${type}`
}

/** An event in the contract's envelope: the twin of `readEvent`, which reads the same event from it. */
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

/** What is kept as an instant is written as a date and time; everything else is read as it was kept. */
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
