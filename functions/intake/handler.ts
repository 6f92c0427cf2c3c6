import { casefileStore, wakeQueue } from '../runtime/clients.ts'
import { onEvents } from '../runtime/queue.ts'
import { intake } from './intake.ts'

const ports = { store: casefileStore(), queue: wakeQueue(), now: Date.now }

/** Takes domain events in from their queue. */
export const handler = onEvents('Events', (body) => intake(body, ports))
