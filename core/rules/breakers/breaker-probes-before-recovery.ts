import { breakerRecovery } from '../../analysis/index.ts';
import { countText } from '../../text/words.ts';
import { formatDuration, formatRoughly } from '../../time/index.ts';
import { usesOf } from '../facts/calls.ts';
import { meanOutageMs } from '../facts/outage.ts';
import type { Rule } from '../rule.ts';

const MANY_ROUNDS = 20;

export const breakerProbesBeforeRecovery: Rule = {
  id: 'breaker-probes-before-recovery',
  title: 'A breaker keeps trying a callee that is still starting',
  severity: 'hint',
  evidence: 'numbers',
  documentation: `
Trials are requests, and they fail, while a callee recovers. A breaker that tries every few seconds
throughout an outage of minutes sends dozens of them to something that is just starting.

**Fires when** the callee has no member to spare and says how long its recovery takes, the breaker
would try more than 20 times on average before it succeeds, and \`recoveryFactor\` is 1.

**Fix** Let the pauses grow: \`recoveryFactor: 2\`.

**Source** Linkerd and Polly: break durations that grow.
`,
  *check(model) {
    for (const policy of model.breakers.values()) {
      const { doubtful, maxRecoveryTimeoutMs, name, recoveryFactor, recoveryTimeoutMs } = policy;
      if (doubtful || recoveryFactor.value > 1) continue;
      if (maxRecoveryTimeoutMs.value <= recoveryTimeoutMs.value) continue;
      for (const { call, callee } of usesOf(model).get(policy) ?? []) {
        const outageMs = meanOutageMs(model, callee);
        const rounds = outageMs && breakerRecovery(recoveryTimeoutMs.value, outageMs)?.rounds;
        if (!outageMs || !rounds || rounds <= MANY_ROUNDS) continue;
        yield {
          subject: `breaker ${name}`,
          message: `During an outage of '${call.to.value}', ${formatRoughly(outageMs)} on average, breaker '${name}' tries about ${countText(rounds)} times, every ${formatDuration(recoveryTimeoutMs.value)}, while it is still starting. Let the pauses grow: recoveryFactor: 2.`,
          at: recoveryTimeoutMs.source.at,
        };
        break;
      }
    }
  },
};
