import * as z from 'zod'
import type { IntakePorts, Receipt } from './intake.ts'
import { intake } from './intake.ts'

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

type Message = {
  readonly TopicArn: string
  readonly Message: string
  readonly MessageAttributes: {
    readonly eventType: { readonly DataType: string; readonly StringValue: string }
  }
}

/** The topic of ours that other services listen to, each to the types it asks for. */
export function ourTopic(send: (message: Message) => Promise<unknown>, TopicArn: string): Publish {
  return async (eventType, body) => {
    const attribute = { DataType: 'String', StringValue: eventType }
    await send({ TopicArn, Message: body, MessageAttributes: { eventType: attribute } })
  }
}
