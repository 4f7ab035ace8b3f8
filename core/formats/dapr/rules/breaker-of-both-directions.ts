import type { FormatRule } from '../../format.ts';
import type { DaprWhole } from '../whole.ts';

export const daprBreakerOfBothDirections: FormatRule<DaprWhole> = {
  id: 'dapr-breaker-of-both-directions',
  title: 'Calls to a component and deliveries from it share one breaker',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Dapr keeps one circuit breaker for each component, whatever the direction. If both directions name one,
messages that the app cannot handle open it for publishing too. If they name different ones, both use
the one that was needed first, and the other one never counts.

**Fires when** \`inbound\` and \`outbound\` of a component both name a circuit breaker.

**Fix** Name it in one direction only.

**Source** dapr/dapr, \`pkg/resiliency/resiliency.go\`: \`componentCBs.Get\` looks for the component's name
only.
`,
  *check({ resources }) {
    for (const { name, targets } of resources) {
      for (const { breaker: inbound, kind, name: component } of targets) {
        const outbound = targets.find(
          (one) => one.kind === 'outbound' && one.name === component,
        )?.breaker;
        if (kind !== 'inbound' || !inbound || !outbound) continue;
        const isSame = inbound.value === outbound.value;
        const what = isSame
          ? `deliveries that fail open '${inbound.value}' for calls to it too`
          : `of '${outbound.value}' and '${inbound.value}' only the one that is needed first ever counts`;
        yield {
          subject: `breakers of ${name}/${component}`,
          message: `Dapr has one circuit breaker for component '${component}', so ${what}. Name one in one direction only.`,
          at: inbound.source.at,
          related: [{ message: 'The other direction.', at: outbound.source.at }],
        };
      }
    }
  },
};
