import type {
  BreakerPolicy,
  BulkheadPolicy,
  Call,
  Model,
  RateLimiterPolicy,
  RetryPolicy,
  Service,
} from '../../model/model.ts';
import type { Sourced, SourceRange } from '../../model/source.ts';
import { blankBreaker, blankCall, blankModel, blankRetry, blankService } from '../blank.ts';
import { unsaid, usual } from '../defaults.ts';
import { type Application, applicationsOf } from './application.ts';
import type { SpringDocument } from './document.ts';
import { type ModuleName, RESILIENCE4J } from './names.ts';
import {
  attemptsOf,
  openWaits,
  type Policies,
  policiesOf,
  retryWaits,
  timeoutOf,
  tripOf,
} from './policies.ts';
import {
  asBoolean,
  asDuration,
  asNumber,
  type Chain,
  levelOf,
  orDefault,
  resolve,
} from './settings.ts';

export interface SpringWhole {
  readonly model: Model;
  readonly documents: readonly SpringDocument[];
  /** Of each application, what holds in each of its views. */
  readonly applications: readonly (readonly Policies[])[];
}

/** What is around what, unless an application orders it in another way. */
const ORDER: Call['order']['value'] = [
  'fallback',
  'cache',
  'deadline',
  'retry',
  'hedge',
  'circuitBreaker',
  'rateLimiter',
  'concurrencyLimit',
  'timeout',
  'bulkhead',
  'connectionPool',
];

export function joinSpring(documents: readonly SpringDocument[]): SpringWhole {
  const known = applicationsOf(documents).map((one) => ({
    application: one,
    all: one.views.map(policiesOf),
  }));
  const parts = known.flatMap(({ all, application }) =>
    all.map((policies) => lowerView(application, policies)),
  );
  const blank = blankModel(documents[0]?.file ?? '');
  const model: Model = {
    ...blank,
    system: RESILIENCE4J,
    services: new Map(parts.map(({ service }) => [service.name, service])),
    retries: new Map(parts.flatMap(({ retries }) => retries)),
    breakers: new Map(parts.flatMap(({ breakers }) => breakers)),
    bulkheads: new Map(parts.flatMap(({ bulkheads }) => bulkheads)),
    rateLimiters: new Map(parts.flatMap(({ rateLimiters }) => rateLimiters)),
    wordings: { attempts: { key: 'maxAttempts' }, timeout: { key: 'timeoutDuration' } },
  };
  return { documents, applications: known.map(({ all }) => all), model };
}

interface Lowered {
  readonly service: Service;
  readonly retries: readonly (readonly [string, RetryPolicy])[];
  readonly breakers: readonly (readonly [string, BreakerPolicy])[];
  readonly bulkheads: readonly (readonly [string, BulkheadPolicy])[];
  readonly rateLimiters: readonly (readonly [string, RateLimiterPolicy])[];
}

/** Instances of one name are around one call: that is how they are meant to be used. */
function lowerView({ name, views }: Application, { modules, view }: Policies): Lowered {
  const at = view.documents[0]?.fields.at as SourceRange;
  const title = view.profile === undefined ? name : `${name} with profile ${view.profile}`;
  const key = `${title} in ${at.file}`;
  const isFirst = views[0] === view;
  const own = view.documents.filter((one) => isFirst || !views[0]?.documents.includes(one));
  const isOwn = ({ levels }: Chain) =>
    levels.some(({ at: place }) =>
      own.some(({ at: whole }) => whole.file === place.file && within(place, whole)),
    );
  const chainsOf = (module: ModuleName) =>
    [...(modules.get(module)?.instances ?? [])].filter(([, chain]) => isOwn(chain));
  const lowerAll = <T>(module: ModuleName, lower: (chain: Chain) => T) =>
    chainsOf(module).map(([instance, chain]) => [`${instance} of ${key}`, lower(chain)] as const);
  const names = new Set(
    (['circuitbreaker', 'retry', 'bulkhead', 'ratelimiter', 'timelimiter'] as const).flatMap(
      (module) => chainsOf(module).map(([instance]) => instance),
    ),
  );
  const calls = [...names].flatMap((instance) => lowerCall(instance, key, modules) ?? []);
  return {
    service: { ...blankService(key, at), calls },
    retries: lowerAll('retry', lowerRetry),
    breakers: lowerAll('circuitbreaker', lowerBreaker),
    bulkheads: lowerAll('bulkhead', lowerBulkhead),
    rateLimiters: lowerAll('ratelimiter', lowerLimiter),
  };
}

function within(place: SourceRange, { end, start }: SourceRange): boolean {
  return start <= place.start && place.end <= end;
}

