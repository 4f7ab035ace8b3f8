import type { Traffic, TrafficShape } from '../../model/model.ts';
import type { Disturbance } from './disturbances.ts';

/** A rise in load that is over again, where nothing else is wrong. */
export const RISE_IN_LOAD = -2;

/** What is less above the load at the start is no rise that anything would have to come back from. */
const LEAST_RISE = 1.2;

/**
 * The stretches in which the profile of some service is well above the load that it began with and to
 * which it comes back: what goes down then may stay down, although nothing else went wrong.
 */
export function risesIn(traffic: Iterable<Traffic>, endMs: number): Disturbance[] {
  const spans = [...traffic]
    .flatMap(({ shape }) => risesOf(shape.value))
    // What is usual must have been seen before.
    .filter(({ fromMs, toMs }) => fromMs > 0 && toMs < endMs)
    .sort((a, b) => a.fromMs - b.fromMs);
  const apart: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of spans) {
    const last = apart.at(-1);
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else apart.push({ fromMs, toMs });
  }
  return apart.map((span, index) => ({
    cause: RISE_IN_LOAD,
    ...span,
    nextMs: apart[index + 1]?.fromMs ?? endMs,
  }));
}

function risesOf(shape: TrafficShape): { fromMs: number; toMs: number }[] {
  if (shape.kind !== 'profile') return [];
  const base = shape.points[0]?.perSecond ?? 0;
  if (base === 0) return [];
  const rises: { fromMs: number; toMs: number }[] = [];
  let fromMs: number | undefined;
  let peak = 0;
  for (const [index, { atMs, perSecond }] of shape.points.entries()) {
    const before = shape.points[index - 1] ?? { atMs: 0, perSecond: base };
    if (perSecond > base) {
      fromMs ??= before.atMs;
      peak = Math.max(peak, perSecond);
    } else if (fromMs !== undefined) {
      const share = (before.perSecond - base) / (before.perSecond - perSecond);
      const toMs = before.atMs + share * (atMs - before.atMs);
      if (peak >= LEAST_RISE * base) rises.push({ fromMs, toMs });
      fromMs = undefined;
      peak = 0;
    }
  }
  return rises;
}
