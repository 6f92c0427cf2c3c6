import type { Neighbours } from '../../directory/neighbours.ts'
import type { Recipient } from '../../planning/ladder.ts'
import type { Who } from '../../planning/rows.ts'
import type { OpenOrder } from './open-order.ts'

type Said = OpenOrder & { readonly fact: { readonly info: { readonly by: string } } }

/** With the number of the one who said it, else of the case manager. */
export function withNumber<S extends Said>(who: Who<OpenOrder>): Who<S> {
  return withNumberOf(who, ({ fact, terms }) => [fact.info.by, terms.caseManager])
}

/** With the number of the case manager. */
export function withCaseManagersNumber(who: Who<OpenOrder>): Who<OpenOrder> {
  return withNumberOf(who, ({ terms }) => [terms.caseManager])
}

/** With the first number that staff may give out for any of these contacts. */
function withNumberOf<S extends OpenOrder>(
  who: Who<OpenOrder>,
  ofWhom: (about: S) => readonly string[],
): Who<S> {
  return {
    says: who.says,
    of: (about, due) =>
      who.of(about, due).map(({ role, to }): Recipient => {
        if (typeof to === 'function') return { role, to }
        const facts = (neighbours: Neighbours) => ({ number: numberOf(neighbours, ofWhom(about)) })
        return { role, to: (neighbours) => ({ to, facts: facts(neighbours) }) }
      }),
  }
}

/** The number that staff may give out, never a mobile; empty where nobody has one. */
export function numberOf(neighbours: Neighbours, contactIds: readonly string[]): string {
  const phones = contactIds.map((id) => neighbours.get('contact', id).details?.phone)
  return phones.find((phone) => phone !== undefined) ?? ''
}
