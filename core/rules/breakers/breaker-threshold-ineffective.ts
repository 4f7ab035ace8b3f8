import { formatPercent } from '../../time/index.ts';
import { usesOf } from '../facts/calls.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const breakerThresholdIneffective: Rule<'almostAll'> = {
  id: 'breaker-threshold-ineffective',
  title: 'A failure rate is too high or too low to open a breaker when it should',
  severity: 'warning',
  evidence: 'numbers',
  since: '0.1.0',
  parameters: {
    almostAll: {
      title: 'from this failure rate on a breaker hardly ever opens, as a share',
      default: 0.95,
      minimum: 0,
      maximum: 1,
    },
  },
  documentation: `
A breaker that opens only when practically every call fails does not open while half of them do: users
suffer, and retries add load. One that opens below the usual error rate is open although nothing is
wrong.

**Fires when** \`failureRate\` is 95 % or more, or no more than the written \`errorRate\` of a callee.

**Fix** 50 % is usual; stay well above what usually fails.

**Source** Polly samples, issue 60: a breaker with a failure ratio of 1.0 that never opened.
`,
  *check(model, { almostAll }) {
    for (const policy of model.breakers.values()) {
      const { doubtful, name, trip } = policy;
      if (doubtful || !('failureRate' in trip)) continue;
      const rate = trip.failureRate;
      const usual = (usesOf(model).get(policy) ?? []).find(
        ({ callee }) =>
          callee?.errorRate.source.kind === 'explicit' && callee.errorRate.value >= rate.value,
      );
      const base = { subject: `threshold of ${name}`, at: rate.source.at };
      if (usual?.callee) {
        const { errorRate, name: callee } = usual.callee;
        yield {
          ...base,
          message: `Breaker '${name}' opens at ${formatPercent(rate.value)} failures, but ${formatPercent(errorRate.value)} of the calls to '${callee}' fail when nothing is wrong. ${errorRate.value < 0.4 ? 'Open at twice that or more.' : 'Against that no threshold helps.'}`,
          related: [{ message: `The error rate of '${callee}'.`, at: errorRate.source.at }],
        };
      } else if (rate.value >= almostAll) {
        yield {
          ...base,
          message: `Breaker '${name}' opens only when ${formatPercent(rate.value)} of the calls fail: while half of them do, it stays closed. 50% is usual.`,
          fixes: setTo('failureRate', rate, '50%'),
        };
      }
    }
  },
};
