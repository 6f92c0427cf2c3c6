/**
 * Which shape what lies in a store has. Raise it when code begins to write what the code before it would misread, and
 * bring what is older up to date where a store reads it; what was written before there was a number is of the first.
 */
export const SCHEMA = 2

/**
 * Refuses what a later version kept: throws, naming `where` it stood. While a deploy is rolled out, or taken back, old code meets what new code wrote:
 * it leaves it alone, and the caller is retried until new code takes it up.
 */
export function refuseLater(schema: unknown, where: string): void {
  if (typeof schema !== 'number' || schema <= SCHEMA) return
  throw new Error(`${where} was kept by a later version, of schema ${schema}; this one knows ${SCHEMA}`)
}
