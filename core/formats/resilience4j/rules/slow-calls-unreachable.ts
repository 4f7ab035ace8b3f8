import { defaultNote } from '../../../model/source.ts';
import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import { timeoutOf } from '../policies.ts';
import { asDuration, levelOf, resolve } from '../settings.ts';
import type { SpringWhole } from '../whole.ts';
import { chainsOf, everywhere, placeOf } from './everywhere.ts';

export const resilience4jSlowCallsUnreachable: FormatRule<SpringWhole> = {
  id: 'resilience4j-slow-calls-unreachable',
  title: 'No call lives long enough to count as slow',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A breaker counts calls as slow that take longer than \`slowCallDurationThreshold\`. If the time limiter
ends calls before that, none is ever slow: \`slowCallRateThreshold\` has nothing to count.

**Fires when** a circuit breaker that says something of slow calls and a time limiter have the same name,
and \`timeoutDuration\` is shorter than \`slowCallDurationThreshold\`. It is information where one of
the two is a default.

**Fix** Lower \`slowCallDurationThreshold\` to well below the timeout.

**Source** resilience4j/resilience4j: the time limiter is inside the circuit breaker by default.
`,
  check: (whole) =>
    everywhere(whole, function* (policies) {
      for (const chain of chainsOf(policies, 'circuitbreaker')) {
        const { own } = chain;
        const limiter = policies.modules.get('timelimiter')?.instances.get(own.name);
        const slowMs = resolve(chain, 'slowCallDurationThreshold', asDuration, 60_000);
        const timeoutMs = limiter && timeoutOf(limiter);
        const level =
          levelOf(chain, 'slowCallDurationThreshold') ?? levelOf(chain, 'slowCallRateThreshold');
        if (!level || !slowMs || !timeoutMs || policies.isReordered) continue;
        if (timeoutMs.value >= slowMs.value) continue;
        const isWritten = slowMs.source.kind === 'explicit' && timeoutMs.source.kind === 'explicit';
        const at =
          level.valueAt('slowCallDurationThreshold') ?? level.valueAt('slowCallRateThreshold');
        if (!at) continue;
        yield {
          subject: `slow calls ${placeOf(at)}`,
          severity: isWritten ? 'warning' : 'info',
          message: `The time limiter '${own.name}' ends calls after ${formatDuration(timeoutMs.value)}${defaultNote(timeoutMs)}, so none ever takes the ${formatDuration(slowMs.value)}${defaultNote(slowMs)} that make it slow. Lower ${own.spell('slowCallDurationThreshold')} to less than the timeout.`,
          at,
          related: [{ message: 'The time limiter.', at: timeoutMs.source.at }],
        };
      }
    }),
};
