/**
 * The version of the stored data's format. Raise it when code starts to write what older code would misread, and
 * convert older data where a store reads it; data from before there was a number is version 1.
 */
export const SCHEMA = 2

/**
 * Refuses data of a later version: throws, naming `where` it is. During a rollout, or a rollback, old code meets what
 * new code wrote: it leaves it alone, and the caller is retried until new code handles it.
 */
export function refuseLater(schema: unknown, where: string): void {
  if (typeof schema !== 'number' || schema <= SCHEMA) return
  throw new Error(`${where} was written by a later version, with schema ${schema}; this one knows ${SCHEMA}`)
}
