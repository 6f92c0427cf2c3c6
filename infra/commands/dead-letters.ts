import { readFileSync } from 'node:fs'
import { SQSClient } from '@aws-sdk/client-sqs'
import { exitWith, print, readArguments } from '../command-line.ts'
import { listDeadLetters, redrive } from './dead-letter-queue.ts'

/**
 * `npm run dead-letters`: lists a dead-letter queue, and moves its messages back to the queue they came from.
 *
 * A message is shown by its ids and why it failed, never by its content. Redriving twice is harmless: an event that was
 * taken in already is a duplicate, and a casefile may be woken for nothing.
 */

const USAGE = `usage: npm run dead-letters -- list    --queue URL
       npm run dead-letters -- redrive --queue URL --to URL [--id MESSAGE-ID [--body FILE]]

  --queue URL    the dead-letter queue
  --to URL       the queue its messages came from
  --id ID        one message; all of them, if left out
  --body FILE    its corrected body
`

const OPTIONS = {
  queue: { type: 'string' },
  to: { type: 'string' },
  id: { type: 'string' },
  body: { type: 'string' },
} as const
const { values, positionals } = readArguments({ allowPositionals: true, options: OPTIONS }, USAGE)
const { queue, to, id, body } = values
const sqs = new SQSClient()

if (positionals[0] === 'list' && queue) {
  for (const letter of await listDeadLetters(sqs, queue, Date.now())) print(Object.values(letter).join('  '))
} else if (positionals[0] === 'redrive' && queue && to && (body === undefined || id !== undefined)) {
  const corrected = body === undefined ? undefined : readFileSync(body, 'utf8')
  const moved = await redrive(sqs, { from: queue, to, id, body: corrected })
  print(`${moved} redriven`)
} else {
  exitWith(USAGE)
}
