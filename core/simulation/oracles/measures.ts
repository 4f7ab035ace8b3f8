import type { BreakerStateKind } from '../../patterns/index.ts';
import { type Estimate, estimate } from '../estimate.ts';
import type { Replication } from '../replication.ts';
import { type OracleConfig, UNIT_MS } from './configs.ts';
import { type Controls, controlledEstimate } from './controlled.ts';

type Measure = (run: Replication) => number;

/** What the runs of a case say about a measure. */
export function measured(
  name: string,
  runs: readonly Replication[],
  config: OracleConfig,
): Estimate {
  const measure = MEASURES[name];
  if (!measure) throw new RangeError(`Nothing is known of a measure '${name}'.`);
  const values = runs.map(measure);
  const { meanServiceMs, perSecond } = config;
  if (meanServiceMs === undefined || perSecond === undefined) return estimate(values);
  const controls = runs.map((run): Controls => {
    const { arrived, durationMs, succeeded } = run.summary;
    const arrivals = (1000 * arrived) / durationMs / perSecond;
    return [arrivals - 1, pool(run, 'servers').usedMs / succeeded / meanServiceMs - 1];
  });
  return controlledEstimate(values, controls);
}

/** What of a run the fixture has the exact value of. Times are in its unit, unless they say. */
const MEASURES: Readonly<Record<string, Measure>> = {
  blocked: ({ summary }) => summary.failures['pool-exhausted'] / summary.arrived,
  gaveUp: ({ summary }) => summary.failures['pool-exhausted'] / summary.arrived,
  utilisation: (run) => inUse(run, 'servers') / pool(run, 'servers').machine.size,
  meanQueue: (run) => pool(run, 'servers').waitedMs / run.summary.durationMs,
  meanWait: (run) => {
    const { arrived, failures } = run.summary;
    return pool(run, 'servers').waitedMs / UNIT_MS / (arrived - failures['pool-exhausted']);
  },
  meanResponse: ({ world }) => world.statistics.latency.meanMs / UNIT_MS,
  p50: ({ summary }) => (summary.latencyMs?.p50 ?? Number.NaN) / UNIT_MS,
  p90: ({ world }) => world.statistics.latency.percentile(0.9) / UNIT_MS,
  p99: ({ summary }) => (summary.latencyMs?.p99 ?? Number.NaN) / UNIT_MS,
  p999: ({ world }) => world.statistics.latency.percentile(0.999) / UNIT_MS,
  attempts: ({ summary }) => summary.callsSent / summary.callsIntended,
  attemptsOfServer: (run) => served(run) / run.summary.arrived,
  failed: ({ summary, world }) => world.statistics.failed / summary.arrived,
  succeeded: ({ summary }) => (summary.succeeded + summary.degraded) / summary.arrived,
  hedged: ({ summary }) => summary.callsSent / summary.callsIntended - 1,
  rejected: ({ summary }) => summary.failures['circuit-open'] / summary.arrived,
  accepted: ({ summary }) => summary.arrived - summary.failures['rate-limited'],
  /** From the arrival to the answer, which may be a failure. */
  meanMs: (run) => pool(run, 'client').usedMs / run.summary.arrived,
  /** In the system, but not in service. */
  meanOrbit: (run) => inUse(run, 'client') - inUse(run, 'servers'),
  open: (run) => shareOf(run, 'open'),
  halfOpen: (run) => shareOf(run, 'half-open'),
  gatewayMs: (run) => msIn(run, 'gateway'),
  serviceMs: (run) => msIn(run, 'service'),
  databaseMs: (run) => msIn(run, 'database'),
  meanInSystem: (run) => inUse(run, 'client'),
};

function pool({ world }: Replication, name: string) {
  const found = world.pools.get(name);
  if (!found) throw new RangeError(`The config has no pool '${name}'.`);
  return found;
}

function inUse(run: Replication, name: string): number {
  return pool(run, name).usedMs / run.summary.durationMs;
}

function served({ world }: Replication, name = 'server'): number {
  return world.station(name).statistics.requests;
}

/** Waiting and in service. */
function msIn(run: Replication, tier: string): number {
  const { usedMs, waitedMs } = pool(run, tier);
  return (usedMs + waitedMs) / served(run, tier);
}

/** The share of time that the breaker is in a state. */
function shareOf({ summary: { durationMs }, world }: Replication, state: BreakerStateKind): number {
  const states = world.breakers.get('b')?.states ?? [];
  const lengths = states.map((each, index) => {
    return each.state === state ? (states[index + 1]?.atMs ?? durationMs) - each.atMs : 0;
  });
  return lengths.reduce((sum, length) => sum + length, 0) / durationMs;
}
