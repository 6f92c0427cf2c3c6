import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { SQSClient } from '@aws-sdk/client-sqs'
import { listLetters, redrive } from './dead-letter-queue.ts'

/**
 * `npm run dead-letters`: what lies in a dead-letter queue, and how it is sent on its way again.
 *
 * A letter is shown by its ids and why it was refused, never by its content. Redriving twice is harmless: an event
 * that was taken in already is a duplicate, and a casefile woken for nothing owes nothing.
 */

const USAGE = `usage: npm run dead-letters -- list    --queue URL
       npm run dead-letters -- redrive --queue URL --to URL [--id MESSAGE-ID [--body FILE]]

  --queue URL    the dead-letter queue
  --to URL       the queue its letters came from
  --id ID        one letter alone; all of them, if left out
  --body FILE    what to send instead of that letter's own body, once it has been put right
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    queue: { type: 'string' },
    to: { type: 'string' },
    id: { type: 'string' },
    body: { type: 'string' },
  },
})
const { queue, to, id, body } = values
const sqs = new SQSClient()

if (positionals[0] === 'list' && queue) {
  for (const letter of await listLetters(sqs, queue, Date.now())) say(Object.values(letter).join('  '))
} else if (positionals[0] === 'redrive' && queue && to && (body === undefined || id !== undefined)) {
  const mended = body === undefined ? undefined : readFileSync(body, 'utf8')
  const moved = await redrive(sqs, { from: queue, to, id, body: mended })
  say(`${moved} redriven`)
} else {
  process.stderr.write(USAGE)
  process.exitCode = 2
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
