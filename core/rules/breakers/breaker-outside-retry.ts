import { attemptsOf, callSites, isOutside } from '../facts/calls.ts';
import type { Rule } from '../rule.ts';

export const breakerOutsideRetry: Rule = {
  id: 'breaker-outside-retry',
  title: 'A breaker sees one failure where several tries have failed',
  severity: 'hint',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Around the retries, a breaker sees the result of all tries together: it opens after as many failed
*calls* as its threshold says, each of which is several failed tries. Inside them, as is usual, it sees
each try. Both can be meant.

**Fires when** \`order\` puts \`circuitBreaker\` before \`retry\`, and the call is tried more than once.

**Fix** None, if it is meant. Else put \`retry\` first.

**Source** Resilience4j and Polly put retries around the breaker.
`,
  *check(model) {
    for (const site of callSites(model)) {
      const { breaker, call } = site;
      const attempts = attemptsOf(site);
      if (!breaker || attempts < 2 || !isOutside(call, 'circuitBreaker', 'retry')) continue;
      const { trip } = breaker;
      const threshold = 'failureThreshold' in trip ? trip.failureThreshold.value : undefined;
      const effect = threshold
        ? ` and opens after ${threshold} × ${attempts} = ${threshold * attempts} of them`
        : '';
      yield {
        subject: `order of ${site.subject}`,
        message: `Breaker '${breaker.name}' is around the retries of ${site.text}, so it counts ${attempts} failed tries as one${effect}. Put retry first if each try should count.`,
        at: call.order.source.at,
      };
    }
  },
};
