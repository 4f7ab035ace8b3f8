import type { Model, RetryPolicy } from '../../model/model.ts';
import { formatDuration, formatPercent } from '../../time/index.ts';
import { idleWhere, type Useless, uselessWhere } from './useless.ts';

/** What retry policies say in vain. */
export function* retrySettings(model: Model): Generator<Useless> {
  for (const policy of model.retries.values()) if (!policy.doubtful) yield* ofPolicy(policy);
}

function* ofPolicy(policy: RetryPolicy): Generator<Useless> {
  const { attempts, budget, budgetBurst, factor, growth, initialMs, jitter, maxMs, name } = policy;
  const { minRetriesPerSecond } = policy;
  if (attempts.value === 1) {
    yield* idleWhere(
      true,
      `'${name}'`,
      { attempts },
      `1 is the first try alone, so nothing is retried. Make 2 or more, or remove the policy.`,
    );
    return;
  }
  yield* uselessWhere(
    jitter.value === 'decorrelated',
    `'${name}'`,
    { growth, factor },
    'waits with decorrelated jitter grow from the previous wait. Remove it.',
  );
  yield* uselessWhere(
    jitter.value !== 'decorrelated' && growth.value !== 'exponential',
    `'${name}'`,
    { factor },
    `growth is ${growth.value}. Remove it, or grow exponentially.`,
  );
  yield* idleWhere(
    maxMs.source.kind === 'explicit' && initialMs.value > maxMs.value,
    `'${name}'`,
    { initial: initialMs },
    `no wait is longer than 'max', ${formatDuration(maxMs.value)}. Raise max, or lower this.`,
  );
  yield* uselessWhere(
    budget === undefined,
    `'${name}'`,
    { minRetriesPerSecond },
    'there is no budget that would limit the retries. Add one, or remove it.',
  );
  yield* uselessWhere(
    budget !== undefined && budgetBurst !== undefined,
    `'${name}'`,
    { minRetriesPerSecond },
    'a budget with a burst has no least. Remove it.',
  );
  yield* idleWhere(
    budget !== undefined && budget.value >= attempts.value - 1,
    `'${name}'`,
    { budget },
    `${formatPercent(budget?.value ?? 0)} allows every retry of ${attempts.value} attempts. Lower it, such as to 10%.`,
  );
}
