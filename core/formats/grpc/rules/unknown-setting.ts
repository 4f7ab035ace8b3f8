import { didYouMean } from '../../../model/did-you-mean.ts';
import { shortened } from '../../../text/words.ts';
import type { Fields } from '../../fields.ts';
import type { FormatRule } from '../../format.ts';
import { KEYS } from '../service-config.ts';
import type { GrpcWhole } from '../whole.ts';

export const grpcUnknownSetting: FormatRule<GrpcWhole> = {
  id: 'grpc-unknown-setting',
  title: 'A setting of a service config is none that there is',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Clients pass over keys that they do not know: a typo in a setting is a setting that is missing.

**Fires when** a method config, a policy or the throttling has a key that looks like one of its settings
and is none.

**Fix** Correct the spelling.

**Source** grpc/grpc-proto, \`service_config.proto\`.
`,
  *check({ configs }) {
    for (const { methods, throttling } of configs) {
      const parts: readonly (readonly [Fields | undefined, readonly string[]])[] = [
        ...methods.flatMap(({ fields, hedging, retry }) => [
          [fields, KEYS.method] as const,
          [retry, KEYS.retry] as const,
          [hedging, KEYS.hedging] as const,
        ]),
        [throttling, KEYS.throttling],
      ];
      for (const [own, known] of parts) {
        for (const key of own?.keys ?? []) {
          const at = own?.keyAt(key);
          const guess = known.includes(key) ? undefined : didYouMean(key, known);
          if (!at || guess === undefined || own?.has(guess)) continue;
          yield {
            subject: `setting ${at.file} ${at.start}`,
            message: `Clients know no '${shortened(key)}' and pass it over. Did you mean '${guess}'?`,
            at,
            fixes: [
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
