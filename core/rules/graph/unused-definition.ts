import type { Named } from '../../model/model.ts';
import { REFERENCE_NOUNS, references } from '../../model/references.ts';
import type { Rule } from '../rule.ts';

export const unusedDefinition: Rule = {
  id: 'unused-definition',
  title: 'A policy is never used',
  severity: 'hint',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A circuit breaker, bulkhead, retry policy, limit or pool that nothing names protects nothing. Often a
call was meant to use it.

**Fires when** no service and no call refers to the definition. In a file without services it stays
silent: its policies are there for the files that import it.

**Fix** Name it where it is needed, or delete it.
`,
  *check(model) {
    // What uses them may be in a part that cannot be read yet.
    if (model.unreadSections.has('services')) return;
    // What uses them is in another file that imports this one.
    if (model.services.size === 0) return;
    const used = new Set(references(model).map(({ kind, name }) => `${kind} ${name}`));
    const definitions = [
      ['breaker', model.breakers],
      ['bulkhead', model.bulkheads],
      ['retry', model.retries],
      ['rate-limiter', model.rateLimiters],
      ['concurrency-limit', model.concurrencyLimits],
      ['connection-pool', model.connectionPools],
      ['repair-crew', model.repairCrews],
    ] as const;
    for (const [kind, policies] of definitions) {
      for (const { name, nameAt } of policies.values() as Iterable<Named>) {
        if (used.has(`${kind} ${name}`)) continue;
        yield {
          subject: `${kind} ${name}`,
          message: `The ${REFERENCE_NOUNS[kind]} '${name}' is never used, so it protects nothing. Name it in a call, or delete it.`,
          at: nameAt,
          unnecessary: true,
          fixes: [
            {
              title: `Delete the ${REFERENCE_NOUNS[kind]} '${name}'`,
              // Often it is meant to be used, and only just written.
              safe: false,
              changes: [{ kind: 'remove', at: nameAt }],
            },
          ],
        };
      }
    }
  },
};
