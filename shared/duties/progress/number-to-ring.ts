import type { Neighbours } from '../../directory/neighbours.ts'
import type { Recipient } from '../../planning/ladder.ts'
import type { Who } from '../../planning/rows.ts'
import type { OpenOrder } from '../orders/open-order.ts'

type Said = OpenOrder & { readonly fact: { readonly info: { readonly by: string } } }

/** With the number of whoever said it, else of the case manager. */
export function withNumber<S extends Said>(who: Who<OpenOrder>): Who<S> {
  return {
    says: who.says,
    of: (about, due) =>
      who.of(about, due).map(({ role, to }): Recipient => {
        const { fact, terms } = about
        if (typeof to === 'function') return { role, to }
        return {
          role,
          to: (neighbours) => ({
            to,
            facts: {
              number: numberOf(neighbours, fact.info.by) ?? numberOf(neighbours, terms.caseManager) ?? '',
            },
          }),
        }
      }),
  }
}

/** The number that staff may give out for a contact, never their mobile. */
function numberOf(neighbours: Neighbours, contactId: string): string | undefined {
  return neighbours.get('contact', contactId).details?.phone
}
