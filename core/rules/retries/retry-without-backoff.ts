import { plural } from '../../text/words.ts';
import { sum, waitsMs } from '../facts/schedule.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const retryWithoutBackoff: Rule = {
  id: 'retry-without-backoff',
  title: 'Retries are made without a pause',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  absorbs: ['retry-without-jitter'],
  documentation: `
Retries without a wait all fall into the same moment of trouble: they are over before anything could
have recovered, and multiply the load meanwhile. One immediate retry is fine, for a connection that
had gone stale; more are not.

**Fires when** a policy makes at least three attempts and all of its waits are 0.

**Fix** Wait 100 ms before the first retry, and longer before each further one.

**Source** WASABI (SOSP 2024): missing delays; AWS Builders' Library: capped exponential backoff.
`,
  *check(model) {
    for (const policy of model.retries.values()) {
      const { attempts, doubtful, initialMs, maxMs, name } = policy;
      if (doubtful || attempts.value < 3 || sum(waitsMs(policy, 'longest')) > 0) continue;
      const zero = initialMs.value === 0 ? initialMs : maxMs;
      yield {
        subject: `retry ${name}`,
        message: `The ${plural(attempts.value - 1, 'retry', 'retries')} of '${name}' follow at once, before anything can have recovered. Wait before each, such as 100ms, growing.`,
        at: zero.source.at,
        fixes: setTo(
          initialMs.value === 0 ? 'initial' : 'max',
          zero,
          initialMs.value === 0 ? '100ms' : '5s',
        ),
      };
    }
  },
};
