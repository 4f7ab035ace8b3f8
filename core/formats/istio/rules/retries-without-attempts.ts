import { defaultNote } from '../../../model/source.ts';
import type { FormatRule } from '../../format.ts';
import type { IstioWhole } from '../whole.ts';

export const istioRetriesWithoutAttempts: FormatRule<IstioWhole> = {
  id: 'istio-retries-without-attempts',
  title: 'Retries are described and switched off',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`attempts: 0\` switches retries off, and so does leaving it out where \`retries\` is written. Istio refuses
a route that says more about them; where nothing checks it, no retry is made.

**Fires when** \`retries\` has \`perTryTimeout\` or \`retryOn\`, and \`attempts\` is 0 or missing.

**Fix** Write \`attempts\`, or remove \`retries\`: then Istio makes 2 by default.

**Source** istio/istio, \`validateHTTPRetry\` and \`retry.ConvertPolicy\`.
`,
  *check({ virtualServices }) {
    for (const { routes } of virtualServices) {
      for (const { retries } of routes) {
        if (!retries || retries.fields.unclear || retries.attempts.value > 0) continue;
        const key = ['perTryTimeout', 'retryOn'].find((one) => retries.fields.has(one));
        if (key === undefined) continue;
        const { attempts, fields } = retries;
        yield {
          subject: `retries ${fields.at.file} ${fields.at.start}`,
          message: `These retries are switched off: attempts is ${attempts.value}${defaultNote(attempts)}, and Istio refuses ${key} beside that. Set attempts.`,
          at: attempts.source.at,
          fixes: [
            {
              title: 'Set attempts to 2',
              safe: false,
              changes: [{ kind: 'put', owner: fields.at, key: 'attempts', value: 2 }],
            },
          ],
        };
      }
    }
  },
};
