import { compare } from './events.ts'
import { digest } from './ids.ts'

/** A JSON object whose fields are not validated yet. */
export type Fields = Readonly<Record<string, unknown>>

/** Whether a parsed JSON value is an object with named fields. */
export function isFields(json: unknown): json is Fields {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/**
 * Parses JSON text, after an optional byte-order mark, and twice if it is JSON in a JSON string; undefined if it is not
 * JSON.
 */
export function parseJson(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return typeof json === 'string' ? JSON.parse(json) : json
  } catch {
    return undefined
  }
}

/** The content of SNS's wrapper around a message, and the wrapper's fields. */
export type Unwrapped = {
  readonly json: unknown
  readonly messageId?: unknown
  readonly eventType?: unknown
}

/** The event inside SNS's wrapper, or the body itself. */
export function unwrap(outer: Fields): Unwrapped {
  const { eventType, Message, MessageId, MessageAttributes } = outer
  if (eventType !== undefined || Message === undefined) return { json: outer }
  const attribute = isFields(MessageAttributes) ? MessageAttributes.eventType : undefined
  return {
    json: typeof Message === 'string' ? parseJson(Message) : Message,
    messageId: MessageId,
    eventType: isFields(attribute) ? attribute.Value : attribute,
  }
}

/** Whether objects and lists are nested more than `levels` deep: checked level by level, without recursion. */
export function isDeeperThan(levels: number, json: unknown): boolean {
  let level = [json].filter(isContainer)
  for (let depth = 0; depth < levels && level.length > 0; depth++) {
    level = level.flatMap((one) => Object.values(one).filter(isContainer))
  }
  return level.length > 0
}

function isContainer(json: unknown): json is object {
  return typeof json === 'object' && json !== null
}

/** Removes null and empty text; text is trimmed and normalised (NFC). */
export function loosened(json: unknown): unknown {
  if (json === null || json === '') return undefined
  if (typeof json === 'string') return composed(json.toWellFormed().trim()) || undefined
  if (Array.isArray(json)) return json.map(loosened).filter((one) => one !== undefined)
  if (typeof json !== 'object') return json
  const kept: [string, unknown][] = []
  for (const [name, value] of Object.entries(json)) {
    const means = loosened(value)
    if (means !== undefined) kept.push([name, means])
  }
  return Object.fromEntries(kept)
}

/** Normalising takes quadratic time in the number of marks on one letter, and no script uses that many. */
const PILE_OF_MARKS = /\p{M}{32}/u

function composed(text: string): string {
  return PILE_OF_MARKS.test(text) ? text : text.normalize('NFC')
}

/** A digest of content, independent of the order of its fields. */
export function digestOf(json: unknown): string {
  return digest(JSON.stringify(sorted(json)), 32)
}

function sorted(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(sorted)
  if (json === null || typeof json !== 'object') return json
  return Object.fromEntries(
    Object.entries(json)
      .sort(([a], [b]) => compare(a, b))
      .map(([key, value]) => [key, sorted(value)]),
  )
}
