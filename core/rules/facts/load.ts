import type { Model, Service } from '../../model/model.ts';
import { perModel } from '../../model/per-model.ts';
import { multiplierOf } from './amplification.ts';
import {
  type CallSite,
  callSites,
  fallbackCallees,
  isSoft,
  knowsAllCalls,
  sitesOf,
} from './calls.ts';
import { callOrder, type Node } from './order.ts';

/** How many requests a second arrive where, as far as the file says. */
export interface Load {
  /** That certainly arrive while nothing fails; at a group, also for the services that run on it. */
  least(node: Node): number;
  /** The part of them that no limit, pool or breaker on the way can hold back. */
  unguarded(node: Node): number;
  /** That can arrive when every call fails and no cache helps; infinite where nobody can know. */
  most(node: Node): number;
  /** That certainly go on arriving while every request fails there and is retried. */
  failing(node: Node): number;
  /** Calls that a call site certainly makes while nothing fails, tries not counted. */
  leastCalls(site: CallSite): number;
  /** Tries that it can make. */
  mostTries(site: CallSite): number;
}

export const loadOf = perModel((model: Model): Load => {
  const least = new Arrivals();
  const most = new Arrivals();
  const failing = new Arrivals();
  const unguarded = new Arrivals();
  const shares = new Map<CallSite, number>();
  const leastCalls = (site: CallSite) => least.at(site.caller) * (shares.get(site) ?? 0);
  const mostTries = (site: CallSite) => most.at(site.caller) * multiplierOf(site).times;

  const { callersFirst, tangled } = callOrder(model);
  for (const service of model.services.values()) {
    const rate = service.doubtful ? 0 : (service.ratePerSecond?.value ?? 0);
    least.add(service, rate);
    unguarded.add(service, rate);
    failing.add(service, rate);
    most.add(service, rate);
  }
  for (const service of [...tangled, ...unknownEntries(model)]) {
    most.add(service, Number.POSITIVE_INFINITY);
  }
  const sites = sitesOf(model);
  for (const service of [...callersFirst, ...tangled]) {
    const isTangled = tangled.has(service);
    // Later calls are made only for requests that have not failed yet.
    let going = 1 - service.errorRate.value;
    for (const site of sites.get(service) ?? []) {
      const { call, callee } = site;
      shares.set(site, call.cache || isTangled ? 0 : going);
      if (!isSoft(call) && callee) going *= 1 - callee.errorRate.value;
      for (const { callee: other } of fallbackCallees(model, site)) {
        if (other) most.add(other, most.at(service));
      }
      if (!callee) continue;
      most.add(callee, mostTries(site));
      least.add(callee, certain(site, leastCalls(site)));
      if (!isGuarded(site)) unguarded.add(callee, unguarded.at(service) * (shares.get(site) ?? 0));
      // Who can do without the call does not fail, so nobody above retries.
      const calls = isSoft(call) ? leastCalls(site) : failing.at(service);
      if (!isTangled) failing.add(callee, sustained(site, calls));
    }
  }
  for (const arrivals of [least, unguarded, most, failing]) arrivals.passToGroups(model);
  return {
    least: (node) => least.at(node),
    unguarded: (node) => unguarded.at(node),
    most: (node) => most.at(node),
    failing: (node) => failing.at(node),
    leastCalls,
    mostTries,
  };
});

class Arrivals {
  readonly #rates = new Map<Node, number>();

  at(node: Node): number {
    return this.#rates.get(node) ?? 0;
  }

  add(node: Node, rate: number): void {
    // Nothing times infinity is not a number.
    if (rate > 0) this.#rates.set(node, this.at(node) + rate);
  }

  /** A request to a service takes one member of the group that it runs on. */
  passToGroups(model: Model): void {
    for (const service of model.services.values()) {
      const group = service.runsOn && model.groups.get(service.runsOn.value);
      if (group) this.add(group, this.at(service));
    }
  }
}

/** The services at which more may arrive from outside than the file says. */
function unknownEntries(model: Model): readonly Service[] {
  const services = [...model.services.values()];
  if (!knowsAllCalls(model)) return services;
  const called = new Set(
    callSites(model).flatMap((site) => [
      site.callee,
      ...fallbackCallees(model, site).map(({ callee }) => callee),
    ]),
  );
  const tested = new Set(
    [...model.scenarios.values()].flatMap(
      ({ load }) => load?.services.map(({ value }) => value) ?? [],
    ),
  );
  // What nobody calls is called from outside, and how often is not written.
  return services.filter(
    (service) => tested.has(service.name) || (!service.ratePerSecond && !called.has(service)),
  );
}

/** What comes through a limiter that may hold some back is not certain. */
function certain({ rateLimiter }: CallSite, rate: number): number {
  return rateLimiter && rateLimiter.ratePerSecond.value < rate ? 0 : rate;
}

/** What goes on arriving while every try fails: nothing certain where a policy cuts it off. */
function sustained(site: CallSite, rate: number): number {
  return isGuarded(site) || site.call.cache ? 0 : rate * multiplierOf(site).times;
}

function isGuarded(site: CallSite): boolean {
  const { breaker, bulkhead, concurrencyLimit, connectionPool, rateLimiter } = site;
  const guard = breaker ?? bulkhead ?? concurrencyLimit ?? connectionPool ?? rateLimiter;
  return guard !== undefined;
}
