import type { FormatRule } from '../../format.ts';
import { isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService } from './per-project.ts';

export const composeCompletedRestarts: FormatRule<ComposeWhole> = {
  id: 'compose-completed-restarts',
  title: 'A service waits for the end of one that is started again each time it ends',
  severity: 'warning',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
\`service_completed_successfully\` waits until the other service has ended. A restart policy of \`always\` or
\`unless-stopped\` starts it again after each success: it runs over and over, and whoever waits for it
may never see that it has ended.

**Fires when** a service is waited for in this way and has such a restart policy.

**Fix** Set \`restart\` to \`on-failure\` or to \`"no"\`.

**Source** Docker documentation, "Start containers automatically"; docker/compose, \`isServiceCompleted\`.
`,
  check: (whole) =>
    perService(whole, function* (service, { services }) {
      for (const { at, condition, name } of service.dependencies) {
        const other = services.get(name);
        if (condition.value !== 'service_completed_successfully' || !other?.restart) continue;
        if (!isCertain(other, 'restart') || !isCertain(other, 'deploy')) continue;
        const { condition: policy, key } = other.restart;
        if (policy.value !== 'always' && policy.value !== 'unless-stopped') continue;
        yield {
          subject: `restart at ${policy.source.at.file} ${policy.source.at.start}`,
          message: `'${service.name}' waits until '${name}' has ended, but '${name}' is started again after each end: its ${key} is '${policy.value}'. Set it to on-failure.`,
          at: policy.source.at,
          related: [{ message: 'Waited for here.', at }],
          fixes: [
            {
              title: 'Set it to on-failure',
              safe: false,
              changes: [{ kind: 'replace', at: policy.source.at, value: 'on-failure' }],
            },
          ],
        };
      }
    }),
};
