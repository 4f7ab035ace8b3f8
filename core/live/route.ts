import type { Clock } from '../time/index.ts';
import { Attempt } from './attempt.ts';
import { Call } from './call.ts';
import type { Events } from './events.ts';
import type { Upper } from './frame.ts';
import type { Layer } from './layer.ts';
import type { CallOptions, Operation } from './policy.ts';
import { ReportedCall } from './reported-call.ts';

/** What is below a layer: the layers further in, and the operation at last. */
export interface Below {
  /** Makes the call on behalf of `above`, which may be answered before this returns. */
  enter(call: Call, above: Upper): void;
}

const OPERATION: Below = {
  enter(call, above) {
    if (call.isItsAttempt) call.start(above);
    else new Attempt(call, above).start(call.operation);
  },
};

class LayerOver implements Below {
  readonly #layer: Layer<unknown>;
  readonly #below: Below;

  constructor(layer: Layer<unknown>, below: Below) {
    this.#layer = layer;
    this.#below = below;
  }

  enter(call: Call, above: Upper): void {
    this.#layer.enter(call, above, this.#below);
  }
}

/** Layers put over one another, ready to make calls through. */
export class Route {
  readonly name: string;
  readonly clock: Clock;
  readonly events: Events;
  /** Whether nothing answers a call while its operation goes on, nor gives the operation anything. */
  readonly isPlain: boolean;
  readonly entry: Below;

  /** @param layers the outermost first. */
  constructor(name: string, layers: readonly Layer<unknown>[], clock: Clock, events: Events) {
    this.name = name;
    this.clock = clock;
    this.events = events;
    this.isPlain = !layers.some((layer) => layer.interrupts || layer.gives);
    this.entry = layers.reduceRight<Below>(
      (below, layer) => new LayerOver(layer, below),
      OPERATION,
    );
  }

  execute<T>(operation: Operation<T>, options?: CallOptions<T>): Promise<T> {
    const call = this.events.heard
      ? new ReportedCall(this, operation, options)
      : new Call(this, operation, options);
    return call.run() as Promise<T>;
  }
}
