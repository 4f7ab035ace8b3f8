import { blankService } from '../formats/blank.ts';
import type { BreakerTrip, Call, Fallback, Group, Model, Service } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { type AllNames, type Names, namesOf } from './names.ts';

/** In place of tries without an end, which a native config cannot say. */
export const MANY_ATTEMPTS = 1_000_000;

/**
 * What a model of another format says, as a native config could say it: parts are known by their
 * names, all that is called is there, and numbers are within the bounds of the format. Places stay.
 */
export function nativeModel(model: Model): Model {
  const names = namesOf(model);
  return {
    ...model,
    groups: named(model.groups, names.groups, renameMembers()),
    breakers: named(model.breakers, names.breakers, (one) => ({
      ...one,
      trip: trippable(one.trip),
    })),
    bulkheads: named(model.bulkheads, names.bulkheads),
    retries: named(model.retries, names.retries, (retry) => ({
      ...retry,
      attempts: { ...retry.attempts, value: Math.min(retry.attempts.value, MANY_ATTEMPTS) },
      // A first wait above the longest one is cut to it anyway.
      initialMs: {
        ...retry.initialMs,
        value: Math.min(retry.initialMs.value, retry.maxMs.value),
      },
    })),
    rateLimiters: named(model.rateLimiters, names.rateLimiters),
    concurrencyLimits: named(model.concurrencyLimits, names.concurrencyLimits),
    connectionPools: named(model.connectionPools, names.connectionPools),
    services: new Map([
      ...named(model.services, names.services, (service) => renamedService(service, names)),
      ...calledOnly(model, names),
    ]),
  };
}

function named<T extends { readonly name: string }>(
  parts: ReadonlyMap<string, T>,
  names: Names,
  change: (part: T, name: string, key: string) => T = (part) => part,
): Map<string, T> {
  return new Map(
    [...parts].map(([key, part]) => {
      const name = names.get(key) ?? part.name;
      return [name, { ...change(part, name, key), name }];
    }),
  );
}

/** Gives members ids that are unique among all groups, behind the name of theirs where need be. */
function renameMembers(): (group: Group, name: string, key: string) => Group {
  const taken = new Set<string>();
  return (group, name, key) => {
    const members = group.members.map((member) => {
      const own = member.name.startsWith(`${key}-`)
        ? `${name}${member.name.slice(key.length)}`
        : member.name;
      const id = taken.has(own) ? `${name} ${own}` : own;
      taken.add(id);
      return { ...member, name: id };
    });
    return { ...group, members };
  };
}

function renamedService(service: Service, names: AllNames): Service {
  const { bulkhead, runsOn } = service;
  return {
    ...service,
    ...(runsOn && { runsOn: inWordsOf(names.groups, runsOn) }),
    ...(bulkhead && { bulkhead: inWordsOf(names.bulkheads, bulkhead) }),
    calls: service.calls.map((call) => renamedCall(call, names)),
  };
}

function renamedCall(call: Call, names: AllNames): Call {
  const { breaker, bulkhead, concurrencyLimit, connectionPool, fallback, rateLimiter, retry } =
    call;
  const { text: _, ...others } = call;
  return {
    ...others,
    to: inWordsOf(names.callees, call.to),
    ...(retry && { retry: inWordsOf(names.retries, retry) }),
    ...(breaker && { breaker: inWordsOf(names.breakers, breaker) }),
    ...(bulkhead && { bulkhead: inWordsOf(names.bulkheads, bulkhead) }),
    ...(rateLimiter && { rateLimiter: inWordsOf(names.rateLimiters, rateLimiter) }),
    ...(concurrencyLimit && {
      concurrencyLimit: inWordsOf(names.concurrencyLimits, concurrencyLimit),
    }),
    ...(connectionPool && { connectionPool: inWordsOf(names.connectionPools, connectionPool) }),
    ...(fallback && { fallback: renamedFallback(fallback, names) }),
  };
}

function renamedFallback({ steps, ...fallback }: Fallback, names: AllNames): Fallback {
  return {
    ...fallback,
    steps: steps.map((step) =>
      step.kind === 'call' ? { ...step, to: inWordsOf(names.callees, step.to) } : step,
    ),
  };
}

function inWordsOf(names: Names, key: Sourced<string>): Sourced<string> {
  return { ...key, value: names.get(key.value) ?? key.value };
}

/** What is called and nowhere described: nothing is known of it but its name. */
function calledOnly({ services }: Model, names: AllNames): Map<string, Service> {
  const described = new Set([...names.groups.values(), ...names.services.values()]);
  const stubs = new Map<string, Service>();
  for (const { to } of [...services.values()].flatMap(({ calls }) => calls)) {
    const name = names.callees.get(to.value) ?? to.value;
    if (!described.has(name) && !stubs.has(name)) {
      stubs.set(name, blankService(name, to.source.at));
    }
  }
  return stubs;
}

/** A threshold of 0 stands for a breaker that never opens by it; such a one is doubtful. */
function trippable(trip: BreakerTrip): BreakerTrip {
  if (!('failureThreshold' in trip)) return trip;
  const { failureThreshold } = trip;
  return {
    ...trip,
    failureThreshold: { ...failureThreshold, value: Math.max(1, failureThreshold.value) },
  };
}
