import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import type { Instant } from '../../shared/calendar/london.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'

/** A dead letter as it may be shown: ids, and why it could not be taken in. Nothing of what it says. */
export type Letter = {
  readonly messageId: string
  readonly about: string
  readonly reason: string
}

/** All that stands in a letter of a wake queue. */
const CASEFILE_ID = /^[a-z]+:[A-Za-z0-9-]{1,64}$/
/** How long a letter that is being looked at is hidden from others. */
const LOOK_SECONDS = 20
/** A queue that holds more is looked at a part at a time. */
const LETTERS_MAX = 1_000

/** What lies in a dead-letter queue. Looking leaves every letter where it is. */
export async function listLetters(sqs: SQSClient, queue: string, now: Instant): Promise<Letter[]> {
  const letters: Letter[] = []
  const seen: Message[] = []
  for await (const message of lettersIn(sqs, queue)) {
    letters.push(letterOf(message, now))
    seen.push(message)
  }
  for (const { ReceiptHandle } of seen) await putBack(sqs, queue, ReceiptHandle)
  return letters
}

/**
 * Sends letters on their way again, all of them or one; that one with another body, if it was put right. A letter is
 * deleted only when it is on its way, so a crash in between sends it twice and loses nothing. Gives how many went.
 */
export async function redrive(
  sqs: SQSClient,
  { from, to, id, body }: { from: string; to: string; id?: string | undefined; body?: string | undefined },
): Promise<number> {
  let moved = 0
  for await (const { MessageId, Body, ReceiptHandle } of lettersIn(sqs, from)) {
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

/** Every letter there, each once. */
async function* lettersIn(sqs: SQSClient, queue: string): AsyncIterable<Message> {
  const seen = new Set<string | undefined>()
  while (seen.size < LETTERS_MAX) {
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

function letterOf({ MessageId = '', Body = '' }: Message, now: Instant): Letter {
  if (CASEFILE_ID.test(Body)) return { messageId: MessageId, about: Body, reason: 'its wake failed' }
  const reading = readEvent(Body, now)
  switch (reading.is) {
    case 'event':
      return {
        messageId: MessageId,
        about: `${reading.event.type} ${reading.event.eventId} ${casefilesOf(reading.event).join(' ')}`,
        reason: 'would be taken in now',
      }
    case 'unknown-type':
      return { messageId: MessageId, about: reading.eventType, reason: 'of a type that is not ours' }
    case 'refused':
      return { messageId: MessageId, about: 'not understood', reason: reading.reason }
  }
}
