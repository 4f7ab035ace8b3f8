import type { Model } from '../../model/model.ts';
import { formatDuration } from '../../time/index.ts';
import { type Useless, uselessWhere } from './useless.ts';

/** What circuit breakers say in vain. */
export function* breakerSettings(model: Model): Generator<Useless> {
  for (const policy of model.breakers.values()) {
    if (policy.doubtful) continue;
    const { maxRecoveryTimeoutMs, recoveryFactor, recoveryTimeoutMs, trip } = policy;
    const isConstant = recoveryFactor.value === 1;
    yield* uselessWhere(
      isConstant,
      `'${policy.name}'`,
      { maxRecoveryTimeout: maxRecoveryTimeoutMs },
      'with a recoveryFactor of 1 the open time never grows. Raise recoveryFactor, or remove it.',
    );
    yield* uselessWhere(
      !isConstant && maxRecoveryTimeoutMs.value <= recoveryTimeoutMs.value,
      `'${policy.name}'`,
      { recoveryFactor },
      `maxRecoveryTimeout allows no more than the first ${formatDuration(recoveryTimeoutMs.value)}. Raise maxRecoveryTimeout, or remove it.`,
    );
    if ('slowCallRate' in trip) {
      yield* uselessWhere(
        trip.slowCallMs === undefined,
        `'${policy.name}'`,
        { slowCallRate: trip.slowCallRate },
        "without 'slowCall' no call is slow. Add slowCall, or remove it.",
      );
    }
  }
}
