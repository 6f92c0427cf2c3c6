import { reconcile } from '../../functions/reconcile/reconcile.ts'
import { everyCasefile } from '../../shared/store/store.ts'
import { needed, print, progress, readArguments } from '../command-line.ts'
import { openBeside } from './opened.ts'

/** `throughcare reconcile`: compares every plan with its ledger, and wakes nobody: the service itself does, every night. */

const USAGE = `usage: throughcare reconcile --data FOLDER [--json]

  --data FOLDER    the folder of one machine, which may be running
  --json           one object, for programs
`

const OPTIONS = { data: { type: 'string' }, json: { type: 'boolean', default: false } } as const
const { data, json } = readArguments({ options: OPTIONS }, USAGE).values
const { store, rules, close } = openBeside(needed(data, '--data'))
let casefiles = 0
for await (const _ of everyCasefile(store)) casefiles++
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
if (json) {
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
