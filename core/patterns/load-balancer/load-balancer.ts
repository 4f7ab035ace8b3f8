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
 * - `round-robin`: who has waited longest since its last turn, or since it came. Whoever stays gets
 *   a turn between any two turns of another, however many others come and go.
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
      return new RoundRobin();
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

/** Who is present queues up: who was picked goes to the end, and so does who comes or comes back. */
class RoundRobin implements LoadBalancer {
  /** Ids of the candidates of the last pick, in their order. */
  #ids: readonly string[] = [];
  /** Places in that list, in the order of turns, from `#next` on and round. */
  #turns: readonly number[] = [];
  #next = 0;

  pick<T extends Balanced>(candidates: readonly T[]): T | undefined {
    if (candidates.length === 0) return undefined;
    if (!this.#areSame(candidates)) this.#queueUp(candidates);
    const picked = candidates[this.#turns[this.#next] ?? 0];
    this.#next = this.#next + 1 < this.#turns.length ? this.#next + 1 : 0;
    return picked;
  }

  #areSame(candidates: readonly Balanced[]): boolean {
    const ids = this.#ids;
    if (candidates.length !== ids.length) return false;
    for (let i = 0; i < ids.length; i += 1) if (candidates[i]?.id !== ids[i]) return false;
    return true;
  }

  #queueUp(candidates: readonly Balanced[]): void {
    const ids = candidates.map(({ id }) => id);
    const places = new Map(ids.map((id, place) => [id, place]));
    const waiting = [...this.#turns.slice(this.#next), ...this.#turns.slice(0, this.#next)];
    const turns: number[] = [];
    for (const oldPlace of waiting) {
      const id = this.#ids[oldPlace] ?? '';
      const place = places.get(id);
      if (place !== undefined) turns.push(place);
      places.delete(id);
    }
    this.#ids = ids;
    this.#turns = [...turns, ...places.values()];
    this.#next = 0;
  }
}

function leastLoaded(): LoadBalancer {
  let last = 0;
  return {
    pick<T extends Balanced>(candidates: readonly T[]) {
      let picked: T | undefined;
      let place = last;
      // Looks at the one after the last pick first, so that equals take turns.
      for (let n = candidates.length; n > 0; n -= 1) {
        place = place + 1 < candidates.length ? place + 1 : 0;
        const candidate = candidates[place];
        if (candidate !== undefined && (picked === undefined || candidate.load < picked.load)) {
          picked = candidate;
          last = place;
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
