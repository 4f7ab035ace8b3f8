import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import type { TraefikWhole } from '../whole.ts';

export const traefikBreakerOpensAtOnce: FormatRule<TraefikWhole> = {
  id: 'traefik-breaker-opens-at-once',
  title: 'A single failed request may open a breaker',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Traefik holds shares against the requests of the last ten seconds, however few they are. After a quiet time
the first request that fails is a share of 100 %, and the breaker opens for all.

**Fires when** the \`expression\` of a breaker compares \`ResponseCodeRatio\` or \`NetworkErrorRatio\`, and no
\`RequestThreshold\` goes with it.

**Fix** Add \`&& RequestThreshold() >= 20\`, or as many as tell a failure from bad luck.

**Source** Traefik documentation, "CircuitBreaker: RequestThreshold"; vulcand/oxy, \`checkAndSet\`.
`,
  *check({ files }) {
    for (const { breaker, name } of files.flatMap(({ middlewares }) => middlewares)) {
      if (!breaker?.expression?.opensAtShare || !breaker.expressionText) continue;
      const { at } = breaker.expressionText.source;
      yield {
        subject: `share ${at.file} ${at.start}`,
        message: `One failed request opens the breaker '${name}' for ${formatDuration(breaker.fallbackMs.value)} when there are no others within 10s: its share is then 100%. Add '&& RequestThreshold() >= 20'.`,
        at,
      };
    }
  },
};
