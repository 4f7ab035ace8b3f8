import { setTo } from '../../../rules/facts/setting-fix.ts';
import type { FormatRule } from '../../format.ts';
import type { TraefikWhole } from '../whole.ts';

export const traefikRetryOff: FormatRule<TraefikWhole> = {
  id: 'traefik-retry-off',
  title: 'A retry middleware makes no retry',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`attempts\` counts the first try, too: with 1 requests are handed on and never retried. Without
\`attempts\`, or with 0, Traefik refuses the middleware, and every router that uses it.

**Fires when** \`attempts\` is 1 (a warning), or 0 or missing (an error).

**Fix** Set \`attempts\` to 2 or more.

**Source** traefik/traefik, \`pkg/middlewares/retry/retry.go\`: \`New\` and \`ServeHTTP\`.
`,
  *check({ files }) {
    for (const { name, retry } of files.flatMap(({ middlewares }) => middlewares)) {
      if (!retry || retry.unclear || (retry.attempts && retry.attempts.value > 1)) continue;
      const { attempts, fields } = retry;
      const isOne = attempts?.value === 1;
      const source = attempts?.source ?? { kind: 'default' as const, at: fields.at };
      yield {
        subject: `attempts ${fields.at.file} ${fields.at.start}`,
        severity: isOne ? 'warning' : 'error',
        message: isOne
          ? `'${name}' makes no retry: attempts counts the first try, too. Set it to 2 or more.`
          : `Traefik refuses the retry '${name}', and every router that uses it: attempts must be 1 or more. Set it to 2 or more.`,
        at: source.at,
        fixes: setTo('attempts', { source }, 3, fields.at),
      };
    }
  },
};
