/**
 * The names that Resilience4j's Spring properties have, and the ones that they had.
 * Source: resilience4j/resilience4j, `resilience4j-framework-common`, the `InstanceProperties` of each
 * module; for the removed ones the release notes of 2.0.1.
 */

export const RESILIENCE4J = 'Resilience4j';

export type ModuleName =
  | 'circuitbreaker'
  | 'retry'
  | 'bulkhead'
  | 'thread-pool-bulkhead'
  | 'ratelimiter'
  | 'timelimiter';

/** Modules that are configured elsewhere in the same way; nothing of them is judged. */
export const OTHER_MODULES: readonly string[] = ['scheduled', 'micrometer', 'hedge', 'cache'];

const SHARED = ['baseConfig', 'eventConsumerBufferSize'];
const BACKOFF = [
  'enableExponentialBackoff',
  'exponentialBackoffMultiplier',
  'enableRandomizedWait',
  'randomizedWaitFactor',
];

/** What an instance or a config of each module may say. */
export const SETTINGS: Readonly<Record<ModuleName, readonly string[]>> = {
  circuitbreaker: [
    ...SHARED,
    ...BACKOFF,
    'exponentialMaxWaitDurationInOpenState',
    'waitDurationInOpenState',
    'slowCallDurationThreshold',
    'maxWaitDurationInHalfOpenState',
    'transitionToStateAfterWaitDuration',
    'failureRateThreshold',
    'slowCallRateThreshold',
    'slidingWindowType',
    'slidingWindowSize',
    'slidingWindowSynchronizationStrategy',
    'minimumNumberOfCalls',
    'permittedNumberOfCallsInHalfOpenState',
    'automaticTransitionFromOpenToHalfOpenEnabled',
    'initialState',
    'writableStackTraceEnabled',
    'allowHealthIndicatorToFail',
    'registerHealthIndicator',
    'recordFailurePredicate',
    'recordExceptions',
    'recordResultPredicate',
    'ignoreExceptionPredicate',
    'ignoreExceptions',
    'ignoreClassBindingExceptions',
  ],
  retry: [
    ...SHARED,
    ...BACKOFF,
    'exponentialMaxWaitDuration',
    'waitDuration',
    'intervalBiFunction',
    'maxAttempts',
    'retryExceptionPredicate',
    'resultPredicate',
    'consumeResultBeforeRetryAttempt',
    'retryExceptions',
    'ignoreExceptions',
    'ignoreClassBindingExceptions',
    'failAfterMaxAttempts',
  ],
  bulkhead: [...SHARED, 'maxConcurrentCalls', 'maxWaitDuration', 'writableStackTraceEnabled'],
  'thread-pool-bulkhead': [
    ...SHARED,
    'maxThreadPoolSize',
    'coreThreadPoolSize',
    'queueCapacity',
    'keepAliveDuration',
    'writableStackTraceEnabled',
    'contextPropagators',
  ],
  ratelimiter: [
    ...SHARED,
    'limitForPeriod',
    'limitRefreshPeriod',
    'timeoutDuration',
    'subscribeForEvents',
    'allowHealthIndicatorToFail',
    'registerHealthIndicator',
    'writableStackTraceEnabled',
  ],
  timelimiter: [...SHARED, 'timeoutDuration', 'cancelRunningFuture'],
};

/** What was read once, and what is read in its place since 2.0. */
export const REMOVED: Readonly<Record<ModuleName, Readonly<Record<string, string>>>> = {
  circuitbreaker: {
    ringBufferSizeInClosedState: 'slidingWindowSize',
    ringBufferSizeInHalfOpenState: 'permittedNumberOfCallsInHalfOpenState',
  },
  retry: { maxRetryAttempts: 'maxAttempts' },
  bulkhead: {},
  'thread-pool-bulkhead': { contextPropagator: 'contextPropagators' },
  ratelimiter: {},
  timelimiter: {},
};

/** Settings that are a duration. */
export const DURATIONS: ReadonlySet<string> = new Set([
  'exponentialMaxWaitDuration',
  'exponentialMaxWaitDurationInOpenState',
  'keepAliveDuration',
  'limitRefreshPeriod',
  'maxWaitDuration',
  'maxWaitDurationInHalfOpenState',
  'slowCallDurationThreshold',
  'timeoutDuration',
  'waitDuration',
  'waitDurationInOpenState',
]);

/** Without what Spring does not look at when it compares names. */
export function uniform(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}

const MODULES = new Map(
  [...(Object.keys(SETTINGS) as ModuleName[]), ...OTHER_MODULES].map((name) => [
    uniform(name),
    name,
  ]),
);
const PROPERTIES = new Map(
  (Object.keys(SETTINGS) as ModuleName[]).map((module) => {
    const names = [...SETTINGS[module], ...Object.keys(REMOVED[module])];
    return [module as string, new Map(names.map((name) => [uniform(name), name]))];
  }),
);
/** `backends` and `limiters` are older names of the same map. */
const SECTIONS = new Map([
  ['configs', 'configs'],
  ['instances', 'instances'],
  ['backends', 'instances'],
  ['limiters', 'instances'],
]);

/** The usual spelling of a name at a place below `resilience4j`; as it is, if it is unknown. */
export function spelled(name: string, path: readonly string[]): string {
  switch (path.length) {
    case 1:
      return MODULES.get(uniform(name)) ?? name;
    case 2:
      return SECTIONS.get(uniform(name)) ?? name;
    case 4:
      return PROPERTIES.get(path[1] ?? '')?.get(uniform(name)) ?? name;
    default:
      return name;
  }
}

export function isModule(name: string): name is ModuleName {
  return name in SETTINGS;
}

/** `waitDuration` as `wait-duration`. */
export function inKebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
