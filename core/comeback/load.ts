import type { Model, Scenario, Service, Traffic, TrafficShape } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { meanRatePerSecond, trafficOf } from '../model/traffic.ts';
import { faultEndMs } from '../simulation/faults.ts';

/** A value in place of another, for a trial that nobody writes down. */
export function inPlaceOf<T>({ source }: Sourced<unknown>, value: T): Sourced<T> {
  return { value, source };
}

/** The same system with the traffic that the scenario has in place of that of its services. */
export function withTrafficOf(model: Model, scenario: Scenario): Model {
  const { durationMs } = model.simulation;
  const services = new Map(model.services);
  for (const { service: name, traffic } of scenario.traffic ?? []) {
    const service = services.get(name.value);
    if (!service) continue;
    const value = meanRatePerSecond(traffic.shape.value, durationMs.value);
    const { ratePerSecond: _, ...others } = service;
    services.set(name.value, {
      ...others,
      traffic,
      ...(value > 0 && { ratePerSecond: inPlaceOf(traffic.shape, value) }),
    });
  }
  return { ...model, services };
}

/**
 * The same system with so many times the traffic from outside, also where the scenario has traffic of
 * its own. Requests that a trace lists one by one stay as they are.
 */
export function withLoad(model: Model, factor: number): Model {
  const services = [...model.services].map(([name, service]): [string, Service] => {
    const { ratePerSecond: rate, traffic } = service;
    const scaled = {
      ...(rate && { ratePerSecond: inPlaceOf(rate, rate.value * factor) }),
      ...(traffic && { traffic: scaledTraffic(traffic, factor) }),
    };
    return [name, { ...service, ...scaled }];
  });
  const scenarios = [...model.scenarios].map(([name, scenario]): [string, Scenario] => {
    const traffic = scenario.traffic?.map((own) => ({
      ...own,
      traffic: scaledTraffic(own.traffic, factor),
    }));
    return [name, { ...scenario, ...(traffic && { traffic }) }];
  });
  return { ...model, services: new Map(services), scenarios: new Map(scenarios) };
}

function scaledTraffic(traffic: Traffic, factor: number): Traffic {
  return { ...traffic, shape: inPlaceOf(traffic.shape, scaledShape(traffic.shape.value, factor)) };
}

function scaledShape(shape: TrafficShape, factor: number): TrafficShape {
  switch (shape.kind) {
    case 'steady':
      return { ...shape, ratePerSecond: shape.ratePerSecond * factor };
    case 'bursts': {
      const { burstPerSecond, quietPerSecond } = shape;
      const [quiet, burst] = [quietPerSecond * factor, burstPerSecond * factor];
      return { ...shape, quietPerSecond: quiet, burstPerSecond: burst };
    }
    case 'profile': {
      const points = shape.points.map(({ atMs, perSecond }) => ({
        atMs,
        perSecond: perSecond * factor,
      }));
      return { ...shape, points };
    }
    case 'counts':
      return { ...shape, counts: shape.counts.map((count) => count * factor) };
    case 'times':
      return shape;
  }
}

/** Mean rates of what comes from outside, requests a second, by service. */
export function ratesOf(model: Model, scenario: Scenario): ReadonlyMap<string, number> {
  const { value: durationMs } = model.simulation.durationMs;
  return new Map(
    [...trafficOf(model, scenario)].map(([name, { shape }]) => [
      name,
      meanRatePerSecond(shape.value, durationMs),
    ]),
  );
}

/** What must be watched after the faults, as a multiple of the time that they last … */
const WATCHED = 4;
/** … and at least, ms. */
const LEAST_WATCHED_MS = 40_000;

/**
 * The same system run for as long as it takes to see what becomes of it after the faults, and no
 * longer. Where a policy decides when a failure ends, for at least as long as the file says.
 */
export function watchedAfter(model: Model, { faults }: Scenario): Model {
  const fromMs = Math.min(...faults.map(({ atMs }) => atMs.value));
  const toMs = Math.max(...faults.map(faultEndMs));
  const watchedMs = Math.max(LEAST_WATCHED_MS, WATCHED * (toMs - fromMs));
  const endsItself = faults.every((fault) => fault.kind === 'degrade' || 'forMs' in fault);
  const { durationMs } = model.simulation;
  const lengthMs = Math.max(toMs + watchedMs, endsItself ? 0 : durationMs.value);
  return {
    ...model,
    simulation: { ...model.simulation, durationMs: inPlaceOf(durationMs, lengthMs) },
  };
}

/** The least load, as a multiple, at which enough requests come before the faults to compare with. */
export function leastFactor(model: Model, scenario: Scenario): number {
  const { faults } = scenario;
  const fromMs = Math.min(...faults.map(({ atMs }) => atMs.value));
  const fewest = Math.min(...ratesOf(model, scenario).values()) * (fromMs / 1000);
  // Half as many again as are needed, since they come by chance.
  return fewest > 0 ? 150 / fewest : 1;
}
