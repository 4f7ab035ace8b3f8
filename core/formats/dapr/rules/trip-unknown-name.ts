import { didYouMean } from '../../../model/did-you-mean.ts';
import { listed, shortened } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { COUNT_NAMES } from '../trip.ts';
import type { DaprWhole } from '../whole.ts';

export const daprTripUnknownName: FormatRule<DaprWhole> = {
  id: 'dapr-trip-unknown-name',
  title: 'A breaker never opens, for its condition cannot be evaluated',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`trip\` is a CEL expression over five counts. A name that Dapr does not know is accepted when the file is
loaded; each time that the expression is evaluated, it fails, and Dapr takes a failure for "do not
open".

**Fires when** \`trip\` uses a name besides \`requests\`, \`totalSuccesses\`, \`totalFailures\`,
\`consecutiveSuccesses\` and \`consecutiveFailures\`. It is a warning where \`||\` may make up for it.

**Fix** Use one of the five.

**Source** dapr/dapr, \`pkg/expr/expr.go\` and \`pkg/resiliency/breaker/circuitbreaker.go\`.
`,
  *check({ resources }) {
    for (const { name, trip, tripText, unclear } of resources.flatMap((one) => [
      ...one.breakers.values(),
    ])) {
      const [unknown] = trip.unknownNames;
      if (unknown === undefined || unclear) continue;
      const guess = didYouMean(unknown, COUNT_NAMES);
      const fixed = guess && tripText.value.replaceAll(new RegExp(`\\b${unknown}\\b`, 'g'), guess);
      yield {
        subject: `breaker ${name}`,
        severity: trip.hasAlternatives ? 'warning' : 'error',
        message: `Dapr knows no '${shortened(unknown)}', so ${trip.hasAlternatives ? 'this part of the condition never holds' : `breaker '${name}' never opens`}: a condition that cannot be evaluated counts as false. ${guess ? `Did you mean '${guess}'?` : `There are ${listed(COUNT_NAMES)}.`}`,
        at: tripText.source.at,
        fixes: fixed
          ? [
              {
                title: `Change it to '${shortened(fixed)}'`,
                safe: false,
                changes: [{ kind: 'replace', at: tripText.source.at, value: fixed }],
              },
            ]
          : [],
      };
    }
  },
};
