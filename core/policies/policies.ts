import {
  type BreakerPolicy,
  type BulkheadPolicy,
  type ConcurrencyLimitPolicy,
  type ConnectionPoolPolicy,
  type GroupPolicy,
  type PolicyListener,
  type RateLimitPolicy,
  subscribeToAll,
} from '../live/index.ts';
import { didYouMean } from '../model/did-you-mean.ts';
import type { Model } from '../model/model.ts';
import type { ServiceCallOptions, ServiceOperation } from './call-options.ts';
import { createMachinery, type Machinery, type Surroundings } from './machinery.ts';
import { ServicePolicies } from './service-policies.ts';

export interface PoliciesOptions extends Surroundings {
  /** Whose calls `call` makes; by default those of the only service in the config that makes any. */
  readonly service?: string;
}

/**
 * The policies of a config, live. Whatever the config lets calls share by name, they share here.
 *
 * @template Answers what the calls of the service answer, by callee.
 */
export class Policies<Answers extends object = Record<string, unknown>> {
  readonly breakers: ReadonlyMap<string, BreakerPolicy>;
  readonly bulkheads: ReadonlyMap<string, BulkheadPolicy>;
  readonly rateLimiters: ReadonlyMap<string, RateLimitPolicy>;
  readonly concurrencyLimits: ReadonlyMap<string, ConcurrencyLimitPolicy>;
  readonly connectionPools: ReadonlyMap<string, ConnectionPoolPolicy<unknown>>;
  readonly groups: ReadonlyMap<string, GroupPolicy>;
  readonly #services: ReadonlyMap<string, ServicePolicies>;
  readonly #own: ServicePolicies<Answers> | undefined;

  /**
   * @param model one without errors.
   * @throws RangeError when it has no such service, connection pool or group.
   */
  constructor(model: Model, { service, ...surroundings }: PoliciesOptions) {
    for (const name of Object.keys(surroundings.connections)) {
      required(model.connectionPools, 'connection pool', name);
    }
    for (const name of Object.keys(surroundings.groups)) {
      required(model.groups, 'redundancy group', name);
    }
    const machinery: Machinery = createMachinery(model, surroundings);
    this.breakers = machinery.breakers;
    this.bulkheads = machinery.bulkheads;
    this.rateLimiters = machinery.rateLimiters;
    this.concurrencyLimits = machinery.concurrencyLimits;
    this.connectionPools = machinery.connectionPools;
    this.groups = machinery.groups;
    this.#services = new Map(
      [...model.services].map(([name, one]) => [name, new ServicePolicies(one, machinery)]),
    );
    const callers = [...model.services.values()].filter(({ calls }) => calls.length > 0);
    const own = service ?? (callers.length === 1 ? callers[0]?.name : undefined);
    this.#own = own === undefined ? undefined : this.service<Answers>(own);
  }

  /**
   * Makes a call of the service that this process is; see `ServicePolicies`.
   *
   * @throws RangeError also when it is not known which service that is.
   */
  call<Name extends keyof Answers & string>(
    to: Name,
    operation: ServiceOperation<Answers[Name]>,
    options?: ServiceCallOptions<Answers[Name]>,
  ): Promise<Answers[Name]> {
    if (this.#own) return this.#own.call(to, operation, options);
    throw new RangeError(
      `Whose call to '${to}' is it? Load with 'service', one of: ${[...this.#services.keys()].join(', ')}`,
    );
  }

  /** @throws RangeError when the config has no such service. */
  service<ItsAnswers extends object = Record<string, unknown>>(
    name: string,
  ): ServicePolicies<ItsAnswers> {
    return required(this.#services, 'service', name) as ServicePolicies<ItsAnswers>;
  }

  /**
   * Ends what the policies keep: connections are closed when nobody uses them any more, and no timer
   * is left.
   *
   * @returns when that is done.
   */
  async close(): Promise<void> {
    for (const group of this.groups.values()) group.close();
    await Promise.all([...this.connectionPools.values()].map((pool) => pool.close()));
  }

  /** @throws RangeError when the config has no such breaker. */
  breaker(name: string): BreakerPolicy {
    return required(this.breakers, 'circuit breaker', name);
  }

  /** @throws RangeError when the config has no such redundancy group. */
  group(name: string): GroupPolicy {
    return required(this.groups, 'redundancy group', name);
  }

  /** @throws RangeError when the config has no such bulkhead. */
  bulkhead(name: string): BulkheadPolicy {
    return required(this.bulkheads, 'bulkhead', name);
  }

  /**
   * Hears about everything that any of the policies does from now on.
   *
   * @returns what ends it.
   */
  subscribe(listener: PolicyListener): () => void {
    const compositions = [...this.#services.values()].flatMap(({ policies }) => policies);
    return subscribeToAll(
      compositions.flatMap(({ sources }) => sources),
      listener,
    );
  }
}

function required<T>(map: ReadonlyMap<string, T>, what: string, name: string): T {
  const found = map.get(name);
  if (found !== undefined) return found;
  const guess = didYouMean(name, map.keys());
  const hint = guess ? ` Did you mean '${guess}'?` : '';
  throw new RangeError(`The config has no ${what} '${name}'.${hint}`);
}
