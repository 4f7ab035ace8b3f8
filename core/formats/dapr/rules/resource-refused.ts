import type { FormatRule } from '../../format.ts';
import type { DaprWhole } from '../whole.ts';

export const daprResourceRefused: FormatRule<DaprWhole> = {
  id: 'dapr-resource-refused',
  title: 'Dapr cannot read a value, and drops the rest of the resource',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
When Dapr meets a value that it cannot decode, it logs the error and goes on without what it has not
read yet of the resource: a typo in one policy can take the policies away from every target.

**Fires when** a duration is no Go duration, \`policy\` is neither \`constant\` nor \`exponential\`, or an
actor's circuit breaker has no \`circuitBreakerScope\` (\`type\`, \`id\` or \`both\`).

**Fix** Correct the value.

**Source** dapr/dapr, \`pkg/resiliency/resiliency.go\`: \`FromConfigurations\`, \`DecodeConfiguration\`.
`,
  *check({ resources }) {
    for (const { at, reason } of resources.flatMap(({ refused }) => refused)) {
      yield {
        subject: `value at ${at.file} ${at.start}`,
        message: `${reason} Dapr drops what it has not read yet of this resource.`,
        at,
      };
    }
  },
};
