import type { Language } from '../casefile/ledger.ts'
import type { Written } from './dates.ts'

/**
 * The words of a call, which anybody may hear. They are said twice, since people miss the first words. There is one
 * voice, so readers of both languages hear English.
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
