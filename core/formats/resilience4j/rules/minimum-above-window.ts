import type { FormatRule } from '../../format.ts';
import { tripOf } from '../policies.ts';
import type { SpringWhole } from '../whole.ts';
import { chainsOf, everywhere, placeOf } from './everywhere.ts';

export const resilience4jMinimumAboveWindow: FormatRule<SpringWhole> = {
  id: 'resilience4j-minimum-above-window',
  title: 'A breaker waits for more calls than its window holds',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A window of calls (\`COUNT_BASED\`) holds \`slidingWindowSize\` of them. A larger \`minimumNumberOfCalls\` is
cut to that without a word, so the breaker opens earlier than it seems.

**Fires when** both are written and the minimum is larger.

**Fix** Lower \`minimumNumberOfCalls\`, or make the window larger.

**Source** resilience4j/resilience4j, \`CircuitBreakerMetrics\`; issues 1349 and 2382.
`,
  check: (whole) =>
    everywhere(whole, function* (policies) {
      for (const chain of chainsOf(policies, 'circuitbreaker', ['configs', 'instances'])) {
        const trip = tripOf(chain);
        if (!trip || trip.isTimed) continue;
        const { minimumCalls, windowSize } = trip;
        const isWritten =
          minimumCalls.source.kind === 'explicit' && windowSize.source.kind === 'explicit';
        if (!isWritten || minimumCalls.value <= windowSize.value) continue;
        const { own } = chain;
        const key = own.spell('minimumNumberOfCalls');
        yield {
          subject: `minimum ${placeOf(minimumCalls.source.at)}`,
          message: `The window holds ${windowSize.value} calls, so ${key} counts as ${windowSize.value}, not ${minimumCalls.value}: '${own.name}' opens earlier than written. Lower it, or enlarge ${own.spell('slidingWindowSize')}.`,
          at: minimumCalls.source.at,
          related: [{ message: 'The window.', at: windowSize.source.at }],
          fixes: [
            {
              title: `Set ${key} to ${windowSize.value}`,
              safe: false,
              changes: [{ kind: 'replace', at: minimumCalls.source.at, value: windowSize.value }],
            },
          ],
        };
      }
    }),
};
