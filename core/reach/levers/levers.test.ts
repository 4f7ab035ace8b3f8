import { describe, expect, it } from 'vitest';
import { readConfig } from '../../config/index.ts';
import type { Model } from '../../model/model.ts';
import { findObjective, type ObjectiveKind } from '../objective.ts';
import { leversFor } from './index.ts';

const OBJECTIVES =
  'objectives: { availability: 99%, latency: { p99: 1s }, rto: 1m, rpo: 1s }\nversion: 1\n';

/** The titles of all settings for an objective; a part of them, where that is given. */
function settings(yaml: string, kind: ObjectiveKind, part = '', zoneAvailability?: number) {
  const model = modelOf(yaml);
  const objective = findObjective(model, { kind });
  if (!objective) throw new Error('There is no such objective.');
  const options = zoneAvailability === undefined ? {} : { zoneAvailability };
  return leversFor(model, objective, options)
    .flatMap((lever) => lever.settings.map((setting) => setting.apply(model).title))
    .filter((title) => title.includes(part));
}

function modelOf(yaml: string): Model {
  const { model, problems } = readConfig(OBJECTIVES + yaml, 'a.yaml');
  expect(problems).toEqual([]);
  return model;
}

describe('a minimum', () => {
  const config = (group: string) =>
    settings(
      `redundancy: { db: { minHealthy: 4, active: [a, b, c, d, e], ${group} } }
services: { web: { traffic: { rate: 100/s }, calls: [{ to: db }] } }`,
      'availability',
      'minHealthy',
    ).map((title) => Number(title.slice(-1)));

  it('goes as low as members that are busy for four fifths of the time allow', () => {
    expect(config('capacity: 65/s')).toEqual([3, 2]);
    expect(config('capacity: 60/s')).toEqual([3]);
    expect(config('capacity: 1k/s')).toEqual([3, 2, 1]);
  });

  it('does not go below a quorum', () => {
    expect(config('capacity: 1k/s, replication: { mode: quorum }')).toEqual([3]);
    expect(config('capacity: 1k/s, replication: { mode: quorum, write: 4, read: 2 }')).toEqual([]);
  });

  it('stays where nobody says what a member can do', () => {
    expect(config('type: db')).toEqual([]);
  });

  it('goes up only where standbys could share the load', () => {
    const busy = `redundancy: { db: { minHealthy: 1, active: [a], standby: [b], capacity: 9/s } }
services: { web: { traffic: { rate: 5/s }, calls: [{ to: db }] } }`;
    expect(settings(busy, 'p99', 'minHealthy')).toEqual(["Set 'minHealthy' of 'db' to 2"]);
    expect(settings(busy, 'rto', "of 'db' to 2")).toEqual([]);
  });
});

describe('zones', () => {
  const config = (active: string, zoneAvailability?: number) =>
    settings(
      `redundancy: { db: { minHealthy: 1, active: [${active}] } }`,
      'availability',
      'Spread',
      zoneAvailability,
    );

  it('get as few members moved as can be', () => {
    const found = config(
      '{ id: a, zone: x }, { id: b, zone: x }, { id: c, zone: x }, { id: d, zone: y }, { id: e, zone: z }',
      0.999,
    );
    expect(found).toEqual(["Spread 'db' over zones: move 'c' to z"]);
  });

  it('are left as they are when they differ by one, or somebody does not say', () => {
    expect(config('{ id: a, zone: x }, { id: b, zone: x }, { id: c, zone: y }', 0.999)).toEqual([]);
    expect(config('{ id: a, zone: x }, { id: b, zone: x }, c', 0.999)).toEqual([]);
    const regions = '{ id: a, zone: x, region: r }, { id: b, zone: x, region: r }';
    expect(config(`${regions}, { id: c, zone: x, region: r }`, 0.999)).toEqual([]);
  });

  it('matter only when it is known how often they are up', () => {
    const active = '{ id: a, zone: x }, { id: b, zone: x }, { id: c, zone: x }, { id: d, zone: y }';
    expect(config(active, 0.999)).toHaveLength(1);
    expect(config(active)).toEqual([]);
  });
});

describe('what is nothing to the objective', () => {
  const yaml = `redundancy:
  db: { minHealthy: 1, active: [a], replication: { lag: 5s } }
  other: { minHealthy: 1, active: [b], detection: { interval: 9s } }
retries: { used: {}, unused: {} }
circuitBreakers: { b: {} }
bulkheads: { p: { size: 5 } }
services:
  web: { traffic: { rate: 1/s }, calls: [{ to: db, retry: used, bulkhead: p, circuitBreaker: b, timeout: 1s }] }
  idle: { runsOn: other, calls: [{ to: db, retry: unused, timeout: 2s }] }`;

  it('is left alone', () => {
    const available = settings(yaml, 'availability').join('\n');
    expect(available).toMatch(/'used'[\s\S]*'p'[\s\S]*'web' → 'db'/);
    expect(available).not.toMatch(/'unused'|'other'|'idle'|breaker|sync/);
    expect(settings(yaml, 'p99').join('\n')).not.toMatch(/member|breaker|sync/);
    expect(settings(yaml, 'rto').join('\n')).not.toMatch(/retry|timeout'|bulkhead|sync/);
    expect(settings(yaml, 'rto', 'breaker')).toHaveLength(7);
    expect(settings(yaml, 'rpo')).toEqual([
      "Let writes to 'db' wait for its copies: replication mode sync",
    ]);
  });

  it('is everything in a group that is alone on purpose', () => {
    const alone = 'redundancy: { leader: { singleton: true, minHealthy: 1, active: [a] } }';
    expect(settings(alone, 'availability')).toEqual([]);
  });
});

describe('numbers', () => {
  it('are tried from the nearest on, in two digits', () => {
    expect(
      settings('services: { a: { calls: [{ to: b, timeout: 1s }] }, b: {} }', 'p99').slice(0, 4),
    ).toEqual([
      "Set 'timeout' of 'a' → 'b' to 1.3s",
      "Set 'timeout' of 'a' → 'b' to 800ms",
      "Set 'timeout' of 'a' → 'b' to 1.5s",
      "Set 'timeout' of 'a' → 'b' to 660ms",
    ]);
    expect(
      settings(
        'retries: { r: { attempts: 4, budget: 60% } }\nservices: { a: { calls: [{ to: b, retry: r }] }, b: {} }',
        'p99',
      ),
    ).toEqual([
      "Set 'attempts' of the retry policy 'r' to 5",
      "Set 'attempts' of the retry policy 'r' to 3",
      "Set 'attempts' of the retry policy 'r' to 2",
      "Set 'attempts' of the retry policy 'r' to 1",
      "Set 'budget' of the retry policy 'r' to 75%",
      "Set 'budget' of the retry policy 'r' to 90%",
    ]);
  });
});
