import type { Context } from 'aws-lambda'
import { describe, expect, test } from 'vitest'
import { readEnvironment } from '../../../functions/runtime/environment.ts'
import { onEvents, onMessages } from '../../../functions/runtime/queue.ts'
import { wakeQueues } from '../../../functions/runtime/wake-queues.ts'
import { readCasefileId } from '../../../shared/casefile/ids.ts'

/** What every handler on AWS stands on: its environment, its queue, and where it puts casefiles. */

const CONTEXT = {
  functionName: 'intake',
  awsRequestId: '1',
  invokedFunctionArn: 'arn',
  memoryLimitInMB: '1024',
} as Context

function batchOf(...bodies: string[]) {
  return { Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) } as never
}

describe('a handler of messages', () => {
  test('gives back what failed and keeps what did not', async () => {
    const taken: string[] = []
    const handler = onMessages(async (body) => {
      if (body === 'bad') throw new Error('no')
      taken.push(body)
    })
    const { batchItemFailures } = await handler(batchOf('a', 'bad', 'b'), CONTEXT)
    expect(taken).toEqual(['a', 'b'])
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'm1' }])
  })

  test('gives everything back, and does not fail itself, when everything failed', async () => {
    const handler = onMessages(async () => {
      throw new Error('no')
    })
    const { batchItemFailures } = await handler(batchOf('a', 'b'), CONTEXT)
    expect(batchItemFailures).toHaveLength(2)
  })

  test('has what failed come again after seconds, and later each time, where the queue lets it', async () => {
    const asked: [string, number][] = []
    const again = async (receiptHandle: string, seconds: number) => {
      asked.push([receiptHandle, seconds])
      if (receiptHandle === 'r4') throw new Error('gone')
    }
    const handler = onMessages(async (body) => {
      if (body === 'bad') throw new Error('no')
    }, again)
    const Records = ['bad', 'good', 'bad', 'bad'].map((body, index) => ({
      messageId: `m${index + 1}`,
      receiptHandle: `r${index + 1}`,
      body,
      attributes: { ApproximateReceiveCount: String(index + 1) },
    }))
    const { batchItemFailures } = await handler({ Records } as never, CONTEXT)
    expect(asked).toEqual([
      ['r1', 5],
      ['r3', 45],
      ['r4', 135],
    ])
    expect(batchItemFailures).toHaveLength(3)
  })

  test('lets a refused event go to the dead letters, and neither a known one nor one of another type', async () => {
    const receipts = {
      new: { is: 'accepted', eventId: '1' },
      known: { is: 'duplicate', eventId: '1' },
      other: { is: 'ignored', eventType: 'other' },
      bad: { is: 'refused', reason: 'occurredAt: expected a date' },
    } as const
    const handler = onEvents('Receipts', async (body) => receipts[body as keyof typeof receipts])
    const { batchItemFailures } = await handler(batchOf('new', 'known', 'other', 'bad'), CONTEXT)
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'm3' }])
  })
})

describe('the environment of a handler', () => {
  test('is read whole, in its own types', () => {
    const env = {
      GO_LIVE: '2027-01-04T00:00:00Z',
      CHANNELS: '{"dev":{"email":"ses","sms":"end-user-messaging"}}',
      TABLE: 'casefiles',
    }
    expect(readEnvironment(env, ['GO_LIVE', 'CHANNELS'])).toEqual({
      GO_LIVE: Date.parse('2027-01-04T00:00:00Z'),
      CHANNELS: { dev: { email: 'ses', sms: 'end-user-messaging' } },
    })
  })

  test('says everything that is wrong at once', () => {
    const read = () => readEnvironment({ WAKE_QUEUE_URL: 'nowhere' }, ['TABLE', 'WAKE_QUEUE_URL'])
    expect(read).toThrow(/TABLE[\s\S]*WAKE_QUEUE_URL/)
  })
})

describe('the wake queues', () => {
  /** What is sent to SQS, which takes everything but what it says it failed to. */
  function queues(Failed: { readonly Code: string }[] = []) {
    type Send = Parameters<typeof wakeQueues>[0]
    const sent: Parameters<Send>[0][] = []
    const urls = { WAKE_QUEUE_URL: 'all', RELEASE_WAKE_QUEUE_URL: 'releases' }
    const queue = wakeQueues(async (batch) => {
      sent.push(batch)
      return { Failed }
    }, urls)
    return { sent, queue }
  }

  test('part releases from everything else', async () => {
    const { sent, queue } = queues()
    await queue.send(['order:O-1', 'release:R-1', 'contact:C-1'])
    expect(sent).toEqual([
      {
        QueueUrl: 'all',
        Entries: [
          { Id: '0', MessageBody: 'order:O-1' },
          { Id: '1', MessageBody: 'contact:C-1' },
        ],
      },
      { QueueUrl: 'releases', Entries: [{ Id: '0', MessageBody: 'release:R-1' }] },
    ])
  })

  test('are given no more at once than SQS takes, and nothing at all when there is nothing', async () => {
    const { sent, queue } = queues()
    const ids = Array.from({ length: 23 }, (_, index) => `order:O-${index}` as const)
    await queue.send(ids)
    await queue.send([])
    expect(sent.map(({ Entries }) => Entries.length)).toEqual([10, 10, 3])
    expect(sent.flatMap(({ Entries }) => Entries.map((one) => one.MessageBody))).toEqual(ids)
  })

  test('say so when they take some and not others', async () => {
    const { sent, queue } = queues([{ Code: 'ThrottlingException' }])
    await expect(queue.send(['order:O-1', 'order:O-2'])).rejects.toThrow(
      'did not take 1 of 2: ThrottlingException',
    )
    expect(sent).toHaveLength(1)
  })

  test.each(['', 'order:', 'planet:1', '{"id":"order:1"}'])('know that %j names no casefile', (body) => {
    expect(() => readCasefileId(body)).toThrow('expected the id of a casefile')
  })
})
