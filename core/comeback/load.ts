import type { Model, Scenario } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { faultEndMs } from '../simulation/faults.ts';

/** A value in place of another, for a trial that nobody writes down. */
export function inPlaceOf<T>({ source }: Sourced<unknown>, value: T): Sourced<T> {
  return { value, source };
}

/** The same system with so many times the traffic from outside. */
export function withLoad(model: Model, factor: number): Model {
  const services = [...model.services].map(([name, service]) => {
    const { ratePerSecond: rate } = service;
    return [
      name,
      rate ? { ...service, ratePerSecond: inPlaceOf(rate, rate.value * factor) } : service,
    ] as const;
  });
  return { ...model, services: new Map(services) };
}

/** Requests a second that come from outside. */
export function loadOf(model: Model): number {
  return [...model.services.values()].reduce(
    (sum, { ratePerSecond }) => sum + (ratePerSecond?.value ?? 0),
    0,
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
export function leastFactor(model: Model, { faults }: Scenario): number {
  const fromMs = Math.min(...faults.map(({ atMs }) => atMs.value));
  const rates = [...model.services.values()].flatMap(({ ratePerSecond }) =>
    ratePerSecond ? ratePerSecond.value : [],
  );
  const fewest = Math.min(...rates) * (fromMs / 1000);
  // Half as many again as are needed, since they come by chance.
  return fewest > 0 ? 150 / fewest : 1;
}
