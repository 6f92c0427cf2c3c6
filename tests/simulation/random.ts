/** Random numbers that repeat: the same name gives the same ones, regardless of anything else. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number
  /** True once in a while: `probability` of the time. */
  happens(probability: number): boolean
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  pick<T>(from: readonly T[]): T
}

/** Luck that hangs on a name alone (the seed is part of it), so that one thing more or less shifts no other's. */
export function randomOf(...name: readonly (string | number)[]): Random {
  let state = digestOf(name.join(' '))
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    happens: (probability) => next() < probability,
    pick: <T>(from: readonly T[]) => from[between(0, from.length - 1)] as T,
  }
}

/** FNV-1a. */
function digestOf(text: string): number {
  let digest = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    digest = Math.imul(digest ^ text.charCodeAt(index), 0x01000193)
  }
  return digest
}
