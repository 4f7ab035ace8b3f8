import { didYouMean } from '../../../model/did-you-mean.ts';
import type { Sourced } from '../../../model/source.ts';
import { shortened } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { BUILT_IN, type Resiliency, type Target } from '../resource.ts';
import { type DaprWhole, textOf } from '../whole.ts';

const KINDS = [
  { key: 'timeout', section: 'timeouts', noun: 'timeout' },
  { key: 'retry', section: 'retries', noun: 'retry policy' },
  { key: 'breaker', section: 'breakers', noun: 'circuit breaker' },
] as const;

export const daprUnknownPolicy: FormatRule<DaprWhole> = {
  id: 'dapr-unknown-policy',
  title: 'A target names a policy that there is not',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Dapr looks a policy up by its name, and applies none when it finds none: no error, no log. A circuit
breaker that a *component* names is worse: it is used without a look whether it was found, and the first
call to the component ends in a nil dereference.

**Fires when** a target names a \`timeout\`, a \`retry\` or a \`circuitBreaker\` that no \`Resiliency\` among
the checked files defines.

**Fix** Correct the spelling (the nearest name is suggested), or define the policy.

**Source** dapr/dapr, \`pkg/resiliency/resiliency.go\`: \`EndpointPolicy\`, \`ComponentOutboundPolicy\`.
`,
  *check({ resources }) {
    for (const { key, noun, section } of KINDS) {
      const names = new Set(resources.flatMap((one) => [...one[section].keys()]));
      for (const { target } of targetsOf(resources)) {
        const named = target[key];
        if (!named || names.has(named.value)) continue;
        if (key === 'retry' && BUILT_IN.test(named.value)) continue;
        const guess = didYouMean(named.value, names);
        yield {
          subject: `name at ${named.source.at.file} ${named.source.at.start}`,
          message: `There is no ${noun} '${shortened(named.value)}', so ${consequence(key, target)}.${guess ? ` Did you mean '${guess}'?` : ' Define it, or remove the name.'}`,
          at: named.source.at,
          fixes: guess === undefined ? [] : [correct(named, guess)],
        };
      }
    }
  },
};

function targetsOf(resources: readonly Resiliency[]) {
  return resources.flatMap((resource) =>
    // Where a component says it itself, Dapr does not read it at all.
    resource.targets.flatMap((target) => (target.kind === 'component' ? [] : { target })),
  );
}

function consequence(key: (typeof KINDS)[number]['key'], target: Target): string {
  if (key !== 'breaker') return `Dapr applies none to calls ${textOf(target)}`;
  const isComponent = target.kind === 'inbound' || target.kind === 'outbound';
  return isComponent
    ? `the first call ${textOf(target)} makes the sidecar panic`
    : `Dapr puts none around calls ${textOf(target)}`;
}

function correct({ source }: Sourced<string>, name: string) {
  return {
    title: `Change the name to '${shortened(name)}'`,
    safe: true,
    changes: [{ kind: 'replace' as const, at: source.at, value: name }],
  };
}
