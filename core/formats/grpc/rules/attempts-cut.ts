import type { FormatRule } from '../../format.ts';
import { MOST_ATTEMPTS } from '../service-config.ts';
import type { GrpcWhole } from '../whole.ts';

export const grpcAttemptsCut: FormatRule<GrpcWhole> = {
  id: 'grpc-attempts-cut',
  title: 'More attempts are asked for than clients make',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Clients make ${MOST_ATTEMPTS} attempts at most, the first one included, unless their code allows more.

**Fires when** \`maxAttempts\` is more than ${MOST_ATTEMPTS}.

**Fix** Lower it to ${MOST_ATTEMPTS}, or raise the limit of the channel.

**Source** grpc/proposal, A6: "Values greater than 5 are treated as 5".
`,
  *check({ configs }) {
    for (const { hedging, retry } of configs.flatMap(({ methods }) => methods)) {
      const attempts = (retry ?? hedging)?.number('maxAttempts');
      if (!attempts || attempts.value <= MOST_ATTEMPTS) continue;
      const { at } = attempts.source;
      yield {
        subject: `attempts ${at.file} ${at.start}`,
        message: `Clients make ${MOST_ATTEMPTS} attempts, not ${attempts.value}, unless their code allows more. Lower maxAttempts to ${MOST_ATTEMPTS}.`,
        at,
        fixes: [
          {
            title: `Set maxAttempts to ${MOST_ATTEMPTS}`,
            safe: false,
            changes: [{ kind: 'replace', at, value: MOST_ATTEMPTS }],
          },
        ],
      };
    }
  },
};
