import type { Written } from '../../../shared/messages/dates.ts'
import { CODES } from './code-texts.ts'
import { LISTS, PAGES } from './page-texts.ts'

/**
 * What staff pages say in Welsh, by what they say in English. What is not in these tables is said in English, whatever
 * its reader prefers; `tests/web/welsh.test.ts` finds it. Ours, until a translator has read it.
 */
const WELSH: ReadonlyMap<string, string> = new Map(Object.entries({ ...PAGES, ...LISTS, ...CODES }))

/** What stands in a text for the names in its braces. */
export type SaidOf = Readonly<Record<string, unknown>>

/** Says something in a language: `{count} casefiles`, with a fact for each name in braces. */
export function sayIn(language: Written): (english: string, facts?: SaidOf) => string {
  return (english, facts = {}) => {
    const words = language === 'cy' ? (WELSH.get(english) ?? english) : english
    return words.replace(/\{(\w+)\}/g, (whole, name) => String(facts[name] ?? whole))
  }
}
