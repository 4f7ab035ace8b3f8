import { exp } from '../../math/portable.ts';
import type oracles from './oracles.json';

export type Oracles = Omit<typeof oracles, 'notHere'>;
export type Kind = keyof Oracles;
export type Given<Of extends Kind> = Oracles[Of]['cases'][number]['given'];

/** The fixture's unit of time, which is the mean service time. */
export const UNIT_MS = 10;
/** 99 % quantile of the standard normal distribution. */
const NORMAL_99 = 2.3263478740408408;
const EXPONENTIAL = `{ mean: ${UNIT_MS}ms }`;
/** Places to wait for as long as anybody likes. */
const ENDLESS = 'queue: 100000, maxWait: 100h';
/** Requests a second, where what is under way at the end of a run must not count. */
const SELDOM = 10;
/** So many tries that more would make no difference. */
const ENOUGH = 60;

export interface OracleConfig {
  readonly yaml: string;
  /** Absent where requests come at times of their own, in the first hour. */
  readonly perSecond?: number;
  /** Of `servers`, where what comes out depends on the load most of all. */
  readonly meanServiceMs?: number;
}

/** A service whose pool is the servers, and its queue the places to wait. */
function station(
  load: number,
  latency: string,
  pool: string,
  meanServiceMs = UNIT_MS,
): OracleConfig {
  const perSecond = (1000 * load) / UNIT_MS;
  return {
    perSecond,
    meanServiceMs,
    yaml: `
bulkheads: { servers: { ${pool} } }
services:
  web: { bulkhead: servers, traffic: { rate: ${perSecond}/s }, latency: ${latency} }
`,
  };
}

/** A client in a pool without limits, whose use is the time that its requests take, failed or not. */
function call(policies: string, server: string, perSecond = 1000): OracleConfig {
  return { perSecond, yaml: callIn(`rate: ${perSecond}/s`, policies, server) };
}

const callIn = (traffic: string, policies: string, server: string): string => `
bulkheads: { client: { size: 100000 } }
services:
  client: { bulkhead: client, traffic: { ${traffic} }, latency: 0s, calls: [{ to: server, ${policies} }] }
  server: { ${server} }
`;

function retrying(attempts: number, backoff: string): string {
  return `retries: { again: { attempts: ${attempts}, backoff: { ${backoff} } } }\n`;
}

const AT_ONCE = 'initial: 0s';

/**
 * Nobody waits for a server: whoever finds none comes again after an exponential time, with a
 * probability, as often as it takes. Each try is a service of its own, whose latency is that time.
 */
function retrials(load: number, servers: number, retryRate: number, persistence: number) {
  const perSecond = (1000 * load) / UNIT_MS;
  const calls = (next: number): string =>
    `calls: [${persistence < 1 && next > 1 ? '{ to: persistence }, ' : ''}{ to: server` +
    `${next > ENOUGH ? '' : `, fallback: [{ call: orbit-${next} }]`} }]`;
  const orbit = Array.from({ length: ENOUGH }, (_, index) => {
    return `  orbit-${index + 1}: { latency: { mean: ${UNIT_MS / retryRate}ms }, ${calls(index + 2)} }`;
  });
  return {
    perSecond,
    yaml: `
bulkheads: { client: { size: 100000 }, servers: { size: ${servers} } }
services:
  client: { bulkhead: client, traffic: { rate: ${perSecond}/s }, latency: 0s, ${calls(1)} }
  server: { bulkhead: servers, latency: ${EXPONENTIAL} }
  persistence: { latency: 0s, errorRate: ${1 - persistence} }
${orbit.join('\n')}
`,
  };
}

