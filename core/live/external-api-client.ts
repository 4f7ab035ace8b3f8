import { type BreakerMetrics, canonicalKey } from '../patterns/index.ts';
import { type Clock, systemClock } from '../time/index.ts';
import { BreakerPolicy, type BreakerPolicyOptions } from './breaker-policy.ts';
import { CachedAlternative } from './cached-alternative.ts';
import { type Composition, compose } from './compose.ts';
import type { PolicyListener } from './events.ts';
import { type Alternative, FallbackPolicy } from './fallback-policy.ts';
import type { CallContext, CallOptions } from './policy.ts';

/** What an API says, and where from. */
export type ApiAnswer<Value> =
  | { readonly source: 'api'; readonly value: Value }
  | {
      readonly source: 'cache';
      readonly value: Value;
      /** When the API gave it, by the client's clock; with that of the process, ms since 1970. */
      readonly storedAtMs: number;
    }
  | { readonly source: 'default'; readonly value: Value };

export interface ExternalApiClientOptions<Params, Value> {
  /** What events and errors call the API. */
  readonly name: string;
  /** Asks the API. */
  readonly request: (
    endpoint: string,
    params: Params,
    context: CallContext,
  ) => Value | PromiseLike<Value>;
  /** By default it opens at 3 failures, for 30 s, and closes at 2 successes. */
  readonly breaker?: Omit<BreakerPolicyOptions, 'name' | 'clock' | 'judge'>;
  /** Up to this age an answer stands in for one that cannot be had; ms, by default 1 h. */
  readonly maxAgeMs?: number;
  /** Answers kept at most; 1 or more, by default 1,000. The one not used for longest makes room. */
  readonly maxEntries?: number;
  /** What to say when there is no answer at all. Without it, the original error surfaces. */
  readonly fallback?: (endpoint: string, params: Params, failure: unknown) => Value;
  /** By default the clock of the process. */
  readonly clock?: Clock;
}

/** What the fallback has to know of a call. */
interface RequestOptions<Params, Value> extends CallOptions<ApiAnswer<Value>> {
  readonly endpoint: string;
  readonly params: Params;
}

/**
 * A client of somebody else's API: behind a breaker, and with something to say when that is open or
 * the API fails: the last answer to the same question, marked as such, or else a default.
 *
 * @template Params plain JSON data.
 */
export class ExternalApiClient<Params, Value> {
  readonly #request: ExternalApiClientOptions<Params, Value>['request'];
  readonly #breaker: BreakerPolicy;
  readonly #policy: Composition<ApiAnswer<Value>>;

  /** @throws RangeError when an option is out of range. */
  constructor(options: ExternalApiClientOptions<Params, Value>) {
    const { name, request, fallback, clock = systemClock } = options;
    const { maxAgeMs = 3_600_000, maxEntries = 1_000 } = options;
    this.#request = request;
    this.#breaker = new BreakerPolicy({
      name,
      clock,
      trip: { kind: 'leaky', failureThreshold: 3 },
      recoveryTimeoutMs: 30_000,
      successThreshold: 2,
      ...options.breaker,
    });
    const fromCache = new CachedAlternative<ApiAnswer<Value>, ApiAnswer<Value>>({
      maxAgeMs,
      maxEntries,
      clock,
      mark: ({ value: { value } }, storedAtMs) => ({ source: 'cache', value, storedAtMs }),
    });
    const alternatives = fallback ? [fromCache, byDefault(fallback)] : [fromCache];
    this.#policy = compose(new FallbackPolicy({ name, clock, alternatives }), this.#breaker);
  }

  /** How the API does. */
  get metrics(): BreakerMetrics {
    return this.#breaker.metrics;
  }

  /**
   * Asks, and answers as well as it can.
   *
   * @returns the answer; rejected with the error of the API, or a `CircuitOpenError`, when there is
   * neither a cached answer nor a default.
   */
  ask(
    endpoint: string,
    params: Params,
    options: Omit<CallOptions<ApiAnswer<Value>>, 'key'> = {},
  ): Promise<ApiAnswer<Value>> {
    const key = canonicalKey(endpoint, params);
    const request: RequestOptions<Params, Value> = { ...options, key, endpoint, params };
    return this.#policy.execute<ApiAnswer<Value>>(async (context) => {
      const value = await this.#request(endpoint, params, context);
      return { source: 'api', value };
    }, request);
  }

  /** Hears what becomes of the calls and of the breaker. */
  subscribe(listener: PolicyListener): () => void {
    return this.#policy.subscribe(listener);
  }
}

function byDefault<Params, Value>(
  fallback: (endpoint: string, params: Params, failure: unknown) => Value,
): Alternative<ApiAnswer<Value>> {
  return (failure, { options }) => {
    const { endpoint, params } = options as RequestOptions<Params, Value>;
    return { source: 'default', value: fallback(endpoint, params, failure) };
  };
}
