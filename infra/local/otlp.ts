import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import type { Telemetry } from '../../functions/runtime/telemetry.ts'

export type Otlp = Pick<Telemetry, 'count' | 'measure'> & {
  /** Sends what was not sent yet. */
  stop(): Promise<void>
}

/** How long what takes them has to answer: a service that is to stop waits for that, and a container has ten seconds. */
const PATIENCE_MS = 3_000

/**
 * Sends spans and counts by OTLP over HTTP to where `OTEL_EXPORTER_OTLP_ENDPOINT` says. OpenTelemetry's other
 * variables say with which headers, under which name, how many of the traces and how often. Loaded only where that is
 * set.
 */
export function startOtlp(version: string): Otlp {
  const ours = resourceFromAttributes({ 'service.name': 'throughcare', 'service.version': version })
  const resource = defaultResource()
    .merge(ours)
    .merge(detectResources({ detectors: [envDetector] }))
  const spans = new BatchSpanProcessor(new OTLPTraceExporter({ timeoutMillis: PATIENCE_MS }))
  const tracing = new NodeTracerProvider({ resource, spanProcessors: [spans] })
  tracing.register()
  const exportIntervalMillis = Number(process.env.OTEL_METRIC_EXPORT_INTERVAL ?? 60_000)
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ timeoutMillis: PATIENCE_MS }),
    exportIntervalMillis,
  })
  const counting = new MeterProvider({ resource, readers: [reader] })
  const meter = counting.getMeter('throughcare')
  return {
    // The meter gives the same counter for the same name.
    count: (name, value = 1) => meter.createCounter(name).add(value),
    measure: (name, milliseconds) => meter.createHistogram(name, { unit: 's' }).record(milliseconds / 1_000),
    async stop() {
      await Promise.allSettled([tracing.shutdown(), counting.shutdown()])
    },
  }
}
