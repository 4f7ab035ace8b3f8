import type { FormatRule } from '../../format.ts';
import type { Refused } from '../value.ts';
import type { GatewayWhole } from '../whole.ts';

export const gatewayValueRefused: FormatRule<GatewayWhole> = {
  id: 'gateway-value-refused',
  title: 'A route holds a value that the API server refuses',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Values of a route are checked when it is applied; one that does not pass keeps all of the route from
being changed.

**Fires when** a timeout or a backoff is no duration of the Gateway API (\`1.5s\`, \`30\` and \`1d\` are none),
\`backendRequest\` is longer than \`request\`, \`attempts\` is below 1, or a code to retry is not one of 400 to
599.

**Fix** Correct the value.

**Source** Gateway API, \`HTTPRouteTimeouts\`, \`HTTPRouteRetry\`, and GEP-2257 on durations.
`,
  *check({ routes }) {
    for (const { refused, resource } of routes) {
      for (const one of refused) yield findingOf(one, `route '${resource.name}'`);
    }
  },
};

/** For resources of other kinds, too, whose values the API server checks in the same way. */
export function findingOf({ at, meant, reason }: Refused, what: string) {
  return {
    subject: `value at ${at.file} ${at.start}`,
    message: `${reason} The API server refuses ${what} as it is.`,
    at,
    ...(meant !== undefined && {
      fixes: [
        {
          title: `Write ${meant}`,
          safe: true,
          changes: [{ kind: 'replace' as const, at, value: meant }],
        },
      ],
    }),
  };
}
