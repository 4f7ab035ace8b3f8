import { breakerRecovery } from '../../analysis/index.ts';
import { countText } from '../../text/words.ts';
import { formatDuration, formatRoughly } from '../../time/index.ts';
import { usesOf } from '../facts/calls.ts';
import { meanOutageMs } from '../facts/outage.ts';
import type { Rule } from '../rule.ts';

export const breakerProbesBeforeRecovery: Rule<'rounds'> = {
  id: 'breaker-probes-before-recovery',
  title: 'A breaker keeps trying a callee that is still starting',
  severity: 'hint',
  evidence: 'numbers',
  since: '0.1.0',
  parameters: {
    rounds: {
      title: 'how many trials on average are too many',
      default: 20,
      minimum: 1,
    },
  },
  documentation: `
Trials are requests, and they fail, while a callee recovers. A breaker that tries every few seconds
throughout an outage of minutes sends dozens of them to something that is just starting.

**Fires when** the callee has no member to spare and says how long its recovery takes, the breaker
would try more than 20 times on average before it succeeds, and \`recoveryFactor\` is 1.

**Fix** Let the pauses grow: \`recoveryFactor: 2\`.

**Source** Linkerd and Polly: break durations that grow.
`,
  *check(model, { rounds }) {
    for (const policy of model.breakers.values()) {
      const { doubtful, maxRecoveryTimeoutMs, name, recoveryFactor, recoveryTimeoutMs } = policy;
      if (doubtful || recoveryFactor.value > 1) continue;
      if (maxRecoveryTimeoutMs.value <= recoveryTimeoutMs.value) continue;
      for (const { call, callee } of usesOf(model).get(policy) ?? []) {
        const outageMs = meanOutageMs(model, callee);
        const tries = outageMs && breakerRecovery(recoveryTimeoutMs.value, outageMs)?.rounds;
        if (!outageMs || !tries || tries <= rounds) continue;
        yield {
          subject: `breaker ${name}`,
          message: `During an outage of '${call.to.value}', ${formatRoughly(outageMs)} on average, breaker '${name}' tries about ${countText(tries)} times, every ${formatDuration(recoveryTimeoutMs.value)}, while it is still starting. Let the pauses grow: recoveryFactor: 2.`,
          at: recoveryTimeoutMs.source.at,
        };
        break;
      }
    }
  },
};
