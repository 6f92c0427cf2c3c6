import { tellClearances } from './clearances.ts'
import { tellContacts } from './contacts.ts'
import { tellOrders } from './orders.ts'
import { asTheWireBringsThem, newPen, type SampleEvent } from './pen.ts'
import { tellPrisons, tellRotas } from './prisons-and-rotas.ts'
import { tellReleases } from './releases.ts'

/** The sample caseload in the order in which it reaches us: the same for the same seed. */
export function sampleCaseload(seed = 1): SampleEvent[] {
  const pen = newPen(seed)
  tellContacts(pen)
  tellPrisons(pen)
  tellRotas(pen)
  tellOrders(pen)
  tellClearances(pen)
  tellReleases(pen)
  return asTheWireBringsThem(pen)
}
