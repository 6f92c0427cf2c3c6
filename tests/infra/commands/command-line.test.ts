import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openData } from '../../../infra/local/data-folder.ts'
import manifest from '../../../package.json' with { type: 'json' }

/** The command line as people call it, and as they mistype it. */

const BIN = join(import.meta.dirname, '../../../bin/throughcare.js')
const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
afterAll(() => rmSync(folder, { recursive: true }))

const call = (words: string, environment: NodeJS.ProcessEnv = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...words.split(' ').filter(Boolean)], {
    encoding: 'utf8',
    maxBuffer: Number.POSITIVE_INFINITY,
    env: { ...process.env, AWS_REGION: undefined, ...environment },
    cwd: folder,
  })
  return { status, stdout, stderr }
}

const overview = call('--help').stdout
const COMMANDS = [...overview.matchAll(/^ {2}([a-z-]+) {2}/gm)].map(([, name = '']) => name)

test('what is listed is what there is', () => {
  const scripts = Object.values(manifest.scripts).flatMap(
    (script) => /\bnode infra\/commands\/throughcare\.ts ([a-z-]+)$/.exec(script)?.[1] ?? [],
  )
  expect(scripts.toSorted()).toEqual(COMMANDS.toSorted())
})

test('without a command, it says how it is called, and fails', () => {
  expect(call('')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('usage: throughcare'),
  })
})

test('--version is the version of the package', () => {
  expect(call('--version')).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' })
})

describe.each(COMMANDS)('%s', (name) => {
  test('says how it is called, and succeeds', () => {
    expect(call(`${name} --help`)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`usage: throughcare ${name}`),
      stderr: '',
    })
  })

  test('says its version, and succeeds', () => {
    expect(call(`${name} --version`)).toMatchObject({ status: 0, stdout: `${manifest.version}\n` })
  })

  test('names a flag that was mistyped, in a sentence', () => {
    expect(call(`${name} --mistyped`)).toEqual({
      status: 2,
      stdout: '',
      stderr: "Unknown option '--mistyped'; --help lists the options\n",
    })
  })
})

describe('an ordinary mistake is named in one sentence', () => {
  const events = join(folder, 'events.jsonl')
  writeFileSync(events, '')
  const until = '--until 2026-06-01T00:00:00Z'
  const noStore = join(folder, 'no-store')
  mkdirSync(noStore)
  writeFileSync(join(noStore, 'throughcare.db'), 'this is no database, only some text that is long enough')
  const inUse = join(folder, 'in-use')
  const { release } = openData(inUse, 0)
  writeFileSync(join(inUse, 'throughcare.db'), '')
  afterAll(release)

  test.each([
    ['sing', 'there is no command "sing"; throughcare --help lists the commands'],
    [`replay ${until}`, '--events is missing; --help describes it'],
    [`replay --events ${events}`, '--until is missing; --help describes it'],
    [`replay --events nowhere.jsonl ${until}`, 'nowhere.jsonl: no such file or directory'],
    [`replay --events ${folder} ${until}`, `${folder}: expected a file, not a folder`],
    [
      `replay --events ${events} ${until} --out ${folder}/none/out.jsonl`,
      `${folder}/none/out.jsonl: no such file or directory`,
    ],
    [
      `replay --events ${events} --until June`,
      '--until: expected an instant such as 2026-03-09T14:00:00Z, not "June"',
    ],
    [`replay --events ${events} ${until} now`, "Unexpected argument 'now'"],
    ['sample --seed one', '--seed: expected a whole number, not "one"'],
    ['simulate --seeds many', '--seeds: expected a whole number, not "many"'],
    ['rehearse --events nowhere.jsonl', 'nowhere.jsonl: no such file or directory'],
    ['contract --since no-such-commit', '--since: there is no commit no-such-commit'],
    ['dead-letters', 'expected list or redrive, not "nothing"'],
    ['dead-letters list', '--queue is missing'],
    ['dead-letters list --queue http://127.0.0.1:9/queue', 'AWS: Region is missing'],
    ['dead-letters redrive --queue here', '--to is missing'],
    [
      'dead-letters redrive --queue here --to there --id 1 --body nowhere',
      'nowhere: no such file or directory',
    ],
    ['forget --table casefiles', '--casefile is missing'],
    ['forget --casefile order:O-1', 'expected one of --table and --data'],
    [
      'forget --casefile somebody --data nowhere',
      '--casefile: expected the id of a casefile, such as order:O-1001, not "somebody"',
    ],
    ['forget --casefile order:O-1 --data nowhere', '--data: nowhere holds no casefiles'],
    [`forget --casefile order:O-1 --data ${noStore}`, '--data: file is not a database'],
    [`forget --casefile order:O-1 --data ${inUse}`, `--data: ${inUse} is in use by another Throughcare`],
    [`start --data ${events}`, `Throughcare did not start: ${events}: file already exists`],
    [`start --data ${events}/inside`, `Throughcare did not start: ${events}/inside: not a directory`],
  ])('%s', (words, sentence) => {
    const { status, stdout, stderr } = call(words)
    expect(stderr.split('\n').slice(1)).toEqual([''])
    expect(stderr).toContain(sentence)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  })

  test('a port that is none', () => {
    expect(call('start', { PORT: 'a' })).toMatchObject({
      status: 2,
      stderr: 'Throughcare did not start: PORT: expected a number up to 65535, not "a"\n',
    })
  })
})

test('a replay by the command line writes its notices, and nothing else, where it is told to', () => {
  const sample = call('sample').stdout
  writeFileSync(join(folder, 'sample.jsonl'), sample)
  const { status, stdout } = call('replay --events sample.jsonl --until 2026-09-10T00:00:00Z --out out.jsonl')
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  const lines = readFileSync(join(folder, 'out.jsonl'), 'utf8').trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).outcome)).toContain('sent')
})
