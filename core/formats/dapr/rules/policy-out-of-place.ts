import { toPlainValue } from '../../../config/syntax/node.ts';
import type { Fix } from '../../../model/fix.ts';
import type { PlainValue } from '../../../model/plain-value.ts';
import { listed } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import type { Target } from '../resource.ts';
import type { DaprWhole } from '../whole.ts';

const POLICY_KEYS = ['timeout', 'retry', 'circuitBreaker'] as const;

export const daprPolicyOutOfPlace: FormatRule<DaprWhole> = {
  id: 'dapr-policy-out-of-place',
  title: 'Policies stand where Dapr does not read them',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Of a component Dapr reads policies under \`inbound\` and \`outbound\` only, and of a resource only \`spec\`.
Everything else is passed over without a word when a sidecar reads the file itself (\`kubectl\` may
complain). A component that is named, but has nothing under \`inbound\` or \`outbound\`, does not even get
the policies that are the default of all components.

**Fires when** a component has a \`timeout\`, \`retry\` or \`circuitBreaker\` of its own, or the resource says
\`specs\` in place of \`spec\`.

**Fix** Move the policies under \`outbound\` (calls to the component), \`inbound\` (deliveries from it), or
both.

**Source** dapr/dapr, \`pkg/resiliency/resiliency.go\`: \`decodeTargets\`.
`,
  *check({ resources }) {
    for (const { fields, name, targets } of resources) {
      const specs = fields.keyAt('specs');
      if (specs && !fields.has('spec')) {
        yield {
          subject: `specs of ${name}`,
          message: `Dapr reads 'spec', so nothing of what is under 'specs' applies. Rename it.`,
          at: specs,
          fixes: [
            {
              title: "Rename it to 'spec'",
              safe: false,
              changes: [{ kind: 'rename', at: specs, name: 'spec' }],
            },
          ],
        };
      }
      for (const target of targets) {
        const keys = POLICY_KEYS.filter((key) => target.fields.has(key));
        const [first] = keys;
        if (target.kind !== 'component' || !first) continue;
        const bare = !target.fields.has('inbound') && !target.fields.has('outbound');
        yield {
          subject: `component ${name}/${target.name}`,
          message: `Dapr reads policies of a component under 'inbound' and 'outbound' only, so ${listed(keys)} of '${target.name}' ${keys.length === 1 ? 'applies' : 'apply'} to nothing${bare ? ', and its being named keeps default policies away from it too' : ''}. Move ${keys.length === 1 ? 'it' : 'them'} under 'outbound', 'inbound', or both.`,
          at: target.fields.keyAt(first) ?? target.nameAt,
          fixes: bare
            ? [
                ...moveUnder('outbound', target.fields, keys),
                ...moveUnder('inbound', target.fields, keys),
              ]
            : [],
        };
      }
    }
  },
};

/** Which one is meant, only the author knows. */
function moveUnder(
  side: 'outbound' | 'inbound',
  { node }: Target['fields'],
  keys: readonly string[],
): readonly Fix[] {
  if (node?.kind !== 'mapping') return [];
  const all = Object.entries(toPlainValue(node) as Record<string, PlainValue>);
  const moved = all.filter(([key]) => keys.includes(key));
  const left = all.filter(([key]) => !keys.includes(key));
  const value = { ...Object.fromEntries(left), [side]: Object.fromEntries(moved) };
  const title = `Move ${listed(keys)} under '${side}'`;
  return [{ title, safe: false, changes: [{ kind: 'replace', at: node.range, value }] }];
}
