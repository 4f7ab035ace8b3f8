import { type FailureEvent, inOrderOfTime, type RecoveryEvent } from './events.ts';
import { type Change, downIntervals, type Interval } from './intervals.ts';

interface History {
  readonly failures: FailureEvent[];
  readonly recoveries: RecoveryEvent[];
  /** Both, in the order of recording. */
  readonly changes: Change[];
}

/** Keeps events as they come and gives them out in order of time. */
export class EventLog {
  readonly #histories = new Map<string, History>();

  /** @throws RangeError when the time is negative or not finite. */
  recordFailure(event: FailureEvent): void {
    requireTime('atMs', event.atMs);
    const history = this.#history(event.component);
    history.failures.push(event);
    history.changes.push({ atMs: event.atMs, kind: 'failure' });
  }

  /** @throws RangeError when the time or the duration is negative or not finite. */
  recordRecovery(event: RecoveryEvent): void {
    requireTime('atMs', event.atMs);
    requireTime('durationMs', event.durationMs);
    const history = this.#history(event.component);
    history.recoveries.push(event);
    history.changes.push({ atMs: event.atMs, kind: 'recovery' });
  }

  /** Of one component, or of all. */
  failures(component?: string): FailureEvent[] {
    return inOrderOfTime(this.#select(component).flatMap((history) => history.failures));
  }

  /** Of one component, or of all. */
  recoveries(component?: string): RecoveryEvent[] {
    return inOrderOfTime(this.#select(component).flatMap((history) => history.recoveries));
  }

  /** When a component was down. */
  down(component: string): Interval[] {
    return downIntervals(
      inOrderOfTime(this.#select(component).flatMap((history) => history.changes)),
    );
  }

  #select(component: string | undefined): History[] {
    if (component === undefined) return [...this.#histories.values()];
    const history = this.#histories.get(component);
    return history === undefined ? [] : [history];
  }

  #history(component: string): History {
    let history = this.#histories.get(component);
    if (history === undefined) {
      history = { failures: [], recoveries: [], changes: [] };
      this.#histories.set(component, history);
    }
    return history;
  }
}

function requireTime(name: string, ms: number): void {
  if (Number.isFinite(ms) && ms >= 0) return;
  throw new RangeError(`${name} must be a finite number of at least 0, not ${ms}`);
}
