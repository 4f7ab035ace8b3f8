/** The systems that every contender simulates. The mean service time is 1 ms. */
export const SYSTEMS = {
  'M/M/1': { servers: 1, places: 1_000_000, load: 0.9 },
  'M/M/10/20': { servers: 10, places: 20, load: 9 },
  '10,000 pending': { servers: 1_000_000, places: 1_000_000, load: 10_000 },
} as const satisfies Readonly<Record<string, Queue>>;
export type SystemName = keyof typeof SYSTEMS;

/** M/M/c/K with Poisson arrivals, of which each finds a server, a place to wait, or nothing. */
export interface Queue {
  readonly servers: number;
  /** In all: in service and waiting. */
  readonly places: number;
  /** Requests that arrive in a mean service time. */
  readonly load: number;
}

/** What a contender prints: of its fastest run, and of the last one what came out. */
export interface Result {
  readonly nsPerRequest: number;
  /** Of answered requests, in mean service times. */
  readonly meanResponse: number;
}

/** A service whose bulkhead is servers and queue. Nothing in the engine knows of such systems. */
export function queueConfig({ load, places, servers }: Queue): string {
  const pool =
    servers === places
      ? { pools: '', use: '' }
      : {
          pools: `bulkheads: { servers: { size: ${servers}, queue: ${places - servers}, maxWait: 1h } }`,
          use: ', bulkhead: servers',
        };
  return `
${pool.pools}
services:
  web: { traffic: { rate: ${1000 * load}/s }, latency: { mean: 1ms }${pool.use} }
`;
}

/** Every policy that a call most often has, around a redundant database. */
export const CHAIN_CONFIG = `
retries: { db: { attempts: 3, backoff: { initial: 20ms } } }
circuitBreakers: { db: { failureThreshold: 5, recoveryTimeout: 1s } }
bulkheads: { db: { size: 200 } }
redundancy:
  db: { minHealthy: 1, active: [db-1, db-2], latency: { mean: 5ms } }
services:
  web:
    traffic: { rate: 9000/s }
    latency: 0s
    calls: [{ to: db, retry: db, circuitBreaker: db, bulkhead: db, timeout: 300ms }]
`;
export const CHAIN_PER_SECOND = 9000;

/** Many services with traffic of their own, each of which calls the next one of its ten. */
export function wideConfig(services: number): string {
  const lines = Array.from({ length: services }, (_, index) => {
    const isLast = index % 10 === 9 || index === services - 1;
    const calls = isLast ? '' : `, calls: [{ to: s${index + 1}, timeout: 1s, retry: again }]`;
    return `  s${index}: { traffic: { rate: 10/s }, latency: { p50: 5ms, p99: 50ms }${calls} }`;
  });
  return `retries: { again: { attempts: 2 } }\nservices:\n${lines.join('\n')}\n`;
}
