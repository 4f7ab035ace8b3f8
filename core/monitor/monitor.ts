import { buildReport } from './build-report.ts';
import { EventLog } from './event-log.ts';
import type { FailureEvent, RecoveryEvent } from './events.ts';
import type { Interval } from './intervals.ts';
import { availabilityPercent, mtbfHours, mttrMinutes } from './metrics.ts';
import { outagesOf, systemOutages } from './outages.ts';
import { type MonitorOptions, Parts } from './parts.ts';
import type { MonitorReport } from './report.ts';

const DAY_MS = 86_400_000;

/**
 * Turns failures and recoveries into what people ask after an incident: how often, how long, how
 * available, what repeats, what to do.
 *
 * A component is down from a failure to its next recovery. Events may be recorded in any order:
 * every read puts them in order of time, those of the same time in the order of recording. A
 * component that was not announced becomes known, outside all groups, with its first event. Counts,
 * means and patterns cover all that was recorded; availabilities cover a window that ends now, and
 * nothing is expected to be recorded from after that.
 *
 * Times are milliseconds, 0 or more, since 1970 or since a simulation began.
 */
export class FaultToleranceMonitor {
  readonly #observedFromMs: number;
  readonly #parts: Parts;
  readonly #log = new EventLog();

  /** @throws RangeError when a component names a group that is not there. */
  constructor(options: MonitorOptions) {
    this.#observedFromMs = options.observedFromMs ?? 0;
    this.#parts = new Parts(options);
  }

  /** Every recorded failure, in order of time. */
  get failures(): readonly FailureEvent[] {
    return this.#log.failures();
  }

  /** Every recorded recovery, in order of time. */
  get recoveries(): readonly RecoveryEvent[] {
    return this.#log.recoveries();
  }

  /** @throws RangeError when the time is negative or not finite. */
  recordFailure(event: FailureEvent): void {
    this.#log.recordFailure(event);
    this.#parts.addUnknown(event.component);
  }

  /** @throws RangeError when the time or the duration is negative or not finite. */
  recordRecovery(event: RecoveryEvent): void {
    this.#log.recordRecovery(event);
    this.#parts.addUnknown(event.component);
  }

  /** Mean time between failures, in hours, of one component or of all; infinite below two. */
  mtbfHours(component?: string): number {
    return mtbfHours(this.#log.failures(component));
  }

  /** Mean time to recovery, in minutes, of one component or of all; 0 without recoveries. */
  mttrMinutes(component?: string): number {
    return mttrMinutes(this.#log.recoveries(component));
  }

  /**
   * Share of the window in which a component was up, in [0, 100].
   *
   * @param windowMs length of the window, by default 24 h.
   * @throws RangeError when there is no such component.
   */
  componentAvailability(id: string, nowMs: number, windowMs = DAY_MS): number {
    if (!this.#parts.has(id)) throw new RangeError(`There is no component '${id}'`);
    return availabilityPercent(this.#log.down(id), this.#window(nowMs, windowMs));
  }

  /**
   * Share of the window in which a group had at least its minimum up, in [0, 100].
   *
   * @param windowMs length of the window, by default 24 h.
   * @throws RangeError when there is no such group.
   */
  groupAvailability(name: string, nowMs: number, windowMs = DAY_MS): number {
    const outages = outagesOf(this.#parts.group(name), this.#log);
    return availabilityPercent(outages, this.#window(nowMs, windowMs));
  }

  /**
   * Share of the window in which every group had at least its minimum up, in [0, 100]. A component
   * outside all groups counts as a group of one.
   *
   * @param windowMs length of the window, by default 24 h.
   */
  systemAvailability(nowMs: number, windowMs = DAY_MS): number {
    const outages = systemOutages(this.#parts.all, this.#log);
    return availabilityPercent(outages, this.#window(nowMs, windowMs));
  }

  /** When a component was down, in order of time; infinitely long where it has not recovered. */
  outages(component: string): readonly Interval[] {
    return this.#log.down(component);
  }

  /** @param windowMs length of the window for availabilities, by default 24 h. */
  report(nowMs: number, windowMs = DAY_MS): MonitorReport {
    return buildReport(this.#parts, this.#log, this.#window(nowMs, windowMs));
  }

  #window(nowMs: number, windowMs: number): Interval {
    return { startMs: Math.max(this.#observedFromMs, nowMs - windowMs), endMs: nowMs };
  }
}
