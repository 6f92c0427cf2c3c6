import { type CasefileId, KINDS, kindOf } from '../../shared/casefile/routing.ts'
import type { Variable } from '../environment.ts'
import type { WakeQueue } from './tick.ts'

type Send = (message: { readonly QueueUrl: string; readonly MessageBody: string }) => Promise<unknown>
type Urls = Readonly<Record<Extract<Variable, 'WAKE_QUEUE_URL' | 'RELEASE_WAKE_QUEUE_URL'>, string>>

/** The wake queues of AWS. Releases have one of their own, so that no backlog ever stands before them. */
export function wakeQueues(send: Send, urls: Urls): WakeQueue {
  return {
    async send(id) {
      const QueueUrl = kindOf(id) === 'release' ? urls.RELEASE_WAKE_QUEUE_URL : urls.WAKE_QUEUE_URL
      await send({ QueueUrl, MessageBody: id })
    },
  }
}

/** The casefile that a message of these queues names, and it names nothing else. */
export function readCasefileId(body: string): CasefileId {
  const isOurs = KINDS.some((kind) => body.startsWith(`${kind}:`) && body.length > kind.length + 1)
  if (!isOurs) throw new Error('expected the id of a casefile')
  return body as CasefileId
}
