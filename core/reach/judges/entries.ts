import type { Model, Service } from '../../model/model.ts';
import { callSites, fallbackCallees } from '../../rules/facts/calls.ts';
import { callOrder } from '../../rules/facts/order.ts';
import { listed } from '../../text/words.ts';
import type { MissingNumber } from './judge.ts';

/** Where requests come in. */
export interface Entries {
  readonly services: readonly Service[];
  /** Share of all requests that come in there; absent where no traffic is written. */
  shareOf(service: Service): number | undefined;
}

/** The services that users call: those with traffic, else those that no other service calls. */
export function entriesOf(model: Model): Entries {
  const services = [...model.services.values()];
  const total = services.reduce((sum, { ratePerSecond }) => sum + (ratePerSecond?.value ?? 0), 0);
  if (total > 0) {
    return {
      services: services.filter(({ ratePerSecond }) => ratePerSecond),
      shareOf: ({ ratePerSecond }) => (ratePerSecond?.value ?? 0) / total,
    };
  }
  const called = new Set(
    callSites(model).flatMap((site) => [
      site.callee,
      ...fallbackCallees(model, site).map(({ callee }) => callee),
    ]),
  );
  return { services: services.filter((one) => !called.has(one)), shareOf: () => undefined };
}

/** Services that call one another in a circle, if there are any: nothing can be worked out then. */
export function circlesIn(model: Model): MissingNumber[] {
  const [first, ...others] = callOrder(model).tangled;
  if (!first) return [];
  const names = listed(
    [first, ...others].map(({ name }) => `'${name}'`),
    'and',
    4,
  );
  const text = `an order of calls: ${names} are called in a circle`;
  return [{ text, at: first.nameAt }];
}
