import { defaultNote } from '../../../model/source.ts';
import { plural } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { type DaprWhole, textOf } from '../whole.ts';

export const daprBreakerWithoutTimeout: FormatRule<DaprWhole> = {
  id: 'dapr-breaker-without-timeout',
  title: 'A breaker has no timeout beside it',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A circuit breaker learns of a call when it ends. Without a timeout one that hangs never does: the
breaker does not open while everything hangs. And when it is half-open, calls that hang take up all
\`maxRequests\` trials, and it rejects everything else for as long as they do.

**Fires when** a target has a circuit breaker and no timeout. For components it is information, for many
of their clients have timeouts of their own.

**Fix** Name a timeout in the target too.

**Source** sony/gobreaker, \`beforeRequest\`: a half-open breaker waits for its trials without a limit.
`,
  *check({ uses }) {
    for (const { breaker, target } of uses) {
      // Actors are given their timeout apart from the breaker.
      if (!breaker || breaker.unclear || target.timeout || target.fields.unclear) continue;
      if (target.kind !== 'app' && target.kind !== 'inbound' && target.kind !== 'outbound')
        continue;
      const { maxRequests, name } = breaker;
      yield {
        subject: `timeout ${textOf(target)}`,
        severity: target.kind === 'app' ? 'warning' : 'info',
        message: `${target.kind === 'inbound' ? 'Deliveries' : 'Calls'} ${textOf(target)} have no timeout, so breaker '${name}' does not see them hang, and once it is half-open ${plural(maxRequests.value, 'trial')}${defaultNote(maxRequests)} that ${maxRequests.value === 1 ? 'hangs makes' : 'hang make'} it reject all others. Name a timeout here too.`,
        at: target.breaker?.source.at ?? target.nameAt,
      };
    }
  },
};
