import * as z from 'zod'
import { id, line, localDate, phone, prisonId } from './fields.ts'

const partnership = z.object({ prisonId, on: localDate, partnershipLead: id.optional() })
const ofClearance = z.object({ clearanceId: id, prisonId })
const route = z.enum(['psi-27-2014', 'psi-39-2014'])

/** Events about a prison, its partnership, and the clearances held at it. */
export const PRISON_EVENTS = {
  'prison.updated': z.object({
    prisonId,
    name: line,
    governor: id,
    sector: z.enum(['public', 'private']).optional(),
    deputy: id.optional(),
    vettingContact: id.optional(),
    phone: phone.optional(),
  }),
  'partnership.agreed': partnership,
  'partnership.ended': partnership,
  'clearance.applied': ofClearance.extend({
    holder: id,
    organisationId: id,
    route,
    licenceOrOrderFrom: localDate.optional(),
    licenceOrOrderTo: localDate.optional(),
  }),
  'clearance.confirmed': ofClearance.extend({
    holder: id,
    organisationId: id,
    confirmedOn: localDate,
    expiresOn: localDate.optional(),
    route: route.optional(),
    role: line.optional(),
    confirmedBy: z.enum(['act', 'governor-overrule']).optional(),
  }),
  'clearance.renewal-requested': ofClearance.extend({ on: localDate, by: id }),
  'clearance.ended': ofClearance.extend({
    on: localDate,
    reason: z.enum(['left', 'withdrawn', 'not-renewed', 'role-changed', 'recalled', 'died']),
  }),
}
