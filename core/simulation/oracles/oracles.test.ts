import { describe, expect, test } from 'vitest';
import { estimate } from '../estimate.ts';
import { type Replication, runReplication } from '../replication.ts';
import { expectAgreement } from '../testing/agreement.ts';
import { modelOf } from '../testing/model.ts';
import oracles from './oracles.json' with { type: 'json' };

type Oracles = typeof oracles;
type Kind = keyof Oracles;
type Given<Of extends Kind> = Oracles[Of]['cases'][number]['given'];

/** The fixture's unit of time, which is the mean service time. */
const UNIT_MS = 10;
const REPLICATIONS = 10;
/** Percentiles are read off a histogram. */
const HISTOGRAM_PRECISION = 0.008;

/** A service whose pool is the servers, and its queue the places to wait. */
const station = (load: number, latency: string, pool: string): string => `
bulkheads: { servers: { ${pool} } }
services:
  web: { bulkhead: servers, traffic: { rate: ${(1000 * load) / UNIT_MS}/s }, latency: ${latency} }
`;
const EXPONENTIAL = `{ mean: ${UNIT_MS}ms }`;
const ENDLESS = 'queue: 100000, maxWait: 1h';

const call = (policies: string, server: string, perSecond = 1000): string => `
services:
  client: { traffic: { rate: ${perSecond}/s }, latency: 0s, calls: [{ to: server, ${policies} }] }
  server: { ${server} }
`;

/** How each case is written as a config. */
const CONFIGS: { readonly [Of in Kind]: (given: Given<Of>) => string } = {
  erlangB: ({ load, servers }) => station(load, EXPONENTIAL, `size: ${servers}`),
  erlangC: ({ load, servers }) => station(load, EXPONENTIAL, `size: ${servers}, ${ENDLESS}`),
  finiteQueue: ({ load, places, servers }) =>
    station(load, EXPONENTIAL, `size: ${servers}, queue: ${places - servers}, maxWait: 1h`),
  maxWait: ({ load, maxWait, servers }) =>
    station(load, EXPONENTIAL, `size: ${servers}, queue: 100000, maxWait: ${maxWait * UNIT_MS}ms`),
  pollaczekKhinchine: ({ latency, perSecond }) =>
    station((perSecond * UNIT_MS) / 1000, latency, `size: 1, ${ENDLESS}`),
  retries: ({ failureRatio, retries }) => `
retries: { again: { attempts: ${retries + 1}, backoff: { initial: 0s } } }
${call('retry: again', `errorRate: ${failureRatio}`)}`,
  timeoutAndRetries: ({ p50Ms, retries, sigma, timeoutMs }) => `
retries: { again: { attempts: ${retries + 1}, backoff: { initial: 0s } } }
${call(
  `retry: again, idempotent: true, timeout: ${timeoutMs}ms`,
  `latency: { p50: ${p50Ms}ms, p99: ${p50Ms * Math.exp(2.3263478740408408 * sigma)}ms }`,
)}`,
  hedge: ({ afterMs, meanMs }) =>
    call(`idempotent: true, hedge: { after: ${afterMs}ms }`, `latency: { mean: ${meanMs}ms }`),
  breaker: ({ failureRatio, openS, perSecond, threshold }) => `
circuitBreakers:
  b: { counting: consecutive, failureThreshold: ${threshold}, recoveryTimeout: ${openS}s, successThreshold: 1 }
${call('circuitBreaker: b', `latency: 0s, errorRate: ${failureRatio}`, perSecond)}`,
};

/** What of a run the fixture has the exact value of. Times are in its unit. */
const MEASURES: Readonly<Record<string, (run: Replication) => number>> = {
  blocked: ({ summary }) => summary.failures['pool-exhausted'] / summary.arrived,
  gaveUp: ({ summary }) => summary.failures['pool-exhausted'] / summary.arrived,
  utilisation: ({ summary, world }) =>
    world.pools.get('servers')?.meanUtilisation(summary.durationMs) ?? Number.NaN,
  meanResponse: ({ world }) => world.statistics.latency.meanMs / UNIT_MS,
  p50: ({ summary }) => (summary.latencyMs?.p50 ?? Number.NaN) / UNIT_MS,
  p99: ({ summary }) => (summary.latencyMs?.p99 ?? Number.NaN) / UNIT_MS,
  attempts: ({ summary }) => summary.callsSent / summary.callsIntended,
  failed: ({ summary, world }) => world.statistics.failed / summary.arrived,
  hedged: ({ summary }) => summary.callsSent / summary.callsIntended - 1,
  rejected: ({ summary }) => summary.failures['circuit-open'] / summary.arrived,
  succeeded: ({ summary }) => summary.succeeded / summary.arrived,
};

/** @param requests of each replication, about: the first of them find an idle system */
function replicate(yaml: string, requests: number): Replication[] {
  const perSecond = Number(/rate: ([\d.]+)\/s/.exec(yaml)?.[1]);
  const model = modelOf(`${yaml}\nsimulation: { duration: ${(1000 * requests) / perSecond}ms }\n`);
  return Array.from({ length: REPLICATIONS }, (_, replication) => {
    const options = { seed: 1, replication, scenario: undefined, mostEvents: 1e9 };
    return runReplication(model, {
      ...options,
      journal: () => {},
      goOn: () => true,
    }) as Replication;
  });
}

describe.each(Object.keys(CONFIGS) as Kind[])('%s', (kind) => {
  const { cases, formula, requests } = oracles[kind];
  const configOf = CONFIGS[kind] as (given: unknown) => string;

  test.each(cases.map((each) => ({ ...each, title: JSON.stringify(each.given) })))(
    `of $title: ${formula}`,
    ({ expected, given, precision }) => {
      const runs = replicate(configOf(given), requests);
      for (const [measure, exact] of Object.entries(expected)) {
        const measured = MEASURES[measure];
        if (!measured) expect.unreachable(measure);
        else {
          const rounding = /^p\d/.test(measure) ? HISTOGRAM_PRECISION : 0;
          expectAgreement(estimate(runs.map(measured)), exact, precision, rounding);
        }
      }
    },
  );
});
