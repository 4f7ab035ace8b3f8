import { plural } from '../../../text/words.ts';
import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import { isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { isMeantToEnd, perService, subjectOf } from './per-project.ts';

/** The waits before restarts, ms. Source: moby, `restartmanager.go`. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 60_000;

export const composeRestartGivesUp: FormatRule<ComposeWhole> = {
  id: 'compose-restart-gives-up',
  title: 'A service that others need stays down after a few restarts',
  severity: 'info',
  evidence: 'graph',
  since: '0.1.0',
  documentation: `
\`on-failure:3\` starts a container again three times and then leaves it alone. The engine waits 100 ms
before the first restart and twice as long before each further one, so that all are spent before, say,
a database has come back: three restarts wait for 0.7 s in all.

**Fires when** a service that has \`ports\`, or that others depend on, has a restart policy with a limit.

**Fix** Leave the limit out, or use \`unless-stopped\`.

**Source** Docker documentation, "Start containers automatically"; moby, \`restartmanager.go\`.
`,
  check: (whole) =>
    perService(whole, function* (service, project) {
      const { fields, name, restart } = service;
      const { condition, key, maxAttempts } = restart ?? {};
      if (!maxAttempts || condition?.value !== 'on-failure' || project.isForSwarm) return;
      if (!isCertain(service, 'restart') || !isCertain(service, 'deploy')) return;
      if (isMeantToEnd(service, project)) return;
      const isNeeded = [...project.services.values()].some(({ dependencies }) =>
        dependencies.some((one) => one.name === name),
      );
      if (!fields.has('ports') && !isNeeded) return;
      yield {
        subject: subjectOf('restart', service),
        message: `After ${plural(maxAttempts.value, 'restart')} '${name}' stays down: ${key === 'restart' ? 'restart' : 'max_attempts'} sets a limit. Where it fails at once, they take ${formatDuration(waitsMs(maxAttempts.value))} and a little. Leave the limit out.`,
        at: maxAttempts.source.at,
      };
    }),
};

function waitsMs(restarts: number): number {
  const growing = Math.min(restarts, Math.ceil(Math.log2(LONGEST_WAIT_MS / FIRST_WAIT_MS)));
  return FIRST_WAIT_MS * (2 ** growing - 1) + LONGEST_WAIT_MS * (restarts - growing);
}
