import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import { tripOf } from '../policies.ts';
import type { SpringWhole } from '../whole.ts';
import { chainsOf, everywhere, placeOf } from './everywhere.ts';

const LONGEST_SECONDS = 3_600;

export const resilience4jTimeWindowInSeconds: FormatRule<SpringWhole> = {
  id: 'resilience4j-time-window-in-seconds',
  title: 'The window of a timed breaker seems to be in milliseconds',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`slidingWindowSize\` of a \`TIME_BASED\` breaker is in seconds, unlike all the durations around it. One of
10000 is almost three hours: what failed this morning still counts, and keeps an outage from being seen.

**Fires when** such a window is longer than an hour.

**Fix** Write it in seconds.

**Source** resilience4j documentation, "CircuitBreaker".
`,
  check: (whole) =>
    everywhere(whole, function* (policies) {
      for (const chain of chainsOf(policies, 'circuitbreaker', ['configs', 'instances'])) {
        const trip = tripOf(chain);
        if (!trip?.isTimed || trip.windowSize.value <= LONGEST_SECONDS) continue;
        const { source, value } = trip.windowSize;
        const isMs = value % 1_000 === 0;
        yield {
          subject: `window ${placeOf(source.at)}`,
          message: `A TIME_BASED ${chain.own.spell('slidingWindowSize')} is in seconds: this one is ${formatDuration(value * 1_000)}.${isMs ? ` Did you mean ${value / 1_000}?` : ' Shorten it.'}`,
          at: source.at,
          fixes: isMs
            ? [
                {
                  title: `Set it to ${value / 1_000}`,
                  safe: false,
                  changes: [{ kind: 'replace', at: source.at, value: value / 1_000 }],
                },
              ]
            : [],
        };
      }
    }),
};
