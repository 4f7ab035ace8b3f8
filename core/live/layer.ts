import { type Clock, systemClock } from '../time/index.ts';
import type { Call } from './call.ts';
import { type EventSource, Events, type PolicyListener } from './events.ts';
import type { Upper } from './frame.ts';
import type { ALTERNATIVE, CallOptions, GIVEN, Operation, Policy } from './policy.ts';
import { type Below, Route } from './route.ts';

export interface LayerOptions {
  /** What events and errors call the policy; by default what it is. */
  readonly name?: string;
  /** By default the clock of the process. */
  readonly clock?: Clock;
}

/**
 * A policy that is one layer: usable alone, and together with others in a composition. What belongs
 * to one call is in a frame that `enter` makes; a layer that has nothing to remember makes none.
 */
export abstract class Layer<Alternative = never, Given = unknown>
  implements Policy<Alternative, Given>
{
  declare readonly [ALTERNATIVE]?: () => Alternative;
  declare readonly [GIVEN]?: () => Given;
  readonly name: string;
  protected readonly clock: Clock;
  protected readonly events: Events;
  readonly #alone: Route;

  /** @param events where it says what it does, if others say it there as well. */
  constructor(name: string, clock: Clock = systemClock, events = new Events()) {
    this.name = name;
    this.clock = clock;
    this.events = events;
    this.#alone = new Route(name, [this], clock, events);
  }

  /** Where its events come from; the same for layers that share it. */
  get source(): EventSource {
    return this.events;
  }

  /** Whether it may answer a call while the operation goes on. */
  get interrupts(): boolean {
    return false;
  }

  /** Whether it puts something into the context of operations. */
  get gives(): boolean {
    return false;
  }

  /** Makes one call, of which everything below this layer is `below`. */
  abstract enter(call: Call, above: Upper, below: Below): void;

  execute<T>(operation: Operation<T, Given>, options?: CallOptions<T>): Promise<T | Alternative> {
    return this.#alone.execute(operation as Operation<T>, options);
  }

  subscribe(listener: PolicyListener): () => void {
    return this.events.subscribe(listener);
  }
}
