import type { Call, Model, Named } from '../model/model.ts';
import type { FirstReplication } from '../simulation/run.ts';
import type { World } from '../simulation/world.ts';
import type { Placer } from './build-place.ts';
import type { CallResult, LimitKind, LimitResult } from './report.ts';

/** Every call of every service, in the order of the file. */
export function buildCalls(model: Model, first: FirstReplication, place: Placer): CallResult[] {
  return [...model.services.values()].flatMap((service) =>
    service.calls.flatMap(({ to }, index) => {
      const { name: from } = service;
      const counts = first.world.countsOf(service, index);
      return counts ? { from, to: to.value, place: place(to.source.at), ...counts } : [];
    }),
  );
}

/** Every rate limiter, concurrency limit and connection pool. */
export function buildLimits(model: Model, first: FirstReplication, place: Placer): LimitResult[] {
  const { world } = first;
  return [
    ...limitsOf('rate-limiter', model.rateLimiters, model, place, (name) =>
      rateLimiterNumbers(world, name, model.rateLimiters.get(name)?.ratePerSecond.value ?? 0),
    ),
    ...limitsOf('concurrency-limit', model.concurrencyLimits, model, place, (name) =>
      concurrencyLimitNumbers(world, name),
    ),
    ...limitsOf('connection-pool', model.connectionPools, model, place, (name) =>
      connectionPoolNumbers(world, name),
    ),
  ];
}

type Numbers = Omit<LimitResult, 'name' | 'kind' | 'place' | 'usedBy'>;

function limitsOf(
  kind: LimitKind,
  policies: ReadonlyMap<string, Named>,
  model: Model,
  place: Placer,
  numbersOf: (name: string) => Numbers | undefined,
): LimitResult[] {
  return [...policies.values()].flatMap(({ name, nameAt }) => {
    const numbers = numbersOf(name);
    if (!numbers) return [];
    const usedBy = callersThrough(model, (call) => NAMED_BY[kind](call) === name);
    return { name, kind, place: place(nameAt), usedBy, ...numbers };
  });
}

const NAMED_BY: Readonly<Record<LimitKind, (call: Call) => string | undefined>> = {
  'rate-limiter': ({ rateLimiter }) => rateLimiter?.value,
  'concurrency-limit': ({ concurrencyLimit }) => concurrencyLimit?.value,
  'connection-pool': ({ connectionPool }) => connectionPool?.value,
};

function rateLimiterNumbers(world: World, name: string, limit: number): Numbers | undefined {
  const limiter = world.rateLimiters.get(name);
  if (!limiter) return undefined;
  const { admitted, rejected, waited } = limiter;
  return { limit, lowestLimit: limit, peak: null, admitted, waited, rejected };
}

function concurrencyLimitNumbers(world: World, name: string): Numbers | undefined {
  const recorded = world.concurrencyLimits.get(name);
  if (!recorded) return undefined;
  const { admitted, lowestLimit, machine, peakInFlight, rejected } = recorded;
  return { limit: machine.limit, lowestLimit, peak: peakInFlight, admitted, waited: 0, rejected };
}

function connectionPoolNumbers(world: World, name: string): Numbers | undefined {
  const connections = world.connectionPools.get(name);
  if (!connections) return undefined;
  const { admitted, machine, waited } = connections;
  const { peakInUse, rejected, timeouts } = machine.stats;
  const limit = machine.max;
  return {
    limit,
    lowestLimit: limit,
    peak: peakInUse,
    admitted,
    waited,
    rejected: rejected + timeouts,
  };
}

/** Who calls whom, of the calls that `isMeant`. */
export function callersThrough(model: Model, isMeant: (call: Call) => boolean): string[] {
  return [...model.services.values()].flatMap(({ calls, name }) =>
    calls.filter(isMeant).map(({ to }) => `${name} → ${to.value}`),
  );
}
