import type { OurEvent } from '../../shared/casefile/our-event.ts'

/** Tells other services of an event of ours, at least once: its eventId says which. */
export type Publish = (event: OurEvent & { readonly eventId: string }) => Promise<void>

type Message = {
  readonly TopicArn: string
  readonly Message: string
  readonly MessageAttributes: {
    readonly eventType: { readonly DataType: string; readonly StringValue: string }
  }
}

/** The topic of ours that other services listen to, each to the types it asks for. */
export function ourTopic(send: (message: Message) => Promise<unknown>, TopicArn: string): Publish {
  return async (event) => {
    const eventType = { DataType: 'String', StringValue: event.eventType }
    await send({ TopicArn, Message: JSON.stringify(event), MessageAttributes: { eventType } })
  }
}
