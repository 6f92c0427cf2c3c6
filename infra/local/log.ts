import { discreet } from '../../shared/channels/request.ts'

/** Writes a log line: JSON on standard output, with ids and numbers, and nothing of what is told. */
export function log(level: 'INFO' | 'ERROR', message: string, about: Readonly<Record<string, unknown>> = {}) {
  process.stdout.write(
    `${JSON.stringify({ timestamp: new Date().toISOString(), level, message, ...about })}\n`,
  )
}

/** Logs a failure, in the error's own words without the addresses and numbers that they may repeat. */
export function logError(message: string, about: Readonly<Record<string, unknown>>, error: unknown): void {
  log('ERROR', message, { ...about, fault: discreet(error instanceof Error ? error.message : String(error)) })
}
