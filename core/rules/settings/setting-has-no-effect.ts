import type { Fix } from '../../model/fix.ts';
import type { Model } from '../../model/model.ts';
import { placeId } from '../../model/place-id.ts';
import type { Rule } from '../rule.ts';
import { breakerSettings } from './breaker-settings.ts';
import { callSettings } from './call-settings.ts';
import { groupSettings } from './group-settings.ts';
import { poolSettings } from './pool-settings.ts';
import { retrySettings } from './retry-settings.ts';
import type { Useless } from './useless.ts';

export const settingHasNoEffect: Rule = {
  id: 'setting-has-no-effect',
  title: 'A setting has no effect',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A value that changes nothing misleads: whoever wrote it believes in a protection that is not there, and
whoever reads it looks for its effect.

**Fires when** something else in the file rules the value out. Among others:

- retries: one attempt; \`factor\` without exponential growth; \`growth\` under decorrelated jitter;
  \`minRetriesPerSecond\` without a budget, or of one with \`budgetBurst\`; a budget that allows every retry
- breakers: \`maxRecoveryTimeout\` or \`recoveryFactor\` that the other keeps from working; \`slowCallRate\`
  without \`slowCall\`
- pools: \`maxWait\` without a queue; a queue that nobody may wait in; more connections, or a higher
  concurrency limit, than the bulkhead lets through
- groups: weights without weighted balancing; recovery settings that are never reached; settings of
  the other way of detection or replication; the latency of a group that only hosts services
- calls: \`onTimeout\` without a timeout; a timeout beyond the deadline; a fallback step behind a default

**Fix** Remove the value, or change what rules it out.
`,
  *check(model) {
    for (const { at, message, removable } of uselessSettings(model)) {
      const fixes: Fix[] = removable
        ? [{ title: `Remove '${removable}'`, safe: true, changes: [{ kind: 'remove', at }] }]
        : [];
      yield { subject: `setting at ${placeId(at)}`, message, at, unnecessary: true, fixes };
    }
  },
};

function* uselessSettings(model: Model): Generator<Useless> {
  yield* groupSettings(model);
  yield* breakerSettings(model);
  yield* retrySettings(model);
  yield* poolSettings(model);
  yield* callSettings(model);
}
