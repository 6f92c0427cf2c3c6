import type { Act, Words } from './act.ts'
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
import { GATE_ACTS, RELEASE_ACTS } from './releases.ts'
import { REPLY_ACTS } from './replies.ts'
import { ROTA_ACTS } from './rotas.ts'

/** A topic and its acts, the most likely first. */
export type Topic = { readonly words: Words; readonly acts: readonly Act[] }

/** Every act by topic, in the order in which a casefile's page offers them. */
export const TOPICS: readonly Topic[] = [
  {
    words: { en: 'Appointments and messages', cy: 'Apwyntiadau a negeseuon' },
    acts: [...REPLY_ACTS, ...CONTACT_ACTS, ...CONTACT_SHEET_ACTS, ...APPOINTMENT_ACTS],
  },
  { words: { en: 'The order', cy: 'Y gorchymyn' }, acts: [...ORDER_ACTS, ...TERMS_ACTS] },
  { words: { en: 'Papers and treatment', cy: 'Papurau a thriniaeth' }, acts: PAPER_ACTS },
  { words: { en: 'Risk, breach and support', cy: 'Risg, torri amodau a chymorth' }, acts: FLAG_ACTS },
  { words: { en: 'The prison and its clearances', cy: 'Y carchar a’i gliriadau' }, acts: PRISON_ACTS },
  { words: { en: 'At the gate and after', cy: 'Wrth y giât ac wedyn' }, acts: GATE_ACTS },
  { words: { en: 'The release', cy: 'Y rhyddhau' }, acts: [...RELEASE_ACTS, ...RELEASE_PLAN_ACTS] },
  { words: { en: 'Who is on call', cy: 'Pwy sydd ar alwad' }, acts: ROTA_ACTS },
  { words: { en: 'A death', cy: 'Marwolaeth' }, acts: DEATH_ACTS },
]

/** Every act, in that order. */
export const ACTS = TOPICS.flatMap(({ acts }) => acts)
