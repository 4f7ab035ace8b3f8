import { didYouMean } from '../../../model/did-you-mean.ts';
import { listed, shortened } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { isCondition, RETRY_CONDITIONS } from '../conditions.ts';
import { type EnvoyWhole, routesOf } from '../whole.ts';

export const envoyRetryConditionUnknown: FormatRule<EnvoyWhole> = {
  id: 'envoy-retry-condition-unknown',
  title: 'A condition for retries is one that Envoy does not know',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Envoy passes over what it does not know in \`retry_on\`, without a word: \`503\` or \`timeout\` retries
nothing.

**Fires when** \`retry_on\` names a condition that is none.

**Fix** Correct the spelling. For status codes, write \`retriable-status-codes\` and list them in
\`retriable_status_codes\`.

**Source** envoyproxy/envoy, \`RetryStateImpl::parseRetryOn\` and \`parseRetryGrpcOn\`; Envoy documentation,
\`x-envoy-retry-on\`.
`,
  *check(whole) {
    for (const { route } of routesOf(whole)) {
      const { retry } = route;
      const unknown = retry?.conditions.find((one) => !isCondition(one));
      if (!retry?.retryOn || unknown === undefined) continue;
      const { source, value } = retry.retryOn;
      const guess = didYouMean(unknown.toLowerCase().replaceAll('_', '-'), RETRY_CONDITIONS);
      const isStatus = /^\d{3}$/.test(unknown);
      yield {
        subject: `condition ${source.at.file} ${source.at.start}`,
        message: `Envoy knows no condition '${shortened(unknown)}' and passes it over, so ${retry.conditions.length > 1 ? 'it adds nothing to the others' : 'nothing is retried'}. ${advice(isStatus, unknown, guess)}`,
        at: source.at,
        fixes:
          isStatus || guess === undefined
            ? []
            : [
                {
                  title: `Change it to '${guess}'`,
                  safe: false,
                  changes: [
                    { kind: 'replace', at: source.at, value: value.replace(unknown, guess) },
                  ],
                },
              ],
      };
    }
  },
};

function advice(isStatus: boolean, unknown: string, guess: string | undefined): string {
  if (isStatus) {
    return `Write retriable-status-codes, and ${unknown} in the list retriable_status_codes.`;
  }
  if (guess !== undefined) return `Did you mean '${guess}'?`;
  return `There are ${listed(RETRY_CONDITIONS)}.`;
}
