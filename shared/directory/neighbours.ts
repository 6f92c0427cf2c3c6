import { type Casefile, fold, type States } from '../casefile/casefile.ts'
import type { DomainEvent } from '../casefile/events.ts'
import { type CasefileId, casefileId, type Kind, kindOf } from '../casefile/ids.ts'
import { NEIGHBOUR_NOUNS } from '../casefile/nouns.ts'

/** The casefiles a casefile refers to, folded. A missing one is empty. */
export type Neighbours = {
  get<K extends Kind>(kind: K, key: string): States[K]
}

/** Returns the result of `work` on neighbours, which are read as it asks for them. */
export type AskNeighbours = <T>(work: (neighbours: Neighbours) => T) => Promise<T>

/**
 * The neighbours of a casefile, each read at most once and only if asked for; `load` returns the events of a casefile
 * with the given nouns. When `work` asks for a neighbour that was not read yet, its result is discarded, the neighbour
 * is read, and the work is done again: it must be pure.
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

/** Neighbours that are already loaded, by casefile id. */
export function neighboursFrom(known: ReadonlyMap<CasefileId, unknown>): Neighbours {
  return {
    get: (kind, key) => (known.get(casefileId(kind, key)) ?? fold(kind, [])) as never,
  }
}
