import { defaultNote } from '../../../model/source.ts';
import { numberText } from '../../../text/words.ts';
import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import { tripOf } from '../policies.ts';
import type { SpringWhole } from '../whole.ts';
import { chainsOf, everywhere, placeOf } from './everywhere.ts';

export const resilience4jTimeWindowMinimum: FormatRule<SpringWhole> = {
  id: 'resilience4j-time-window-minimum',
  title: 'A timed breaker waits for as many calls as the default says',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
With \`TIME_BASED\` the window holds the calls of the last \`slidingWindowSize\` seconds, and the breaker
judges them only when there are \`minimumNumberOfCalls\`. The default of that is 100: a breaker that sees
fewer calls in its window never opens, however many of them fail. (A window of calls cuts the minimum to
its size; a timed one cannot.)

**Fires when** \`slidingWindowType\` is \`TIME_BASED\` and \`minimumNumberOfCalls\` is nowhere written.

**Fix** Write \`minimumNumberOfCalls\`, well below the calls in a window at quiet times.

**Source** resilience4j/resilience4j, \`CircuitBreakerMetrics\`; issue 747.
`,
  check: (whole) =>
    everywhere(whole, function* (policies) {
      for (const chain of chainsOf(policies, 'circuitbreaker')) {
        const trip = tripOf(chain);
        const type = chain.levels.find((level) => level.has('slidingWindowType'));
        const at = type?.valueAt('slidingWindowType');
        if (!trip?.isTimed || trip.minimumCalls.source.kind === 'explicit' || !at) continue;
        const { minimumCalls, windowSize } = trip;
        const rate = minimumCalls.value / windowSize.value;
        const { own } = chain;
        const key = own.spell('minimumNumberOfCalls');
        yield {
          subject: `minimum ${placeOf(at)}`,
          message: `'${own.name}' opens only with ${minimumCalls.value} calls${defaultNote(minimumCalls)} in ${formatDuration(windowSize.value * 1_000)}: with fewer than ${numberText(rate)} a second it never does, whatever fails. Write ${key}.`,
          at,
          fixes: own.fixWith('minimumNumberOfCalls', 10),
        };
      }
    }),
};
