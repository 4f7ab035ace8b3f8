import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { describe, expect, it } from 'vitest';
import { load, VirtualClock } from '../index.ts';
import { measure } from './open-telemetry.ts';

const CONFIG = `version: 1
circuitBreakers: { pay: { failureThreshold: 2 } }
bulkheads: { pay: { size: 2, queue: 1 } }
retries: { twice: { attempts: 2, backoff: { initial: 10ms, jitter: none } } }
services:
  shop:
    calls:
      - to: pay
        timeout: 100ms
        retry: twice
        circuitBreaker: pay
        bulkhead: pay
        fallback: { default: later }
  pay: {}
`;

/** Loaded policies, measured by the real SDK; `read` gives every value by instrument and labels. */
function measured() {
  const clock = new VirtualClock();
  const policies = load(CONFIG, { clock });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  const stop = measure(policies, provider.getMeter('faultline'));
  const read = async () => {
    exporter.reset();
    await reader.forceFlush();
    const metrics = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics);
    const values = metrics
      .flatMap((scope) => scope.metrics)
      .flatMap(({ dataPoints, descriptor }) =>
        dataPoints.map(({ attributes, value }) => {
          const labels = Object.values(attributes).join(', ');
          const count = typeof value === 'object' ? value.count : value;
          return [`${descriptor.name} (${labels})`, count] as const;
        }),
      );
    return Object.fromEntries(values);
  };
  return { clock, policies, read, stop };
}

describe('OpenTelemetry', () => {
  it('hears of calls, attempts, retries, timeouts, fallbacks and the breaker', async () => {
    const { clock, policies, read } = measured();
    const ended = policies.call('pay', () => new Promise(() => {}));
    await clock.advance(250);
    await expect(ended).resolves.toBe('later');
    expect(await read()).toMatchObject({
      'faultline.call.duration (shop → pay, success)': 1,
      'faultline.call.attempts (shop → pay)': 3,
      'faultline.retries (twice)': 1,
      'faultline.timeouts (pay)': 2,
      'faultline.fallbacks (fallback of pay)': 1,
      'faultline.breaker.transitions (pay, open)': 1,
      'faultline.breaker.state (pay)': 2,
      // The operations go on, whether or not anybody waits for them.
      'faultline.bulkhead.in_use (pay)': 2,
      'faultline.bulkhead.queued (pay)': 0,
    });
  });

  it('hears why calls were not made', async () => {
    const { policies, read } = measured();
    policies.breaker('pay').isolate();
    await policies.call('pay', () => 1);
    expect(await read()).toMatchObject({
      'faultline.rejections (pay, CircuitOpenError)': 1,
      'faultline.breaker.transitions (pay, isolated)': 1,
      'faultline.breaker.state (pay)': 3,
    });
  });

  it('hears nothing more once it is stopped', async () => {
    const { policies, read, stop } = measured();
    await policies.call('pay', () => 1);
    stop();
    await policies.call('pay', () => 1);
    const values = await read();
    expect(values['faultline.call.duration (shop → pay, success)']).toBe(1);
    expect(values).not.toHaveProperty('faultline.breaker.state (pay)');
  });
});
