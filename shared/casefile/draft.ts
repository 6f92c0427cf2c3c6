/**
 * What a fold is building. A fold owns what it builds until it is done, and adds to it in place: to copy it for every
 * event would take the square of how many there are.
 */

/** Values by id. An id may be `constructor`: what no fact put there is not there. */
export type ById<Value> = Readonly<Record<string, Value>>

/** Nothing by id yet, for one fold to add to. */
export function byId<Value>(): ById<Value> {
  return Object.create(null)
}

/** Puts a value under an id, and gives what it was put into. */
export function put<Value>(values: ById<Value>, id: string, value: Value): ById<Value> {
  ;(values as Record<string, Value>)[id] = value
  return values
}

/** Puts a value in the place of the last one of a list, and gives the list. */
export function replaceLast<Value>(list: readonly Value[], value: Value): readonly Value[] {
  ;(list as Value[])[list.length - 1] = value
  return list
}

/** Adds to the end of a list, and gives the list. */
export function add<Value>(list: readonly Value[], value: Value): readonly Value[] {
  ;(list as Value[]).push(value)
  return list
}
