/** Running totals of a part of the system. What happened in a window is the difference of two readings. */
export interface Meter {
  /** The totals up to now. Reading changes nothing, so that what is expected never changes a run. */
  read(): Float64Array;
  /**
   * What a difference of readings comes to.
   *
   * @param lengthMs of the time between them
   * @returns null where nothing happened that could tell
   */
  value(difference: Float64Array, lengthMs: number): number | null;
  /** The counts behind a share of requests, for an interval that knows how many there were. */
  share?(difference: Float64Array): Share | null;
}

/** Requests that something can be said of. */
export interface Share {
  readonly arrived: number;
  /** Those that ended, in the window. */
  readonly ended: number;
  /** Those of them that the share is of. */
  readonly counted: number;
}

/** A meter of plain totals, in a fixed order. */
export function totals(
  read: () => readonly number[],
  value: (difference: Float64Array, lengthMs: number) => number | null,
  share?: Meter['share'],
): Meter {
  return { read: () => Float64Array.from(read()), value, ...(share && { share }) };
}

/** The difference of two totals. */
export function countOf(read: () => number): Meter {
  return totals(
    () => [read()],
    ([count = 0]) => count,
  );
}

/** A share of the requests that ended: `counted` and all of them, by their totals. */
export function shareOfRequests(
  read: () => readonly [arrived: number, ended: number, counted: number],
): Meter {
  return totals(
    read,
    ([, ended = 0, counted = 0]) => (ended > 0 ? counted / ended : null),
    ([arrived = 0, ended = 0, counted = 0]) =>
      arrived > 0 || ended > 0 ? { arrived, ended, counted } : null,
  );
}

/** `part` per `whole`. */
export function ratioOf(read: () => readonly [part: number, whole: number]): Meter {
  return totals(read, ([part = 0, whole = 0]) => (whole > 0 ? part / whole : null));
}

/** An amount that is there all the time, averaged over it, by its area: amount × ms. */
export function meanOf(readArea: () => number, full = 1): Meter {
  return totals(
    () => [readArea()],
    ([area = 0], lengthMs) => (lengthMs > 0 ? area / (lengthMs * full) : null),
  );
}
