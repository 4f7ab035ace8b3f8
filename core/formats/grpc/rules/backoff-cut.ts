import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import { durationOf } from '../service-config.ts';
import type { GrpcWhole } from '../whole.ts';

export const grpcBackoffCut: FormatRule<GrpcWhole> = {
  id: 'grpc-backoff-cut',
  title: 'Waits between attempts never grow',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A wait is \`initialBackoff\` times \`backoffMultiplier\` for each attempt before, and \`maxBackoff\` at most.
If that is shorter than the first wait, all waits are cut to it.

**Fires when** \`maxBackoff\` is shorter than \`initialBackoff\`.

**Fix** Raise \`maxBackoff\`.

**Source** grpc/proposal, A6, "Exponential backoff".
`,
  *check({ configs }) {
    for (const { retry } of configs.flatMap(({ methods }) => methods)) {
      const initialMs = retry && durationOf(retry, 'initialBackoff');
      const maxMs = retry && durationOf(retry, 'maxBackoff');
      if (!initialMs || !maxMs || maxMs.value <= 0 || maxMs.value >= initialMs.value) continue;
      const { at } = maxMs.source;
      yield {
        subject: `backoff ${at.file} ${at.start}`,
        message: `No wait is longer than ${formatDuration(maxMs.value)}, so the initialBackoff of ${formatDuration(initialMs.value)} is cut to that and none grows. Raise maxBackoff.`,
        at,
        related: [{ message: 'The first wait.', at: initialMs.source.at }],
      };
    }
  },
};
