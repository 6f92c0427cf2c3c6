import { isOfProbe } from '../../shared/casefile/ids.ts'
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

/** The topic of ours that other services listen to, each to the types it asks for. Of a probe they hear nothing. */
export function ourTopic(send: (message: Message) => Promise<unknown>, TopicArn: string): Publish {
  return async (event) => {
    const { noticeId } = event.additionalInformation as { readonly noticeId?: string }
    if (noticeId !== undefined && isOfProbe(noticeId)) return
    const eventType = { DataType: 'String', StringValue: event.eventType }
    await send({ TopicArn, Message: JSON.stringify(event), MessageAttributes: { eventType } })
  }
}