/** How each case is written as a config. */
export const CONFIGS: { readonly [Of in Kind]: (given: Given<Of>) => OracleConfig } = {
  erlangB: ({ load, servers }) => station(load, EXPONENTIAL, `size: ${servers}`),
  erlangC: ({ load, servers }) => station(load, EXPONENTIAL, `size: ${servers}, ${ENDLESS}`),
  finiteQueue: ({ load, places, servers }) =>
    station(load, EXPONENTIAL, `size: ${servers}, queue: ${places - servers}, maxWait: 100h`),
  maxWait: ({ load, maxWait, servers }) =>
    station(load, EXPONENTIAL, `size: ${servers}, queue: 100000, maxWait: ${maxWait * UNIT_MS}ms`),
  pollaczekKhinchine: ({ latency, meanMs, perSecond }) =>
    station((perSecond * UNIT_MS) / 1000, latency, `size: 1, ${ENDLESS}`, meanMs),
  // The routes are drawn after each visit, as Markov's are: a coin that fails sends back, or past.
  jackson: ({ perSecond, tiers: [gateway, service, database], visits: [first, second] }) => ({
    perSecond,
    yaml: `
bulkheads:
  client: { size: 100000 }
  gateway: { size: ${gateway?.servers}, ${ENDLESS} }
  service: { size: ${service?.servers}, ${ENDLESS} }
  database: { size: ${database?.servers}, ${ENDLESS} }
${retrying(ENOUGH, AT_ONCE)}
services:
  client:
    bulkhead: client
    traffic: { rate: ${perSecond}/s }
    latency: 0s
    calls: [{ to: gateway }, { to: visit, retry: again, idempotent: true }]
  visit:
    latency: 0s
    calls: [{ to: service }, { to: query, fallback: { default: none } }, { to: last-visit }]
  query: { latency: 0s, calls: [{ to: has-query }, { to: database }] }
  last-visit: { latency: 0s, errorRate: ${1 - 1 / (first ?? 1)} }
  has-query: { latency: 0s, errorRate: ${1 - (second ?? 1)} }
  gateway: { bulkhead: gateway, latency: { mean: ${gateway?.meanMs}ms } }
  service: { bulkhead: service, latency: { mean: ${service?.meanMs}ms } }
  database: { bulkhead: database, latency: { mean: ${database?.meanMs}ms } }
`,
  }),
  retrials: ({ load, retryRate }) => retrials(load, 1, retryRate, 1),
  retriedBulkhead: ({ load, persistence, retryRate, servers }) =>
    retrials(load, servers, retryRate, persistence),
  retries: ({ failureRatio, retries }) => {
    const config = call('retry: again', `latency: 0s, errorRate: ${failureRatio}`);
    return { ...config, yaml: retrying(retries + 1, AT_ONCE) + config.yaml };
  },
  retryLayers: ({ attempts, failureRatio }) => ({
    perSecond: 1000,
    yaml: `
${retrying(attempts, AT_ONCE)}
services:
  client: { traffic: { rate: 1000/s }, latency: 0s, calls: [{ to: second, retry: again }] }
  second: { latency: 0s, calls: [{ to: third, retry: again }] }
  third: { latency: 0s, calls: [{ to: server, retry: again }] }
  server: { latency: 0s, errorRate: ${failureRatio} }
`,
  }),
  backoff: ({ factor, failureRatio, initialMs, jitter, maxMs, retries }) => {
    const waits = `initial: ${initialMs}ms, factor: ${factor}, max: ${maxMs}ms, jitter: ${jitter}`;
    const server = `latency: 0s, errorRate: ${failureRatio}`;
    const config = call('retry: again', server, SELDOM);
    return { ...config, yaml: retrying(retries + 1, waits) + config.yaml };
  },
  worstRetryTime: ({ attempts, factor, initialMs, timeoutMs }) => {
    const waits = `initial: ${initialMs}ms, factor: ${factor}, max: 1h, jitter: none`;
    const policies = `retry: again, idempotent: true, timeout: ${timeoutMs}ms`;
    const yaml = callIn('trace: { times: [0s] }', policies, 'latency: 1h');
    return { yaml: retrying(attempts, waits) + yaml };
  },
  timeoutAndRetries: ({ p50Ms, retries, sigma, timeoutMs }) => {
    const config = call(
      `retry: again, idempotent: true, timeout: ${timeoutMs}ms`,
      `latency: { p50: ${p50Ms}ms, p99: ${p50Ms * exp(NORMAL_99 * sigma)}ms }`,
      SELDOM,
    );
    return { ...config, yaml: retrying(retries + 1, AT_ONCE) + config.yaml };
  },
  hedge: ({ afterMs, meanMs }) =>
    call(
      `idempotent: true, hedge: { after: ${afterMs}ms }`,
      `latency: { mean: ${meanMs}ms }`,
      SELDOM,
    ),
  consecutiveBreaker: ({ failureRatio, openS, perSecond, threshold }) =>
    broken(`counting: consecutive, failureThreshold: ${threshold}`, openS, failureRatio, perSecond),
  windowBreaker: ({ failureRatio, failures, openS, perSecond, window }) =>
    broken(
      `windowCalls: ${window}, minimumCalls: ${window}, failureRate: ${failures / window}`,
      openS,
      failureRatio,
      perSecond,
    ),
  breakerStates: ({ failureRatio, latencyMs, openS, perSecond, threshold }) =>
    broken(
      `counting: consecutive, failureThreshold: ${threshold}`,
      openS,
      failureRatio,
      perSecond,
      latencyMs,
    ),
  tokenBucket: ({ atZero, burst, everyMs, later, perSecond }) => {
    const times = Array.from({ length: atZero + later }, (_, index) => {
      return `${Math.max(0, index - atZero + 1) * everyMs}ms`;
    });
    const traffic = `trace: { times: [${times.join(', ')}] }`;
    const limiter = `rateLimiters: { bucket: { rate: ${perSecond}/s, burst: ${burst} } }\n`;
    return { yaml: limiter + callIn(traffic, 'rateLimiter: bucket', 'latency: 0s') };
  },
};

function broken(
  counting: string,
  openS: number,
  failureRatio: number,
  perSecond: number,
  latencyMs = 0,
): OracleConfig {
  const options = `${counting}, recoveryTimeout: ${openS}s, successThreshold: 1`;
  const server = `latency: ${latencyMs}ms, errorRate: ${failureRatio}`;
  return {
    perSecond,
    yaml: `circuitBreakers: { b: { ${options} } }\n${call('circuitBreaker: b', server, perSecond).yaml}`,
  };
}
