import type { Call } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import { formatDuration } from '../../time/index.ts';
import { callSites } from '../facts/calls.ts';
import { setTo, writtenDuration } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const cacheExpiresBeforeRecovery: Rule = {
  id: 'cache-expires-before-recovery',
  title: 'Cached answers run out before the callee may be back',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A cached answer bridges an outage for as long as it may be used. When the recovery time objective allows
longer outages than that, users see errors towards the end of one that is still within the objective.

**Fires when** cached answers are the last that a call can fall back on, by \`fallback\` or by
\`staleIfError\`, and they may be used for less time than the objective \`rto\`.

**Fix** Use them for at least as long as \`rto\`, or add a fixed answer behind them.

**Source** RFC 5861, \`stale-if-error\`.
`,
  *check(model) {
    const { rtoMs } = model.objectives;
    if (!rtoMs) return;
    for (const { call, subject, text } of callSites(model)) {
      const last = lastAnswers(call);
      if (!last || last.forMs >= rtoMs.value) continue;
      yield {
        subject: `cache of ${subject}`,
        message: `When ${text} fails, cached answers help for ${formatDuration(last.forMs)}, but the objective rto allows an outage of ${formatDuration(rtoMs.value)}: after that, nothing answers. Use them for longer, or add a default.`,
        at: last.written.source.at,
        fixes: setTo(last.key, last.written, writtenDuration(rtoMs.value)),
        related: [{ message: 'The objective.', at: rtoMs.source.at }],
      };
    }
  },
};

/** How long cached answers bridge an outage, where nothing else does. */
function lastAnswers({ cache, fallback }: Call) {
  const steps = fallback?.steps ?? [];
  if (steps.some(({ kind }) => kind !== 'cache')) return undefined;
  const ages: {
    readonly key: string;
    readonly forMs: number;
    readonly written: Sourced<number>;
  }[] = steps.flatMap((step) =>
    step.kind === 'cache'
      ? { key: 'cache', forMs: step.maxAgeMs.value, written: step.maxAgeMs }
      : [],
  );
  if (cache && cache.staleIfErrorMs.value > 0) {
    const forMs = cache.maxAgeMs.value + cache.staleIfErrorMs.value;
    ages.push({ key: 'staleIfError', forMs, written: cache.staleIfErrorMs });
  }
  return ages.sort((a, b) => b.forMs - a.forMs)[0];
}
