import type { Call, Model } from '../model/model.ts';
import { Downtime } from './downtime.ts';

/** What a service needs: of each list one at least. Groups go by name, services by their number. */
type Needs = readonly (readonly (string | number)[])[];

/**
 * What the services of a model need: the group that they run on, and for each call that has no answer
 * of its own somebody to ask.
 */
export class ServiceNeeds {
  readonly names: readonly string[];
  readonly needs: readonly Needs[];
  readonly #model: Model;
  readonly #users = new Map<string | number, number[]>();
  readonly #dependents = new Map<string, readonly number[]>();

  constructor(model: Model) {
    this.#model = model;
    this.names = [...model.services.keys()];
    const numbers = new Map(this.names.map((name, number) => [name, number]));
    this.needs = [...model.services.values()].map(({ calls, runsOn }) => {
      const alternatives = calls.flatMap((call) => {
        const targets = targetsOf(call);
        return targets ? [targets.map((name) => numbers.get(name) ?? name)] : [];
      });
      return runsOn ? [...alternatives, [runsOn.value]] : alternatives;
    });
    for (const [service, needs] of this.needs.entries()) {
      for (const one of new Set(needs.flat())) {
        const users = this.#users.get(one) ?? [];
        this.#users.set(one, users);
        users.push(service);
      }
    }
    for (const group of model.groups.keys()) this.#dependents.set(group, this.#dependentsOf(group));
  }

  /** The services that may depend on a group. */
  dependentsOf(group: string): readonly number[] {
    return this.#dependents.get(group) ?? [];
  }

  /** The groups that a service may depend on. */
  groupsBehind(service: string): readonly string[] {
    const number = this.names.indexOf(service);
    return [...this.#model.groups.keys()].filter((group) =>
      this.dependentsOf(group).includes(number),
    );
  }

  #dependentsOf(group: string): readonly number[] {
    const found = new Set<number>(this.#users.get(group));
    // Grows while it is walked.
    for (const service of found) {
      for (const user of this.#users.get(service) ?? []) found.add(user);
    }
    return [...found];
  }
}

/**
 * Follows which services are up, given which groups are. Services that need one another are up as
 * long as nothing else keeps them down.
 */
export class ServiceStates {
  readonly downtimes: readonly Downtime[];
  readonly #needs: ServiceNeeds;
  readonly #isGroupUp: (name: string) => boolean;
  readonly #isUp: boolean[];

  constructor(needs: ServiceNeeds, isGroupUp: (name: string) => boolean) {
    this.#needs = needs;
    this.#isGroupUp = isGroupUp;
    this.downtimes = needs.names.map(() => new Downtime());
    this.#isUp = needs.names.map(() => true);
  }

  isUp(service: string): boolean {
    return this.#isUp[this.#needs.names.indexOf(service)] ?? true;
  }

  /** A group went up or down. */
  groupChanged(group: string, nowMs: number): void {
    const dependents = this.#needs.dependentsOf(group);
    for (const service of dependents) this.#isUp[service] = true;
    for (let isSettled = false; !isSettled; ) {
      isSettled = true;
      for (const service of dependents) {
        if (!this.#isUp[service] || this.#hasAll(this.#needs.needs[service] ?? [])) continue;
        this.#isUp[service] = false;
        isSettled = false;
      }
    }
    for (const service of dependents) {
      this.downtimes[service]?.set(this.#isUp[service] ?? true, nowMs, group);
    }
  }

  #hasAll(needs: Needs): boolean {
    return needs.every((some) =>
      some.some((one) => (typeof one === 'number' ? this.#isUp[one] : this.#isGroupUp(one))),
    );
  }
}

/** Of whom one must be up for a call to be answered; none where it always is. */
function targetsOf({ cache, fallback, to }: Call): readonly string[] | undefined {
  const steps = fallback?.steps ?? [];
  // Kept answers bridge outages as far as they are kept; without traffic nobody knows how far.
  if (cache && cache.staleIfErrorMs.value > 0) return undefined;
  if (steps.some(({ kind }) => kind !== 'call')) return undefined;
  return [to.value, ...steps.flatMap((step) => (step.kind === 'call' ? [step.to.value] : []))];
}
