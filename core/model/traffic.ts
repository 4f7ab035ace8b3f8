import type { Model, Scenario, Traffic, TrafficShape } from './model.ts';

/** Mean rate of arrivals over the first `durationMs`, requests a second. */
export function meanRatePerSecond(shape: TrafficShape, durationMs: number): number {
  switch (shape.kind) {
    case 'steady':
      return shape.ratePerSecond;
    case 'bursts': {
      const { burstMs, burstPerSecond, quietMs, quietPerSecond } = shape;
      return (burstMs * burstPerSecond + quietMs * quietPerSecond) / (burstMs + quietMs);
    }
    case 'profile':
      return meanOfProfile(shape, durationMs);
    case 'counts': {
      const { bucketMs, counts } = shape;
      const within = (ms: number) =>
        counts.reduce(
          (sum, count, index) =>
            sum + count * Math.min(1, Math.max(0, (ms - index * bucketMs) / bucketMs)),
          0,
        );
      return (1000 * repeated(shape, durationMs, within)) / durationMs;
    }
    case 'times': {
      const within = (ms: number) => shape.timesMs.filter((time) => time < ms).length;
      return (1000 * repeated(shape, durationMs, within)) / durationMs;
    }
  }
}

/** ∫ rate dt ÷ T, of straight lines between points. */
function meanOfProfile({ points }: TrafficShape & { kind: 'profile' }, durationMs: number): number {
  let area = 0;
  let [fromMs, from] = [0, points[0]?.perSecond ?? 0];
  for (const { atMs, perSecond } of [
    ...points,
    { atMs: Infinity, perSecond: points.at(-1)?.perSecond ?? 0 },
  ]) {
    const toMs = Math.min(atMs, durationMs);
    if (toMs > fromMs) {
      const to =
        atMs > durationMs
          ? from + ((perSecond - from) * (toMs - fromMs)) / (atMs - fromMs)
          : perSecond;
      area += ((from + to) / 2) * (toMs - fromMs);
    }
    [fromMs, from] = [atMs, perSecond];
  }
  return durationMs > 0 ? area / durationMs : 0;
}

/** How many arrive in the first `durationMs`, of a trace of which `within(ms)` arrive in its first ms. */
function repeated(
  { repeatAfterMs }: { readonly repeatAfterMs?: number },
  durationMs: number,
  within: (ms: number) => number,
): number {
  if (repeatAfterMs === undefined) return within(durationMs);
  const times = Math.floor(durationMs / repeatAfterMs);
  return times * within(repeatAfterMs) + within(durationMs - times * repeatAfterMs);
}

/** What arrives where in a scenario, or without one: only services at which something may. */
export function trafficOf(
  model: Model,
  scenario: Scenario | undefined,
): ReadonlyMap<string, Traffic> {
  const traffic = new Map<string, Traffic>();
  for (const [name, service] of model.services) {
    if (service.traffic) traffic.set(name, service.traffic);
  }
  for (const own of scenario?.traffic ?? []) traffic.set(own.service.value, own.traffic);
  return traffic;
}
