import { type ParseArgsConfig, parseArgs } from 'node:util'
import { Temporal } from 'temporal-polyfill'
import type { Instant } from '../shared/calendar/london.ts'

/** Writes one line to standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Writes one line to standard error. */
export function printError(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Says on standard error why a command cannot go on, and ends the process: with 2 where it was called wrongly. */
export function exitWith(reason: string, code = 2): never {
  printError(reason)
  process.exit(code)
}

/** Reads the arguments that a command was given. Ends the process where they are not as `config` says. */
export function readArguments<Config extends ParseArgsConfig>(config: Config, usage: string) {
  try {
    return parseArgs(config)
  } catch (error) {
    return exitWith(`${(error as Error).message.split('. ')[0]}\n${usage}`)
  }
}

/** Reads an argument that is an instant, such as 2026-03-09T14:00:00Z. Ends the process where it is none. */
export function readInstant(written: string, usage: string): Instant {
  try {
    return Temporal.Instant.from(written).epochMilliseconds
  } catch {
    return exitWith(
      `expected an instant such as 2026-03-09T14:00:00Z, not ${JSON.stringify(written)}\n${usage}`,
    )
  }
}

/** Makes the process exit quietly when the reader of its output closes the pipe, as `head` does. */
export function exitWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
}
