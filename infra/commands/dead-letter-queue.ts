import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { KINDS_BY_QUEUE, refusalUnder } from '../../functions/intake/senders.ts'
import type { Instant } from '../../shared/calendar/london.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'

/** A dead letter as it may be shown: its ids, and why it failed. None of its content. */
export type DeadLetter = {
  readonly messageId: string
  readonly about: string
  readonly reason: string
}

/** The whole body of a wake queue's message. */
const CASEFILE_ID = /^[a-z]+:[A-Za-z0-9-]{1,64}$/
/** How long a listed message is hidden from other readers. */
const LOOK_SECONDS = 20
/** The maximum that one call reads. */
const DEAD_LETTERS_MAX = 1_000

/**
 * The dead letters in the queue with this URL, left in place. `now` is the time at which they would be taken in
 * again.
 */
export async function listDeadLetters(sqs: SQSClient, queue: string, now: Instant): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = []
  const seen: Message[] = []
  for await (const message of deadLettersIn(sqs, queue)) {
    letters.push(deadLetterOf(message, now))
    seen.push(message)
  }
  for (const { ReceiptHandle } of seen) await putBack(sqs, queue, ReceiptHandle)
  return letters
}

/**
 * Moves dead letters from one queue URL to another: all of them, or the one with this id, with another body if it was
 * corrected. Each is deleted only after it was sent, so a crash in between sends it twice and loses nothing. Returns
 * the number moved.
 */
export async function redrive(
  sqs: SQSClient,
  { from, to, id, body }: { from: string; to: string; id?: string | undefined; body?: string | undefined },
): Promise<number> {
  let moved = 0
  for await (const { MessageId, Body, ReceiptHandle } of deadLettersIn(sqs, from)) {
    if (id !== undefined && MessageId !== id) {
      await putBack(sqs, from, ReceiptHandle)
      continue
    }
    await sqs.send(new SendMessageCommand({ QueueUrl: to, MessageBody: body ?? Body }))
    await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }))
    moved++
    if (id !== undefined) break
  }
  return moved
}

/** Every message in the queue, once. */
async function* deadLettersIn(sqs: SQSClient, queue: string): AsyncIterable<Message> {
  const seen = new Set<string | undefined>()
  while (seen.size < DEAD_LETTERS_MAX) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queue,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: LOOK_SECONDS,
        WaitTimeSeconds: 1,
      }),
    )
    const fresh = Messages.filter(({ MessageId }) => !seen.has(MessageId))
    if (fresh.length === 0) return
    for (const message of fresh) {
      seen.add(message.MessageId)
      yield message
    }
  }
}

async function putBack(sqs: SQSClient, queue: string, receipt: string | undefined): Promise<void> {
  await sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl: queue, ReceiptHandle: receipt, VisibilityTimeout: 0 }),
  )
}

function deadLetterOf({ MessageId = '', Body = '' }: Message, now: Instant): DeadLetter {
  if (CASEFILE_ID.test(Body)) return { messageId: MessageId, about: Body, reason: 'its wake failed' }
  const reading = readEvent(Body, now)
  switch (reading.is) {
    case 'event':
      return {
        messageId: MessageId,
        about: `${reading.event.type} ${reading.event.eventId} ${casefilesOf(reading.event).join(' ')}`,
        reason: refusalUnder(KINDS_BY_QUEUE, Body) ?? 'would be taken in now',
      }
    case 'unknown-type':
      return { messageId: MessageId, about: reading.eventType, reason: 'of a type that is not ours' }
    case 'refused':
      return { messageId: MessageId, about: 'not understood', reason: reading.reason }
  }
}
