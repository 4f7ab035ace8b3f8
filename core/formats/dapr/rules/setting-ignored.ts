import { defaultNote } from '../../../model/source.ts';
import type { FormatRule } from '../../format.ts';
import type { DaprWhole } from '../whole.ts';

export const daprSettingIgnored: FormatRule<DaprWhole> = {
  id: 'dapr-setting-ignored',
  title: 'A wait belongs to the other kind of retry policy',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`duration\` is the wait of a \`constant\` policy (the default kind), \`maxInterval\` the longest wait of an
\`exponential\` one, which begins at 500 ms and grows by half each time. The other kind does not look at
it.

**Fires when** a retry policy has the one that its \`policy\` does not use.

**Fix** Change \`policy\`, or write the other key.

**Source** Dapr documentation, "Retry resiliency policies"; dapr/kit, \`retry.NewBackOff\`.
`,
  *check({ resources }) {
    for (const { name, policy, fields, unclear } of resources.flatMap((one) => [
      ...one.retries.values(),
    ])) {
      const isConstant = policy.value === 'constant';
      const key = isConstant ? 'maxInterval' : 'duration';
      const at = fields.keyAt(key);
      if (!at || unclear) continue;
      const kind = `${policy.value}${defaultNote(policy)}`;
      const instead = isConstant
        ? "waits 'duration' between tries"
        : "grows from 500ms up to 'maxInterval'";
      yield {
        subject: `${key} of ${name}`,
        message: `'${key}' of '${name}' has no effect: its policy is ${kind}, which ${instead}. Write that key, or set policy to ${isConstant ? 'exponential' : 'constant'}.`,
        at,
        unnecessary: true,
      };
    }
  },
};
