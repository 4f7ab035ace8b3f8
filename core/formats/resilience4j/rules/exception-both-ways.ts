import type { FormatRule } from '../../format.ts';
import { levelOf } from '../settings.ts';
import type { SpringWhole } from '../whole.ts';
import { chainsOf, everywhere, placeOf } from './everywhere.ts';

const LISTS = { circuitbreaker: 'recordExceptions', retry: 'retryExceptions' } as const;

export const resilience4jExceptionBothWays: FormatRule<SpringWhole> = {
  id: 'resilience4j-exception-both-ways',
  title: 'An exception is both counted and ignored',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
What \`ignoreExceptions\` names is ignored, whatever \`recordExceptions\` of a circuit breaker or
\`retryExceptions\` of a retry say. An exception in both lists never opens the breaker, or is never
retried.

**Fires when** one name is in both lists that hold for an instance.

**Fix** Remove it from one of them.

**Source** resilience4j/resilience4j: ignoring has priority (\`RetryConfig.ignoreExceptions\`,
\`CircuitBreakerConfig.ignoreExceptions\`).
`,
  check: (whole) =>
    everywhere(whole, function* (policies) {
      for (const module of ['circuitbreaker', 'retry'] as const) {
        const key = LISTS[module];
        for (const chain of chainsOf(policies, module, ['configs', 'instances'])) {
          const ignored = levelOf(chain, 'ignoreExceptions')?.list('ignoreExceptions') ?? [];
          for (const { source, value } of levelOf(chain, key)?.list(key) ?? []) {
            const other = ignored.find((one) => one.value === value);
            if (!other) continue;
            const name = value.split('.').at(-1) ?? value;
            yield {
              subject: `exception ${name} ${placeOf(source.at)}`,
              message: `${name} is ignored, for it is in ${chain.own.spell('ignoreExceptions')} too: '${chain.own.name}' ${module === 'retry' ? 'never retries it' : 'never counts it'}. Remove it from one of the lists.`,
              at: source.at,
              related: [{ message: 'It is ignored here.', at: other.source.at }],
            };
          }
        }
      }
    }),
};
