import type { FormatRule } from '../../format.ts';
import type { ModuleName } from '../names.ts';
import type { Policies } from '../policies.ts';
import type { Chain } from '../settings.ts';
import type { SpringWhole } from '../whole.ts';
import { chainsOf, everywhere, placeOf } from './everywhere.ts';

const WAITS = { retry: 'waitDuration', circuitbreaker: 'waitDurationInOpenState' } as const;
const SWITCHES = ['enableExponentialBackoff', 'enableRandomizedWait'] as const;

export const resilience4jBackoffWithoutWait: FormatRule<SpringWhole> = {
  id: 'resilience4j-backoff-without-wait',
  title: 'A growing or random wait is switched on where no wait is written',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
Resilience4j looks at \`enableExponentialBackoff\` and \`enableRandomizedWait\` only beside a wait that is
written: \`waitDuration\` of a retry, \`waitDurationInOpenState\` of a circuit breaker. Without one they are
passed over, and waits stay what is inherited or the default, all of one length.

**Fires when** a switch is on in an instance without a wait of its own, or in a config without one that
nothing with a wait inherits from.

**Fix** Write the wait beside it.

**Source** resilience4j/resilience4j, \`configureRetryIntervalFunction\`,
\`configureCircuitBreakerOpenStateIntervalFunction\`.
`,
  check: (whole) =>
    everywhere(whole, function* (policies) {
      for (const module of ['retry', 'circuitbreaker'] as const) {
        const wait = WAITS[module];
        for (const chain of chainsOf(policies, module, ['configs', 'instances'])) {
          const { own } = chain;
          const key = SWITCHES.find((one) => own.boolean(one)?.value);
          const at = key && own.keyAt(key);
          if (!at || hasWait(policies, module, chain)) continue;
          const value = module === 'retry' ? '500ms' : '60s';
          const spelt = own.spell(wait);
          yield {
            subject: `wait ${placeOf(at)}`,
            message: `${own.spell(key)} has no effect without a ${spelt} beside it, so all waits of '${own.name}' are of one length. Write ${spelt} here too (the default is ${value}).`,
            at,
            fixes: own.fixWith(wait, value),
          };
        }
      }
    }),
};

/** A retry inherits switches from a config, so a wait in what inherits from it will do. */
function hasWait(policies: Policies, module: ModuleName, { own }: Chain): boolean {
  const wait = WAITS[module as keyof typeof WAITS];
  if (own.has(wait) || own.has('intervalBiFunction')) return true;
  if (module !== 'retry') return false;
  return chainsOf(policies, module, ['configs', 'instances']).some(({ levels }) => {
    const place = levels.indexOf(own);
    return place > 0 && levels.slice(0, place).some((level) => level.has(wait));
  });
}
