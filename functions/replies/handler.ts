import { readInbound } from '../../shared/channels/inbound.ts'
import { takeOurs } from '../intake/publish.ts'
import { casefileStore, publisher, textChannel, wakeQueue } from '../runtime/clients.ts'
import { onMessages } from '../runtime/queue.ts'
import { count } from '../runtime/telemetry.ts'
import { reply } from './replies.ts'

const store = casefileStore()
const now = Date.now
const take = takeOurs({ store, queue: wakeQueue(), now }, publisher())
const ports = { store, sms: textChannel(), take, now }

/** Acts on replies to our text messages. */
export const handler = onMessages(async (body) => {
  await reply(readInbound(body), ports)
  count('RepliesTaken')
})
