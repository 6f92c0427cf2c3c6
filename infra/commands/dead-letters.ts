import { readFileSync } from 'node:fs'
import { SQSClient } from '@aws-sdk/client-sqs'
import { exitWith, fileAt, needed, print, readArguments } from '../command-line.ts'
import { listDeadLetters, redrive } from './dead-letter-queue.ts'

/**
 * `throughcare dead-letters`: lists a dead-letter queue, and moves its messages back to the queue they came from.
 *
 * A message is shown by its ids and why it failed, never by its content. Redriving twice is harmless: an event that
 * was already taken in is a duplicate, and waking a casefile for nothing does no harm.
 */

const USAGE = `usage: throughcare dead-letters list    --queue URL [--json]
       throughcare dead-letters redrive --queue URL --to URL [--id MESSAGE-ID [--body FILE]]

  --queue URL    the dead-letter queue
  --to URL       the queue its messages came from
  --id ID        one message; default: all of them
  --body FILE    its corrected body
  --json         one object per line, for programs
`

const OPTIONS = {
  queue: { type: 'string' },
  to: { type: 'string' },
  id: { type: 'string' },
  body: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const
const { values, positionals } = readArguments({ allowPositionals: true, options: OPTIONS }, USAGE)
const { id, body } = values
const [verb = 'nothing'] = positionals
if (!['list', 'redrive'].includes(verb)) {
  exitWith(`expected list or redrive, not ${JSON.stringify(verb)}; --help describes them`)
}
const queue = needed(values.queue, '--queue')
const sqs = new SQSClient()

if (verb === 'list') {
  for (const letter of await listDeadLetters(sqs, queue, Date.now())) {
    print(values.json ? JSON.stringify(letter) : Object.values(letter).join('  '))
  }
} else {
  const to = needed(values.to, '--to')
  if (body !== undefined) needed(id, '--id, of the message that --body corrects,')
  const corrected = body === undefined ? undefined : readFileSync(fileAt(body), 'utf8')
  const moved = await redrive(sqs, { from: queue, to, id, body: corrected })
  print(`${moved} redriven`)
}
