import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import { attemptsOf, durationOf } from '../service-config.ts';
import type { GrpcWhole } from '../whole.ts';

export const grpcHedgesNeverSent: FormatRule<GrpcWhole> = {
  id: 'grpc-hedges-never-sent',
  title: 'Copies of a request would be sent after its timeout',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Copies of a request are sent \`hedgingDelay\` after one another, and the \`timeout\` of a method is for all
of them. Those that would come later are sent only if earlier ones fail.

**Fires when** the last copy would be sent when the timeout is over.

**Fix** Shorten \`hedgingDelay\`, or lower \`maxAttempts\`.

**Source** grpc/proposal, A6, "Hedging policy".
`,
  *check({ configs }) {
    for (const { hedging, timeoutMs } of configs.flatMap(({ methods }) => methods)) {
      const attempts = hedging && attemptsOf(hedging);
      const delayMs = hedging && durationOf(hedging, 'hedgingDelay');
      if (!attempts || !delayMs || !timeoutMs || delayMs.value === 0) continue;
      const lastMs = (attempts.value - 1) * delayMs.value;
      if (lastMs < timeoutMs.value) continue;
      const { at } = delayMs.source;
      yield {
        subject: `hedges ${at.file} ${at.start}`,
        message: `The last of ${attempts.value} copies would be sent after ${formatDuration(lastMs)}, when the timeout of ${formatDuration(timeoutMs.value)} is over. Shorten hedgingDelay, or lower maxAttempts.`,
        at,
        related: [{ message: 'The timeout.', at: timeoutMs.source.at }],
      };
    }
  },
};
