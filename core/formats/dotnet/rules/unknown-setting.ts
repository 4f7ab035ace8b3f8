import { didYouMean } from '../../../model/did-you-mean.ts';
import { shortened } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { STRATEGIES } from '../names.ts';
import type { DotnetWhole } from '../whole.ts';

const HANDLERS = {
  standard: ['RateLimiter', 'TotalRequestTimeout', 'Retry', 'CircuitBreaker', 'AttemptTimeout'],
  hedging: ['TotalRequestTimeout', 'Hedging', 'Endpoint'],
};

export const dotnetUnknownSetting: FormatRule<DotnetWhole> = {
  id: 'dotnet-unknown-setting',
  title: 'A setting of a handler is none that it has',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A section that is given to \`AddStandardResilienceHandler\` or \`AddStandardHedgingHandler\` may hold
nothing that the options do not have: the application does not start. One that is bound in another way is
read without the setting, and nothing says so.

**Fires when** a handler, or a strategy of it, has a key that looks like one of its settings and is none.

**Fix** Correct the spelling.

**Source** dotnet/extensions, \`HttpStandardResiliencePipelineBuilderExtensions\`:
\`ErrorOnUnknownConfiguration\`.
`,
  *check({ handlers }) {
    for (const { fields, kind } of handlers) {
      if (kind === 'pipeline') continue;
      const parts = fields.named().filter(([name]) => name in STRATEGIES);
      for (const { known, own } of [
        { known: HANDLERS[kind], own: fields },
        ...parts.map(([name, part]) => ({ known: STRATEGIES[name] ?? [], own: part })),
      ]) {
        for (const key of own.keys) {
          const at = own.keyAt(key);
          const guess = known.includes(key) ? undefined : didYouMean(key, known);
          if (!at || guess === undefined) continue;
          yield {
            subject: `setting ${at.file} ${at.start}`,
            message: `There is no '${shortened(key)}' here: a handler that is given this section does not start with it, and anything else passes it over. Did you mean '${guess}'?`,
            at,
            fixes: own.has(guess)
              ? []
              : [
                  {
                    title: `Rename it to ${guess}`,
                    safe: false,
                    changes: [{ kind: 'rename', at, name: guess }],
                  },
                ],
          };
        }
      }
    }
  },
};
