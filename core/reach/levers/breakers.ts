import type { BreakerPolicy } from '../../model/model.ts';
import { COSTS } from '../cost.ts';
import { below } from './ladder.ts';
import { changed, entrySetting, type Lever, write, writtenDuration } from './lever.ts';

/** Sooner, trials are part of the outage. */
const LEAST_MS = 1_000;

/** A shorter time until a breaker tries again. */
export function openTimeLever({ name, recoveryTimeoutMs }: BreakerPolicy): Lever {
  const values = below(recoveryTimeoutMs.value)
    .map(Math.round)
    .filter((ms) => ms >= LEAST_MS);
  return {
    settings: values.map((value) =>
      entrySetting('breakers', name, COSTS.number, (policy) => ({
        entry: { ...policy, recoveryTimeoutMs: changed(policy.recoveryTimeoutMs, value) },
        title: `Set 'recoveryTimeout' of the breaker '${name}' to ${writtenDuration(value)}`,
        changes: [write(policy.recoveryTimeoutMs, 'recoveryTimeout', writtenDuration(value))],
      })),
    ),
  };
}
