import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../time/index.ts';
import {
  type Balanced,
  createLoadBalancer,
  type LoadBalancer,
  type LoadBalancingStrategy,
} from './load-balancer.ts';

const STRATEGIES: readonly LoadBalancingStrategy[] = [
  'round-robin',
  'random',
  'least-loaded',
  'power-of-two',
  'weighted',
];
const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];

const create = (strategy: LoadBalancingStrategy, seed = 1): LoadBalancer =>
  createLoadBalancer(strategy, createRandom(seed, strategy));

/** Who is present at each pick, in any order, with what load and weight. */
const picks = fc.array(
  fc.shuffledSubarray(IDS).chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.record({
          id: fc.constant(id),
          load: fc.nat(3),
          weight: fc.integer({ min: 1, max: 9 }),
        }),
      ),
    ),
  ),
  { maxLength: 60 },
);

describe.each(STRATEGIES)('%s, whoever comes and goes', (strategy) => {
  it('picks one of the candidates, and nobody only when there is nobody', () => {
    fc.assert(
      fc.property(picks, fc.nat(), (lists, seed) => {
        const balancer = create(strategy, seed);
        for (const list of lists) {
          const picked = balancer.pick<Balanced>(list);
          if (list.length === 0) expect(picked).toBeUndefined();
          else expect(list).toContain(picked);
        }
      }),
    );
  });

  it('picks the same again when everything is the same again', () => {
    fc.assert(
      fc.property(picks, fc.nat(), (lists, seed) => {
        const run = () => {
          const balancer = create(strategy, seed);
          return lists.map((list) => balancer.pick<Balanced>(list)?.id);
        };
        expect(run()).toEqual(run());
      }),
    );
  });
});

describe('round-robin', () => {
  it('is a queue: whoever is picked, comes or comes back goes to the end', () => {
    fc.assert(
      fc.property(picks, (lists) => {
        const balancer = create('round-robin');
        let queue: string[] = [];
        for (const list of lists) {
          const picked = balancer.pick<Balanced>(list)?.id;
          if (picked === undefined) continue;
          const present = list.map(({ id }) => id);
          queue = queue.filter((id) => present.includes(id));
          queue.push(...present.filter((id) => !queue.includes(id)));
          const first = queue.shift() ?? '';
          queue.push(first);
          expect(picked).toBe(first);
        }
      }),
    );
  });

  it('gives whoever stays a turn between any two turns of another', () => {
    fc.assert(
      fc.property(picks, (lists) => {
        const balancer = create('round-robin');
        const stays: Balanced = { id: 'stays', load: 0, weight: 1 };
        const sinceItsTurn = new Set<string>();
        lists.forEach((others, i) => {
          // Wherever it stands in the list.
          const picked = balancer.pick<Balanced>(others.toSpliced(i % 3, 0, stays))?.id ?? '';
          if (picked === 'stays') sinceItsTurn.clear();
          else {
            expect(sinceItsTurn).not.toContain(picked);
            sinceItsTurn.add(picked);
          }
        });
      }),
    );
  });
});

describe('least-loaded', () => {
  it('never picks one while another has less to do', () => {
    fc.assert(
      fc.property(picks, (lists) => {
        const balancer = create('least-loaded');
        for (const list of lists) {
          const picked = balancer.pick<Balanced>(list);
          for (const { load } of list) expect(picked?.load).toBeLessThanOrEqual(load);
        }
      }),
    );
  });

  it('lets equals take turns, whoever else is busier', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1), { minLength: 1, maxLength: 8 }), (loads) => {
        const servers = loads.map((load, i) => ({ id: `${i}`, load, weight: 1 }));
        const idlest = servers.filter(({ load }) => load === Math.min(...loads));
        const balancer = create('least-loaded');
        const round = () => idlest.map(() => balancer.pick<Balanced>(servers)).toSorted(byId);
        expect(round()).toEqual(idlest);
        expect(round()).toEqual(idlest);
      }),
    );
  });
});

describe('power-of-two', () => {
  it('never picks the one that has most to do', () => {
    fc.assert(
      fc.property(picks, fc.nat(), (lists, seed) => {
        const balancer = create('power-of-two', seed);
        for (const list of lists) {
          const loads = list.map(({ load }) => load);
          const most = Math.max(...loads);
          if (loads.filter((load) => load === most).length > 1 || list.length === 1) continue;
          expect(balancer.pick<Balanced>(list)?.load ?? -1).not.toBe(most);
        }
      }),
    );
  });
});

describe('what is drawn by chance is shared as it should be (chi-squared, p = 0.001)', () => {
  const servers = [8, 1, 4, 2].map((weight, i) => ({ id: `${i}`, load: i, weight }));

  it.each([
    { strategy: 'random', shares: [1 / 4, 1 / 4, 1 / 4, 1 / 4] },
    { strategy: 'weighted', shares: [8 / 15, 1 / 15, 4 / 15, 2 / 15] },
    // Of the six pairs, three have the idlest in them, two the next, and one the one after.
    { strategy: 'power-of-two', shares: [3 / 6, 2 / 6, 1 / 6, 0] },
  ] as const)('$strategy', ({ strategy, shares }) => {
    const times = 60_000;
    const counts = [0, 0, 0, 0];
    const balancer = create(strategy, 7);
    for (let n = 0; n < times; n += 1) {
      const place = Number(balancer.pick<Balanced>(servers)?.id);
      counts[place] = (counts[place] ?? 0) + 1;
    }
    let chiSquared = 0;
    shares.forEach((share, place) => {
      const count = counts[place] ?? 0;
      if (share === 0) expect(count).toBe(0);
      else chiSquared += (count - share * times) ** 2 / (share * times);
    });
    const CRITICAL = 16.27; // With three degrees of freedom.
    expect(chiSquared).toBeLessThan(CRITICAL);
  });
});

function byId(a: Balanced | undefined, b: Balanced | undefined): number {
  return (a?.id ?? '').localeCompare(b?.id ?? '');
}
