import fc from 'fast-check';
import type { CircuitBreaker } from '../circuit-breaker.ts';
import type { Trip, TripOptions } from '../trip.ts';

// One of each kind, small enough for random histories to open it often.
export const LEAKY = { kind: 'leaky', failureThreshold: 3 } as const;
export const CONSECUTIVE = { kind: 'consecutive', failureThreshold: 3 } as const;
const RATES = { failureRate: 0.5, slowCallRate: 0.75, slowCallMs: 50, minimumCalls: 4 } as const;
export const COUNT_WINDOW = { kind: 'count-window', size: 6, ...RATES } as const;
export const TIME_WINDOW = { kind: 'time-window', windowMs: 1_000, ...RATES } as const;

export const EVERY_TRIP: readonly TripOptions[] = [LEAKY, CONSECUTIVE, COUNT_WINDOW, TIME_WINDOW];

/** How a call ended, some time after the one before. */
export interface EndedCall {
  readonly gapMs: number;
  readonly failed: boolean;
  readonly durationMs: number;
}

export const endedCalls: fc.Arbitrary<EndedCall[]> = fc.array(
  fc.record({
    gapMs: fc.oneof(fc.nat(250), fc.constantFrom(1_000, 300_000)),
    failed: fc.boolean(),
    durationMs: fc.nat(100),
  }),
  { maxLength: 100, size: 'max' },
);

/** Tells `trip` about a call; whether it opens the breaker. */
export function record(trip: Trip, nowMs: number, { failed, durationMs }: EndedCall): boolean {
  return failed ? trip.fail(nowMs, durationMs) : trip.succeed(nowMs, durationMs);
}

/** Makes calls, one after the other, each of which is over at once. */
export function succeed(breaker: CircuitBreaker, nowMs: number, calls = 1, durationMs = 10): void {
  for (let i = 0; i < calls; i += 1) breaker.succeed(breaker.acquire(nowMs), nowMs, durationMs);
}

/** As `succeed`. */
export function fail(breaker: CircuitBreaker, nowMs: number, calls = 1, durationMs = 10): void {
  for (let i = 0; i < calls; i += 1) breaker.fail(breaker.acquire(nowMs), nowMs, durationMs);
}

/** Makes failing calls until the breaker opens. */
export function open(breaker: CircuitBreaker, nowMs: number): void {
  while (breaker.state.kind !== 'open') fail(breaker, nowMs);
}
