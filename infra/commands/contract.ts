import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { exitWith, print, readArguments } from '../command-line.ts'
import { breaksOfAll } from '../contract/breaks.ts'
import { contractFiles, contractSchemas } from '../contract/contract.ts'
import type { JsonSchema } from '../contract/schemas.ts'

/**
 * `throughcare contract`: writes docs/contract from the schemas, unless that would break a system that writes events
 * according to the version published at a given commit.
 */

const USAGE = `usage: throughcare contract [--since COMMIT]

  --since COMMIT   the contract others rely on: an event valid there must not be refused now; default HEAD
`

const OPTIONS = { since: { type: 'string', default: 'HEAD' } } as const
const { since } = readArguments({ options: OPTIONS }, USAGE).values
const ROOT = join(import.meta.dirname, '../..')
const FOLDER = 'docs/contract'

const breaks = breaksOfAll(publishedAt(since), contractSchemas())
if (breaks.length > 0) {
  exitWith(`${breaks.join('\n')}\nNothing was written: that would break those who rely on ${since}.`, 1)
}
for (const [path, text] of contractFiles()) {
  const file = join(ROOT, FOLDER, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
print(`${FOLDER} is what the schemas give, and breaks nobody who relies on ${since}.`)

function publishedAt(commit: string): ReadonlyMap<string, JsonSchema> {
  const paths = git('ls-tree', '-r', '--name-only', commit, '--', `${FOLDER}/events`)
    .split('\n')
    .filter(Boolean)
  return new Map(
    paths.map((path) => [basename(path, '.json'), JSON.parse(git('show', `${commit}:${path}`))] as const),
  )
}

function git(...words: string[]): string {
  try {
    return execFileSync('git', words, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch {
    return exitWith(`--since: there is no commit ${since}`)
  }
}
