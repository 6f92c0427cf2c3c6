import { casefileStore, wakeQueue } from '../runtime/clients.ts'
import { onEvents } from '../runtime/queue.ts'
import { intake } from './intake.ts'
import { KINDS_BY_QUEUE, takingOnly } from './senders.ts'

const ports = { store: casefileStore(), queue: wakeQueue(), now: Date.now }

/** Takes domain events in from their queue. */
export const handler = onEvents(
  'Events',
  takingOnly(KINDS_BY_QUEUE, (body) => intake(body, ports)),
)
