import { defaultNote } from '../../model/source.ts';
import { plural } from '../../text/words.ts';
import { formatDuration } from '../../time/index.ts';
import { callSites } from '../facts/calls.ts';
import { attemptsWithin } from '../facts/schedule.ts';
import type { Rule } from '../rule.ts';

/** Waits double, so these are longer than any deadline. */
const MOST_TRIES = 40;

export const failoverOutlastsDeadline: Rule = {
  id: 'failover-outlasts-deadline',
  title: 'The deadline of a call ends before its failover has tried all it may',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A group with \`failover\` waits before it tries an operation again at another member: \`wait\`, then twice
as long, and so on. A deadline that is shorter than those waits ends the call before the failover can
help.

**Fires when** the waits between the tries of a group's \`failover\` are longer than the \`deadline\` of a
call to the group, not even counting the tries.

**Fix** Shorten \`failover.wait\`, make fewer attempts, or extend the deadline.
`,
  *check(model) {
    for (const site of callSites(model)) {
      const { call, callee } = site;
      const failover = callee && 'failover' in callee ? callee.failover : undefined;
      if (!failover || !call.deadlineMs) continue;
      const { attempts, waitMs } = failover;
      const waits = Array.from(
        { length: Math.min(attempts.value, MOST_TRIES) - 1 },
        (_, index) => waitMs.value * 2 ** index,
      );
      const fit = attemptsWithin(call.deadlineMs.value, 0, waits);
      if (fit >= attempts.value) continue;
      yield {
        subject: site.subject,
        message: `The deadline of ${formatDuration(call.deadlineMs.value)} of ${site.text} leaves time for ${plural(fit, 'try', 'tries')} of ${attempts.value}${defaultNote(attempts)}: the failover of '${call.to.value}' waits ${formatDuration(waitMs.value)}${defaultNote(waitMs)}, then twice as long. Shorten failover.wait, or extend the deadline.`,
        at: call.deadlineMs.source.at,
        related: [{ message: `The failover of '${call.to.value}'.`, at: failover.at }],
      };
    }
  },
};
