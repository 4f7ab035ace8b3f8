import { downtimeMs, MONTH_MS, outagesWithinBudget } from '../../analysis/index.ts';
import { numberText } from '../../text/words.ts';
import { formatDuration, formatPercent } from '../../time/index.ts';
import { setTo, writtenDuration } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const recoveryExceedsErrorBudget: Rule = {
  id: 'recovery-exceeds-error-budget',
  title: 'One recovery within its objective uses up more than a month of errors',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
The recovery time objective allows an outage that the availability objective does not have room for:
a single recovery that is in time breaks the other promise.

**Fires when** \`rto\` is longer than what \`availability\` leaves in 30 days.

**Fix** Recover faster, or promise less availability.

**Source** "The Calculus of Service Availability": three outages of 20 minutes need 99.99 % at best.
`,
  *check({ objectives: { availability, rtoMs } }) {
    if (!availability || !rtoMs || availability.value === 1) return;
    const budgetMs = downtimeMs(1 - availability.value, MONTH_MS) ?? 0;
    if (rtoMs.value <= budgetMs) return;
    const perMonth = outagesWithinBudget(availability.value, MONTH_MS, rtoMs.value) ?? 0;
    yield {
      subject: 'objectives rto',
      message: `A recovery of ${formatDuration(rtoMs.value)} keeps the objective rto and uses up ${numberText(1 / perMonth)} months of errors: ${formatPercent(availability.value)} leaves ${formatDuration(budgetMs)} in 30d. Set rto to ${formatDuration(budgetMs)} or less, or promise at most ${formatPercent(Math.max(0, 1 - rtoMs.value / MONTH_MS))}.`,
      at: rtoMs.source.at,
      fixes:
        budgetMs < 1_000
          ? []
          : setTo('rto', rtoMs, writtenDuration(Math.floor(budgetMs / 1_000) * 1_000)),
      related: [{ message: 'The availability objective.', at: availability.source.at }],
    };
  },
};
