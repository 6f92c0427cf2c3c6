import { type CasefileId, kindOf } from '../../shared/casefile/ids.ts'
import { batchesOf } from '../concurrency.ts'
import type { Variable } from './environment.ts'

type Send = (batch: {
  readonly QueueUrl: string
  readonly Entries: { readonly Id: string; readonly MessageBody: string }[]
}) => Promise<{ readonly Failed?: readonly { readonly Code?: string | undefined }[] | undefined }>
type Urls = Readonly<Record<Extract<Variable, 'WAKE_QUEUE_URL' | 'RELEASE_WAKE_QUEUE_URL'>, string>>

/** SQS takes no more in one request. */
const BATCH_MAX = 10

/**
 * The wake queues on AWS. Releases have their own, so no backlog delays them. Sending throws if any message is not
 * accepted.
 */
export function wakeQueues(send: Send, urls: Urls) {
  const urlOf = (id: CasefileId) =>
    kindOf(id) === 'release' ? urls.RELEASE_WAKE_QUEUE_URL : urls.WAKE_QUEUE_URL
  const put = async (QueueUrl: string, ids: readonly CasefileId[]) => {
    const Entries = ids.map((id, index) => ({ Id: String(index), MessageBody: id }))
    // SQS reports failures only in its response.
    const { Failed = [] } = await send({ QueueUrl, Entries })
    if (Failed.length === 0) return
    const codes = [...new Set(Failed.map(({ Code }) => Code))].join(', ')
    throw new Error(`the wake queue did not take ${Failed.length} of ${ids.length}: ${codes}`)
  }
  return {
    async send(ids: readonly CasefileId[]): Promise<void> {
      const batches = [...Map.groupBy(ids, urlOf)].flatMap(([url, all]) =>
        batchesOf(all, BATCH_MAX).map((batch) => put(url, batch)),
      )
      await Promise.all(batches)
    },
  }
}
