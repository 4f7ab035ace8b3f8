import type { Fix } from '../../model/fix.ts';
import type { Model } from '../../model/model.ts';
import { defaultAside, defaultNote } from '../../model/source.ts';
import { ownerOf, wordingOf } from '../../model/wording.ts';
import { formatDuration } from '../../time/index.ts';
import { attemptsOf, type CallSite, callSites, isOutside } from '../facts/calls.ts';
import { roundedDown } from '../facts/round.ts';
import { sum, waitsMs } from '../facts/schedule.ts';
import { addKey, setTo, writtenDuration } from '../facts/setting-fix.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const perAttemptTimeoutMissing: Rule = {
  id: 'per-attempt-timeout-missing',
  title: 'The first attempt may use up the time for all of them',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A retry helps against a slow callee only if the first attempt ends early enough to make a second one.
With nothing but a limit for all attempts together, the first may take all of the time.

**Fires when** a call is tried more than once and has a deadline but no shorter \`timeout\` for each
attempt, or \`order\` puts its timeout outside the retries, where it limits all of them together.

**Fix** Set \`timeout\` to (deadline − waits) / attempts.

**Source** Istio: without \`perTryTimeout\` each try may take the timeout of the route.
`,
  *check(model) {
    for (const site of callSites(model)) {
      const finding = attemptsOf(site) > 1 ? judge(model, site) : undefined;
      if (finding) yield finding;
    }
  },
};

function judge(model: Model, site: CallSite): RuleFinding | undefined {
  const { call, subject, text } = site;
  const { deadlineMs, timeoutMs } = call;
  if (timeoutMs && isOutside(call, 'timeout', 'retry')) {
    return {
      subject,
      message: `The order of ${text} puts its timeout of ${formatDuration(timeoutMs.value)} around all attempts, so the first may use it up and a retry never helps against a slow callee. Put timeout last, and use deadline for all attempts together.`,
      at: call.order.source.at,
    };
  }
  if (!deadlineMs || !isOutside(call, 'deadline', 'retry')) return undefined;
  if (timeoutMs && timeoutMs.value < deadlineMs.value) return undefined;
  const key = wordingOf(model, 'timeout')?.key;
  const each = timeoutMs
    ? `its ${key} of ${formatDuration(timeoutMs.value)} is no shorter`
    : `it has no ${model.wordings ? key : `${key} of its own`}`;
  const why = [defaultAside(deadlineMs).slice(2), each].filter((part) => part !== '').join('; ');
  const eachMs = timeoutThatFits(site, deadlineMs.value);
  return {
    subject,
    message: `The first ${model.wordings ? 'try' : 'attempt'} of ${model.wordings ? `requests ${text}` : text} may use the whole ${wordingOf(model, 'deadline')?.key} of ${formatDuration(deadlineMs.value)} (${why}), so a retry never helps against a slow callee.${advice(model, site, eachMs)}`,
    at: (timeoutMs ?? deadlineMs).source.at,
    fixes: fixes(model, site, eachMs),
  };
}

/** With which all attempts fit into the deadline; none where even the waits are too long. */
function timeoutThatFits({ retry }: CallSite, deadlineMs: number): number | undefined {
  if (!retry) return undefined;
  const leftMs = deadlineMs - sum(waitsMs(retry, 'longest'));
  const eachMs = roundedDown(leftMs / retry.attempts.value);
  return eachMs >= 1 ? eachMs : undefined;
}

function advice(model: Model, { retry }: CallSite, eachMs: number | undefined): string {
  const key = wordingOf(model, 'timeout')?.key;
  if (!retry || eachMs === undefined) {
    return ` Set a ${key}, and make fewer attempts or wait less between them.`;
  }
  return ` With a ${key} of ${formatDuration(eachMs)} all ${retry.attempts.value}${defaultNote(retry.attempts)} ${model.wordings ? 'tries' : 'attempts'} fit.`;
}

function fixes(model: Model, { call }: CallSite, eachMs: number | undefined): readonly Fix[] {
  if (eachMs === undefined) return [];
  const written = writtenDuration(eachMs);
  const wording = wordingOf(model, 'timeout');
  return call.timeoutMs
    ? setTo(wording, call.timeoutMs, written)
    : addKey(wording, written, ownerOf(wording, call));
}
