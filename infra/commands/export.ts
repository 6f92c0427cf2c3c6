import { once } from 'node:events'
import { createWriteStream, openSync } from 'node:fs'
import { ofPerson } from '../../functions/person.ts'
import { type CasefileId, casefileId, personKey } from '../../shared/casefile/ids.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import { writeEvent } from '../../shared/casefile/write-event.ts'
import { everyCasefile, type Store } from '../../shared/store/store.ts'
import { exitWith, exitWithReader, printError, progress, readArguments } from '../command-line.ts'
import { casefileIn, openToRead, PLACE, PLACE_USAGE } from './data-source.ts'

/**
 * `throughcare export`: everything held, one event, ledger entry or text a line, with the casefile that holds it.
 * Events are in the contract's envelope, so replay and import can read the file; they skip the other lines, such as
 * copies that intake passed on to another casefile (`passedOn`), which it will pass on again.
 */

const USAGE = `usage: throughcare export (--data FOLDER | --table NAME --stage NAME) [--casefile ID | --crn CRN | --noms NUMBER] [--out FILE]

  Its events can be replayed, and imported elsewhere.

${PLACE_USAGE}
  --casefile ID    one casefile, such as order:O-1001; default: all of them
  --crn CRN        every casefile of the person with that CRN, for a request for access to their data
  --noms NUMBER    the same, by their prison number
  --out FILE       the file to write, readable only by its owner; default: standard output
`

const OPTIONS = {
  ...PLACE,
  casefile: { type: 'string' },
  crn: { type: 'string' },
  noms: { type: 'string' },
  out: { type: 'string' },
} as const
const { values } = readArguments({ options: OPTIONS }, USAGE)
const { casefile, crn, noms, out: file } = values
if ([casefile, crn, noms].filter((one) => one !== undefined).length > 1) {
  exitWith('expected one of --casefile, --crn and --noms; --help describes them')
}
const one = casefile === undefined ? undefined : casefileIn(casefile)
const { store, close } = await openToRead(values)
exitWithReader()
const ids = one ? [one] : await idsOf(store)
const out = file === undefined ? process.stdout : createWriteStream(file, { fd: openSync(file, 'w', 0o600) })
const bar = progress('export', ids.length)
let lines = 0
for (const id of ids) {
  const stored = await store.open(id)
  for (const event of stored?.events ?? []) {
    const written = writeEvent(event)
    await write({ casefile: id, ...(casefilesOf(event).includes(id) ? written : { passedOn: written }) })
  }
  for (const entry of stored?.entries ?? []) await write({ casefile: id, entry })
  for (const [messageId, text] of await store.texts(id)) await write({ casefile: id, messageId, text })
  bar.increment()
}
bar.stop()
close()
printError(`${ids.length} casefiles, ${lines} lines`)
if (lines === 0 && [casefile, crn, noms].some((one) => one !== undefined)) process.exitCode = 1

async function write(line: object): Promise<void> {
  lines++
  if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, 'drain')
}

async function idsOf(store: Store): Promise<CasefileId[]> {
  if (crn !== undefined) return everythingOf(casefileId('person', personKey('crn', crn)), store)
  if (noms !== undefined) return everythingOf(casefileId('person', personKey('noms', noms)), store)
  const ids: CasefileId[] = []
  for await (const { id } of everyCasefile(store)) ids.push(id)
  return ids
}

async function everythingOf(person: CasefileId, store: Store): Promise<CasefileId[]> {
  const { names, about } = await ofPerson([person], store)
  return [...names, ...about]
}
