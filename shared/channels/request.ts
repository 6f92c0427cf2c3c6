import { MINUTE_MS } from '../calendar/london.ts'
import type { SendResult } from './channel.ts'

/** How long a provider has to answer: far less than a lease, so that no answer comes after it has run out. */
export const PATIENCE_MS = 10_000

/**
 * How a connection is used for sending: once. A kept one that died while nobody looked, as they do when a
 * Lambda is frozen, fails in the way of a message that may have been taken, and would cost it a lease of waiting.
 */
export const FRESH_CONNECTION = { keepAlive: false } as const

/**
 * The settings of an AWS client that sends messages. A provider without an idempotency key takes a message as often
 * as it is handed over, so the SDK makes one attempt, and whether there is another is for the ledger to say.
 */
export function oneAttempt(patienceMs = PATIENCE_MS) {
  return {
    maxAttempts: 1,
    requestHandler: {
      requestTimeout: patienceMs,
      throwOnRequestTimeout: true,
      httpsAgent: FRESH_CONNECTION,
    },
  }
}

/**
 * What to make of a request that failed when its provider said nothing of the message. One that never left may go
 * again; one that may have been heard is unknown. Everything else would befall any message alike and throws.
 */
export function resultOfFailure(provider: string, error: unknown): SendResult {
  const status = statusOf(error)
  if (status === undefined) {
    if (neverLeft(error)) return { is: 'throttled', retryAfterMs: MINUTE_MS }
    if (wasCutOff(error)) return { is: 'unknown', reason: 'no-answer' }
  } else {
    if (status < 300) return { is: 'unknown', reason: 'answer-not-understood' }
    if (status === 429 || status === 503) return { is: 'throttled', retryAfterMs: MINUTE_MS }
    if (status >= 500) return { is: 'unknown', reason: 'provider-failed' }
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  throw new Error([provider, status, name, discreet(message)].filter(Boolean).join(' '))
}

/** A provider's own words without the addresses and numbers they may repeat, fit for a log. */
export function discreet(words: string): string {
  return words.replace(/[^\s<>"',:;]+@[^\s<>"',:;]+|\+?\d[\d ]{5,}\d/g, '…')
}

/** The parts of errors that tell what became of a request: the AWS SDK's, axios's and Node's own. */
type Failure = {
  readonly name?: unknown
  readonly code?: unknown
  readonly syscall?: unknown
  readonly cause?: unknown
  readonly errors?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number }
  readonly response?: { readonly status?: number }
}

function statusOf(error: unknown): number | undefined {
  const { $metadata, response } = asFailure(error)
  return $metadata?.httpStatusCode ?? response?.status
}

/** Nothing was written, since there was nobody to write to. */
function neverLeft(error: unknown): boolean {
  return causesOf(error).some(({ syscall }) => syscall === 'connect' || syscall === 'getaddrinfo')
}

/** The request was written, wholly or in part, and no answer came back that was one. */
function wasCutOff(error: unknown): boolean {
  const signs = /^(TimeoutError|ECONNRESET|EPIPE|ETIMEDOUT|ECONNABORTED|HPE_\w+)$/
  return causesOf(error).some(({ name, code }) => signs.test(String(name)) || signs.test(String(code)))
}

/** An error, what caused it, and all that were tried where several were. */
function causesOf(error: unknown): Failure[] {
  const failure = asFailure(error)
  const further = Array.isArray(failure.errors) ? failure.errors : []
  return [failure, ...[failure.cause, ...further].filter(Boolean).flatMap(causesOf)]
}

function asFailure(error: unknown): Failure {
  return typeof error === 'object' && error !== null ? error : {}
}
