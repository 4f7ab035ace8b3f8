import type { Model } from '../model/model.ts';
import type { AvailabilityOptions, Objective } from '../reach/index.ts';
import { simulateMinutes } from './minutes.ts';
import { Cancelled, type ConfirmOptions, type Simulated, stage } from './simulated.ts';
import { simulateYears } from './years.ts';

export type { ConfirmOptions, Simulated } from './simulated.ts';

/**
 * Simulates a model before and after a change, with the same random numbers, and says what becomes
 * of an objective: over years of failures where it is about availability, and in the time of the
 * file with its traffic.
 *
 * @returns nothing where no simulation can tell; undefined when it was given up
 */
export function confirm(
  objective: Objective,
  before: Model,
  after: Model,
  options: AvailabilityOptions & ConfirmOptions,
): readonly Simulated[] | undefined {
  try {
    const years =
      objective.kind === 'availability'
        ? simulateYears(objective, before, after, stage(options, 0, 2))
        : undefined;
    const minutes = simulateMinutes(objective, before, after, stage(options, 1, 2));
    return [years, minutes].filter((one) => one !== undefined);
  } catch (error) {
    if (error instanceof Cancelled) return undefined;
    throw error;
  }
}
