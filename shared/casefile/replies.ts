import type { Instant } from '../calendar/london.ts'
import type { DomainEvent, EventOf } from './events.ts'

/** A reply, and when it was first read. Its words are stored separately, under its replyId. */
export type Reply = { readonly received: EventOf<'reply.received'>; readonly readAt: Instant | undefined }

/** The replies among some events, in order, each with its earliest reading. */
export function repliesIn(events: readonly DomainEvent[]): Reply[] {
  const readAt = new Map<string, Instant>()
  for (const { type, info, at } of events) {
    if (type === 'reply.read') readAt.set(info.replyId, Math.min(at, readAt.get(info.replyId) ?? at))
  }
  return events.flatMap((event) =>
    event.type === 'reply.received' ? [{ received: event, readAt: readAt.get(event.info.replyId) }] : [],
  )
}
