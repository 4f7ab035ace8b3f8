import { formatDuration } from '../../time/index.ts';
import type { Rule } from '../rule.ts';

export const objectivesContradict: Rule = {
  id: 'objectives-contradict',
  title: 'One latency objective makes another meaningless',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Half of the answers cannot be slower than what 99 % of them keep. An objective for a lower percentile
that allows more than the one for a higher percentile says nothing; mostly the two were swapped.

**Fires when** \`p50\` is above \`p95\` or \`p99\`, or \`p95\` above \`p99\`.

**Fix** Swap them, or leave out the one that says nothing.
`,
  *check({ objectives }) {
    const written = [
      { name: 'p50', objective: objectives.latencyP50Ms },
      { name: 'p95', objective: objectives.latencyP95Ms },
      { name: 'p99', objective: objectives.latencyP99Ms },
    ].flatMap(({ name, objective }) => (objective ? [{ name, ...objective }] : []));
    for (const [index, lower] of written.entries()) {
      const higher = written.slice(index + 1).find(({ value }) => value < lower.value);
      if (!higher) continue;
      yield {
        subject: `objective ${lower.name}`,
        message: `The objective ${lower.name} of ${formatDuration(lower.value)} says nothing: ${higher.name} already asks for ${formatDuration(higher.value)}. Swap the two, or leave ${lower.name} out.`,
        at: lower.source.at,
        related: [{ message: `The objective ${higher.name}.`, at: higher.source.at }],
      };
    }
  },
};
