import type { FormatRule } from '../../format.ts';
import { attemptsOf } from '../policies.ts';
import { levelOf, type Settings } from '../settings.ts';
import type { SpringWhole } from '../whole.ts';
import { chainsOf, everywhere, placeOf } from './everywhere.ts';

const REJECTION = 'io.github.resilience4j.circuitbreaker.CallNotPermittedException';
/** What a rejection is one of. */
const ANCESTORS = /^java\.lang\.(?:RuntimeException|Exception|Throwable)$/;

export const resilience4jRetriesOpenBreaker: FormatRule<SpringWhole> = {
  id: 'resilience4j-retries-open-breaker',
  title: 'What an open breaker rejects is tried again',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
The retry is around the circuit breaker. When that is open it rejects each try with a
\`CallNotPermittedException\`; a retry of all exceptions waits and tries again, although nothing can
come of it before the breaker is half-open. Callers wait where they could have failed at once.

**Fires when** a retry and a circuit breaker have the same name, and the retry is for all exceptions (or
all runtime exceptions) without ignoring that one.

**Fix** Add \`${REJECTION}\` to \`ignoreExceptions\`.

**Source** resilience4j documentation: aspect order. Azure Architecture Center, "Retry pattern".
`,
  check: (whole) =>
    everywhere(whole, function* (policies) {
      if (policies.isReordered) return;
      for (const chain of chainsOf(policies, 'retry')) {
        const { own } = chain;
        const breaker = policies.modules.get('circuitbreaker')?.instances.get(own.name);
        const attempts = attemptsOf(chain);
        if (!breaker || !attempts || attempts.value < 2 || chain.isOpen) continue;
        if (levelOf(chain, 'retryExceptionPredicate')) continue;
        const retried = levelOf(chain, 'retryExceptions')?.list('retryExceptions');
        const ignored = levelOf(chain, 'ignoreExceptions')?.list('ignoreExceptions');
        const isAll =
          !levelOf(chain, 'retryExceptions') ||
          retried?.some(({ value }) => ANCESTORS.test(value) || value === REJECTION);
        const isIgnored =
          levelOf(chain, 'ignoreExceptions') !== undefined &&
          (!ignored || ignored.some(({ value }) => ANCESTORS.test(value) || value === REJECTION));
        if (!isAll || isIgnored) continue;
        const at = own.nameAt;
        yield {
          subject: `rejections ${placeOf(at)}`,
          message: `While circuit breaker '${own.name}' is open, this retry waits and tries again ${attempts.value - 1} times what can only be rejected. Add ${REJECTION} to ${own.spell('ignoreExceptions')}.`,
          at,
          related: [{ message: 'The circuit breaker.', at: breaker.own.nameAt }],
          fixes: canAppend(own)
            ? [
                {
                  title: `Add CallNotPermittedException to ${own.spell('ignoreExceptions')}`,
                  safe: false,
                  changes: [
                    {
                      kind: 'append',
                      owner: own.nameAt,
                      key: own.spell('ignoreExceptions'),
                      values: [REJECTION],
                    },
                  ],
                },
              ]
            : [],
        };
      }
    }),
};

/** A list that is written as one text, or inherited, is for the author to change. */
function canAppend(own: Settings): boolean {
  return own.hasEntry && !own.has('ignoreExceptions');
}
