import type { BoundExpectation, Metric } from '../../model/expectation.ts';
import type { Model } from '../../model/model.ts';
import type { CallCounts } from '../call-counts.ts';
import type { Histogram } from '../histogram.ts';
import type { FailureReason } from '../outcome.ts';
import type { World } from '../world.ts';
import { countOf, type Meter, meanOf, ratioOf, shareOfRequests, totals } from './meter.ts';

/** Of these only the run as a whole knows; see `findDisruptions`. */
export type MeteredMetric = Exclude<Metric, 'recovery'>;
export type MeteredExpectation = BoundExpectation & { readonly metric: MeteredMetric };

/** What is measured: a world, and the model that it was made of. */
export interface Measured {
  readonly world: World;
  readonly model: Model;
  /** Whether requests come from outside, so that availability is about them and not about time. */
  readonly hasTraffic: boolean;
}

/** What measures a metric of the part of the world that an expectation names. */
export function meterFor(measured: Measured, expectation: MeteredExpectation): Meter {
  const { world } = measured;
  const { metric, of } = expectation;
  switch (metric) {
    case 'availability':
      return availability(measured, of?.value);
    case 'errorRate': {
      const requests = requestsOf(world, of?.value);
      return shareOfRequests(() => [requests.arrived(), ended(requests), requests.failed()]);
    }
    case 'degradedRate': {
      const requests = requestsOf(world, of?.value);
      return shareOfRequests(() => [requests.arrived(), ended(requests), requests.degraded()]);
    }
    case 'goodput': {
      const requests = requestsOf(world, of?.value);
      return totals(
        () => [requests.succeeded()],
        ([count = 0], lengthMs) => (lengthMs > 0 ? (count * 1000) / lengthMs : null),
      );
    }
    case 'droppedRequests':
      return countOf(requestsOf(world, of?.value).failed);
    case 'latency':
      return percentile(requestsOf(world, of?.value).latency, expectation.percentile ?? 0.99);
    case 'amplification':
      return amplification(measured, expectation);
    case 'retries': {
      const counts = countsOf(measured, expectation);
      return countOf(() => sum(counts, ({ retries }) => retries));
    }
    case 'breakerOpens': {
      const breakers = named(world.breakers, of?.value);
      return countOf(() => sum(breakers, ({ opened }) => opened));
    }
    case 'rejections':
      return rejections(world, of?.value);
    case 'poolUse': {
      const pools = named(world.pools, of?.value);
      const slots = sum(pools, ({ machine }) => machine.size);
      return meanOf(() => sum(pools, (pool) => pool.usedMs), Math.max(1, slots));
    }
    case 'queue': {
      const pools = named(world.pools, of?.value);
      return meanOf(() => sum(pools, (pool) => pool.waitedMs));
    }
  }
}

/** Running totals of requests: of all from outside, or of those at one service. */
interface Requests {
  readonly arrived: () => number;
  readonly succeeded: () => number;
  readonly degraded: () => number;
  readonly failed: () => number;
  readonly latency: Histogram;
}

function requestsOf(world: World, service: string | undefined): Requests {
  if (service === undefined) {
    const { statistics } = world;
    return {
      arrived: () => statistics.arrived,
      succeeded: () => statistics.succeeded,
      degraded: () => statistics.degraded,
      failed: () => statistics.failed,
      latency: statistics.latency,
    };
  }
  const { statistics } = world.station(service);
  return {
    arrived: () => statistics.requests,
    succeeded: () => statistics.succeeded,
    degraded: () => statistics.degraded,
    failed: () => totalOf(statistics.failures),
    latency: statistics.latency,
  };
}

function totalOf(failures: Readonly<Record<FailureReason, number>>): number {
  return sum(Object.values(failures), (count) => count);
}

function ended({ degraded, failed, succeeded }: Requests): number {
  return succeeded() + degraded() + failed();
}

/** Of answers; of a group, and where there is no traffic at all, of time. */
function availability({ hasTraffic, world }: Measured, of: string | undefined): Meter {
  const uptime = of === undefined ? world.uptime : world.groups.get(of)?.uptime;
  if (uptime && (of !== undefined || !hasTraffic)) {
    return totals(
      () => [uptime.downMs(world.engine.nowMs)],
      ([downMs = 0], lengthMs) => (lengthMs > 0 ? Math.max(0, 1 - downMs / lengthMs) : null),
    );
  }
  const requests = requestsOf(world, of);
  return shareOfRequests(() => {
    return [requests.arrived(), ended(requests), requests.succeeded() + requests.degraded()];
  });
}

function percentile(latency: Histogram, ratio: number): Meter {
  return {
    read: () => latency.snapshot(),
    value: (difference) => latency.percentileOf(difference, ratio),
  };
}

function amplification(measured: Measured, expectation: BoundExpectation): Meter {
  const { statistics } = measured.world;
  if (!expectation.of) return ratioOf(() => [statistics.callsSent, statistics.callsIntended]);
  const counts = countsOf(measured, expectation);
  return ratioOf(() => [sum(counts, ({ sent }) => sent), sum(counts, ({ made }) => made)]);
}

/** Of the calls of one service, or of all; those to one callee, where one is named. */
function countsOf({ model, world }: Measured, { calling, of }: BoundExpectation): CallCounts[] {
  return [...model.services.values()].flatMap(({ calls, name }) => {
    if (of && of.value !== name) return [];
    const plans = world.station(name).calls;
    return calls.flatMap(({ to }, index) => {
      const counts = plans[index]?.counts;
      return counts && (!calling || to.value === calling.value) ? [counts] : [];
    });
  });
}

/** Whatever is called so may turn work away, and a breaker may be called as its bulkhead is. */
function rejections(world: World, of: string | undefined): Meter {
  const counts = [
    ...named(world.breakers, of).map((breaker) => () => breaker.rejected),
    ...[...named(world.pools, of), ...named(world.connectionPools, of)].map(({ machine }) => () => {
      const { rejected, timeouts } = machine.stats;
      return rejected + timeouts;
    }),
    ...[...named(world.rateLimiters, of), ...named(world.concurrencyLimits, of)].map(
      (limit) => () => limit.rejected,
    ),
  ];
  return countOf(() => sum(counts, (count) => count()));
}

function named<T>(all: ReadonlyMap<string, T>, name: string | undefined): T[] {
  return [...all].flatMap(([one, thing]) => (name === undefined || name === one ? [thing] : []));
}

function sum<T>(all: readonly T[], value: (one: T) => number): number {
  return all.reduce((total, one) => total + value(one), 0);
}
