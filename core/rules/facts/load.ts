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
  const rates = new Map<Node, Rates>();
  const at = (node: Node) => rates.get(node) ?? NOTHING;
  const to = (node: Node): Rates => {
    const known = rates.get(node);
    if (known) return known;
    const none = { ...NOTHING };
    rates.set(node, none);
    return none;
  };
  const shares = new Map<CallSite, number>();
  const leastCalls = (site: CallSite) => at(site.caller).least * (shares.get(site) ?? 0);
  const mostTries = (site: CallSite) => at(site.caller).most * multiplierOf(site).times;

  const { callersFirst, tangled } = callOrder(model);
  for (const service of model.services.values()) {
    const rate = service.doubtful ? 0 : (service.ratePerSecond?.value ?? 0);
    if (rate > 0) rates.set(service, { least: rate, unguarded: rate, failing: rate, most: rate });
  }
  for (const service of [...tangled, ...unknownEntries(model)]) {
    to(service).most = Number.POSITIVE_INFINITY;
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
      const arriving = at(service);
      for (const { callee: other } of fallbackCallees(model, site)) {
        if (other) to(other).most += arriving.most;
      }
      if (!callee) continue;
      const reached = to(callee);
      reached.most += counted(mostTries(site));
      reached.least += counted(certain(site, leastCalls(site)));
      if (!isGuarded(site)) {
        reached.unguarded += counted(arriving.unguarded * (shares.get(site) ?? 0));
      }
      // Who can do without the call does not fail, so nobody above retries.
      const calls = isSoft(call) ? leastCalls(site) : arriving.failing;
      if (!isTangled) reached.failing += counted(sustained(site, calls));
    }
  }
  for (const service of model.services.values()) {
    // A request to a service takes one member of the group that it runs on.
    const group = service.runsOn && model.groups.get(service.runsOn.value);
    if (group) addTo(to(group), at(service));
  }
  return {
    least: (node) => at(node).least,
    unguarded: (node) => at(node).unguarded,
    most: (node) => at(node).most,
    failing: (node) => at(node).failing,
    leastCalls,
    mostTries,
  };
});

/** What arrives at one node, in the ways that `Load` tells of. */
interface Rates {
  least: number;
  unguarded: number;
  failing: number;
  most: number;
}

const NOTHING: Readonly<Rates> = { least: 0, unguarded: 0, failing: 0, most: 0 };

function addTo(rates: Rates, others: Readonly<Rates>): void {
  rates.least += others.least;
  rates.unguarded += others.unguarded;
  rates.failing += others.failing;
  rates.most += others.most;
}

/** Nothing times infinity is not a number. */
function counted(rate: number): number {
  return rate > 0 ? rate : 0;
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
