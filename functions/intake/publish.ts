import * as z from 'zod'
import { type Admission, type IntakePorts, intake } from './intake.ts'

/** Tells other services of an event of ours, at least once: its eventId says which. */
export type Publish = (eventType: string, body: string) => Promise<void>

const Ours = z.looseObject({ eventType: z.string() })

/**
 * Takes in an event that happened here: a receipt, a reply, an answer. Then other services are told of it, also where
 * it was known: whoever took it in first may have died before telling.
 */
export function takeOurs(ports: IntakePorts, publish: Publish): (body: string) => Promise<Admission> {
  return async (body) => {
    const admission = await intake(body, ports)
    if (admission.is !== 'accepted' && admission.is !== 'duplicate') return admission
    const event = Ours.parse(JSON.parse(body))
    await publish(event.eventType, JSON.stringify({ ...event, eventId: admission.eventId }))
    return admission
  }
}
