import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.ts';
import type { Model } from '../model/model.ts';
import { ExactAnswers } from './exact.ts';
import { runYears, type YearsRun } from './index.ts';

function read(yaml: string): Model {
  const { model, problems } = readConfig(`version: 1\n${yaml}`, 'a.resilience.yaml');
  expect(problems).toEqual([]);
  return model;
}

function run(model: Model, years: number, seed = 1): YearsRun {
  const result = runYears(model, { seed, years });
  if (result.kind !== 'done') throw new Error(result.kind);
  return result;
}

/** Groups that share a crew, lie in zones and regions that fail, or have standbys of all kinds. */
const systems = fc
  .record({
    members: fc.integer({ min: 1, max: 4 }),
    needed: fc.integer({ min: 1, max: 3 }),
    zones: fc.boolean(),
    network: fc.boolean(),
    crew: fc.constantFrom('none', 'race', 'queue'),
    waiting: fc.constantFrom('', 'standbyRate: 100%', 'standbyRate: 30%', 'commonCause: 20%'),
    coverage: fc.constantFrom('100%', '80%'),
  })
  .map(({ coverage, crew, members, needed, network, waiting, zones }) => {
    const k = Math.min(needed, members);
    const list = (role: string, from: number, to: number) =>
      Array.from({ length: Math.max(0, to - from) }, (_, i) => {
        const n = from + i;
        return `{ id: ${role}${n}, zone: ${n % 2 === 0 ? 'x' : 'y'} }`;
      }).join(', ');
    const by = crew === 'none' ? '' : ', crew: ops';
    const spread = 'successRate: 100%, distribution: exponential';
    const domain = `{ mtbf: 900h, repair: { time: 20h, distribution: exponential${by} } }`;
    return `redundancy:
  g:
    minHealthy: ${k}
    coverage: ${coverage}
    active: [${list('a', 0, k)}]
    standby: [${list('s', k, members)}]
    failures: { mtbf: 100h, ${waiting} }
    recovery: { time: 10h, ${spread}${by} }
${zones ? `zones: { x: ${domain}, y: ${domain} }` : ''}
${network ? `network: ${domain}` : ''}
repairCrews: { ops: ${crew === 'race' ? '{ inspection: 2h, order: race }' : '{ size: 1 }'} }`;
  });

