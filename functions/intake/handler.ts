import { casefileStore, wakeQueue } from '../runtime/clients.ts'
import { onEvents } from '../runtime/queue.ts'
import { intake } from './intake.ts'
import { EVERY_KIND, takingOnly } from './senders.ts'

const ports = { store: casefileStore(), queue: wakeQueue(), now: Date.now }

/** Takes domain events in from their queue: of every kind, since who may publish there is an account that a stage names. */
export const handler = onEvents(
  'Events',
  takingOnly(new Set([EVERY_KIND]), (body) => intake(body, ports)),
)
