import type { RandomStream } from '../../time/index.ts';

/** Something that can be picked to do the next piece of work. */
export interface Balanced {
  readonly id: string;
  /** How busy it is; any unit, the same for all. */
  readonly load: number;
  /** Its share under `weighted`; more than 0. */
  readonly weight: number;
}

/**
 * How the next one is picked:
 * - `round-robin`: who has waited longest for a turn. Whoever stays gets a turn between any two
 *   turns of another, however many others come and go.
 * - `random`: each with the same probability.
 * - `least-loaded`: the smallest load; equals take turns.
 * - `power-of-two`: two different ones at random, of which the less loaded (Mitzenmacher, 2001).
 * - `weighted`: at random, each with a probability in proportion to its weight.
 */
export type LoadBalancingStrategy =
  | 'round-robin'
  | 'random'
  | 'least-loaded'
  | 'power-of-two'
  | 'weighted';

export interface LoadBalancer {
  /** Picks one of the candidates, which may be others each time; `undefined` if there are none. */
  pick<T extends Balanced>(candidates: readonly T[]): T | undefined;
}

/** @param random drawn from by `random`, `power-of-two` and `weighted` only. */
export function createLoadBalancer(
  strategy: LoadBalancingStrategy,
  random: RandomStream,
): LoadBalancer {
  switch (strategy) {
    case 'round-robin':
      return roundRobin();
    case 'random':
      return { pick: (candidates) => candidates[below(candidates.length, random)] };
    case 'least-loaded':
      return leastLoaded();
    case 'power-of-two':
      return powerOfTwo(random);
    case 'weighted':
      return weighted(random);
  }
}

/** Remembers the last turn of every id it has seen: groups have a fixed set of members. */
function roundRobin(): LoadBalancer {
  const lastTurns = new Map<string, number>();
  let turn = 0;
  return {
    pick(candidates) {
      let picked = candidates[0];
      let earliest = Number.POSITIVE_INFINITY;
      for (const candidate of candidates) {
        const lastTurn = lastTurns.get(candidate.id) ?? 0;
        if (lastTurn < earliest) {
          picked = candidate;
          earliest = lastTurn;
        }
      }
      turn += 1;
      if (picked !== undefined) lastTurns.set(picked.id, turn);
      return picked;
    },
  };
}

function leastLoaded(): LoadBalancer {
  let turn = 0;
  return {
    pick(candidates) {
      turn += 1;
      let picked = candidates[turn % candidates.length];
      for (let i = 1; i < candidates.length; i += 1) {
        const candidate = candidates[(turn + i) % candidates.length];
        if (candidate !== undefined && picked !== undefined && candidate.load < picked.load) {
          picked = candidate;
        }
      }
      return picked;
    },
  };
}

function powerOfTwo(random: RandomStream): LoadBalancer {
  return {
    pick(candidates) {
      const i = below(candidates.length, random);
      const first = candidates[i];
      if (first === undefined || candidates.length === 1) return first;
      const j = below(candidates.length - 1, random);
      const second = candidates[j < i ? j : j + 1];
      return second !== undefined && second.load < first.load ? second : first;
    },
  };
}

function weighted(random: RandomStream): LoadBalancer {
  return {
    pick(candidates) {
      let total = 0;
      for (const { weight } of candidates) total += weight;
      let rest = random.next() * total;
      for (const candidate of candidates) {
        rest -= candidate.weight;
        if (rest < 0) return candidate;
      }
      return candidates.at(-1);
    },
  };
}

/** A whole number in [0, count). */
function below(count: number, random: RandomStream): number {
  return Math.floor(random.next() * count);
}