function lowerCall(instance: string, key: string, modules: Policies['modules']): Call | undefined {
  const chainOf = (module: ModuleName) => modules.get(module)?.instances.get(instance);
  const reference = (module: ModuleName): Sourced<string> | undefined => {
    const at = chainOf(module)?.own.nameAt;
    return at && { value: `${instance} of ${key}`, source: { kind: 'explicit', at } };
  };
  const breaker = reference('circuitbreaker');
  const retry = reference('retry');
  const bulkhead = reference('bulkhead');
  const rateLimiter = reference('ratelimiter');
  const limiter = chainOf('timelimiter');
  const first = breaker ?? retry ?? bulkhead ?? rateLimiter ?? reference('timelimiter');
  if (!first) return undefined;
  const { at } = first.source;
  const timeoutMs = limiter && timeoutOf(limiter);
  const cancels = limiter && resolve(limiter, 'cancelRunningFuture', asBoolean, true);
  return {
    ...blankCall({ ...first, value: instance }),
    doubtful: limiter !== undefined && !timeoutMs,
    text: `by '${instance}'`,
    ...(timeoutMs && { timeoutMs }),
    ...(cancels && { onTimeout: { ...cancels, value: cancels.value ? 'abort' : 'abandon' } }),
    ...(retry && { retry }),
    ...(breaker && { breaker }),
    ...(bulkhead && { bulkhead }),
    ...(rateLimiter && { rateLimiter }),
    order: usual(ORDER, at, RESILIENCE4J),
  };
}

function lowerRetry(chain: Chain): RetryPolicy {
  const { at, name, nameAt } = chain.own;
  const attempts = attemptsOf(chain);
  const waits = retryWaits(chain);
  const isExponential = waits !== undefined && waits.factor.value > 1;
  return {
    ...blankRetry(name, nameAt),
    at,
    doubtful: !attempts || !waits,
    attempts: orDefault(attempts, 3, nameAt),
    ...(waits && {
      initialMs: waits.initialMs,
      growth: { ...waits.factor, value: isExponential ? 'exponential' : 'constant' },
      factor: waits.factor,
      // Without a limit a wait grows on; tries end before it is out of bounds.
      maxMs:
        waits.maxMs ??
        usual(isExponential ? 86_400_000 : waits.initialMs.value, nameAt, RESILIENCE4J),
      jitter: usual(waits.isRandom ? 'equal' : 'none', nameAt, RESILIENCE4J),
    }),
  };
}

function lowerBreaker(chain: Chain): BreakerPolicy {
  const { at, name, nameAt } = chain.own;
  const trip = tripOf(chain);
  const waits = openWaits(chain);
  const trials = resolve(chain, 'permittedNumberOfCallsInHalfOpenState', asNumber, 10);
  const slowCallMs = resolve(chain, 'slowCallDurationThreshold', asDuration, 60_000);
  const slowPercent = resolve(chain, 'slowCallRateThreshold', asNumber, 100);
  const blank = blankBreaker(name, nameAt);
  if (!trip || !waits || !trials || !slowCallMs || !slowPercent) {
    return { ...blank, at, doubtful: true };
  }
  const rates = {
    minimumCalls: trip.minimumCalls,
    failureRate: { ...trip.failurePercent, value: trip.failurePercent.value / 100 },
    slowCallMs,
    slowCallRate: { ...slowPercent, value: slowPercent.value / 100 },
  };
  const { windowSize } = trip;
  return {
    ...blank,
    at,
    trip: trip.isTimed
      ? {
          kind: 'time-window',
          windowMs: { ...windowSize, value: windowSize.value * 1_000 },
          ...rates,
        }
      : { kind: 'count-window', size: windowSize, ...rates },
    recoveryTimeoutMs: waits.initialMs,
    recoveryFactor: waits.factor,
    maxRecoveryTimeoutMs: waits.maxMs ?? usual(86_400_000, nameAt, RESILIENCE4J),
    successThreshold: trials,
    halfOpenLimit: trials,
  };
}

function lowerBulkhead(chain: Chain): BulkheadPolicy {
  const { at, name, nameAt } = chain.own;
  const size = resolve(chain, 'maxConcurrentCalls', asNumber, 25);
  const maxWaitMs = resolve(chain, 'maxWaitDuration', asDuration, 0);
  return {
    name,
    nameAt,
    at,
    doubtful: !size || !maxWaitMs,
    size: orDefault(size, 25, nameAt),
    // Whoever may wait does, however many do already.
    queueSize: unsaid(maxWaitMs?.value ? 1_000_000 : 0, nameAt),
    maxWaitMs: orDefault(maxWaitMs, 0, nameAt),
  };
}

function lowerLimiter(chain: Chain): RateLimiterPolicy {
  const { at, name, nameAt } = chain.own;
  const limit = resolve(chain, 'limitForPeriod', asNumber, 50);
  const periodMs = resolve(chain, 'limitRefreshPeriod', asDuration, 0.0005);
  const maxWaitMs = resolve(chain, 'timeoutDuration', asDuration, 5_000);
  const isKnown = limit !== undefined && periodMs !== undefined && periodMs.value > 0;
  return {
    name,
    nameAt,
    at,
    doubtful: !isKnown || !maxWaitMs || levelOf(chain, 'limitRefreshPeriod') === undefined,
    ratePerSecond: isKnown
      ? { ...limit, value: (limit.value * 1_000) / periodMs.value }
      : unsaid(1, nameAt),
    burst: orDefault(limit, 50, nameAt),
    maxWaitMs: orDefault(maxWaitMs, 5_000, nameAt),
  };
}
