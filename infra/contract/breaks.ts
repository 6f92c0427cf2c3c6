import type { JsonSchema } from './schemas.ts'

/** Keywords that inform people and forbid nothing. */
const SAID = ['$schema', 'title', 'description', 'examples', 'default']
const COMPARED = ['type', 'enum', 'const', 'required', 'properties', 'items', 'anyOf']
/** Bounds, and the direction in which each may move. */
const MAY_FALL = ['minimum', 'minLength', 'minItems']
const MAY_RISE = ['maximum', 'maxLength', 'maxItems']

/** The breaks of all event schemas, by name; a schema that is gone breaks the event itself. */
export function breaksOfAll(
  before: ReadonlyMap<string, JsonSchema>,
  after: ReadonlyMap<string, JsonSchema>,
): string[] {
  return [...before].flatMap(([name, was]) => {
    const is = after.get(name)
    return is ? breaksOf(was, is, name) : [`${name}: is no longer taken in`]
  })
}

/**
 * How a schema change would break producers that follow the old schema: what they may write now but not after it, or
 * what would no longer be read. Empty for a change that breaks nobody. What cannot be decided (another pattern, an
 * unknown JSON Schema keyword) counts as a break. `path` is the place of the schemas within an event.
 */
export function breaksOf(before: JsonSchema, after: JsonSchema, path = 'event'): string[] {
  if (before.anyOf || after.anyOf) return breaksOfChoice(before, after, path)
  const words = Object.keys({ ...before, ...after }).filter((word) => !SAID.includes(word))
  return [
    ...breaksOfType(before, after, path),
    ...breaksOfFields(before, after, path),
    ...(after.items ? breaksOf(before.items ?? {}, after.items, `${path}[]`) : []),
    ...words.flatMap((word) => (COMPARED.includes(word) ? [] : breaksOfWord(word, before, after, path))),
  ]
}

/** Every alternative that could be written must still be allowed. */
function breaksOfChoice(before: JsonSchema, after: JsonSchema, path: string): string[] {
  const { anyOf: could = [before] } = before
  const { anyOf: can = [after] } = after
  return could
    .map((one) => can.map((other) => breaksOf(one, other, path)))
    .filter((breaks) => breaks.every((found) => found.length > 0))
    .map((breaks) => breaks[0]?.[0] ?? `${path}: nothing may be written`)
}

function breaksOfType(before: JsonSchema, after: JsonSchema, path: string): string[] {
  const types = typesOf(before)
  const gone = types.filter((type) => !typesOf(after).includes(type))
  const values = valuesOf(after)
  const lost = values && (valuesOf(before) ?? ['anything else']).filter((value) => !values.includes(value))
  return [
    ...(gone.length > 0 ? [`${path}: ${gone.join(', ')} is no longer taken`] : []),
    ...(lost && lost.length > 0 ? [`${path}: ${lost.join(', ')} is no longer taken`] : []),
  ]
}

function breaksOfFields(before: JsonSchema, after: JsonSchema, path: string): string[] {
  const { properties: had = {}, required: needed = [] } = before
  const { properties: has = {}, required: needs = [] } = after
  return [
    ...needs.filter((field) => !needed.includes(field)).map((field) => `${path}.${field}: is now required`),
    ...Object.entries(had).flatMap(([field, schema]) => {
      const now = has[field]
      return now ? breaksOf(schema, now, `${path}.${field}`) : [`${path}.${field}: is no longer read`]
    }),
  ]
}

function breaksOfWord(word: string, before: JsonSchema, after: JsonSchema, path: string): string[] {
  const [was, is] = [before[word], after[word]]
  if (is === undefined || JSON.stringify(was) === JSON.stringify(is)) return []
  if (MAY_FALL.includes(word) && Number(is) <= Number(was)) return []
  if (MAY_RISE.includes(word) && Number(is) >= Number(was)) return []
  return [`${path}: ${word} is now ${JSON.stringify(is)}`]
}

const ANY_TYPE = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']

/** A number may be an integer. */
function typesOf({ type = ANY_TYPE }: JsonSchema): readonly string[] {
  const types = [type].flat()
  return types.includes('number') ? [...new Set([...types, 'integer'])] : types
}

function valuesOf({ const: only, enum: some }: JsonSchema): readonly unknown[] | undefined {
  return Array.isArray(some) ? some : only === undefined ? undefined : [only]
}
