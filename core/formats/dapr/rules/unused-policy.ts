import type { FormatRule } from '../../format.ts';
import { BUILT_IN } from '../resource.ts';
import type { DaprWhole } from '../whole.ts';

/** Policies of these names are applied by their name, to whatever has none of its own. */
const DEFAULT =
  /^Default(?:App|Actor|(?:Binding|Configuration|Lock|Pubsub|Crypto|Secretstore|Statestore)?Component(?:Inbound|Outbound)?)?(?:Retry|Timeout|CircuitBreaker)Policy$/;

export const daprUnusedPolicy: FormatRule<DaprWhole> = {
  id: 'dapr-unused-policy',
  title: 'A policy is applied to nothing',
  severity: 'hint',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A policy protects only what names it under \`targets\`. Those whose names Dapr knows (such as
\`DefaultRetryPolicy\` or \`DaprBuiltInServiceRetries\`) are applied by their names.

**Fires when** no target of any \`Resiliency\` among the checked files names the policy.

**Fix** Name it in a target, or delete it.

**Source** Dapr documentation, "Resiliency: override default retries", and its list of default names.
`,
  *check({ resources }) {
    const targets = resources.flatMap((one) => one.targets);
    const kinds = [
      ['timeouts', 'timeout', 'timeout'],
      ['retries', 'retry', 'retry policy'],
      ['breakers', 'breaker', 'circuit breaker'],
    ] as const;
    for (const [section, key, noun] of kinds) {
      const used = new Set(targets.flatMap((target) => target[key]?.value ?? []));
      for (const { name, nameAt } of resources.flatMap((one) => [...one[section].values()])) {
        if (used.has(name) || DEFAULT.test(name) || BUILT_IN.test(name)) continue;
        yield {
          subject: `${section} ${name}`,
          message: `No target names the ${noun} '${name}', so it applies to nothing. Name it in a target, or delete it.`,
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
