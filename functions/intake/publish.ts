import type { OurEvent } from '../../shared/casefile/our-event.ts'
import type { Publish } from '../runtime/our-topic.ts'
import { type Admission, type IntakePorts, intake } from './intake.ts'

/** Takes in one event of ours. */
export type TakeOurs = (event: OurEvent) => Promise<Admission>

/**
 * Takes in an event of ours (a receipt, reply or answer) and then publishes it to other services, even if it was known:
 * the invocation that took it in first may have crashed before publishing.
 */
export function takeOurs(ports: IntakePorts, publish: Publish): TakeOurs {
  return tellingOthers((event) => intake(event, ports), publish)
}

/** The same, for any way of taking in an event. */
export function tellingOthers(take: TakeOurs, publish: Publish): TakeOurs {
  return async (event) => {
    const admission = await take(event)
    if (admission.is !== 'accepted' && admission.is !== 'duplicate') return admission
    await publish({ ...event, eventId: admission.eventId })
    return admission
  }
}
