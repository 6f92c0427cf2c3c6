import type { Language } from '../casefile/ledger.ts'
import type { Written } from './dates.ts'

/**
 * What a call says, and no more: the one who picks up, or plays it back, may be anybody. It is said twice, since the first
 * words are missed. One voice speaks, so that a reader of both languages hears English.
 */
export function spoken(
  name: string,
  language: Language,
): { readonly language: Written; readonly text: string } {
  const once =
    language === 'cy'
      ? `Neges frys i ${name}: darllenwch eich negeseuon testun.`
      : `This is an urgent message for ${name}: please read your text messages.`
  return { language: language === 'cy' ? 'cy' : 'en', text: `${once} ${once}` }
}
