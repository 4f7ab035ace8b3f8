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
