import {
  type Attributes,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'

/**
 * Traces, by OpenTelemetry's API: without an SDK behind it (otlp.ts) nothing is made. A span bears the names of what is
 * ours, ids, codes and numbers, and nothing of what it handles: no path, address, text or message of an error.
 */

const tracer = trace.getTracer('throughcare')

/** Headers by which a trace goes on elsewhere, as W3C Trace Context has them. */
export type TraceHeaders = Readonly<Record<string, string>>

export const TRACE_OF_ITS_OWN: TraceHeaders = {}

/** Does something in a span: one within the span that it is called in, or one that goes on where `from` came from. */
export function inSpan<Result>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<Result>,
  from?: TraceHeaders,
): Promise<Result> {
  const parent = from ? propagation.extract(ROOT_CONTEXT, from) : context.active()
  return tracer.startActiveSpan(name, { attributes }, parent, async (span) => {
    try {
      return await work(span)
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR })
      if (error instanceof Error) span.setAttribute('error.type', error.name)
      throw error
    } finally {
      span.end()
    }
  })
}

/** The same port, each call of which is a span. Everything it has is asynchronous. */
export function spanned<Port extends object>(name: string, port: Port): Port {
  const methods = Object.entries(port).map(([method, call]) => [
    method,
    (...given: unknown[]) => inSpan(`${name}.${method}`, {}, () => call(...given)),
  ])
  return Object.fromEntries(methods)
}

/** The headers with which a request to another service goes on with the trace it is made in. */
export function traceHeaders(): Record<string, string> {
  const headers = {}
  propagation.inject(context.active(), headers)
  return headers
}

/** The same work, done later as part of the trace it was asked for in. */
export function withinThisTrace<Work extends () => unknown>(work: Work): Work {
  return context.bind(context.active(), work)
}
