import {
  type BreakerStateKind,
  CircuitBreaker,
  type CircuitBreakerOptions,
} from '../patterns/index.ts';
import { type LoggedState, StateLog } from './state-log.ts';

/** A circuit breaker together with what it did during the run. */
export class RecordedBreaker {
  readonly machine: CircuitBreaker;
  rejected = 0;
  readonly #states = new StateLog<BreakerStateKind>();

  constructor(options: Omit<CircuitBreakerOptions, 'onTransition'>) {
    this.#states.add(0, 'closed');
    this.machine = new CircuitBreaker({
      ...options,
      onTransition: (_from, to, nowMs) => {
        this.#states.add(nowMs, to);
      },
    });
  }

  /** Counted by the states, so that both tell the same: one of no length did not happen. */
  get opened(): number {
    return this.states.filter(({ state }) => state === 'open').length;
  }

  get states(): readonly LoggedState<BreakerStateKind>[] {
    return this.#states.entries;
  }
}
