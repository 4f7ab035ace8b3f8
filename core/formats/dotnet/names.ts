/**
 * The options of Microsoft.Extensions.Http.Resilience and Polly 8.
 * Source: dotnet/extensions, `HttpStandardResilienceOptions`, `HttpStandardHedgingResilienceOptions`;
 * App-vNext/Polly, the `StrategyOptions` of each strategy.
 */

export const DOTNET = '.NET';

const TIMEOUT = ['Name', 'Timeout'];

/** What a strategy may say in a file. */
export const STRATEGIES: Readonly<Record<string, readonly string[]>> = {
  Retry: [
    'Name',
    'MaxRetryAttempts',
    'BackoffType',
    'UseJitter',
    'Delay',
    'MaxDelay',
    'ShouldRetryAfterHeader',
  ],
  CircuitBreaker: [
    'Name',
    'FailureRatio',
    'MinimumThroughput',
    'SamplingDuration',
    'BreakDuration',
  ],
  Hedging: ['Name', 'MaxHedgedAttempts', 'Delay'],
  RateLimiter: ['Name', 'DefaultRateLimiterOptions'],
  Timeout: TIMEOUT,
  AttemptTimeout: TIMEOUT,
  TotalRequestTimeout: TIMEOUT,
  Endpoint: ['RateLimiter', 'CircuitBreaker', 'Timeout'],
};

const SPELLED = new Map(
  [...Object.keys(STRATEGIES), ...Object.values(STRATEGIES).flat()].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/** Names do not depend on case. */
export function spelled(name: string): string {
  return SPELLED.get(name.toLowerCase()) ?? name;
}
