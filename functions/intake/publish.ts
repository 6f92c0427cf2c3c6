import type { OurEvent } from '../../shared/casefile/our-event.ts'
import type { Publish } from '../runtime/our-topic.ts'
import { type Admission, type IntakePorts, intake } from './intake.ts'

/** Takes in one event that happened here. */
export type TakeOurs = (event: OurEvent) => Promise<Admission>

/**
 * Takes in an event that happened here: a receipt, a reply, an answer. Then other services are told of it, also where
 * it was known: the invocation that took it in first may have crashed before that.
 */
export function takeOurs(ports: IntakePorts, publish: Publish): TakeOurs {
  return tellingOthers((event) => intake(event, ports), publish)
}

/** The same, whichever way an event is taken in. */
export function tellingOthers(take: TakeOurs, publish: Publish): TakeOurs {
  return async (event) => {
    const admission = await take(event)
    if (admission.is !== 'accepted' && admission.is !== 'duplicate') return admission
    await publish({ ...event, eventId: admission.eventId })
    return admission
  }
}
