import { APPOINTMENT_TEXTS } from './texts/appointments.ts'
import { PAPERS_TEXTS } from './texts/papers.ts'
import { PARTNERSHIP_TEXTS } from './texts/partnership.ts'
import { PROGRESS_TEXTS } from './texts/progress.ts'
import { RELEASE_TEXTS } from './texts/release.ts'
import { ROTA_TEXTS } from './texts/rota.ts'
import { STANDARD_PLUS_TEXTS } from './texts/standard-plus.ts'
import { THREE_WAY_TEXTS } from './texts/three-way.ts'

/** A subject and a text with places for facts; `text` alone is what a text message says. */
export type Template = { readonly subject: string; readonly text: string }
/** One text in every language it is written in. */
export type Texts = Readonly<Record<string, { readonly en: Template; readonly cy?: Template }>>

/** Every text, by duty and step. */
export const TEXTS: Texts = {
  ...APPOINTMENT_TEXTS,
  ...THREE_WAY_TEXTS,
  ...PROGRESS_TEXTS,
  ...PAPERS_TEXTS,
  ...STANDARD_PLUS_TEXTS,
  ...PARTNERSHIP_TEXTS,
  ...RELEASE_TEXTS,
  ...ROTA_TEXTS,
}
