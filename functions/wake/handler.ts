import { readCasefileId } from '../../shared/casefile/ids.ts'
import {
  callingChannel,
  casefileStore,
  currentRules,
  emailChannel,
  publisher,
  secretReader,
  soonAgain,
  textChannel,
} from '../runtime/clients.ts'
import { variables } from '../runtime/environment.ts'
import { onMessages } from '../runtime/queue.ts'
import { count, logError, logInfo, measure } from '../runtime/telemetry.ts'
import { emitWakeMetrics } from './metrics.ts'
import { tellOthers } from './tell-others.ts'
import { wake } from './wake.ts'

const { LINK_KEY_SECRET } = variables('LINK_KEY_SECRET')
const readSecret = secretReader()
const readRules = currentRules()
const publish = publisher()
const call = callingChannel()
const ports = {
  store: casefileStore(),
  channels: { email: emailChannel(), sms: textChannel(), ...(call && { call }) },
  now: Date.now,
}

/** Wakes casefiles from their queue. The same code runs for releases, in their own queue and function. */
export const handler = onMessages(async (body) => {
  const [rules, linkKey] = await Promise.all([readRules(), readSecret(LINK_KEY_SECRET)])
  const outcomes = await wake(readCasefileId(body), { ...ports, rules, linkKey })
  emitWakeMetrics(outcomes, { count, measure, logInfo })
  await tellOthers(outcomes, publish, (noticeId, error) => logError('others not told', { noticeId }, error))
}, soonAgain())
