import type { FormatRule } from '../../format.ts';
import type { TraefikWhole } from '../whole.ts';

export const traefikRateLimitNone: FormatRule<TraefikWhole> = {
  id: 'traefik-rate-limit-none',
  title: 'A rate limit limits nothing',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`average\` is 0 where it is not written, and 0 means no limit, whatever \`burst\` and \`period\` are.

**Fires when** \`rateLimit\` has no \`average\`, or one of 0.

**Fix** Set \`average\` to the requests that one source may make in a \`period\` (1 s where it is not written).

**Source** Traefik documentation, "RateLimit: average".
`,
  *check({ files }) {
    for (const { name, rateLimit } of files.flatMap(({ middlewares }) => middlewares)) {
      if (!rateLimit) continue;
      const average = rateLimit.scalar('average');
      if (rateLimit.unclear || (average && Number(average.value) !== 0)) continue;
      const at = average?.source.at ?? rateLimit.at;
      yield {
        subject: `average ${at.file} ${at.start}`,
        message: `'${name}' limits nothing: its average is 0${average ? '' : ' (default of Traefik)'}, which means no limit. Set average.`,
        at,
      };
    }
  },
};
