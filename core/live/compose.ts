import { type Clock, systemClock } from '../time/index.ts';
import { type EventSource, Events, type PolicyListener, subscribeToAll } from './events.ts';
import { Layer } from './layer.ts';
import type { ALTERNATIVE, CallOptions, GIVEN, Operation, Policy } from './policy.ts';
import { Route } from './route.ts';

export interface CompositionOptions {
  /** What events call the whole; by default `call`. */
  readonly name?: string;
  /** By default the clock of the process. */
  readonly clock?: Clock;
}

/** Several policies as one. Compositions inside are laid open: nesting them costs nothing. */
export class Composition<Alternative = never, Given = unknown>
  implements Policy<Alternative, Given>
{
  declare readonly [ALTERNATIVE]?: () => Alternative;
  declare readonly [GIVEN]?: () => Given;
  readonly name: string;
  readonly layers: readonly Layer<unknown>[];
  /** Where its events come from: its own are how calls end. Layers that others share are there too. */
  readonly sources: readonly EventSource[];
  readonly #route: Route;

  /**
   * @param policies the outermost first.
   * @throws TypeError when one of them is neither a layer nor a composition.
   */
  constructor(policies: readonly Policy<Alternative>[], options: CompositionOptions = {}) {
    const { name = 'call', clock = systemClock } = options;
    this.name = name;
    this.layers = policies.flatMap(layersOf);
    const events = new Events();
    this.sources = [events, ...this.layers.map(({ source }) => source)];
    this.#route = new Route(name, this.layers, clock, events);
  }

  execute<T>(operation: Operation<T, Given>, options?: CallOptions<T>): Promise<T | Alternative> {
    return this.#route.execute(operation as Operation<T>, options);
  }

  /** Hears how calls through the composition end, and everything that its layers do for anyone. */
  subscribe(listener: PolicyListener): () => void {
    return subscribeToAll(this.sources, listener);
  }
}

/** What a policy may answer in place of an operation's result. */
export type AlternativeOf<One> = One extends Policy<infer Alternative> ? Alternative : never;

/** All that policies give to operations, one and another. */
export type GivenBy<One> = [TakerOf<One>] extends [(given: infer All) => void] ? All : never;

/** A function for each, because what suits all functions of a union is an intersection. */
type TakerOf<One> =
  One extends Policy<unknown, infer Given> ? (given: Given) => void : (given: unknown) => void;

/**
 * Puts policies around one another, the first outermost. A usual order is that of `POLICY_ORDER`.
 *
 * @throws TypeError when one of them was not made here.
 */
export function compose<const Policies extends readonly Policy<unknown>[]>(
  ...policies: Policies
): Composition<AlternativeOf<Policies[number]>, GivenBy<Policies[number]>> {
  return new Composition(policies as readonly Policy<AlternativeOf<Policies[number]>>[]);
}

function layersOf(policy: Policy<unknown>): readonly Layer<unknown>[] {
  if (policy instanceof Layer) return [policy];
  if (policy instanceof Composition) return policy.layers;
  throw new TypeError('Only policies that are made of layers can be composed');
}
