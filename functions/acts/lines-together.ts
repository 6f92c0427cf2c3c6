import type { LineKind } from '../../shared/acts/lines.ts'
import type { LineWrong } from './csv.ts'
import type { Read } from './line-places.ts'
import { LINE_WORDS } from './line-texts.ts'

/** Lines that have the same reference but must not, or that form one act together but contradict each other. */
export function saidTwice(read: readonly Read[], { reference: column, together }: LineKind): LineWrong[] {
  if (together) return saidOtherwise(read, together.alike ?? [])
  const first = new Map<string, number>()
  return read.flatMap(({ line, reference }) => {
    if (reference === undefined) return []
    const before = first.get(reference)
    if (before === undefined) first.set(reference, line)
    return before === undefined ? [] : [{ line, column, words: LINE_WORDS.calledToo(before, reference) }]
  })
}

/** Lines of one act that differ in what must be the same. */
function saidOtherwise(read: readonly Read[], alike: readonly string[]): LineWrong[] {
  return [...byDoing(read).values()].flatMap(([first, ...others]) =>
    others.flatMap(({ line, said }) =>
      alike
        .filter((column) => said[column] !== first?.said[column])
        .map((column) => ({ line, column, words: LINE_WORDS.saysAnother(first?.line ?? 0) })),
    ),
  )
}

function byDoing(read: readonly Read[]) {
  return Map.groupBy(read, ({ opened, reference }) => `${opened.casefile.id} ${reference ?? ''}`)
}

/** What lines do: one act each, or for some kinds one act for all lines of a place. */
export function doingsIn(read: readonly Read[], { together, reference: column }: LineKind): Read[] {
  if (!together) return [...read]
  return [...byDoing(read).values()].flatMap((lines) => {
    const [first] = lines
    if (!first) return []
    const alike = (together.alike ?? []).map((name) => [name, first.said[name] ?? ''])
    const named = column === undefined ? [] : [[column, first.reference ?? '']]
    const written = lines.map(({ said }) => together.write(said)).join('\n')
    return [{ ...first, said: { ...Object.fromEntries([...named, ...alike]), [together.as]: written } }]
  })
}
