import { formatDuration } from '../../time/index.ts';
import { callSites } from '../facts/calls.ts';
import { limitOf } from '../facts/patience.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const abandonedWorkUnbounded: Rule = {
  id: 'abandoned-work-unbounded',
  title: 'Nothing limits the work that timed out and goes on',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
With \`onTimeout: abandon\` a call that timed out is no longer waited for, but goes on. While the callee
hangs, each request leaves one more of them behind, and nothing ends them.

**Fires when** a call with a timeout or a deadline abandons its work, and neither a bulkhead, a
connection pool nor a concurrency limit bounds how much of it there can be: at the call, or at the
service that it calls.

**Fix** Abort the work, or put a bulkhead around the call. Abandoned work holds its slot until it
really ends, so the bulkhead bounds it.

**Source** Nygard, "Release It!": blocked threads; threads that outlive their callers.
`,
  *check(model) {
    for (const site of callSites(model)) {
      const { bulkhead, call, callee, concurrencyLimit, connectionPool } = site;
      const limit = limitOf(call);
      if (!limit || call.onTimeout.value !== 'abandon') continue;
      if (bulkhead || concurrencyLimit || connectionPool) continue;
      if (callee && 'bulkhead' in callee) continue;
      yield {
        subject: site.subject,
        message: `Calls ${site.text} that take longer than ${formatDuration(limit.ms.value)} go on unwatched, and nothing limits how many: while '${call.to.value}' hangs, they pile up. Abort them (onTimeout: abort), or put a bulkhead around the call.`,
        at: call.onTimeout.source.at,
        fixes: setTo('onTimeout', call.onTimeout, 'abort'),
      };
    }
  },
};
