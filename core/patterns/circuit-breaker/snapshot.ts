import { expected, readCount, readNumber, readObject } from './saved-data.ts';
import type { SavedTrip } from './trip.ts';

/** The part of a state that survives a restart: trials in flight do not. */
export type SavedState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly openForMs: number }
  | { readonly kind: 'half-open'; readonly successCount: number }
  | { readonly kind: 'isolated' };

/**
 * A breaker as plain data, to be kept as JSON. Times are relative, so that it can be restored on
 * another clock; the time in between does not pass for the breaker.
 */
export interface BreakerSnapshot {
  readonly version: 1;
  readonly state: SavedState;
  /** How often it has opened again since it was last closed; the open time grows with it. */
  readonly reopenings: number;
  readonly trip: SavedTrip;
}

/** What is left to the trip to read. */
export interface ReadSnapshot extends Omit<BreakerSnapshot, 'trip'> {
  readonly trip: Readonly<Record<string, unknown>>;
}

/**
 * @param tripKind what the breaker trips by; the snapshot must come from one that did the same.
 * @throws RangeError that says what is wrong with `snapshot`.
 */
export function readSnapshot(snapshot: unknown, tripKind: SavedTrip['kind']): ReadSnapshot {
  const { version, state, reopenings, trip } = readObject('snapshot', snapshot);
  if (version !== 1) throw expected('snapshot.version', '1', version);
  const readTrip = readObject('snapshot.trip', trip);
  const { kind } = readTrip;
  if (kind !== tripKind)
    throw expected('snapshot.trip.kind', `'${tripKind}', the breaker's own`, kind);
  return {
    version,
    state: readState(readObject('snapshot.state', state)),
    reopenings: readCount('snapshot.reopenings', reopenings),
    trip: readTrip,
  };
}

function readState(state: Readonly<Record<string, unknown>>): SavedState {
  const { kind, openForMs, successCount } = state;
  switch (kind) {
    case 'closed':
    case 'isolated':
      return { kind };
    case 'open':
      return { kind, openForMs: readNumber('snapshot.state.openForMs', openForMs) };
    case 'half-open':
      return { kind, successCount: readCount('snapshot.state.successCount', successCount) };
    default:
      throw expected('snapshot.state.kind', "'closed', 'open', 'half-open' or 'isolated'", kind);
  }
}
