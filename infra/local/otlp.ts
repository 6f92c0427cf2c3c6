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
  /** Sends what has not been sent yet. */
  stop(): Promise<void>
}

/** How long the collector may take to respond: stopping the service waits for it, and a container has ten seconds. */
const PATIENCE_MS = 3_000

/**
 * Sends spans and counts by OTLP over HTTP to `OTEL_EXPORTER_OTLP_ENDPOINT`. OpenTelemetry's other variables set
 * headers, service name, sampling and interval. Loaded only if that variable is set.
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
    // The meter returns the same counter for the same name.
    count: (name, value = 1) => meter.createCounter(name).add(value),
    measure: (name, milliseconds) => meter.createHistogram(name, { unit: 's' }).record(milliseconds / 1_000),
    async stop() {
      await Promise.allSettled([tracing.shutdown(), counting.shutdown()])
    },
  }
}
