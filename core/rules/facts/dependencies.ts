import {
  type DependencyNode,
  type Need,
  type StructureFunction,
  steadyState,
  structureOf,
} from '../../analysis/index.ts';
import type { Call, Group, Member, Model, Operation, Service } from '../../model/model.ts';
import { perModel } from '../../model/per-model.ts';
import { lostInTakeovers, memberAvailability } from './member-availability.ts';
import { quorumOf } from './quorum.ts';

/** What a node of the graph stands for. */
export type Part =
  /** A service as its callers need it: whether it is there. */
  | { readonly kind: 'service'; readonly service: Service }
  /** A service as users meet it: there, and without an error of its own. */
  | { readonly kind: 'requests'; readonly service: Service }
  /** A group that has its minimum, and the quorum for an operation, or for both where none is given. */
  | { readonly kind: 'group'; readonly group: Group; readonly operation?: Operation }
  | { readonly kind: 'member'; readonly group: Group; readonly member: Member }
  /** Standbys that have yet to take over. */
  | { readonly kind: 'takeover'; readonly group: Group }
  | { readonly kind: 'zone' | 'region'; readonly name: string }
  /** A call whose errors outlast its retries. */
  | { readonly kind: 'call'; readonly caller: Service; readonly call: Call }
  /** The answers that a call has kept. */
  | { readonly kind: 'cache'; readonly caller: Service; readonly call: Call };

export interface Dependencies {
  /** For how often parts are up: what a service promises stands for all that it needs. */
  readonly structure: StructureFunction;
  /** For what fails with what, whatever has been promised. */
  readonly failures: StructureFunction;
  /** By the id of their node. */
  readonly parts: ReadonlyMap<string, Part>;
}

/** The node of what users need: the answers of a service. */
export function requestsId({ name }: Service): string {
  return `requests to ${name}`;
}

export function serviceId(name: string): string {
  return `service ${name}`;
}

/** The node of a service as those who call it may count on it. */
function promiseId(name: string): string {
  return `promise of ${name}`;
}

export function groupId(name: string, operation?: Operation): string {
  return operation ? `${operation}s of group ${name}` : `group ${name}`;
}

/**
 * What needs what in a model, for the questions of `core/analysis`.
 *
 * - A service needs the group that it runs on, and every call that nothing can stand in for. A call
 *   with a default answer is no need; one with a cache, or another service to ask, is a need for one
 *   of them.
 * - A group needs its minimum of members and, where it replicates by quorum, enough copies; a member
 *   needs its zone, and a zone its region.
 * - Zones and regions are up as `zones` and `regions` say.
 * - Members are up as `failures.mtbf` and `recovery` say. A service is up for its callers as it
 *   promises them. Errors (`errorRate`) strike by chance: a retry may mend them, so they belong to the
 *   call, and to the requests of users. Everything else is not known.
 *
 * A cold standby is reckoned as a hot one, which may fail while it waits: a little too low. What a
 * common cause, a failing network and waiting for a repair crew cost is left out: there it is too high.
 */
export const dependenciesOf = perModel((model: Model): Dependencies => {
  const { nodes, parts } = built(model, { promises: true, groupsFail: true });
  return {
    structure: structureOf({ nodes }),
    // Not everybody asks.
    get failures() {
      return failuresOf(model);
    },
    parts,
  };
});

const failuresOf = perModel((model: Model): StructureFunction => {
  const { nodes } = built(model, { promises: false, groupsFail: true });
  return structureOf({ nodes });
});

/** As `dependenciesOf` for how often parts are up, with groups that never are below their minimum. */
export const dependenciesWithSoundGroups = perModel((model: Model) => {
  const { nodes, parts } = built(model, { promises: true, groupsFail: false });
  return { structure: structureOf({ nodes }), parts };
});

interface Reckoning {
  /** Whether the promise of a service stands for all that it needs. */
  readonly promises: boolean;
  readonly groupsFail: boolean;
}

function built(model: Model, reckoning: Reckoning): Builder {
  const builder = new Builder(model, reckoning);
  for (const group of model.groups.values()) builder.addGroup(group);
  for (const service of model.services.values()) builder.addService(service);
  return builder;
}

class Builder {
  readonly nodes: DependencyNode[] = [];
  readonly parts = new Map<string, Part>();
  readonly #model: Model;
  readonly #reckoning: Reckoning;

  constructor(model: Model, reckoning: Reckoning) {
    this.#model = model;
    this.#reckoning = reckoning;
  }

