import * as z from 'zod'
import { type IntakePorts, intake, type Receipt } from './intake.ts'

/** Tells other services of an event of ours, at least once: its eventId says which. */
export type Publish = (eventType: string, body: string) => Promise<void>

const Ours = z.looseObject({ eventType: z.string() })

/**
 * Takes in an event that happened here: a receipt, a reply, an answer. Then other services are told of it, also where
 * it was known: whoever took it in first may have died before telling.
 */
export function takeOurs(ports: IntakePorts, publish: Publish): (body: string) => Promise<Receipt> {
  return async (body) => {
    const receipt = await intake(body, ports)
    if (receipt.is !== 'accepted' && receipt.is !== 'duplicate') return receipt
    const event = Ours.parse(JSON.parse(body))
    await publish(event.eventType, JSON.stringify({ ...event, eventId: receipt.eventId }))
    return receipt
  }
}
