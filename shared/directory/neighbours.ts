import { type Casefile, fold, type States } from '../casefile/casefile.ts'
import type { DomainEvent } from '../casefile/events.ts'
import { type CasefileId, casefileId, type Kind, kindOf } from '../casefile/ids.ts'
import { NEIGHBOUR_NOUNS } from '../casefile/nouns.ts'

/** The casefiles a casefile refers to, folded. One that is missing is an empty one. */
export type Neighbours = {
  get<K extends Kind>(kind: K, key: string): States[K]
}

/** Gives what `work` makes of neighbours, which are read as it asks for them. */
export type AskNeighbours = <T>(work: (neighbours: Neighbours) => T) => Promise<T>

/**
 * The neighbours of a casefile, each read once, and none that nobody asks for; `load` gives the events of a casefile
 * with the given nouns. What `work` makes of a neighbour that was not read yet is thrown away, and once that is read
 * the work is done again: it has to be pure.
 */
export function neighboursOf(
  { id, state }: Pick<Casefile, 'id' | 'state'>,
  load: (id: CasefileId, nouns: readonly string[]) => Promise<readonly DomainEvent[]>,
): AskNeighbours {
  const known = new Map<CasefileId, States[Kind]>([[id, state]])
  return async (work) => {
    for (;;) {
      const missing = new Set<CasefileId>()
      const answer = work({
        get(kind, key) {
          const asked = casefileId(kind, key)
          if (!known.has(asked)) missing.add(asked)
          return (known.get(asked) ?? fold(kind, [])) as never
        },
      })
      if (missing.size === 0) return answer
      const read = async (one: CasefileId) => {
        const kind = kindOf(one)
        known.set(one, fold(kind, await load(one, NEIGHBOUR_NOUNS[kind])))
      }
      await Promise.all([...missing].map(read))
    }
  }
}

/** Neighbours already at hand, by casefile id. */
export function neighboursFrom(known: ReadonlyMap<CasefileId, unknown>): Neighbours {
  return {
    get: (kind, key) => (known.get(casefileId(kind, key)) ?? fold(kind, [])) as never,
  }
}