describe('years of failures', () => {
  it('take what a Markov chain says that they take', () => {
    let exact = 0;
    fc.assert(
      fc.property(systems, (yaml) => {
        const model = read(yaml);
        if (!new ExactAnswers(model).ofGroup('g')) return;
        const group = run(model, 100).groups[0];
        if (!group?.exact) throw new Error('What is exact is told.');
        exact++;
        // Five standard errors: seeds are fixed, but there are many systems.
        const { halfWidth, mean } = group.down;
        const error = Math.abs(mean - group.exact.down);
        expect(error).toBeLessThan(2.5 * (halfWidth ?? 0) + 1e-9);
        const seen = group.outages / 100;
        const expected = group.exact.outagesPerMs * 365 * 86_400_000;
        expect(Math.abs(seen - expected)).toBeLessThan(0.2 * expected + 0.6);
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(exact).toBeGreaterThan(15);
  });

  it('are the same again, and others with another seed', () => {
    fc.assert(
      fc.property(systems, (yaml) => {
        const model = read(yaml);
        expect(run(model, 5)).toEqual(run(model, 5));
      }),
      { numRuns: 10, seed: 1 },
    );
    const model = read(
      'redundancy: { g: { minHealthy: 1, active: [a], failures: { mtbf: 10h } } }',
    );
    expect(run(model, 5, 1).groups[0]?.downs).not.toEqual(run(model, 5, 2).groups[0]?.downs);
  });

  it('strike what an edit leaves alone as before', () => {
    const other = '  other: { minHealthy: 1, active: [b], failures: { mtbf: 50h } }';
    const both = (mtbf: string) =>
      `redundancy:\n  g: { minHealthy: 1, active: [a], failures: { mtbf: ${mtbf} } }\n${other}`;
    const downsOf = (yaml: string) => run(read(yaml), 5).groups[1]?.downs;
    expect(downsOf(both('20h'))).toEqual(downsOf(both('70h')));
  });

  it('are over when nobody waits for them', () => {
    const model = read('redundancy: { g: { minHealthy: 1, active: [a], failures: { mtbf: 1h } } }');
    const fractions: number[] = [];
    const result = runYears(model, {
      seed: 1,
      years: 100,
      onProgress: (fraction) => fractions.push(fraction),
      isCancelled: () => fractions.length > 2,
    });
    expect(result.kind).toBe('cancelled');
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });

  it('keep the runs that were whole when somebody stopped them', () => {
    const model = read(
      'redundancy: { g: { minHealthy: 1, active: [a], failures: { mtbf: 50h } } }',
    );
    let done = 0;
    const stopped = runYears(model, {
      seed: 1,
      years: 100,
      onProgress: (fraction) => {
        done = fraction;
      },
      isCancelled: () => done > 0.3,
    });
    const whole = runYears(model, { seed: 1, years: 100 });
    if (stopped.kind !== 'partial' || whole.kind !== 'done') throw new Error(stopped.kind);
    expect(stopped).toMatchObject({ runs: 6, years: 30 });
    expect(stopped.groups[0]?.downs).toEqual(whole.groups[0]?.downs.slice(0, 6));
  });
});

describe('what keeps a group down', () => {
  const STEADY = 'recovery: { time: 10h, successRate: 100% }';
  const only = (yaml: string, years = 300) => {
    const group = run(read(yaml), years).groups[0];
    if (!group) throw new Error('There is no group.');
    return group;
  };

  it.each([
    {
      name: 'a zone that all its members are in',
      yaml: `redundancy: { g: { minHealthy: 1, active: [{ id: a, zone: x }, { id: b, zone: x }] } }
zones: { x: { mtbf: 990h, repair: { time: 10h } } }`,
      down: 0.01,
      cause: 'zone',
    },
    {
      name: 'a region, whatever its zones',
      yaml: `redundancy: { g: { minHealthy: 1, active: [{ id: a, region: r, zone: x }, { id: b, region: r, zone: y }] } }
regions: { r: { mtbf: 990h, repair: { time: 10h } } }`,
      down: 0.01,
      cause: 'region',
    },
    {
      name: 'a network between halves that are too small alone',
      yaml: `redundancy: { g: { minHealthy: 2, active: [{ id: a, zone: x }, { id: b, zone: y }] } }
network: { mtbf: 990h, repair: { time: 10h } }`,
      down: 0.01,
      cause: 'network',
    },
    {
      name: 'a failure that goes unnoticed: 15 minutes on average, then 10 hours',
      yaml: `redundancy: { g: { minHealthy: 1, active: [a], detection: { interval: 10m, missed: 2 }, failures: { mtbf: 100h }, ${STEADY} } }`,
      down: 10.25 / 110.25,
      cause: 'failures',
    },
    {
      name: 'a standby that needs an hour',
      yaml: `redundancy: { g: { minHealthy: 1, active: [a], standby: [b], activation: 1h, standbyMode: cold, failures: { mtbf: 1000h }, recovery: { time: 1m, successRate: 100% } } }`,
      down: 1 / 1001,
      cause: 'takeover',
    },
    {
      name: 'takeovers that never work',
      yaml: `redundancy: { g: { minHealthy: 1, active: [a], standby: [b], coverage: 0%, standbyMode: cold, failures: { mtbf: 990h }, ${STEADY} } }`,
      down: 0.01,
      cause: 'coverage',
    },
    {
      name: 'a cause that strikes all',
      yaml: `redundancy: { g: { minHealthy: 1, active: [a, b, c], failures: { mtbf: 990h, commonCause: 100% }, ${STEADY} } }`,
      down: 0.01,
      cause: 'common-cause',
    },
    {
      name: 'copies that are too few for a quorum',
      yaml: `redundancy: { g: { minHealthy: 1, active: [a, b, c], replication: { mode: quorum, copies: 3, write: 3, read: 1 }, failures: { mtbf: 2990h }, ${STEADY} } }`,
      down: 0.01,
      cause: 'takeover',
    },
  ])('$name', ({ cause, down, yaml }) => {
    const group = only(yaml);
    expect(Math.abs(group.down.mean / down - 1)).toBeLessThan(0.06);
    const [[most] = []] = [...group.causes].sort(([, a], [, b]) => b - a);
    expect(most).toBe(cause);
  });

  it('repairs wait for a crew in the order in which things broke', () => {
    // Two alike that fail at the same rate, one repairer: a queue of its own, as if one group.
    const member = `failures: { mtbf: 100h }, recovery: { time: 10h, successRate: 100%, distribution: exponential, crew: ops }`;
    const found = run(
      read(`redundancy:
  g: { minHealthy: 1, active: [a], ${member} }
  h: { minHealthy: 1, active: [b], ${member} }
repairCrews: { ops: {} }`),
      2000,
    );
    // Machine repair with two machines: both down 2ρ²/(1 + 2ρ + 2ρ²), one 2ρ/(…), with ρ = 0.1.
    const total = 1 + 0.2 + 0.02;
    const down = (0.2 / 2 + 0.02) / total;
    for (const { down: found_ } of found.groups) {
      expect(Math.abs(found_.mean / down - 1)).toBeLessThan(0.02);
    }
    expect(Math.abs(found.together.down.mean / ((0.2 + 0.02) / total) - 1)).toBeLessThan(0.02);
  });
});
