import { describe, expect, it } from 'vitest';
import { createRandom } from '../../time/index.ts';
import {
  type Balanced,
  createLoadBalancer,
  type LoadBalancer,
  type LoadBalancingStrategy,
} from './load-balancer.ts';

const STRATEGIES: LoadBalancingStrategy[] = [
  'round-robin',
  'random',
  'least-loaded',
  'power-of-two',
  'weighted',
];

function server(id: string, load = 0, weight = 1): Balanced {
  return { id, load, weight };
}

function create(strategy: LoadBalancingStrategy): LoadBalancer {
  return createLoadBalancer(strategy, createRandom(1, strategy));
}

function pickMany(balancer: LoadBalancer, servers: readonly Balanced[], times: number): string[] {
  return Array.from({ length: times }, () => balancer.pick(servers)?.id ?? '');
}

function shares(ids: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const id of ids) counts[id] = (counts[id] ?? 0) + 1 / ids.length;
  return counts;
}

describe.each(STRATEGIES)('load balancing by %s', (strategy) => {
  it('picks nobody when there is nobody', () => {
    expect(create(strategy).pick([])).toBeUndefined();
  });

  it('picks the only one there is', () => {
    const only = server('a', 5, 2);
    expect(create(strategy).pick([only])).toBe(only);
  });

  it('gives everyone the same share when all are the same', () => {
    const ids = pickMany(
      create(strategy),
      ['a', 'b', 'c'].map((id) => server(id)),
      9_000,
    );
    for (const share of Object.values(shares(ids))) expect(share).toBeCloseTo(1 / 3, 1);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('round-robin', () => {
  it('goes through all in turn', () => {
    const servers = ['a', 'b', 'c'].map((id) => server(id));
    expect(pickMany(create('round-robin'), servers, 7).join('')).toBe('abcabca');
  });

  it('lets who comes back wait for those who stayed', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => server(id)) as [Balanced, Balanced, Balanced];
    const balancer = create('round-robin');
    const lists = [
      [a, b, c],
      [b, c],
      [a, b, c],
      [a, b, c],
      [a, b, c],
    ];
    expect(lists.map((list) => balancer.pick(list)?.id).join('')).toBe('abcba');
  });
});

describe('least-loaded', () => {
  it('picks the smallest load', () => {
    const loads = [1, 2, 3];
    for (const id of ['a', 'b', 'c']) {
      const servers = ['a', 'b', 'c'].map((each, i) => server(each, each === id ? 0 : loads[i]));
      expect(new Set(pickMany(create('least-loaded'), servers, 5))).toEqual(new Set([id]));
    }
  });

  it('lets equals take turns', () => {
    const servers = [server('a', 1), server('b', 1), server('c', 2)];
    expect(pickMany(create('least-loaded'), servers, 6).join('')).toBe('bababa');
  });
});

describe('power-of-two', () => {
  it('compares two different ones, so the most loaded of all is never picked', () => {
    const servers = [server('a', 9), server('b', 1), server('c', 2)];
    const found = shares(pickMany(create('power-of-two'), servers, 9_000));
    expect(found.a).toBeUndefined();
    expect(found.b).toBeCloseTo(2 / 3, 1);
    expect(found.c).toBeCloseTo(1 / 3, 1);
  });
});

describe('random', () => {
  it('pays no attention to load and weight', () => {
    const found = shares(pickMany(create('random'), [server('a', 9, 9), server('b')], 9_000));
    expect(found.a).toBeCloseTo(0.5, 1);
  });
});

describe('weighted', () => {
  it('gives shares in proportion to the weights', () => {
    const servers = [server('a', 0, 1), server('b', 9, 3), server('c', 0, 4)];
    const found = shares(pickMany(create('weighted'), servers, 20_000));
    expect(found.a).toBeCloseTo(0.125, 1.5);
    expect(found.b).toBeCloseTo(0.375, 1.5);
    expect(found.c).toBeCloseTo(0.5, 1.5);
  });
});
