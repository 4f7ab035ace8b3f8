import type { FormatRule } from '../../format.ts';
import type { TraefikWhole } from '../whole.ts';

export const traefikExpressionRefused: FormatRule<TraefikWhole> = {
  id: 'traefik-expression-refused',
  title: 'The condition of a breaker is one that Traefik refuses',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
The \`expression\` of a circuit breaker is read when a router that uses it is set up. Whole numbers and
fractions are different things in it: a quantile must be written as \`50.0\`, a ratio be compared with
\`0.3\` or \`1.0\`, a latency with whole milliseconds. If it cannot be read, the router does not work.

**Fires when** \`expression\` is missing, uses a measure besides \`LatencyAtQuantileMS\`, \`NetworkErrorRatio\`,
\`ResponseCodeRatio\` and \`RequestThreshold\`, or a number of the wrong kind.

**Fix** Correct the expression.

**Source** Traefik documentation, "CircuitBreaker"; vulcand/oxy, \`cbreaker/predicates.go\`.
`,
  *check({ files }) {
    for (const { breaker, name } of files.flatMap(({ middlewares }) => middlewares)) {
      if (!breaker || breaker.fields.unclear) continue;
      const { expression, expressionText, fields } = breaker;
      const problem = expressionText ? expression?.problem : 'There is no expression.';
      if (problem === undefined) continue;
      const at = expressionText?.source.at ?? fields.at;
      yield {
        subject: `expression ${at.file} ${at.start}`,
        message: `${problem} Traefik refuses the breaker '${name}', and every router that uses it.`,
        at,
      };
    }
  },
};
