import { describe, expect, it } from 'vitest';
import {
  availabilityCeiling,
  bottlenecks,
  lostWith,
  singlePointsOfFailure,
} from '../../analysis/index.ts';
import { readConfig } from '../../config/index.ts';
import type { Model, Service } from '../../model/model.ts';
import { dependenciesOf, memberId, requestsId } from './dependencies.ts';

function modelOf(yaml: string): Model {
  return readConfig(`version: 1\n${yaml}`, 'a.yaml').model;
}

/** Share of requests to a service that get an answer, at most. */
function ceiling(yaml: string, name = 'shop') {
  const model = modelOf(yaml);
  const id = requestsId(model.services.get(name) as Service);
  return availabilityCeiling(dependenciesOf(model).structure, id);
}

/** Each member is up 99 % of the time. */
const MEMBERS = `failures: { mtbf: 99h }, recovery: { time: 1h, maxTime: 1h, successRate: 100% }`;
const PAIR = `redundancy: { db: { minHealthy: 1, active: [a, b], ${MEMBERS} } }`;

describe('what a service depends on', () => {
  it.each([
    ['the group that it runs on', `${PAIR}\nservices: { shop: { runsOn: db } }`, 0.9999],
    ['the groups that it calls', `${PAIR}\nservices: { shop: { calls: [{ to: db }] } }`, 0.9999],
    [
      'a quorum of the copies',
      `redundancy: { db: { minHealthy: 1, active: [a, b, c], replication: { mode: quorum }, ${MEMBERS} } }
services: { shop: { calls: [{ to: db }] } }`,
      0.999702,
    ],
    [
      'no quorum of what it does not do',
      `redundancy: { db: { minHealthy: 1, active: [a, b, c], replication: { mode: quorum, write: 3, read: 1 }, ${MEMBERS} } }
services: { shop: { calls: [{ to: db, operation: read }] } }`,
      0.999999,
    ],
    [
      'the promise of somebody else',
      `services: { shop: { calls: [{ to: maps }] }, maps: { objectives: { availability: 99% } } }`,
      0.99,
    ],
    [
      'what is shared, once',
      `services:
  shop: { calls: [{ to: a }, { to: b }] }
  a: { calls: [{ to: maps }] }
  b: { calls: [{ to: maps }] }
  maps: { objectives: { availability: 99% } }`,
      0.99,
    ],
    [
      'what others promise, whatever that rests on',
      `${PAIR}
services:
  shop: { calls: [{ to: pay }] }
  pay: { objectives: { availability: 99% }, runsOn: db, errorRate: 5% }`,
      0.99,
    ],
    [
      'what its own promise rests on',
      `${PAIR}\nservices: { shop: { objectives: { availability: 99% }, runsOn: db } }`,
      0.9999,
    ],
    ['its own errors', `services: { shop: { errorRate: 2% } }`, 0.98],
    [
      'errors of others that retries do not mend',
      `retries: { again: { attempts: 2 } }
services: { shop: { calls: [{ to: pay, retry: again }] }, pay: { errorRate: 10% } }`,
      0.99,
    ],
    [
      'errors that may not be tried again',
      `retries: { again: { attempts: 2 } }
services: { shop: { calls: [{ to: pay, retry: again, idempotent: false }] }, pay: { errorRate: 10% } }`,
      0.9,
    ],
    [
      'the takeovers of its standbys',
      `redundancy: { db: { minHealthy: 1, active: [a], standby: [b], activation: 6m, ${MEMBERS} } }
services: { shop: { runsOn: db } }`,
      0.9999 * (1 - 0.1 / 99),
    ],
  ])('is %s', (_, yaml, up) => {
    const found = ceiling(yaml);
    expect(found?.kind === 'exact' && found.up).toBeCloseTo(up, 12);
  });

  it.each([
    ['a default', 'fallback: { default: [] }', 1],
    ['something that it has kept', 'fallback: { cache: 10m }', 1],
    ['stale answers', 'cache: { maxAge: 1s, staleIfError: 10m }', 1],
    ['another service', 'fallback: { call: other }', 1 - 0.01 * 0.05],
    ['the one that failed', 'fallback: { call: maps }', 0.99],
  ])('is not what %s can stand in for', (_, fallback, up) => {
    const found = ceiling(`services:
  shop: { calls: [{ to: maps, ${fallback} }] }
  maps: { objectives: { availability: 99% } }
  other: { objectives: { availability: 95% } }`);
    expect(found?.kind === 'exact' && found.up).toBeCloseTo(up, 12);
  });

  it('is not known where nobody has said so', () => {
    const model = modelOf(`redundancy: { db: { active: [a, b] } }
services: { shop: { calls: [{ to: db }, { to: search, fallback: { cache: 1m } }] }, search: {} }`);
    const { parts, structure } = dependenciesOf(model);
    const shop = model.services.get('shop') as Service;
    const unknown = availabilityCeiling(structure, requestsId(shop))?.unknown ?? [];
    const kinds = unknown.map((id) => parts.get(id)?.kind);
    expect(kinds.sort()).toEqual(['cache', 'member', 'member', 'service', 'service']);
  });

  it('fails with what it needs, whatever was promised', () => {
    const model = modelOf(`${PAIR}
services:
  shop: { calls: [{ to: pay }] }
  pay: { objectives: { availability: 99% }, runsOn: db }`);
    const { failures } = dependenciesOf(model);
    const shop = requestsId(model.services.get('shop') as Service);
    const lost = (...names: string[]) =>
      lostWith(
        failures,
        names.map((name) => memberId({ name })),
      ).includes(shop);
    expect([lost('a'), lost('a', 'b')]).toEqual([false, true]);
  });

  it('has single points that stand for the parts of the model', () => {
    const model = modelOf(`redundancy:
  db:
    minHealthy: 1
    active: [{ id: a, zone: z, region: r }, { id: b, zone: z, region: r }, { id: c, zone: z, region: q }]
  cache: { minHealthy: 1, active: [{ id: d, zone: z, region: r }] }
services: { shop: { calls: [{ to: db }, { to: cache }], runsOn: gone } }`);
    const { failures, parts, structure } = dependenciesOf(model);
    const shop = model.services.get('shop') as Service;
    const found = singlePointsOfFailure(failures, [requestsId(shop)]).map(({ id }) => {
      const part = parts.get(id);
      return part?.kind === 'member' ? part.member.name : part?.kind;
    });
    expect(found).toEqual(['region', 'zone', 'd']);
    expect(bottlenecks(structure, requestsId(shop))).toEqual([]);
  });
});
