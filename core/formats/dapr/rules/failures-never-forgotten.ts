import { defaultNote } from '../../../model/source.ts';
import { plural } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import type { DaprWhole } from '../whole.ts';

export const daprFailuresNeverForgotten: FormatRule<DaprWhole> = {
  id: 'dapr-failures-never-forgotten',
  title: 'A breaker adds up failures for as long as it is closed',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
With an \`interval\` of 0, which is the default, a closed breaker never forgets: \`totalFailures\` only
grows. However seldom calls fail, one day it has seen enough and opens although nothing is wrong.

**Fires when** \`trip\` compares \`totalFailures\` with a number, and \`interval\` is 0.

**Fix** Count \`consecutiveFailures\`, or set an \`interval\` well above the timeout of a call.

**Source** sony/gobreaker, \`Settings.Interval\`.
`,
  *check({ uses }) {
    for (const { breaker } of uses) {
      const { opensAfter } = breaker?.trip ?? {};
      if (!breaker || breaker.unclear || opensAfter?.count !== 'totalFailures') continue;
      if (breaker.intervalMs.value !== 0) continue;
      const { intervalMs, name, nameAt, tripText } = breaker;
      yield {
        subject: `breaker ${name}`,
        message: `Breaker '${name}' opens after ${plural(opensAfter.failures, 'failure')} in all, however far apart: with an interval of 0${defaultNote(intervalMs)} it never forgets one. Count consecutiveFailures, or set an interval.`,
        at: tripText.source.at,
        related:
          intervalMs.source.kind === 'explicit'
            ? [{ message: 'The interval.', at: intervalMs.source.at }]
            : [],
        fixes: [
          {
            title: 'Count failures in a row',
            safe: false,
            changes: [
              {
                kind: 'put',
                owner: nameAt,
                key: 'trip',
                value: tripText.value.replace('totalFailures', 'consecutiveFailures'),
              },
            ],
          },
        ],
      };
    }
  },
};
