import type { PolicyKind } from '../../patterns/index.ts';
import { listed } from '../../text/words.ts';
import { attemptsOf, type CallSite, callSites, isOutside } from '../facts/calls.ts';
import type { Rule } from '../rule.ts';

export const fallbackHidesFailures: Rule = {
  id: 'fallback-hides-failures',
  title: 'A fallback hides failures from the policies that live by them',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A fallback turns a failure into an answer. A retry policy, a circuit breaker or a concurrency limit
around it sees nothing but answers: it never retries, never opens and never shrinks.

**Fires when** \`order\` puts \`fallback\` inside \`retry\`, \`circuitBreaker\` or \`concurrencyLimit\`. It is an
error when the fallback always has an answer (a \`default\`), else a warning.

**Fix** Put \`fallback\` first in the order, as it is when no order is written.

**Source** Polly: the fallback is the outermost strategy.
`,
  *check(model) {
    for (const site of callSites(model)) {
      const { call, text } = site;
      if (!call.fallback) continue;
      const blind = BLINDED.filter(
        ({ kind, isUsed }) => isUsed(site) && isOutside(call, kind, 'fallback'),
      );
      if (blind.length === 0) continue;
      const always = call.fallback.steps.some(({ kind }) => kind === 'default');
      yield {
        subject: `order of ${site.subject}`,
        severity: always ? 'error' : 'warning',
        message: `The order of ${text} puts its fallback inside ${listed(blind.map(({ kind }) => kind))}, so ${always ? 'every failure' : 'a failure with a fallback'} looks like a success there: ${listed(blind.map(({ effect }) => effect))}. Put fallback first.`,
        at: call.order.source.at,
        fixes: [
          {
            title: 'Use the usual order',
            safe: false,
            changes: [{ kind: 'remove', at: call.order.source.at }],
          },
        ],
      };
    }
  },
};

const BLINDED: readonly {
  readonly kind: PolicyKind;
  readonly effect: string;
  isUsed(site: CallSite): boolean;
}[] = [
  { kind: 'retry', effect: 'nothing is retried', isUsed: (site) => attemptsOf(site) > 1 },
  {
    kind: 'circuitBreaker',
    effect: 'the breaker never opens',
    isUsed: ({ breaker }) => breaker !== undefined,
  },
  {
    kind: 'concurrencyLimit',
    effect: 'the limit never shrinks',
    isUsed: ({ concurrencyLimit }) => concurrencyLimit !== undefined,
  },
];
