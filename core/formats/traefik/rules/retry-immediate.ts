import { defaultNote } from '../../../model/source.ts';
import { setTo } from '../../../rules/facts/setting-fix.ts';
import { plural } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import type { TraefikWhole } from '../whole.ts';

export const traefikRetryImmediate: FormatRule<TraefikWhole> = {
  id: 'traefik-retry-immediate',
  title: 'Retries follow one another without a wait',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Without \`initialInterval\` a request is tried again at once: what fails for a moment has no time to
recover, and when a server is overloaded, its load is multiplied at the same moment.

**Fires when** a retry middleware makes retries, and \`initialInterval\` is missing or 0.

**Fix** Set \`initialInterval\`, such as to 100 ms.

**Source** Traefik documentation, "Retry: initialInterval".
`,
  *check({ files }) {
    for (const { name, retry } of files.flatMap(({ middlewares }) => middlewares)) {
      if (!retry || retry.unclear || (retry.attempts?.value ?? 0) < 2) continue;
      const { fields, initialIntervalMs } = retry;
      if (initialIntervalMs.value > 0) continue;
      const { at } = initialIntervalMs.source;
      yield {
        subject: `interval ${fields.at.file} ${fields.at.start}`,
        message: `'${name}' makes up to ${plural((retry.attempts?.value ?? 2) - 1, 'retry', 'retries')} without a wait: initialInterval is 0${defaultNote(initialIntervalMs)}. Set it, such as to 100ms.`,
        at,
        fixes: setTo('initialInterval', initialIntervalMs, '100ms', fields.at),
      };
    }
  },
};
