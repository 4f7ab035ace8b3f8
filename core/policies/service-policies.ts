import { type CallOptions, Composition, type Operation } from '../live/index.ts';
import { didYouMean } from '../model/did-you-mean.ts';
import type { Call, Operation as OperationKind, Service } from '../model/model.ts';
import { alternativesOf } from './alternatives.ts';
import { callLayers } from './call-layers.ts';
import type { ServiceCallOptions, ServiceOperation } from './call-options.ts';
import type { Machinery } from './machinery.ts';

/** One call of the config, ready to be made. */
interface Route {
  readonly to: string;
  readonly operation: OperationKind;
  readonly policy: Composition<unknown>;
  /** Whom its fallback may ask. */
  readonly alternatives: readonly string[];
  /** For calls that give none, where the config says that all are about the same. */
  readonly key: string | undefined;
}

/** The policies of one service of the config: around what it does, and around what it calls. */
export class ServicePolicies<Answers extends object = Record<string, unknown>> {
  readonly name: string;
  readonly #routes: readonly Route[];
  readonly #own: Composition<unknown>;

  constructor({ bulkhead, calls, name }: Service, machinery: Machinery) {
    this.name = name;
    this.#routes = calls.map((call) => createRoute(name, call, machinery));
    const pool = bulkhead && machinery.bulkheads.get(bulkhead.value);
    this.#own = new Composition<unknown>(pool ? [pool] : [], { name, clock: machinery.clock });
  }

  /** Everything that the service does, as policies: its own work, and each call. */
  get policies(): readonly Composition<unknown>[] {
    return [this.#own, ...this.#routes.map(({ policy }) => policy)];
  }

  /**
   * Makes a call as the config says: in the order of its policies, and with an answer of its
   * fallback where the call has failed.
   *
   * @param to whom the service calls, as the config names it.
   * @returns the answer; rejected with the error of the operation, or with a `PolicyError` that says
   * which policy refused and why.
   * @throws RangeError when the service makes no such call.
   * @throws TypeError when an alternative is missing that the fallback of the call asks for.
   */
  call<Name extends keyof Answers & string>(
    to: Name,
    operation: ServiceOperation<Answers[Name]>,
    options?: ServiceCallOptions<Answers[Name]>,
  ): Promise<Answers[Name]> {
    const route = this.#routeTo(to, options?.operation);
    const missing = route.alternatives.find((name) => !options?.alternatives?.[name]);
    if (missing !== undefined) {
      throw new TypeError(
        `The fallback of '${to}' asks '${missing}': say how, as 'alternatives: { '${missing}': … }'`,
      );
    }
    const keyed = route.key === undefined ? options : { key: route.key, ...options };
    return route.policy.execute(operation, keyed) as Promise<Answers[Name]>;
  }

  /**
   * Does the work of one request to the service, in the pool that the config gives it.
   *
   * @returns what the operation gives; rejected with a `BulkheadFullError` when the pool is full.
   */
  serve<T>(operation: Operation<T>, options?: CallOptions<T>): Promise<T> {
    return this.#own.execute(operation, options) as Promise<T>;
  }

  #routeTo(to: string, operation: OperationKind | undefined): Route {
    const routes = this.#routes.filter((route) => route.to === to);
    const route = operation ? routes.find((one) => one.operation === operation) : routes[0];
    if (route) return route;
    const guess = didYouMean(to, new Set(this.#routes.map((one) => one.to)));
    const what = operation ? `call '${to}' to ${operation}` : `call '${to}'`;
    throw new RangeError(
      `Service '${this.name}' does not ${what}.${guess ? ` Did you mean '${guess}'?` : ''}`,
    );
  }
}

function createRoute(service: string, call: Call, machinery: Machinery): Route {
  const to = call.to.value;
  return {
    to,
    operation: call.operation.value,
    policy: new Composition(callLayers(call, machinery), {
      name: `${service} → ${to}`,
      clock: machinery.clock,
    }),
    alternatives: alternativesOf(call),
    key: areAllTheSame(call) ? '' : undefined,
  };
}

/** Whether every answer that is kept may be given to every request. */
function areAllTheSame({ cache, fallback }: Call): boolean {
  const steps = (fallback?.steps ?? []).filter((step) => step.kind === 'cache');
  const caches = [...(cache ? [cache] : []), ...steps];
  return caches.length > 0 && caches.every(({ keys }) => keys.value === 1);
}
