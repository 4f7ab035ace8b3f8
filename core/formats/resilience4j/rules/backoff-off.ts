import type { FormatRule } from '../../format.ts';
import type { ModuleName } from '../names.ts';
import type { Policies } from '../policies.ts';
import { type Chain, levelOf } from '../settings.ts';
import type { SpringWhole } from '../whole.ts';
import { chainsOf, everywhere, placeOf } from './everywhere.ts';

const SWITCHES = [
  { key: 'exponentialBackoffMultiplier', by: 'enableExponentialBackoff' },
  { key: 'exponentialMaxWaitDuration', by: 'enableExponentialBackoff' },
  { key: 'exponentialMaxWaitDurationInOpenState', by: 'enableExponentialBackoff' },
  { key: 'randomizedWaitFactor', by: 'enableRandomizedWait' },
] as const;

export const resilience4jBackoffOff: FormatRule<SpringWhole> = {
  id: 'resilience4j-backoff-off',
  title: 'A growing or random wait is described and not switched on',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`exponentialBackoffMultiplier\` and the longest wait count only with \`enableExponentialBackoff: true\`,
\`randomizedWaitFactor\` only with \`enableRandomizedWait: true\`. Without them all waits are the same, and
clients that failed together come back together.

**Fires when** one of them is written and nothing that it belongs to is switched on. A circuit breaker
needs the switch in the same instance or config; a retry inherits it. It is information where the switch
is written as \`false\`, and nothing is said where there is an \`intervalBiFunction\`.

**Fix** Switch it on.

**Source** resilience4j/resilience4j, \`configureRetryIntervalFunction\`,
\`configureCircuitBreakerOpenStateIntervalFunction\`.
`,
  check: (whole) =>
    everywhere(whole, function* (policies) {
      for (const module of ['retry', 'circuitbreaker'] as const) {
        for (const chain of chainsOf(policies, module, ['configs', 'instances'])) {
          const { own } = chain;
          const missing = SWITCHES.filter(
            ({ by, key }) => own.has(key) && !isOn(policies, module, chain, by),
          );
          const [first] = missing;
          const at = first && own.keyAt(first.key);
          // A function of the application's own says how long to wait.
          if (!at || levelOf(chain, 'intervalBiFunction')) continue;
          const by = own.spell(first.by);
          yield {
            subject: `backoff ${placeOf(at)}`,
            // Whoever wrote that it is off knows that it is.
            severity:
              levelOf(chain, first.by)?.boolean(first.by)?.value === false ? 'info' : 'warning',
            message: `${own.spell(first.key)} has no effect without ${by}: true, so ${module === 'retry' ? 'all waits between tries' : 'all times that the breaker is open'} are of one length. Add ${by}.`,
            at,
            unnecessary: true,
            fixes: own.fixWith(first.by, true),
          };
        }
      }
    }),
};

/** Whether the switch may be on, here or at something that inherits from it. */
function isOn(policies: Policies, module: ModuleName, { own }: Chain, by: string): boolean {
  const users = chainsOf(policies, module, ['configs', 'instances']).filter(({ levels }) =>
    levels.includes(own),
  );
  return users.some(({ isOpen, levels }) => {
    const readers = module === 'retry' ? levels : [own];
    const level = readers.find((one) => one.has(by));
    // What cannot be read may be on.
    return level ? level.boolean(by)?.value !== false : isOpen && module === 'retry';
  });
}
