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
 * Traces, by OpenTelemetry's API: without an SDK behind it (otlp.ts) nothing is recorded. A span carries our own names,
 * ids, codes and numbers, and nothing of what it handles: no path, address, text or error message.
 */

const tracer = trace.getTracer('throughcare')

/** Headers that continue a trace elsewhere (W3C Trace Context). */
export type TraceHeaders = Readonly<Record<string, string>>

export const TRACE_OF_ITS_OWN: TraceHeaders = {}

/** Runs something in a span: a child of the current span, or of `from`. */
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

/** The same port, with a span for each call. All its methods are asynchronous. */
export function spanned<Port extends object>(name: string, port: Port): Port {
  const methods = Object.entries(port).map(([method, call]) => [
    method,
    (...given: unknown[]) => inSpan(`${name}.${method}`, {}, () => call(...given)),
  ])
  return Object.fromEntries(methods)
}

/** The headers that make a request to another service continue the current trace. */
export function traceHeaders(): Record<string, string> {
  const headers = {}
  propagation.inject(context.active(), headers)
  return headers
}

/** The same work, done later as part of the current trace. */
export function withinThisTrace<Work extends () => unknown>(work: Work): Work {
  return context.bind(context.active(), work)
}
