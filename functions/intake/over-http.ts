import { type Context, Hono } from 'hono'
import { EVENT_BYTES_MAX } from '../../shared/casefile/read-event.ts'
import type { Admission } from './intake.ts'
import { type Kinds, type Take, takingOnly } from './senders.ts'

/** What became of one line; a body that is a single event is line 1. */
type Answer = { readonly line: number } & Admission

const TOO_LONG = { is: 'refused', reason: `event: expected at most ${EVENT_BYTES_MAX} bytes` } as const
/** Answers are held back up to this many bytes, so that the status can reflect them all. */
const ANSWERS_HELD_MAX = 1024 * 1024

/**
 * `POST /events`: one event, bare or in the SNS wrapper, over any number of lines; or a stream of events, one a line.
 * The response is one JSON object a line, for each line that was not blank.
 *
 * 401 for an unknown sender, 400 if everything was refused, else 200. A sender that gets no response, or 5xx, should
 * send the same again: what was already taken in is a duplicate, and harmless. No more than one event of the request is
 * held in memory; of the response a megabyte, after which it starts, with the status so far, while the rest is still
 * being read.
 */
export function eventsOverHttp(take: Take, kindsOf: (c: Context) => Kinds | undefined) {
  return new Hono().post('/events', async (c) => {
    const kinds = kindsOf(c)
    if (!kinds) return c.json({ message: 'Unauthorized' }, 401, { 'www-authenticate': 'Bearer' })
    const body = c.req.raw.body ?? ReadableStream.from<Uint8Array>([])
    const answers = answer(body, takingOnly(kinds, take))
    const held: string[] = []
    let size = 0
    let isRefused = true
    let isOver = false
    while (!isOver && size < ANSWERS_HELD_MAX) {
      const { value, done } = await answers.next()
      isOver = done === true
      if (!value) continue
      const line = `${JSON.stringify(value)}\n`
      held.push(line)
      size += line.length
      isRefused &&= value.is === 'refused'
    }
    const answered = isOver ? held.join('') : ReadableStream.from(bytesOf(held, answers))
    return c.body(answered, isRefused ? 400 : 200, { 'content-type': 'application/x-ndjson; charset=utf-8' })
  })
}

async function* bytesOf(held: readonly string[], answers: AsyncIterable<Answer>) {
  const encoder = new TextEncoder()
  yield encoder.encode(held.join(''))
  for await (const answer of answers) yield encoder.encode(`${JSON.stringify(answer)}\n`)
}

async function* answer(body: AsyncIterable<Uint8Array>, take: Take): AsyncGenerator<Answer> {
  const { whole, chunks } = await peek(body)
  if (whole !== undefined && isJson(whole)) {
    yield { line: 1, ...(await take(whole)) }
    return
  }
  let line = 0
  let isEmpty = true
  for await (const read of linesOf(chunks)) {
    line++
    if (read.is === 'text' && read.text.trim() === '') continue
    isEmpty = false
    yield { line, ...(read.is === 'text' ? await take(read.text) : read) }
  }
  if (isEmpty) yield { line: 1, is: 'refused', reason: 'expected an event, or one event a line' }
}

/** The whole body, if it is no longer than one event may be, and all of it in chunks in any case. */
async function peek(body: AsyncIterable<Uint8Array>) {
  const iterator = body[Symbol.asyncIterator]()
  const begun: Uint8Array[] = []
  const chunks = (async function* () {
    yield* begun
    yield* { [Symbol.asyncIterator]: () => iterator }
  })()
  for (let size = 0; size <= EVENT_BYTES_MAX; size += begun.at(-1)?.length ?? 0) {
    const { value, done } = await iterator.next()
    if (done) {
      const read = readLine(Buffer.concat(begun))
      return { whole: read.is === 'text' ? read.text : undefined, chunks }
    }
    begun.push(value)
  }
  return { whole: undefined, chunks }
}

type Line = { readonly is: 'text'; readonly text: string } | Extract<Admission, { is: 'refused' }>

const NEWLINE = 10

/** Cuts chunks into lines. A line that is longer than an event may be is not kept, only reported. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let held: Uint8Array[] = []
  let size = 0
  const hold = (part: Uint8Array) => {
    size += part.length
    if (size <= EVENT_BYTES_MAX) held.push(part)
    else held = []
  }
  const cut = (): Line => {
    const line = size > EVENT_BYTES_MAX ? TOO_LONG : readLine(Buffer.concat(held))
    held = []
    size = 0
    return line
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      hold(chunk.subarray(from, end))
      from = end + 1
      yield cut()
    }
    hold(chunk.subarray(from))
  }
  if (size > 0) yield cut()
}

function readLine(bytes: Uint8Array): Line {
  try {
    return { is: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { is: 'refused', reason: 'expected text in UTF-8' }
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
