/** Where a reader stands in a long list. */
export type Paging = { readonly page: number; readonly pages: number; readonly count: number }

/** The part of `count` things that the asked page shows; one that is not there is the nearest one that is. */
export function pageOf(count: number, size: number, asked: number): Paging & { readonly skip: number } {
  const pages = Math.max(1, Math.ceil(count / size))
  const page = Math.min(Math.max(1, Math.trunc(asked) || 1), pages)
  return { page, pages, count, skip: (page - 1) * size }
}
