import { describe, expect, it } from 'vitest';
import { analyse } from './analyse.ts';
import {
  type SimulationChoice,
  simulate,
  simulateInParts,
  simulatePart,
  simulateYears,
} from './simulate.ts';

const analysis = analyse(
  `version: 1
redundancy: { db: { minHealthy: 1, active: [db-1, db-2] } }
services:
  api:
    traffic: { rate: 20/s }
    latency: { p50: 20ms, p99: 200ms }
    calls: [{ to: db, timeout: 1s }]
scenarios:
  outage:
    faults: [{ at: 10s, for: 5s, fail: db }]
    expect: { availability: '>= 99%', from: 5s, to: 20s }
simulation: { duration: 30s, replications: 6 }
`,
  'shop.resilience.yaml',
);

/** Parts that end in an order of their own, as threads do. */
function inParts(choice: SimulationChoice, atOnce: number, stopAfter = Number.POSITIVE_INFINITY) {
  let begun = 0;
  return simulateInParts(analysis, choice, {
    atOnce,
    runYears: async (years, seed) =>
      structuredClone(simulateYears(analysis, years, seed, () => begun >= stopAfter)),
    async run(replication) {
      const isStopped = begun++ >= stopAfter;
      for (let turns = (7 * replication) % 5; turns > 0; turns--) await Promise.resolve();
      // Plain data: it survives the way to another thread.
      return structuredClone(simulatePart(analysis, choice, replication, () => !isStopped));
    },
  });
}

describe('a simulation in parts', () => {
  it.each([[{}], [{ scenario: null, seed: 9 }], [{ precision: 0.1 }], [{ years: 10 }]])(
    'gives the same bytes as one in a row, however many are run at once: %j',
    async (choice) => {
      const whole = JSON.stringify(simulate(analysis, choice));
      for (const atOnce of [1, 2, 5]) {
        expect(JSON.stringify(await inParts(choice, atOnce))).toBe(whole);
      }
    },
  );

  it('that is stopped is the report of what was there, and says so', async () => {
    const outcome = await inParts({}, 1, 2);
    if (outcome.kind !== 'partial') throw new Error(outcome.kind);
    const { partial, replications, traffic, verdict } = outcome.report;
    expect(partial).toEqual({ planned: 6, isCut: false });
    expect(replications).toBe(2);
    expect(verdict).toMatch(/^Stopped after 2 of 6 runs\. /);
    const two = simulate(analysis, { replications: 2 });
    if (two.kind !== 'done') throw new Error(two.kind);
    expect(traffic).toEqual(two.report.traffic);
  });

  it('that is stopped in its years has the minutes', async () => {
    const outcome = await inParts({ years: 10 }, 1, 6);
    if (outcome.kind !== 'partial') throw new Error(outcome.kind);
    expect(outcome.report).toMatchObject({ replications: 6, years: null });
    expect(outcome.report.verdict).toMatch(/^Stopped before the years were done\. /);
  });

  it('that is stopped in the first of them decides nothing', () => {
    let asked = 0;
    const outcome = simulate(analysis, { isCancelled: () => ++asked > 0 });
    if (outcome.kind !== 'partial') throw new Error(outcome.kind);
    const { objectives, partial, verdict } = outcome.report;
    expect(partial).toEqual({ planned: 6, isCut: true });
    expect(verdict).toMatch(/^Stopped after .* of the first run\. /);
    expect(objectives.map(({ status }) => status)).toEqual(['unclear']);
  });

  it('that is refused runs none', async () => {
    const outcome = await inParts({ scenario: 'flood' }, 2);
    expect(outcome).toMatchObject({ kind: 'refused' });
  });
});
