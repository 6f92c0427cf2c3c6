import { MINUTE_MS } from '../calendar/london.ts'
import type { SendResult } from './channel.ts'

/** How long a provider may take to respond: much less than a lease, so that no response comes after it expired. */
export const PATIENCE_MS = 10_000

/**
 * A connection is used for one request. A kept one that died while idle, which is common when a Lambda is frozen, would
 * fail like a message that may have been accepted, and cost a whole lease of waiting.
 */
export const FRESH_CONNECTION = { keepAlive: false } as const

/**
 * The settings of an AWS client that sends messages. A provider without an idempotency key sends a message as often as
 * it is asked to, so the SDK makes one attempt, and the ledger decides whether there is another.
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
 * What a failed request means if its provider said nothing about the message. One that never left may be sent again;
 * one that may have been received is unknown. Any other failure would affect every message, and throws.
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

/** A provider's own words without the addresses and numbers that they may repeat, safe for a log. */
export function discreet(words: string): string {
  return words.replace(/[^\s<>"',:;]+@[^\s<>"',:;]+|\+?\d[\d ]{5,}\d/g, '…')
}

/** The parts of errors that say what happened to a request: the AWS SDK's, axios's and Node's own. */
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

/** Nothing was sent, because there was no connection. */
function neverLeft(error: unknown): boolean {
  return causesOf(error).some(({ syscall }) => syscall === 'connect' || syscall === 'getaddrinfo')
}

/** The request was sent, at least in part, and no proper response came back. */
function wasCutOff(error: unknown): boolean {
  const signs = /^(TimeoutError|ECONNRESET|EPIPE|ETIMEDOUT|ECONNABORTED|HPE_\w+)$/
  return causesOf(error).some(({ name, code }) => signs.test(String(name)) || signs.test(String(code)))
}

/** An error, its causes, and the errors of all attempts. */
function causesOf(error: unknown): Failure[] {
  const failure = asFailure(error)
  const further = Array.isArray(failure.errors) ? failure.errors : []
  return [failure, ...[failure.cause, ...further].filter(Boolean).flatMap(causesOf)]
}

function asFailure(error: unknown): Failure {
  return typeof error === 'object' && error !== null ? error : {}
}
