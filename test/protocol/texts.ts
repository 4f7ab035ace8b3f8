/** A name by which the server knows its own. */
export const URI = 'file:///configs/shop.resilience.yaml';

/** A config with one weakness that several rules see, and nothing else. */
export const WEAK = `version: 1
system: Shop
redundancy:
  cache:
    minHealthy: 2
    active:
      - { id: cache-1, zone: a }
      - { id: cache-2, zone: b }
services:
  checkout:
    traffic: { rate: 5/s }
    latency: { p50: 10ms, p99: 50ms }
    calls:
      - { to: cache, timeout: 1s }
simulation: { duration: 10s, seed: 7, replications: 2 }
`;

/** A config with every kind of part of which something can be said. */
export const INSIGHTFUL = `version: 1
system: Shop
objectives:
  availability: 99.9%
  latency: { p99: 1s }
  rto: 1m
  rpo: 1s
redundancy:
  database:
    type: database
    minHealthy: 2
    active: # of one kind
      - { id: db-1, zone: a }
      - { id: db-2, zone: b }
    standby:
      - { id: db-3, zone: b }
    activation: 5s
    latency: { p50: 8ms, p99: 60ms }
    failures: { mtbf: 30d }
    recovery: { time: 10m, maxTime: 10m, successRate: 90% }
    replication: { mode: async, lag: 500ms }
circuitBreakers:
  payments: { failureThreshold: 5, recoveryTimeout: 30s }
bulkheads:
  browsing: { size: 4, queue: 2 }
retries:
  quick: { attempts: 3, backoff: { initial: 50ms } }
rateLimiters:
  limit: { rate: 50/s, burst: 10 }
concurrencyLimits:
  adaptive: { max: 20 }
connectionPools:
  pool: { max: 5 }
services:
  shop:
    tier: 1
    bulkhead: browsing
    objectives: { availability: 99.95% }
    traffic: { rate: 40/s }
    latency: { p50: 20ms, p99: 90ms }
    errorRate: 0%
    calls:
      - { to: orders, timeout: 400ms, retry: quick, idempotent: true }
      - to: payments
        timeout: 800ms
        deadline: 2s
        retry: quick
        circuitBreaker: payments
        rateLimiter: limit
        concurrencyLimit: adaptive
  orders:
    runsOn: database
    latency: 5ms
    calls:
      - { to: database, timeout: 100ms, retry: quick, connectionPool: pool }
  payments:
    objectives: { availability: 99.9% }
    latency: { p50: 100ms, p99: 700ms }
scenarios:
  zone-lost:
    faults:
      - { at: 1m, for: 5m, fail: db-2 }
      - { at: 1m, for: 5m, fail: db-3 }
    load: { requests: 1000, callers: 10, services: [shop] }
`;
