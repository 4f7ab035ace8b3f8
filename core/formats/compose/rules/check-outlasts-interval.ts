import { defaultNote } from '../../../model/source.ts';
import { formatDuration } from '../../../time/index.ts';
import type { FormatRule } from '../../format.ts';
import { isCertain } from '../service.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService, subjectOf } from './per-project.ts';

export const composeCheckOutlastsInterval: FormatRule<ComposeWhole> = {
  id: 'compose-check-outlasts-interval',
  title: 'A health check may take longer than the time to the next one',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
The next check begins an \`interval\` after the last one has ended. When the container hangs, each check
takes its whole \`timeout\`, so that it is noticed after \`retries\` × (\`interval\` + \`timeout\`). Nothing of it
has to be written for that: the default of \`timeout\` is 30 s.

**Fires when** \`timeout\` is longer than an \`interval\` that is written.

**Fix** Shorten \`timeout\` to what a check takes when all is well, and a little.

**Source** moby, \`daemon/health.go\`: \`monitor\`; defaults of the Dockerfile reference, \`HEALTHCHECK\`.
`,
  check: (whole) =>
    perService(whole, function* (service) {
      const check = service.healthcheck;
      if (!check || check.test.kind === 'none') return;
      if (check.unclear || !isCertain(service, 'healthcheck')) return;
      const { intervalMs, retries, timeoutMs } = check;
      if (intervalMs.source.kind !== 'explicit' || timeoutMs.value <= intervalMs.value) return;
      const noticedMs = retries.value * (intervalMs.value + timeoutMs.value);
      yield {
        subject: subjectOf('check', service),
        message: `When '${service.name}' hangs, that is noticed after ${retries.value}${defaultNote(retries)} × (${formatDuration(intervalMs.value)} + ${formatDuration(timeoutMs.value)}${defaultNote(timeoutMs)}) = ${formatDuration(noticedMs)}: each check waits for its timeout, which is longer than the interval. Shorten the timeout.`,
        at: timeoutMs.source.kind === 'explicit' ? timeoutMs.source.at : intervalMs.source.at,
      };
    }),
};
