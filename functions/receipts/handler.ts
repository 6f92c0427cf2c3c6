import { takeOurs } from '../intake/publish.ts'
import { casefileStore, publisher, wakeQueue } from '../runtime/clients.ts'
import { onEvents } from '../runtime/queue.ts'
import { receive } from './receipts.ts'

const ports = { store: casefileStore(), queue: wakeQueue(), now: Date.now }
const take = takeOurs(ports, publisher())

/** Takes in the reports of SES and End User Messaging on our messages. */
export const handler = onEvents('Receipts', (body) => receive(body, { take }))
