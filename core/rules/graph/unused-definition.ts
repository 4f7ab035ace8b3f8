import type { Model, Named } from '../../model/model.ts';
import { REFERENCE_NOUNS, type ReferenceKind, references } from '../../model/references.ts';
import type { Rule } from '../rule.ts';

export const unusedDefinition: Rule = {
  id: 'unused-definition',
  title: 'A policy is never used',
  severity: 'hint',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A circuit breaker, bulkhead, retry policy, limit or pool that nothing names protects nothing. Often a
call was meant to use it. A repair crew that nothing names repairs nothing, and a zone or region without
members takes nothing down.

**Fires when** no service, no call, no recovery and no member refers to the definition. In a file without
services it says nothing of policies, and in one without groups nothing of crews, zones and regions: they
are there for the files that import it.

**Fix** Name it where it is needed, or delete it.
`,
  *check(model) {
    for (const { kind, noun, parts, so, use } of unused(model)) {
      for (const { name, nameAt } of parts) {
        yield {
          subject: `${kind} ${name}`,
          message: `The ${noun} '${name}' is never used, so it ${so}. ${use}, or delete it.`,
          at: nameAt,
          unnecessary: true,
          fixes: [
            {
              title: `Delete the ${noun} '${name}'`,
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

interface Unused {
  readonly kind: string;
  readonly noun: string;
  readonly parts: readonly Named[];
  /** What comes of it. */
  readonly so: string;
  /** What to do instead of deleting it. */
  readonly use: string;
}

function* unused(model: Model): Generator<Unused> {
  const used = new Map<ReferenceKind, Set<string>>();
  for (const { kind, name } of references(model)) {
    const names = used.get(kind);
    if (names) names.add(name);
    else used.set(kind, new Set([name]));
  }
  const never = (kind: ReferenceKind, parts: ReadonlyMap<string, Named>) => ({
    kind,
    noun: REFERENCE_NOUNS[kind],
    parts: [...parts.values()].filter(({ name }) => !used.get(kind)?.has(name)),
  });
  // What uses them may be in a part that cannot be read yet, or in a file that imports this one.
  if (!model.unreadSections.has('services') && model.services.size > 0) {
    const policies = [
      never('breaker', model.breakers),
      never('bulkhead', model.bulkheads),
      never('retry', model.retries),
      never('rate-limiter', model.rateLimiters),
      never('concurrency-limit', model.concurrencyLimits),
      never('connection-pool', model.connectionPools),
    ];
    const rest = { so: 'protects nothing', use: 'Name it in a call' };
    for (const policy of policies) yield { ...policy, ...rest };
  }
  const groups = [...model.groups.values()];
  if (model.unreadSections.has('redundancy') || groups.length === 0) return;
  if (groups.some(({ doubtful }) => doubtful)) return;
  const crews = never('repair-crew', model.repairCrews);
  yield { ...crews, so: 'repairs nothing', use: "Name it as the 'crew' of a recovery or a repair" };
  for (const kind of ['zone', 'region'] as const) {
    const domains = kind === 'zone' ? model.zones : model.regions;
    const named = new Set(
      groups.flatMap(({ members }) => members.map((member) => member[kind]?.value)),
    );
    const parts = [...domains.values()].filter(({ name }) => !named.has(name));
    const use = `Write '${kind}' of the members that are in it`;
    yield { kind, noun: kind, parts, so: 'takes nothing down', use };
  }
}
