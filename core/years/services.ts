import type { Call, Model } from '../model/model.ts';
import { Downtime } from './downtime.ts';

/** What a service needs: of each list one thing at least. Services are told by their number. */
type Needs = readonly (readonly (string | number)[])[];

/**
 * Follows which services are up, given which groups are: a service needs the group that it runs on,
 * and of each call that has no answer of its own somebody to ask. Services that need one another are
 * up as long as nothing else keeps them down.
 */
export class ServiceStates {
  readonly names: readonly string[];
  readonly downtimes: readonly Downtime[];
  readonly #needs: readonly Needs[];
  /** For each group the services that may depend on it. */
  readonly #dependents = new Map<string, readonly number[]>();
  readonly #isGroupUp: (name: string) => boolean;
  readonly #isUp: boolean[];

  constructor(model: Model, isGroupUp: (name: string) => boolean) {
    this.names = [...model.services.keys()];
    const numbers = new Map(this.names.map((name, number) => [name, number]));
    this.#isGroupUp = isGroupUp;
    this.downtimes = this.names.map(() => new Downtime());
    this.#isUp = this.names.map(() => true);
    this.#needs = [...model.services.values()].map(({ calls, runsOn }) => {
      const alternatives = calls.flatMap((call) => {
        const targets = targetsOf(call);
        return targets ? [targets.map((name) => numbers.get(name) ?? name)] : [];
      });
      return runsOn ? [...alternatives, [runsOn.value]] : alternatives;
    });
    for (const group of model.groups.keys()) this.#dependents.set(group, this.#dependentsOf(group));
  }

  isUp(service: string): boolean {
    return this.#isUp[this.names.indexOf(service)] ?? true;
  }

  /** Whether a service may depend on a group. */
  isBehind(group: string, service: string): boolean {
    return this.#dependents.get(group)?.includes(this.names.indexOf(service)) ?? false;
  }

  /** A group went up or down. */
  groupChanged(group: string, nowMs: number): void {
    const dependents = this.#dependents.get(group) ?? [];
    for (const service of dependents) this.#isUp[service] = true;
    for (let isSettled = false; !isSettled; ) {
      isSettled = true;
      for (const service of dependents) {
        if (!this.#isUp[service] || this.#hasAll(this.#needs[service] ?? [])) continue;
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

  #dependentsOf(group: string): readonly number[] {
    const found = new Set<string | number>([group]);
    // Grows while it is walked.
    for (const one of found) {
      for (const [service, needs] of this.#needs.entries()) {
        if (needs.some((some) => some.includes(one))) found.add(service);
      }
    }
    return [...found].filter((one) => typeof one === 'number');
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

/** The groups that a service may depend on, and whether it is up, given which of them are. */
export function groupsBehind(
  model: Model,
  service: string,
): {
  readonly groups: readonly string[];
  isUp(isGroupUp: (name: string) => boolean): boolean;
} {
  let isGroupUp: (name: string) => boolean = () => true;
  const states = new ServiceStates(model, (name) => isGroupUp(name));
  const groups = [...model.groups.keys()].filter((group) => states.isBehind(group, service));
  return {
    groups,
    isUp: (given) => {
      isGroupUp = given;
      for (const group of groups) states.groupChanged(group, 0);
      return states.isUp(service);
    },
  };
}
