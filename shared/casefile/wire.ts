import { compare } from './events.ts'
import { digest } from './ids.ts'

/** A JSON object whose fields nobody has looked at yet. */
export type Fields = Readonly<Record<string, unknown>>

/** Whether something read from JSON is an object with named fields. */
export function isFields(json: unknown): json is Fields {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** What JSON text says, behind a byte-order mark and where it is JSON text once more too; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return typeof json === 'string' ? JSON.parse(json) : json
  } catch {
    return undefined
  }
}

/** What lies in the wrapper in which SNS puts a message into a queue, and what the wrapper says of it. */
export type Unwrapped = {
  readonly json: unknown
  readonly messageId?: unknown
  readonly eventType?: unknown
}

/** The event inside the wrapper in which SNS hands it over, or the body itself. */
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

/** Whether objects and lists lie in one another more than `levels` deep: level by level, so that no stack is needed. */
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

/** Without what means nothing: null and empty text are left out, text is trimmed and in its composed form. */
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

/** Composing takes the square of how many marks are piled on one letter, and no script piles so many. */
const PILE_OF_MARKS = /\p{M}{32}/u

function composed(text: string): string {
  return PILE_OF_MARKS.test(text) ? text : text.normalize('NFC')
}

/** A name for content, the same whatever the order of its fields. */
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
