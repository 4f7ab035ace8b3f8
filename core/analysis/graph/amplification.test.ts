import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amplification, steepestPath } from './amplification.ts';
import { type CallGraph, callsOf } from './call-graph.ts';

function call(to: string, attempts: number) {
  return { to, attempts };
}

/** Eight services that call only later ones, so that paths can be followed by hand. */
const layered: fc.Arbitrary<CallGraph> = fc
  .array(fc.array(fc.tuple(fc.nat(7), fc.integer({ min: 1, max: 4 })), { maxLength: 4 }), {
    minLength: 8,
    maxLength: 8,
  })
  .map((lists) => ({
    nodes: lists.map((list, i) => ({
      id: `${i}`,
      calls: list.filter(([to]) => to > i).map(([to, attempts]) => call(`${to}`, attempts)),
    })),
  }));

/** The products of attempts along all paths from one service to another. */
function pathsByHand({ nodes }: CallGraph, from: string, to: string): number[] {
  if (from === to) return [1];
  const calls = nodes.find(({ id }) => id === from)?.calls ?? [];
  return calls.flatMap((one) => {
    return pathsByHand({ nodes }, one.to, to).map((product) => product * one.attempts);
  });
}

describe('amplification', () => {
  it('multiplies attempts down a chain', () => {
    const found = amplification(
      callsOf({
        nodes: [
          { id: 'gateway', calls: [call('cart', 4)] },
          { id: 'cart', calls: [call('pricing', 4)] },
          { id: 'pricing', calls: [call('db', 4)] },
          { id: 'db', calls: [] },
        ],
      }),
      'gateway',
    );
    expect(found.get('db')).toEqual({ requests: 64, alongSteepestPath: 64, via: 'pricing' });
    expect(steepestPath(found, 'db')).toEqual(['gateway', 'cart', 'pricing', 'db']);
    expect(steepestPath(found, 'nobody')).toEqual([]);
  });

  it('adds up all paths and finds the steepest', () => {
    fc.assert(
      fc.property(layered, (graph) => {
        const found = amplification(callsOf(graph), '0');
        for (const { id } of graph.nodes) {
          const paths = pathsByHand(graph, '0', id);
          if (paths.length === 0) expect(found.has(id)).toBe(false);
          else {
            const requests = paths.reduce((sum, product) => sum + product);
            expect(found.get(id)?.requests).toBe(requests);
            expect(found.get(id)?.alongSteepestPath).toBe(Math.max(...paths));
            const path = steepestPath(found, id);
            expect([path[0], path.at(-1)]).toEqual(['0', id]);
          }
        }
      }),
    );
  });

  it('is infinite in and behind a cycle, and not before it', () => {
    const found = amplification(
      callsOf({
        nodes: [
          { id: 'a', calls: [call('b', 2), call('d', 1)] },
          { id: 'b', calls: [call('c', 1)] },
          { id: 'c', calls: [call('b', 1), call('e', 3)] },
          { id: 'd', calls: [] },
          { id: 'e', calls: [] },
        ],
      }),
      'a',
    );
    const requests = [...found].map(([id, one]) => [id, one.requests]);
    const endless = Number.POSITIVE_INFINITY;
    expect(Object.fromEntries(requests)).toEqual({
      a: 1,
      b: endless,
      c: endless,
      d: 1,
      e: endless,
    });
    expect(steepestPath(found, 'e')).toEqual(['c', 'e']);
  });

  it('takes strange attempts for one, endless ones as they are, and passes over what is unknown', () => {
    const calls = [call('b', Number.NaN), call('c', Number.POSITIVE_INFINITY), call('nobody', 3)];
    const nodes = ['b', 'c'].map((id) => ({ id, calls: [] }));
    const graph = callsOf({ nodes: [{ id: 'a', calls }, ...nodes] });
    expect(amplification(graph, 'a').get('b')?.requests).toBe(1);
    expect(amplification(graph, 'a').get('c')?.requests).toBe(Number.POSITIVE_INFINITY);
    expect(amplification(graph, 'nobody').size).toBe(0);
  });

  it('goes down 10,000 layers', () => {
    const nodes = Array.from({ length: 10_000 }, (_, i) => {
      return { id: `${i}`, calls: [call(`${i + 1}`, i < 10 ? 2 : 1)] };
    });
    const found = amplification(callsOf({ nodes }), '0');
    expect(found.get('9999')?.requests).toBe(1024);
    expect(steepestPath(found, '9999')).toHaveLength(10_000);
  });
});
