import { defaultNote } from '../../../model/source.ts';
import { setTo } from '../../../rules/facts/setting-fix.ts';
import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import { MAX_ELAPSED_MS } from '../resource.ts';
import { attemptsOf, type DaprWhole, textOfAll } from '../whole.ts';

export const daprRetriesUnlimited: FormatRule<DaprWhole> = {
  id: 'dapr-retries-unlimited',
  title: 'Retries have no limit',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Without \`maxRetries\`, or at -1, a call is tried until it succeeds (an \`exponential\` policy gives up after
15 minutes). Whoever asked has long gone by then; the calls that wait pile up in the sidecar, and all of
them are sent when the callee comes back.

**Fires when** a retry policy without a limit is applied to an app, to actors or to calls to a component.
For deliveries *from* a component (\`inbound\`) it is information: there it also keeps the broker from
handing the message to another instance.

**Fix** Set \`maxRetries\` to two or three.

**Source** Dapr documentation, "Retry resiliency policies": \`maxRetries\` is -1 where it is not written.
`,
  *check({ uses }) {
    const retries = new Set(uses.flatMap(({ retry }) => retry ?? []));
    for (const retry of retries) {
      if (retry.unclear || Number.isFinite(attemptsOf(retry).value)) continue;
      const { maxRetries, name, nameAt, policy } = retry;
      const targets = uses.filter((one) => one.retry === retry).map(({ target }) => target);
      const awaited = targets.filter(({ kind }) => kind !== 'inbound');
      const isAwaited = awaited.length > 0;
      const end =
        policy.value === 'exponential' ? `for ${formatDuration(MAX_ELAPSED_MS)}` : 'without end';
      yield {
        subject: `retry ${nameAt.file} ${name}`,
        severity: isAwaited ? 'warning' : 'info',
        message: `Retry policy '${name}' tries ${isAwaited ? 'calls' : 'deliveries'} ${textOfAll(isAwaited ? awaited : targets)} ${end}: its maxRetries is ${maxRetries.value}${defaultNote(maxRetries)}. Set maxRetries, such as to 3.`,
        at: maxRetries.source.at,
        fixes: setTo('maxRetries', maxRetries, 3, nameAt),
      };
    }
  },
};
