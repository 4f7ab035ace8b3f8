import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import { isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService, subjectOf } from './per-project.ts';

export const composeGracePeriodCut: FormatRule<ComposeWhole> = {
  id: 'compose-grace-period-cut',
  title: 'A container is killed without time to end',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`stop_grace_period\` is how long a container has to end what it does before it is killed. \`docker compose\`
counts it in whole seconds and drops the rest: \`500ms\` is 0.

**Fires when** \`stop_grace_period\` is written, above 0 and below one second.

**Fix** Write at least \`1s\`; the default is 10 s.

**Source** docker/compose, \`ToSeconds\`; Compose specification, \`stop_grace_period\`.
`,
  check: (whole) =>
    perService(whole, function* (service, { isForSwarm }) {
      const { graceMs, name } = service;
      if (graceMs.source.kind !== 'explicit' || isForSwarm) return;
      if (graceMs.value <= 0 || graceMs.value >= 1_000) return;
      if (!isCertain(service, 'stop_grace_period')) return;
      yield {
        subject: subjectOf('grace', service),
        message: `'${name}' is killed at once when it is stopped: 'docker compose' drops what is below a second, and stop_grace_period is ${formatDuration(graceMs.value)}. Write at least 1s.`,
        at: graceMs.source.at,
        fixes: [
          {
            title: 'Set stop_grace_period to 1s',
            safe: false,
            changes: [{ kind: 'replace', at: graceMs.source.at, value: '1s' }],
          },
        ],
      };
    }),
};
