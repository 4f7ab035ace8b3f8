import type { Model } from '../../model/model.ts';
import { wordingOf } from '../../model/wording.ts';
import { formatDuration } from '../../time/index.ts';
import { type CallSite, callSites, isSoft } from '../facts/calls.ts';
import { ownLatency, quantileMs } from '../facts/latency.ts';
import { roundedUp } from '../facts/round.ts';
import { addKey, writtenDuration } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

/** Builders' Library: choose a timeout that one good answer in a thousand exceeds. */
const KEPT = 0.999;

export const timeoutMissing: Rule = {
  id: 'timeout-missing',
  title: 'A call has no timeout',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A callee that hangs is worse than one that fails: without a timeout its callers wait for ever, and
hold their threads, connections and memory until nothing is left for anybody else. A retry is never
made, and a circuit breaker never learns of a call that does not end.

**Fires when** a call has neither a \`timeout\` nor a \`deadline\`. It is an error when a service whose
tier is written as 1 cannot do without the call.

**Fix** Set a timeout that nearly all good answers keep, such as the 99.9th percentile of the latency.

**Source** AWS Builders' Library, "Timeouts, retries, and backoff with jitter"; AWS Well-Architected
REL05-BP05.
`,
  *check(model) {
    for (const site of callSites(model)) {
      const { call, caller } = site;
      if (call.timeoutMs || call.deadlineMs) continue;
      const { source, value } = caller.tier;
      const isCritical = value === 1 && source.kind === 'explicit' && !isSoft(call);
      const enough = enoughMs(site);
      const key = keyFor(model);
      yield {
        subject: site.subject,
        severity: isCritical ? 'error' : 'warning',
        message: `${subjectText(model, site)} no ${key}: when '${call.to.value}' hangs, ${model.wordings ? 'whoever asks' : `'${caller.name}'`} waits for ever${consequence(site)}. Set a ${key}${suggestion(site, enough)}.`,
        at: call.to.source.at,
        fixes:
          enough === undefined || model.wordings
            ? []
            : addKey('timeout', writtenDuration(enough), call.to.source.at),
      };
    }
  },
};

function subjectText({ wordings }: Model, { text }: CallSite): string {
  return wordings ? `Requests ${text} have` : `The call ${text} has`;
}

/** In formats that tell apart tries and calls, what limits a call. */
function keyFor(model: Model): string {
  const wording = model.wordings && wordingOf(model, 'deadline');
  return wording?.key ?? 'timeout';
}

function consequence({ breaker, bulkhead, call, connectionPool }: CallSite): string {
  const held = bulkhead ?? connectionPool;
  if (breaker) return `, and its circuit breaker '${breaker.name}' never learns of it`;
  if (held) return ` and holds its ${bulkhead ? 'slot' : 'connection'} of '${held.name}'`;
  if (call.retry) return ' and never retries';
  return '';
}

function enoughMs({ callee }: CallSite): number | undefined {
  const latency = ownLatency(callee);
  return latency && roundedUp(quantileMs(latency.value, KEPT));
}

function suggestion({ call }: CallSite, enough: number | undefined): string {
  if (enough === undefined) return ' a little above its slowest good answers';
  return `, such as ${formatDuration(enough)}, which 99.9% of the answers of '${call.to.value}' keep`;
}
