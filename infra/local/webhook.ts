import { createHmac } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import type { Publish } from '../../functions/runtime/our-topic.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import { inSpan, TRACE_OF_ITS_OWN, traceHeaders } from './spans.ts'

/** The URL of another service that hears of what happens here, and the secret shared with it: `whsec_` and base64. */
export type WebhookSettings = { readonly url: string; readonly secret: string }

export type Webhook = {
  /** Queues an event for the other service: it is stored when this returns, and sent until it was received. */
  readonly publish: Publish
  /** Waits for requests under way, and leaves the rest for the next start. */
  stop(): Promise<void>
}

/** The waits between attempts: the schedule that Standard Webhooks recommends, a day and a half in total. */
const RETRIES_MS = [
  5_000,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
]
const PATIENCE_MS = 15_000

type Owed = {
  readonly event_id: string
  readonly body: string
  readonly attempts: number
  readonly next_at: Instant
}

/**
 * Sends events to another service, signed by Standard Webhooks and at least once each: the `webhook-id` is the
 * eventId. Unsent events are kept in a file. `failed` is called with the id of an event that was given up.
 */
export function openWebhook(
  file: string,
  { url, secret }: WebhookSettings,
  failed: (eventId: string, reason: string) => void,
): Webhook {
  const db = new DatabaseSync(file)
  db.exec(
    'create table if not exists owed (event_id text primary key, body text not null, attempts integer, next_at integer) strict',
  )
  const put = db.prepare('insert or ignore into owed values (?, ?, 0, ?)')
  const first = db.prepare('select * from owed order by next_at, event_id limit 1')
  const remove = db.prepare('delete from owed where event_id = ?')
  const putOff = db.prepare('update owed set attempts = attempts + 1, next_at = ? where event_id = ?')
  let timer: NodeJS.Timeout | undefined
  let telling: Promise<void> | undefined
  let isStopped = false

  const tellDue = async () => {
    for (let owed = next(); owed && owed.next_at <= Date.now() && !isStopped; owed = next()) {
      const { event_id: id, attempts } = owed
      const refusal = await inSpan('webhook', { eventId: id }, () => tell(owed), TRACE_OF_ITS_OWN)
      const retryMs = RETRIES_MS[attempts]
      if (refusal !== undefined && retryMs !== undefined) {
        putOff.run(Date.now() + retryMs, id)
        continue
      }
      if (refusal !== undefined) failed(id, refusal)
      remove.run(id)
    }
  }
  const next = () => first.get() as Owed | undefined
  const look = () => {
    clearTimeout(timer)
    telling ??= tellDue().finally(() => {
      telling = undefined
      const owed = next()
      if (owed && !isStopped) timer = setTimeout(look, Math.max(0, owed.next_at - Date.now()))
    })
  }

  /** Why it was not received; undefined if it was. */
  async function tell({ event_id, body }: Owed): Promise<string | undefined> {
    // The signed parts are separated by full stops.
    const id = event_id.replaceAll('.', '_')
    const timestamp = Math.floor(Date.now() / 1_000)
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1,${signatureOf(`${id}.${timestamp}.${body}`, secret)}`,
      ...traceHeaders(),
    }
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const request = { method: 'POST', headers, body, signal, redirect: 'manual' } as const
    return fetch(url, request).then(
      ({ ok, status }) => (ok ? undefined : `it answered ${status}`),
      (error: Error) => error.name,
    )
  }

  look()
  return {
    async publish(event) {
      put.run(event.eventId, JSON.stringify(event), Date.now())
      look()
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await telling
      db.close()
    },
  }
}

function signatureOf(signed: string, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return createHmac('sha256', key).update(signed).digest('base64')
}
