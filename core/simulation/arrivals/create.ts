import type { RatePoint, Traffic, TrafficShape } from '../../model/model.ts';
import type { RandomStream } from '../../time/index.ts';
import { type Arrivals, RatedArrivals, TracedArrivals } from './arrivals.ts';
import { BurstCurve } from './bursts.ts';
import {
  CountedCurve,
  ListedCurve,
  type RateCurve,
  type Stretch,
  type Surge,
  SurgingCurve,
} from './rate-curve.ts';

export interface ArrivalParts {
  readonly surges: readonly Surge[];
  readonly endMs: number;
  /** A stream of its own for each purpose. */
  random(purpose: string): RandomStream;
}

export function createArrivals({ arrivals, shape }: Traffic, parts: ArrivalParts): Arrivals {
  const { endMs, random, surges } = parts;
  if (shape.value.kind === 'times') {
    const { repeatAfterMs = Number.POSITIVE_INFINITY, timesMs } = shape.value;
    return new TracedArrivals(timesMs, repeatAfterMs, surges, random('surges'), endMs);
  }
  const usual = createCurve(shape.value, random);
  const curve = surges.length > 0 ? new SurgingCurve(usual, surges) : usual;
  return new RatedArrivals(curve, arrivals.value, random('arrivals'), endMs);
}

function createCurve(
  shape: Exclude<TrafficShape, { kind: 'times' }>,
  random: (purpose: string) => RandomStream,
): RateCurve {
  switch (shape.kind) {
    case 'steady':
      return new ListedCurve([flat(0, Number.POSITIVE_INFINITY, shape.ratePerSecond)]);
    case 'bursts':
      return new BurstCurve(shape, random('bursts'));
    case 'profile':
      return new ListedCurve(linesBetween(shape.points));
    case 'counts': {
      const { bucketMs, counts, repeatAfterMs = Number.POSITIVE_INFINITY } = shape;
      return new CountedCurve(counts, bucketMs, repeatAfterMs);
    }
  }
}

/** A change within less is a jump: the slope would be as good as infinite. */
const SHORTEST_MS = 1e-6;

/** Before the first point and after the last one the rate stays as it is there. */
function linesBetween(points: readonly RatePoint[]): Stretch[] {
  const stretches: Stretch[] = [];
  let before: RatePoint = { atMs: 0, perSecond: points[0]?.perSecond ?? 0 };
  for (const point of points) {
    const lengthMs = point.atMs - before.atMs;
    if (lengthMs > SHORTEST_MS) {
      stretches.push({
        fromMs: before.atMs,
        untilMs: point.atMs,
        perMs: before.perSecond / 1000,
        slope: (point.perSecond - before.perSecond) / 1000 / lengthMs,
      });
    }
    before = point;
  }
  stretches.push(flat(before.atMs, Number.POSITIVE_INFINITY, before.perSecond));
  return stretches;
}

function flat(fromMs: number, untilMs: number, perSecond: number): Stretch {
  return { fromMs, untilMs, perMs: perSecond / 1000, slope: 0 };
}
