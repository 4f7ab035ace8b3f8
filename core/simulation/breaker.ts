import {
  type BreakerStateKind,
  CircuitBreaker,
  type CircuitBreakerOptions,
} from '../patterns/index.ts';
import { type LoggedState, StateLog } from './state-log.ts';

/** A circuit breaker together with what it did during the run. */
export class RecordedBreaker {
  readonly machine: CircuitBreaker;
  opened = 0;
  rejected = 0;
  readonly #states = new StateLog<BreakerStateKind>();

  constructor(options: Omit<CircuitBreakerOptions, 'onTransition'>) {
    this.#states.add(0, 'closed');
    this.machine = new CircuitBreaker({
      ...options,
      onTransition: (_from, to, nowMs) => {
        if (to === 'open') this.opened++;
        this.#states.add(nowMs, to);
      },
    });
  }

  get states(): readonly LoggedState<BreakerStateKind>[] {
    return this.#states.entries;
  }
}
