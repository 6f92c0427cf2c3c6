import { APPOINTMENT_ACTS } from './appointments.ts'
import { CONTACT_SHEET_ACTS } from './contact-sheet.ts'
import { CONTACT_ACTS } from './contacts.ts'
import { DEATH_ACTS } from './deaths.ts'
import { FLAG_ACTS } from './flags.ts'
import { TERMS_ACTS } from './order-terms.ts'
import { ORDER_ACTS } from './orders.ts'
import { PAPER_ACTS } from './papers.ts'
import { PRISON_ACTS } from './prisons.ts'
import { RELEASE_PLAN_ACTS } from './release-plans.ts'
import { RELEASE_ACTS } from './releases.ts'
import { REPLY_ACTS } from './replies.ts'
import { ROTA_ACTS } from './rotas.ts'

/** Every act, in the order in which a casefile's page offers them. */
export const ACTS = [
  ...REPLY_ACTS,
  ...CONTACT_ACTS,
  ...CONTACT_SHEET_ACTS,
  ...APPOINTMENT_ACTS,
  ...ORDER_ACTS,
  ...TERMS_ACTS,
  ...PAPER_ACTS,
  ...FLAG_ACTS,
  ...PRISON_ACTS,
  ...RELEASE_ACTS,
  ...RELEASE_PLAN_ACTS,
  ...ROTA_ACTS,
  ...DEATH_ACTS,
]
