import type { Model, RetryPolicy } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import { defaultNote } from '../../model/source.ts';
import { attemptsNote, wordingOf } from '../../model/wording.ts';
import { plural } from '../../text/words.ts';
import { formatDuration } from '../../time/index.ts';
import { type CallSite, callSites, isOutside } from '../facts/calls.ts';
import { patienceWith } from '../facts/patience.ts';
import { attemptMs, attemptsWithin, sum, waitsMs } from '../facts/schedule.ts';
import { setTo, writtenDuration } from '../facts/setting-fix.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const attemptsExceedDeadline: Rule = {
  id: 'attempts-exceed-deadline',
  title: 'Not all attempts fit into the time that there is',
  severity: 'warning',
  evidence: 'graph',
  since: '0.1.0',
  proof: 'attempts-do-not-fit',
  documentation: `
Attempts that run into their timeout take attempts × timeout and the waits between them. What does not
fit into the deadline is cut off, or never begun: the policy promises tries that nobody gets. Without
a deadline, the caller's own caller sets the limit: when it has given up, further attempts are work
for nobody.

**Fires when** fewer attempts than \`attempts\` can run into their timeout before the \`deadline\` of the
call (or, without one, before the service's most impatient caller gives up), with waits as short as
their jitter allows. Attempts that fail at once may still all be made.

**Fix** Make fewer attempts, shorten the timeout, or allow more time.

**Source** Istio: "3 attempts, 2 s apart, with a timeout of 3 s" are retried once; gRPC proposal A6.
`,
  *check(model) {
    const patience = patienceWith(model);
    for (const site of callSites(model)) {
      const { call, caller } = site;
      const waiting = patience.get(caller);
      const finding =
        call.deadlineMs && isOutside(call, 'deadline', 'retry')
          ? judge(
              model,
              site,
              call.deadlineMs,
              `${model.wordings ? 'the' : 'its'} ${wordingOf(model, 'deadline')?.key} of ${formatDuration(call.deadlineMs.value)}${defaultNote(call.deadlineMs)}`,
            )
          : waiting &&
            judge(
              model,
              site,
              waiting.limit.ms,
              `the ${formatDuration(waiting.limit.ms.value)} that '${waiting.caller.name}' waits for '${caller.name}'`,
            );
      if (finding) yield finding;
    }
  },
};

function judge(
  model: Model,
  site: CallSite,
  limit: Sourced<number>,
  limitText: string,
): RuleFinding | undefined {
  const { call, retry, subject, text } = site;
  const oneMs = attemptMs(site);
  // One attempt that is too long by itself is another matter.
  if (!retry || !call.retry || oneMs === undefined || oneMs >= limit.value) return undefined;
  const attempts = retry.attempts.value;
  const shortest = waitsMs(retry, 'shortest');
  const fit = attemptsWithin(limit.value, oneMs, shortest);
  // So many that not even their waits are counted: that they do not stop is another matter.
  if (fit > shortest.length) return undefined;
  const waits = sum(waitsMs(retry, 'longest'));
  const isOwn = limit === call.deadlineMs;
  const deadline = wordingOf(model, 'deadline');
  const noun: readonly [one: string, many: string] = model.wordings
    ? ['try', 'tries']
    : ['attempt', 'attempts'];
  const fewer = `Make ${plural(fit, ...noun)}${attemptsNote(model, fit)}`;
  const shorter = `shorten ${model.wordings ? '' : 'the '}${wordingOf(model, 'timeout')?.key}`;
  return {
    subject,
    message: `When they time out, only ${fit} of the ${attempts}${defaultNote(retry.attempts)} ${noun[1]}${attemptsNote(model, attempts)} of ${model.wordings ? `requests ${text}` : text} ${fit === 1 ? 'fits' : 'fit'} into ${limitText}: ${attempts} × ${formatDuration(oneMs)}${waitsText(retry, waits)}. ${isOwn ? `${fewer}, ${shorter}, or extend the ${deadline?.key}` : `${fewer}, or ${shorter}`}.`,
    at: isOwn ? limit.source.at : call.retry.source.at,
    fixes: isOwn ? setTo(deadline, limit, writtenDuration(attempts * oneMs + waits)) : [],
    related: [
      isOwn
        ? { message: `${attempts} ${noun[1]}.`, at: retry.attempts.source.at }
        : { message: 'The caller gives up.', at: limit.source.at },
    ],
  };
}

function waitsText({ jitter }: RetryPolicy, waitsMs: number): string {
  if (waitsMs === 0) return '';
  return ` and ${jitter.value === 'none' ? '' : 'up to '}${formatDuration(waitsMs)} of waits`;
}
