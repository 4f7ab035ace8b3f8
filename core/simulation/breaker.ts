import {
  type BreakerMetrics,
  type BreakerStateKind,
  CircuitBreaker,
  type CircuitBreakerOptions,
} from '../patterns/index.ts';
import type { Engine } from './engine.ts';
import { LocalClock } from './local-clock.ts';
import { type LoggedState, StateLog } from './state-log.ts';

/** A circuit breaker together with what it did during the run. */
export class RecordedBreaker {
  readonly machine: CircuitBreaker;
  readonly clock: LocalClock;
  rejected = 0;
  readonly #states = new StateLog<BreakerStateKind>();

  constructor(engine: Engine, options: Omit<CircuitBreakerOptions, 'onTransition'>) {
    this.clock = new LocalClock(engine);
    this.#states.add(0, 'closed');
    this.machine = new CircuitBreaker({
      ...options,
      onTransition: (_from, to) => {
        this.#states.add(engine.nowMs, to);
      },
    });
  }

  /** Counted by the states, so that both tell the same: one of no length did not happen. */
  get opened(): number {
    return this.states.filter(({ state }) => state === 'open').length;
  }

  metrics(): BreakerMetrics {
    return this.machine.metrics(this.clock.nowMs);
  }

  get states(): readonly LoggedState<BreakerStateKind>[] {
    return this.#states.entries;
  }
}
