import { isInOffice } from '../../shared/calendar/hours.ts'
import { casefileStore, currentRules, eventQueue } from '../runtime/clients.ts'
import { count, instrumented } from '../runtime/telemetry.ts'
import { probe } from './probe.ts'

const ports = { store: casefileStore(), send: eventQueue(), now: Date.now }
const readRules = currentRules()

/** Runs every hour. It also counts zero, so that a missing count means that the function did not run. */
export const handler = instrumented(async () => {
  const { settings, days } = await readRules()
  count('OfficesOpen', isInOffice(settings.office, days, ports.now()) ? 1 : 0)
  count('ProbesDelivered', (await probe(ports)) === 'delivered' ? 1 : 0)
})
