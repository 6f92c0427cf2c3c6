import { casefilesIn, reconcile } from '../../functions/reconcile/reconcile.ts'
import { print, progress, readArguments } from '../command-line.ts'
import { openToRead, PLACE, PLACE_USAGE } from './data-source.ts'

/**
 * `throughcare reconcile`: compares every plan with its ledger without waking anybody: the service does that itself
 * every night.
 */

const USAGE = `usage: throughcare reconcile (--data FOLDER | --table NAME --stage NAME) [--json]

${PLACE_USAGE}
  --json           one object, for programs
`

const OPTIONS = { ...PLACE, json: { type: 'boolean', default: false } } as const
const { values } = readArguments({ options: OPTIONS }, USAGE)
const { store, rules, close } = await openToRead(values)
let casefiles = 0
for await (const _ of casefilesIn(store)) casefiles++
const bar = progress('compare', casefiles)
const compared = await reconcile({
  store: {
    ...store,
    async open(id) {
      bar.increment()
      return store.open(id)
    },
    finish: async () => 'moved-on',
  },
  rules,
  now: Date.now,
})
bar.stop()
close()
const { due, sent, delivered, failed, open, skipped, broken, notCompared, unresolved } = compared
const counts = { casefiles: compared.casefiles, due, sent, delivered, failed, open }
if (values.json) {
  print(JSON.stringify({ ...counts, skipped, broken, notCompared, unresolved }))
} else {
  const say = (what: string, count: number) => print(`${String(count).padStart(8)}  ${what}`)
  for (const [name, count] of Object.entries(counts)) say(name, count)
  for (const [reason, count] of Object.entries(skipped)) say(`skipped: ${reason}`, count)
  for (const id of broken) print(`its plan fails: ${id}`)
  for (const id of notCompared) print(`it could not be read: ${id}`)
  for (const { casefile, releaseId } of unresolved)
    print(`nobody said how it went: ${releaseId} in ${casefile}`)
}
process.exitCode = broken.length + notCompared.length + unresolved.length > 0 ? 1 : 0
