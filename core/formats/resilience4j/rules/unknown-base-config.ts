import { didYouMean } from '../../../model/did-you-mean.ts';
import { shortened } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { MODULE_NAMES } from '../document.ts';
import type { SpringWhole } from '../whole.ts';
import { chainsOf, everywhere, placeOf } from './everywhere.ts';

export const resilience4jUnknownBaseConfig: FormatRule<SpringWhole> = {
  id: 'resilience4j-unknown-base-config',
  title: 'A baseConfig names a config that there is not',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`baseConfig\` is looked up among the \`configs\` of the same module. When it is not there, or names the
config that it is written in, the application fails as soon as the instance is created: at start.

**Fires when** no document that is read together defines the config under any profile.

**Fix** Correct the spelling (the nearest name is suggested), or define the config.

**Source** resilience4j/resilience4j, \`createRetryConfig\`: ConfigurationNotFoundException.
`,
  check: (whole) =>
    everywhere(whole, function* (policies) {
      for (const module of MODULE_NAMES) {
        const names = new Set(policies.modules.get(module)?.configs.keys());
        for (const { broken, own } of chainsOf(policies, module, ['configs', 'instances'])) {
          if (!broken) continue;
          const { base, isItself } = broken;
          const guess = isItself ? undefined : didYouMean(base.value, names);
          const problem = isItself
            ? `'${own.name}' inherits from itself by way of`
            : `There is no config '${shortened(base.value)}' of ${module} for`;
          const otherwise = isItself ? ' Remove the line.' : ' Define it, or remove the line.';
          const hint = guess === undefined ? otherwise : ` Did you mean '${guess}'?`;
          yield {
            subject: `base ${placeOf(base.source.at)}`,
            message: `${problem} this baseConfig, and the application does not start.${hint}`,
            at: base.source.at,
            fixes:
              guess === undefined
                ? []
                : [
                    {
                      title: `Change the name to '${shortened(guess)}'`,
                      safe: true,
                      changes: [{ kind: 'replace', at: base.source.at, value: guess }],
                    },
                  ],
          };
        }
      }
    }),
};
