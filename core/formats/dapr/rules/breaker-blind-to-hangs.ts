import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import { type DaprWhole, textOf } from '../whole.ts';

export const daprBreakerBlindToHangs: FormatRule<DaprWhole> = {
  id: 'dapr-breaker-blind-to-hangs',
  title: 'A breaker forgets a call before it has timed out',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  proof: 'breaker-blind-to-hangs',
  documentation: `
Every \`interval\` a closed breaker begins to count anew, and drops the results of calls that began
before. A call that hangs ends when it times out. If that takes as long as the interval, its failure is
always dropped: while everything hangs, the breaker sees no failure at all and never opens.

**Fires when** the timeout of a target is as long as the \`interval\` of its circuit breaker, or longer.

**Fix** Make the interval several times as long as the timeout, or shorten the timeout. Without an
\`interval\`, \`consecutiveFailures\` needs none.

**Source** sony/gobreaker, \`afterRequest\`: a result of another generation is not counted.
`,
  *check({ uses }) {
    for (const { breaker, target, timeout } of uses) {
      if (!breaker || breaker.unclear || !timeout?.ms) continue;
      const { intervalMs, name } = breaker;
      const { value } = timeout.ms;
      if (intervalMs.value <= 0 || value < intervalMs.value) continue;
      yield {
        subject: `interval of ${name}`,
        message: `Breaker '${name}' never sees calls ${textOf(target)} hang: they end after ${formatDuration(value)} (timeout '${timeout.name}'), and it drops every ${formatDuration(intervalMs.value)} what began before. Set interval well above ${formatDuration(value)}, or shorten the timeout.`,
        at: intervalMs.source.at,
        related: [{ message: `The timeout '${timeout.name}'.`, at: timeout.ms.source.at }],
      };
    }
  },
};
