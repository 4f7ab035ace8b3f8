/**
 * What the machines of core/patterns are told by the policies of a model: the simulator and live
 * code build theirs from the same words.
 */
import type { CircuitBreakerOptions, TripOptions } from '../patterns/index.ts';
import type { BreakerPolicy, BreakerTrip } from './model.ts';
import type { Sourced } from './source.ts';

/** The values alone, without where they come from. */
type Values<T> = {
  [K in keyof T]: Exclude<T[K], undefined> extends Sourced<infer V>
    ? V | Extract<T[K], undefined>
    : never;
};

/** Takes the values out of a record of sourced ones; absent ones stay absent. */
export function valuesOf<T extends Readonly<Record<string, Sourced<unknown> | undefined>>>(
  sourced: T,
): Values<T> {
  const entries = Object.entries(sourced).flatMap(([key, one]) => (one ? [[key, one.value]] : []));
  return Object.fromEntries(entries) as Values<T>;
}

export function breakerOptions(policy: BreakerPolicy): CircuitBreakerOptions {
  const { name: _, nameAt: __, trip, ...rest } = policy;
  return { trip: tripOptions(trip), ...valuesOf(rest) };
}

function tripOptions({ kind, ...rest }: BreakerTrip): TripOptions {
  const { slowCallRate, ...values } = valuesOf(rest) as Record<string, unknown>;
  // A rate of slow calls means nothing where no call is slow.
  const slow = 'slowCallMs' in values ? { slowCallRate } : {};
  return { kind, ...values, ...slow } as TripOptions;
}
