import type { RetryPolicy } from '../../model/model.ts';
import { COSTS } from '../cost.ts';
import { above } from './ladder.ts';
import { changed, entrySetting, type Lever, write } from './lever.ts';

/** Beyond, a call is not worth trying. */
const MOST_ATTEMPTS = 5;

/** More attempts first, since they mend failures; fewer save time. */
export function attemptsLever({ attempts, name }: RetryPolicy): Lever {
  const values: number[] = [];
  for (let distance = 1; distance < Math.max(MOST_ATTEMPTS, attempts.value); distance++) {
    if (attempts.value + distance <= MOST_ATTEMPTS) values.push(attempts.value + distance);
    if (attempts.value - distance >= 1) values.push(attempts.value - distance);
  }
  return {
    settings: values.map((value) =>
      entrySetting('retries', name, COSTS.number, (policy) => ({
        entry: { ...policy, attempts: changed(policy.attempts, value) },
        title: `Set 'attempts' of the retry policy '${name}' to ${value}`,
        changes: [write(policy.attempts, 'attempts', value)],
      })),
    ),
  };
}

/** A larger share of retries, where there is a limit. */
export function budgetLever({ budget, name }: RetryPolicy): Lever {
  if (!budget) return { settings: [] };
  const percents = above(budget.value * 100).filter((percent) => percent <= 100);
  return {
    settings: percents.map((percent) =>
      entrySetting('retries', name, COSTS.number, (policy) => ({
        entry: { ...policy, budget: changed(budget, percent / 100) },
        title: `Set 'budget' of the retry policy '${name}' to ${percent}%`,
        changes: [write(budget, 'budget', `${percent}%`)],
      })),
    ),
  };
}
