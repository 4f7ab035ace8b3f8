import { describe, expect, it } from 'vitest';
import { simulated } from './testing/model.ts';

interface Setup {
  readonly strategy: string;
  readonly members?: string;
  readonly latency?: string;
  readonly faults?: string;
  readonly callers?: number;
  readonly duration?: string;
}

/** A group under a load test; `failover` may come with the strategy. */
function run({ strategy, faults = '', callers = 1, ...options }: Setup) {
  const { duration = '1h', latency = '10ms', members = '[a, b, c, d]' } = options;
  const { first } = simulated(
    `
redundancy:
  db: { minHealthy: 1, active: ${members}, latency: ${latency}, loadBalancing: ${strategy} }
services: { client: { latency: 0s, calls: [{ to: db }] } }
scenarios:
  test: { load: { requests: 8000, callers: ${callers}, services: [client] }, faults: [${faults}] }
simulation: { duration: ${duration}, replications: 1 }
`,
    { scenario: 'test' },
  );
  const db = first.world.group('db');
  const arrivals = db.members.map((member) => member.arrivals);
  const loads = db.members.map(({ load }) => load);
  return { arrivals, loads };
}

const weights = '[{ id: a, weight: 4 }, { id: b, weight: 2 }, { id: c }, { id: d }]';
/** Four standard deviations of a share of 8000. */
const spread = (share: number) => 4 * Math.sqrt(8000 * share * (1 - share));

// As calls to a group, and as reads of a database.
describe.each(['', ', failover: {}'])('the members of a group%s', (failover) => {
  const of = (strategy: string, setup: Omit<Setup, 'strategy'> = {}) =>
    run({ ...setup, strategy: `${strategy}${failover}` });

  it('take turns', () => {
    expect(of('round-robin').arrivals).toEqual([2000, 2000, 2000, 2000]);
  });

  it('are picked at random, each as often as the others', () => {
    for (const count of of('random').arrivals) {
      expect(Math.abs(count - 2000)).toBeLessThan(spread(1 / 4));
    }
  });

  it('are picked at random by their weights', () => {
    const { arrivals } = of('weighted', { members: weights });
    for (const [index, share] of [1 / 2, 1 / 4, 1 / 8, 1 / 8].entries()) {
      expect(Math.abs((arrivals[index] ?? 0) - 8000 * share)).toBeLessThan(spread(share));
    }
  });

  // Nobody has answered yet, so each request is still in progress where it was given to.
  const atOnce = { callers: 1000, latency: '1h', duration: '1s' };

  it('are picked by how many requests each has in progress', () => {
    expect(of('least-loaded', atOnce).loads).toEqual([250, 250, 250, 250]);
  });

  it('are picked from two at random by how many requests each has in progress', () => {
    const { loads } = of('power-of-two', atOnce);
    // The longest line exceeds the mean by log2 of log2 of their number, not by a root of it.
    expect(loads.reduce((sum, load) => sum + load)).toBe(1000);
    expect(Math.max(...loads)).toBeLessThanOrEqual(253);
    expect(Math.max(...of('random', atOnce).loads)).toBeGreaterThan(253);
  });

  it('have nothing in progress when all is answered', () => {
    expect(of('least-loaded', { callers: 20 }).loads).toEqual([0, 0, 0, 0]);
  });

  it.each([
    { strategy: 'least-loaded', avoids: true },
    { strategy: 'power-of-two', avoids: true },
    { strategy: 'round-robin', avoids: false },
    { strategy: 'random', avoids: false },
    { strategy: 'weighted', avoids: false },
  ])('that are slow are avoided by $strategy: $avoids', ({ avoids, strategy }) => {
    const faults = '{ at: 0s, degrade: a, latency: 90ms }';
    const [slow = 0] = of(strategy, { callers: 40, faults }).arrivals;
    if (avoids) expect(slow).toBeLessThan(1000);
    else expect(slow).toBeGreaterThan(1800);
  });
});
