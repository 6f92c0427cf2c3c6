import { isOfProbe } from '../../shared/casefile/ids.ts'
import type { OurEvent } from '../../shared/casefile/our-event.ts'

/** Publishes an event of ours to other services, at least once; duplicates have the same eventId. */
export type Publish = (event: OurEvent & { readonly eventId: string }) => Promise<void>

type Message = {
  readonly TopicArn: string
  readonly Message: string
  readonly MessageAttributes: {
    readonly eventType: { readonly DataType: string; readonly StringValue: string }
  }
}

/** Our topic, to which other services subscribe, filtered by type. Events of a probe are not published. */
export function ourTopic(send: (message: Message) => Promise<unknown>, TopicArn: string): Publish {
  return async (event) => {
    const { noticeId } = event.additionalInformation as { readonly noticeId?: string }
    if (noticeId !== undefined && isOfProbe(noticeId)) return
    const eventType = { DataType: 'String', StringValue: event.eventType }
    await send({ TopicArn, Message: JSON.stringify(event), MessageAttributes: { eventType } })
  }
}
