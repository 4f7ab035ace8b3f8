import type { Model } from '../../model/model.ts';
import { defaultNote } from '../../model/source.ts';
import { attemptsNote, wordingOf } from '../../model/wording.ts';
import { countText } from '../../text/words.ts';
import { formatRoughly } from '../../time/index.ts';
import { type CallSite, usesOf } from '../facts/calls.ts';
import { sum, waitsMs } from '../facts/schedule.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const retryUnbounded: Rule<'attempts' | 'minutes'> = {
  id: 'retry-unbounded',
  title: 'Retries practically never stop',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  parameters: {
    attempts: {
      title: 'from how many attempts on they practically never stop',
      default: 20,
      minimum: 2,
    },
    minutes: {
      title: 'how long the waits may be in all, in minutes',
      default: 10,
      minimum: 0,
    },
  },
  documentation: `
After a few tries the caller should give up and say so: whoever asked has long gone, and each further
try holds memory and adds load for nobody.

**Fires when** a policy allows 20 attempts or more, or its waits add up to more than 10 minutes, and
one of the calls that use it has no \`deadline\` to end them.

**Fix** Make three to five attempts, or give the calls a deadline. For work that must be done
eventually, use a queue.

**Source** WASABI (SOSP 2024): half of the retry bugs found were retries without a cap.
`,
  *check(model, { attempts, minutes }) {
    const uses = usesOf(model);
    for (const policy of model.retries.values()) {
      const endless = uses.get(policy)?.find(hasNoEnd);
      if (policy.doubtful || !endless) continue;
      const tries = policy.attempts.value;
      const waiting = sum(waitsMs(policy, 'longest'));
      if (tries < attempts && waiting <= minutes * 60_000) continue;
      // Only other formats have retries without any limit; their own rules know when they end.
      if (!Number.isFinite(tries)) continue;
      yield {
        subject: `retry ${policy.name}`,
        message: `Retry policy '${policy.name}' makes up to ${countText(tries)}${defaultNote(policy.attempts)} attempts with waits of ${formatRoughly(waiting)} in all: nobody waits that long for ${model.wordings ? `calls ${endless.text}` : endless.text}. ${advice(model)}.`,
        at: policy.attempts.source.at,
        fixes: setTo(wordingOf(model, 'attempts'), policy.attempts, 3),
      };
    }
  },
};

function advice(model: Model): string {
  const deadline = wordingOf(model, 'deadline');
  const fewer = `Make 3 to 5 attempts${attemptsNote(model, 3, 5)}`;
  return deadline ? `${fewer}, or give the call a ${deadline.key}` : fewer;
}

function hasNoEnd({ call }: CallSite): boolean {
  return call.deadlineMs === undefined;
}
