import { defaultNote } from '../../model/source.ts';
import { plural } from '../../text/words.ts';
import { formatPercent } from '../../time/index.ts';
import { recoveryTimes } from '../facts/recovery.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const recoveryGivesUp: Rule<'share'> = {
  id: 'recovery-gives-up',
  title: 'Failed members often stay down for good',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  parameters: {
    share: {
      title: 'share of failures from which on giving up is no accident',
      default: 0.05,
      minimum: 0,
      maximum: 1,
    },
  },
  documentation: `
After \`maxAttempts\` failed recovery attempts a member stays down until somebody sees to it, and the
group goes on with one member fewer. That happens with probability (1 − \`successRate\`)^\`maxAttempts\`.

**Fires when** that is at least 5 %, and \`successRate\` or \`maxAttempts\` is written.

**Fix** Allow more attempts: at 70 % each, five leave 0.24 %.

**Source** Kubernetes restarts for ever, with a growing pause (CrashLoopBackOff).
`,
  *check(model, { share }) {
    for (const { doubtful, members, name, recovery } of model.groups.values()) {
      const { maxAttempts, successRate } = recovery;
      const written = [successRate, maxAttempts].find(({ source }) => source.kind === 'explicit');
      if (doubtful || members.length === 0 || !written) continue;
      const { givesUp } = recoveryTimes(recovery);
      if (givesUp < share) continue;
      const tries = `${plural(maxAttempts.value, 'attempt')}${defaultNote(maxAttempts)} that ${maxAttempts.value === 1 ? 'works' : 'each work'}`;
      const message =
        successRate.value === 0
          ? `No recovery of a member of '${name}' can work: successRate is 0%. Every member that fails stays down.`
          : `A failed member of '${name}' stays down for good in ${formatPercent(givesUp)} of the cases: ${tries} ${formatPercent(successRate.value)}${defaultNote(successRate)} of the time. Allow ${enough(successRate.value)} attempts to bring that below 1%.`;
      yield {
        subject: `recovery of ${name}`,
        message,
        at: written.source.at,
        fixes:
          successRate.value === 0 || maxAttempts.source.kind === 'default'
            ? []
            : setTo('maxAttempts', maxAttempts, enough(successRate.value)),
      };
    }
  },
};

/** Attempts after which fewer than one failure in a hundred is for good. */
function enough(successRate: number): number {
  return Math.ceil(Math.log(0.01) / Math.log1p(-successRate));
}
