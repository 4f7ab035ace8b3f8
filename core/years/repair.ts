import { log, log1p } from '../math/portable.ts';
import type { RecoveryPolicy } from '../patterns/index.ts';
import type { LifetimeSampler } from '../simulation/lifetime.ts';
import type { RandomStream } from '../time/index.ts';

/** More attempts than these do not change anything. */
const MOST_ATTEMPTS = 1_000;

/**
 * Draws how long a member takes to come back: the attempts of its policy up to the first that works,
 * with the pauses between them. Recoveries that give up are left out, as in the closed forms: how
 * long people take then no config says.
 */
export function createRepairSampler(
  policy: RecoveryPolicy,
  drawAttemptMs: LifetimeSampler,
  random: RandomStream,
): () => number {
  const { maxAttempts, retryAfterMs, successRate } = policy;
  const fails = 1 - successRate;
  // How many attempts it takes has a geometric distribution, cut off where they end.
  const worksAtAll = 1 - fails ** Math.min(maxAttempts, MOST_ATTEMPTS);
  return () => {
    if (successRate === 0) return Number.POSITIVE_INFINITY;
    const share = random.next() * worksAtAll;
    const attempts = fails === 0 ? 1 : 1 + Math.floor(log1p(-share) / log(fails));
    let ms = (attempts - 1) * retryAfterMs;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      ms += drawAttemptMs(policy.durationMs(attempt), random);
    }
    return ms;
  };
}
