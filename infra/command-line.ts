import { statSync } from 'node:fs'
import { getSystemErrorMessage, type ParseArgsConfig, parseArgs } from 'node:util'
import { SingleBar } from 'cli-progress'
import { Temporal } from 'temporal-polyfill'
import manifest from '../package.json' with { type: 'json' }
import type { Instant } from '../shared/calendar/london.ts'

/** Writes one line to standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Writes one line to standard error. */
export function printError(line: string): void {
  process.stderr.write(`${line}\n`)
}

/**
 * Says on standard error why a command cannot continue, and ends the process: with status 2 if it was called wrongly.
 */
export function exitWith(reason: string, code = 2): never {
  printError(reason)
  process.exit(code)
}

/** Prints the answer to a question about a command, and ends the process. */
export function exitAnswering(answer: string): never {
  print(answer.trimEnd())
  process.exit(0)
}

/**
 * Reads the arguments of a command. Ends the process if they do not match `config`, and on `--help` (printing
 * `usage`) or `--version`.
 */
export function readArguments<const Config extends ParseArgsConfig>(config: Config, usage: string) {
  const asked = process.argv.slice(2)
  if (asked.includes('--help') || asked.includes('-h')) exitAnswering(usage)
  if (asked.includes('--version')) exitAnswering(manifest.version)
  try {
    return parseArgs(config)
  } catch (error) {
    return exitWith(`${(error as Error).message.split('. ')[0]}; --help lists the options`)
  }
}

/** The value of a required flag. Ends the process if it is missing. */
export function needed(value: string | undefined, flag: string): string {
  return value ?? exitWith(`${flag} is missing; --help describes it`)
}

/** The path of a file to read. Ends the process if it is a folder; throws if it does not exist. */
export function fileAt(path: string): string {
  return statSync(path).isDirectory() ? exitWith(`${path}: expected a file, not a folder`) : path
}

/** Reads the value of a flag as an instant, such as 2026-03-09T14:00:00Z. Ends the process if it is not one. */
export function readInstant(written: string, flag: string): Instant {
  try {
    return Temporal.Instant.from(written).epochMilliseconds
  } catch {
    return exitWith(
      `${flag}: expected an instant such as 2026-03-09T14:00:00Z, not ${JSON.stringify(written)}`,
    )
  }
}

/** Reads the value of a flag as a whole number from 0. Ends the process if it is not one. */
export function readWhole(written: string, flag: string): number {
  if (/^\d{1,15}$/.test(written)) return Number(written)
  return exitWith(`${flag}: expected a whole number, not ${JSON.stringify(written)}`)
}

/**
 * Says in a sentence what is wrong outside a command, if that is what an error means: a missing file, a port in use,
 * an account that AWS does not know. Undefined for any other error, which is a bug.
 */
export function mistakeIn(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, errno, path, port, $metadata } = error as NodeJS.ErrnoException &
    Readonly<Record<string, unknown>>
  if (typeof errno === 'number' && code?.startsWith('E') && !code.startsWith('ERR_')) {
    return `${path ?? port ?? 'the network'}: ${getSystemErrorMessage(errno)}`
  }
  if (code === 'ERR_SQLITE_ERROR') return error.message
  const isOfAws =
    $metadata !== undefined || /CredentialsProvider|Region (is missing|not accepted)/.test(`${error}`)
  return isOfAws ? `AWS: ${error.message || error.name}` : undefined
}

/** A progress bar on standard error, if somebody is watching. */
export function progress(what: string, total: number): SingleBar {
  const format = `${what} {bar} {percentage}%`
  const bar = new SingleBar({ stream: process.stderr, format, noTTYOutput: false })
  bar.start(total, 0)
  return bar
}

/** Exits quietly when the reader of the output closes the pipe, as `head` does. */
export function exitWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
}
