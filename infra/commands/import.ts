import { createReadStream, openSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Admission } from '../../functions/intake/intake.ts'
import { LINE_KINDS } from '../../shared/acts/lines.ts'
import { type Answer, NotTaken, throughcareClient } from '../client/client.ts'
import { exitWith, fileAt, needed, print, printError, progress, readArguments } from '../command-line.ts'
import { openStopped, takingInto } from './data-source.ts'
import { importCsv } from './import-csv.ts'

/**
 * `throughcare import`: takes in events from a file, one a line, over HTTP or directly into the folder of a stopped
 * machine; or a caseload from a CSV file.
 */

const USAGE = `usage: throughcare import --events FILE.jsonl (--to URL --token FILE | --data FOLDER)
       throughcare import FILE.csv --kind KIND --data FOLDER [--dry-run]

  --events FILE    one event per line
  --to URL         the service to send them to, such as http://127.0.0.1:3000 or a stage on AWS
  --token FILE     the file with its token
  --data FOLDER    or the folder of one machine, which must be stopped: what they make due is told once it starts
  --kind KIND      what a CSV file holds: ${Object.keys(LINE_KINDS).join(', ')}; the page /caseload lists its columns
  --dry-run        only reports what is wrong, and how many would be told; the machine may be running
`

const OPTIONS = {
  events: { type: 'string' },
  to: { type: 'string' },
  token: { type: 'string' },
  data: { type: 'string' },
  kind: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
} as const
const { values: said, positionals } = readArguments({ options: OPTIONS, allowPositionals: true }, USAGE)
const { to, token, data, ...values } = said
const [csv] = positionals
if (csv !== undefined || values.kind !== undefined) {
  const folder = needed(data, '--data')
  await importCsv({
    file: fileAt(needed(csv, 'FILE.csv')),
    kind: values.kind,
    folder,
    isDry: values['dry-run'],
  })
  process.exit()
}
const events = fileAt(needed(values.events, '--events'))
if ((to === undefined) === (data === undefined)) {
  exitWith('expected one of --to and --data; --help describes them')
}

/** What became of one line. */
type Became = Answer | (Admission & { readonly line: number })

/** Lines per request: what API Gateway and one function have time for. */
const BATCH = 500
const counts = { accepted: 0, duplicate: 0, ignored: 0, refused: 0 }
const input = createReadStream(events, { fd: openSync(events, 'r') })
const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
const { take, close } = to === undefined ? intoFolder(data ?? '') : overHttp(to, needed(token, '--token'))
const bar = progress('import', 0)
let line = 0
let batch: { line: number; text: string }[] = []
for await (const text of lines) {
  line++
  if (text.trim() !== '') batch.push({ line, text })
  if (batch.length === BATCH) await takeBatch()
}
await takeBatch()
bar.stop()
close()
const { accepted, duplicate, ignored, refused } = counts
print(`${accepted} accepted, ${duplicate} duplicate, ${ignored} ignored, ${refused} refused`)
process.exitCode = refused > 0 ? 1 : 0

async function takeBatch(): Promise<void> {
  if (batch.length === 0) return
  bar.setTotal(line)
  for (const became of await take(batch)) {
    counts[became.is]++
    if (became.is === 'refused') printError(`line ${became.line}: ${became.reason}`)
  }
  bar.update(line)
  batch = []
}

function intoFolder(folder: string) {
  const { store, close } = openStopped(folder)
  const takeIn = takingInto(store)
  return {
    close,
    take: (lines: typeof batch) =>
      Promise.all(lines.map(async ({ line, text }): Promise<Became> => ({ line, ...(await takeIn(text)) }))),
  }
}

function overHttp(url: string, tokenFile: string) {
  if (!URL.canParse(url)) exitWith(`--to: expected an address such as http://127.0.0.1:3000, not ${url}`)
  const written = readFileSync(fileAt(tokenFile), 'utf8').trim()
  if (!/^\S{16,}$/.test(written)) exitWith(`--token: ${tokenFile} does not contain a token`)
  const client = throughcareClient({ url, token: written, attempts: 3 })
  return {
    close: () => {},
    async take(lines: typeof batch): Promise<Became[]> {
      const became = await client.sendLines(lines.map(({ text }) => text)).catch((error) => {
        if (!(error instanceof NotTaken)) throw error
        return exitWith(
          `--to: ${error.message}; send the file again: what was already taken in will count as duplicates`,
          1,
        )
      })
      return became.map((one) => ({ ...one, line: lines[one.line - 1]?.line ?? one.line }))
    },
  }
}
