import { id } from '../../../shared/casefile/fields.ts'
import { type CasefileId, casefileId, type Kind, keyOf } from '../../../shared/casefile/ids.ts'
import type { Store } from '../../../shared/store/store.ts'

/** Where a reader stands in a long list. */
export type Paging = { readonly page: number; readonly pages: number; readonly count: number }

/** The part of `count` things that the asked page shows; one that is not there is the nearest one that is. */
export function pageOf(count: number, size: number, asked: number): Paging & { readonly skip: number } {
  const pages = Math.max(1, Math.ceil(count / size))
  const page = Math.min(Math.max(1, Math.trunc(asked) || 1), pages)
  return { page, pages, count, skip: (page - 1) * size }
}

/** A part of the casefiles of a kind, in the order of their keys, and where in the list of them it stands. */
export type ListPart = {
  readonly ids: readonly CasefileId[]
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** What stands before it, if anything does. */
  readonly after?: string | undefined
  readonly isLast: boolean
}

/**
 * So many casefiles of a kind, after the one with that key, or from the beginning where what is asked for is no key:
 * what it costs does not grow with the list.
 */
export async function partOf(
  kind: Kind,
  size: number,
  asked: string | undefined,
  store: Pick<Store, 'ofKind'>,
): Promise<ListPart> {
  const after = id.safeParse(asked).data
  const found = await store.ofKind(kind, size + 1, after ? casefileId(kind, after) : undefined)
  const ids = found.slice(0, size)
  const [from, to] = [ids[0], ids.at(-1)].map((one) => one && keyOf(one))
  return { ids, from, to, after, isLast: found.length <= size }
}