  addGroup(group: Group): void {
    const { members, minHealthy, name } = group;
    const ids = members.map((member) => this.#addMember(group, member));
    const needs: Need[] = [{ atLeast: Math.max(1, minHealthy.value), of: ids }];
    const lost = this.#reckoning.groupsFail ? lostInTakeovers(group) : 0;
    if (lost > 0)
      needs.push(all(this.#add(`takeover of ${name}`, { kind: 'takeover', group }, [], 1 - lost)));
    const quorum = group.doubtful ? undefined : quorumOf(group);
    const voters = quorum?.voters.map((member) => memberId(member)) ?? [];
    const read = { atLeast: quorum?.read ?? 0, of: voters };
    const write = { atLeast: quorum?.write ?? 0, of: voters };
    this.#add(groupId(name), { kind: 'group', group }, [...needs, read, write], 1);
    for (const [operation, enough] of [
      ['read', read],
      ['write', write],
    ] as const) {
      this.#add(
        groupId(name, operation),
        { kind: 'group', group, operation },
        [...needs, enough],
        1,
      );
    }
  }

  addService(service: Service): void {
    const { calls, name, objectives, runsOn } = service;
    const needs = calls.flatMap((call, index) => this.#needFor(service, call, index));
    if (runsOn) needs.push(all(groupId(runsOn.value)));
    const part = { kind: 'service', service } as const;
    const id = this.#add(serviceId(name), part, needs, ownAvailability(service));
    const requests = { kind: 'requests', service } as const;
    const errors = isForeign(service) ? 0 : this.#errorRate(service);
    this.#add(requestsId(service), requests, [all(id)], 1 - errors);
    const promised = service.doubtful ? undefined : objectives.availability?.value;
    if (isPromised(service)) this.#add(promiseId(name), part, [], promised);
  }

  #addMember(group: Group, member: Member): string {
    const region = member.region && this.#addDomain('region', member.region.value, []);
    const domain = member.zone
      ? this.#addDomain('zone', member.zone.value, region ? [region] : [])
      : region;
    const availability = this.#availabilityOf(group);
    const needs = domain === undefined ? [] : [all(domain)];
    return this.#add(memberId(member), { kind: 'member', group, member }, needs, availability);
  }

  #availabilityOf(group: Group): number | undefined {
    if (!this.#reckoning.groupsFail) return 1;
    return group.doubtful ? undefined : memberAvailability(group)?.up;
  }

  /** Zones of the same name in different regions are different zones. */
  #addDomain(kind: 'zone' | 'region', name: string, within: readonly string[]): string {
    const id = JSON.stringify([kind, name, ...within]);
    const { regions, zones } = this.#model;
    const domain = (kind === 'zone' ? zones : regions).get(name);
    const known = domain && steadyState(domain.mtbfMs.value, domain.repairMs.value)?.up;
    const availability = this.#reckoning.groupsFail ? known : known && 1;
    return this.#add(id, { kind, name }, within.map(all), availability);
  }

  /** None where there is always something to answer with. */
  #needFor(caller: Service, call: Call, index: number): Need[] {
    const instead: string[] = [];
    const cached = () =>
      this.#add(`answers kept by ${caller.name} ${index}`, { kind: 'cache', caller, call }, []);
    if (call.cache && call.cache.staleIfErrorMs.value > 0) instead.push(cached());
    for (const step of call.fallback?.steps ?? []) {
      if (step.kind === 'default') return [];
      instead.push(step.kind === 'cache' ? cached() : this.#calleeId(step.to.value, call));
    }
    return [{ atLeast: 1, of: [this.#callId(caller, call, index), ...instead] }];
  }

  /** The callee itself, unless it makes errors that the call may suffer from. */
  #callId(caller: Service, call: Call, index: number): string {
    const to = this.#calleeId(call.to.value, call);
    const { groups, services } = this.#model;
    const callee = services.get(call.to.value) ?? groups.get(call.to.value);
    // What a service promises contains its errors.
    if (!callee || ('calls' in callee && isPromised(callee))) return to;
    const errorRate = this.#errorRate(callee);
    if (errorRate === 0) return to;
    // What must not be done twice is not done again after an error.
    const retry = call.idempotent.value && call.retry && this.#model.retries.get(call.retry.value);
    const outlasting = errorRate ** (retry ? retry.attempts.value : 1);
    const id = `call ${index} of ${caller.name}`;
    return this.#add(id, { kind: 'call', caller, call }, [all(to)], 1 - outlasting);
  }

  #calleeId(name: string, { operation }: Call): string {
    const service = this.#model.services.get(name);
    if (!service) return groupId(name, operation.value);
    return this.#reckoning.promises && isPromised(service) ? promiseId(name) : serviceId(name);
  }

  /** With that of the members that do the work. */
  #errorRate(callee: Service | Group): number {
    if (!('calls' in callee)) return callee.errorRate.value;
    const group = callee.runsOn && this.#model.groups.get(callee.runsOn.value);
    return 1 - (1 - callee.errorRate.value) * (1 - (group?.errorRate.value ?? 0));
  }

  #add(id: string, part: Part, needs: readonly Need[], availability?: number): string {
    if (this.parts.has(id)) return id;
    this.parts.set(id, part);
    this.nodes.push({ id, needs, ...(availability !== undefined && { availability }) });
    return id;
  }
}

/** The node of a member of a group. */
export function memberId({ name }: Pick<Member, 'name'>): string {
  return `member ${name}`;
}

function all(id: string): Need {
  return { atLeast: 1, of: [id] };
}

/** That of the service by itself, where anything says so. */
function ownAvailability(service: Service): number | undefined {
  const { calls, doubtful, errorRate, objectives, runsOn } = service;
  if (doubtful || calls.some((call) => call.doubtful)) return undefined;
  if (isForeign(service)) return objectives.availability?.value;
  // What runs on a group is down when the group is; what has an error rate was thought about.
  return runsOn || errorRate.source.kind === 'explicit' ? 1 : undefined;
}

function isPromised({ objectives }: Service): boolean {
  return objectives.availability !== undefined;
}

/** Somebody else's service: nothing is known of it but what they promise. */
function isForeign(service: Service): boolean {
  return service.calls.length === 0 && !service.runsOn && isPromised(service);
}
