import type { Model } from '../../model/model.ts';

/**
 * Whether requests come independently of one another wherever they come from outside, which formulas
 * of queues take for granted. Evenly spaced ones are turned away and wait less than those say, and of
 * recorded ones nobody knows.
 */
export function comesAtRandom(model: Model): boolean {
  return [...model.services.values()].every(
    ({ traffic }) =>
      !traffic || (traffic.arrivals.value === 'poisson' && traffic.shape.value.kind !== 'times'),
  );
}
