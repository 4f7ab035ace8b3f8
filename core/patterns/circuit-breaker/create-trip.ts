import { ConsecutiveTrip } from './consecutive-trip.ts';
import { CountWindowTrip } from './count-window-trip.ts';
import { LeakyTrip } from './leaky-trip.ts';
import { TimeWindowTrip } from './time-window-trip.ts';
import type { Trip, TripOptions } from './trip.ts';

/** @throws RangeError when an option is out of range. */
export function createTrip(options: TripOptions): Trip {
  switch (options.kind) {
    case 'leaky':
      return new LeakyTrip(options);
    case 'consecutive':
      return new ConsecutiveTrip(options);
    case 'count-window':
      return new CountWindowTrip(options);
    case 'time-window':
      return new TimeWindowTrip(options);
    default:
      throw new RangeError(`There is no trip of the kind '${(options as TripOptions).kind}'`);
  }
}
