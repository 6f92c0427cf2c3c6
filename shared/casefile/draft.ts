/**
 * What a fold is building. A fold may change it in place until it is done: copying it for each event would take
 * quadratic time.
 */

/** Values by id. An id may be `constructor`, so there must be no inherited properties. */
export type ById<Value> = Readonly<Record<string, Value>>

/** An empty record for a fold. */
export function byId<Value>(): ById<Value> {
  return Object.create(null)
}

/** Sets the value of an id, and returns the record. */
export function put<Value>(values: ById<Value>, id: string, value: Value): ById<Value> {
  ;(values as Record<string, Value>)[id] = value
  return values
}

/** Replaces the last value of a list, and returns the list. */
export function replaceLast<Value>(list: readonly Value[], value: Value): readonly Value[] {
  ;(list as Value[])[list.length - 1] = value
  return list
}

/** Appends to a list, and returns the list. */
export function add<Value>(list: readonly Value[], value: Value): readonly Value[] {
  ;(list as Value[]).push(value)
  return list
}
