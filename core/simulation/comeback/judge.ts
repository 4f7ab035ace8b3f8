import type { Disturbance } from './disturbances.ts';
import type { Goodput } from './goodput.ts';
import {
  type Course,
  courseOf,
  isDown,
  isRising,
  isShort,
  pool,
  type Stretch,
  type UsualGoodput,
  usualOf,
} from './stretch.ts';

/**
 * - `recovers`: goodput is as before within the time that the disturbance lasted, or ten seconds
 *   where that is longer: as fast as a backlog drains when there is about as much spare capacity as
 *   there was too little.
 * - `recovers-slowly`: it takes longer.
 * - `stuck`: nothing is wrong any more, but goodput is down and does not rise.
 * - `unclear`: the run cannot tell; `reason` says why.
 */
export type ComebackVerdict = (typeof COMEBACK_VERDICTS)[number];
/** From the best to the worst; what cannot be told is worse than what is known to be well. */
export const COMEBACK_VERDICTS = ['recovers', 'recovers-slowly', 'unclear', 'stuck'] as const;

/**
 * - `not-over`: something was wrong until the run ended.
 * - `too-short`: the run ended, or the next thing went wrong, too soon afterwards.
 * - `rising`: goodput was down but on its way up.
 * - `falling`: goodput was on its way down before the first fault, as under a load that is too much.
 * - `little-traffic`: before the first fault too few requests came to know what is usual.
 */
export type UnclearReason = 'not-over' | 'too-short' | 'rising' | 'falling' | 'little-traffic';

/** What became of the goodput of one service after one disturbance. */
export interface Comeback {
  readonly service: string;
  readonly cause: number;
  readonly verdict: ComebackVerdict;
  /** Full answers for each request before the first disturbance; absent where that is not known. */
  readonly usualRatio?: number;
  /** Only with `unclear`. */
  readonly reason?: UnclearReason;
  /** From the end of the disturbance until goodput was as before; only when it came back. */
  readonly backMs?: number;
  /** From the end of the disturbance until the run ended or the next thing went wrong. */
  readonly observedMs: number;
  /** Goodput in the later half of that time as a share of the usual one; 0 where it was not seen. */
  readonly goodputRatio: number;
}

/** Recovery within this time is not slow, however short the fault was. */
const SWIFT_MS = 10_000;
/** Goodput that is down is stuck when it was watched for this many times as long as is not slow. */
const PATIENCE = 3;
/** Goodput is back when this many stretches in a row are as usual, and so is what follows. */
const WELL_IN_A_ROW = 3;

/**
 * Judges each disturbance for each entry service against the goodput before the first of them.
 *
 * @returns for each service and cause the worst that was seen. A disturbance is left out that was
 * followed by the next one of the same cause before anything could be told.
 */
export function judgeComebacks(
  goodputs: ReadonlyMap<string, Goodput>,
  disturbances: readonly Disturbance[],
  endMs: number,
): Comeback[] {
  const firstMs = disturbances[0]?.fromMs;
  if (firstMs === undefined) return [];
  return [...goodputs].flatMap(([service, goodput]) => {
    const course = courseOf(goodput, endMs);
    const before = course.stretches.slice(0, Math.floor(firstMs / course.stretchMs));
    const usual = usualOf(before);
    const isFalling = usual !== undefined && isFallingIn(before, usual);
    const worst = new Map<number, Comeback>();
    for (const [index, disturbance] of disturbances.entries()) {
      const { cause } = disturbance;
      const judged = judge(course, usual, disturbance);
      const comeback: Comeback = {
        service,
        cause,
        ...(usual && { usualRatio: usual.share }),
        ...(isFalling ? withdrawn(judged) : judged),
      };
      const goesOn = disturbances[index + 1]?.cause === cause;
      if (comeback.reason === 'too-short' && goesOn) continue;
      const other = worst.get(cause);
      if (!other || isWorse(comeback, other)) worst.set(cause, comeback);
    }
    return [...worst.values()];
  });
}

function isWorse(one: Comeback, other: Comeback): boolean {
  const rank = COMEBACK_VERDICTS.indexOf(one.verdict) - COMEBACK_VERDICTS.indexOf(other.verdict);
  return rank !== 0 ? rank > 0 : (one.backMs ?? 0) > (other.backMs ?? 0);
}

/** Whether less and less is answered although nothing is wrong yet. */
function isFallingIn(before: readonly Stretch[], usual: UsualGoodput): boolean {
  const half = before.length >> 1;
  return isRising(pool(before.slice(half)), pool(before.slice(0, half)), usual);
}

/** What is down is not said to be stuck where it may have gone down without the fault. */
function withdrawn(judged: Judged): Judged {
  return judged.verdict === 'stuck' ? { ...judged, verdict: 'unclear', reason: 'falling' } : judged;
}

type Judged = Omit<Comeback, 'service' | 'cause' | 'usualRatio'>;

function judge(
  course: Course,
  usual: UsualGoodput | undefined,
  { fromMs, nextMs, toMs }: Disturbance,
): Judged {
  if (toMs === Number.POSITIVE_INFINITY) {
    return { verdict: 'unclear', reason: 'not-over', observedMs: 0, goodputRatio: 0 };
  }
  const observedMs = nextMs - toMs;
  const { stretches, stretchMs } = course;
  const start = Math.ceil(toMs / stretchMs);
  const after = stretches.slice(start, Math.max(start, Math.floor(nextMs / stretchMs)));
  if (!usual) return { verdict: 'unclear', reason: 'little-traffic', observedMs, goodputRatio: 0 };
  const half = after.length >> 1;
  const later = pool(after.slice(half));
  const goodputRatio = later.arrived > 0 ? later.answered / (later.arrived * usual.share) : 0;
  const seen = { observedMs, goodputRatio };
  const swiftMs = Math.max(SWIFT_MS, toMs - fromMs);
  const back = findBack(after, usual);
  if (back !== undefined) {
    // What is well in the first whole stretch was never seen down.
    const backMs = back === 0 ? 0 : (start + back) * stretchMs - toMs;
    return { verdict: backMs <= swiftMs ? 'recovers' : 'recovers-slowly', backMs, ...seen };
  }
  if (observedMs < PATIENCE * swiftMs || half === 0) {
    return { verdict: 'unclear', reason: 'too-short', ...seen };
  }
  if (isRising(pool(after.slice(0, half)), later, usual)) {
    return { verdict: 'unclear', reason: 'rising', ...seen };
  }
  return { verdict: 'stuck', ...seen };
}

/** The first stretch from which on goodput stays as usual. */
function findBack(after: readonly Stretch[], usual: UsualGoodput): number | undefined {
  for (let from = 0; from + WELL_IN_A_ROW <= after.length; from++) {
    if (isWellFrom(after, from, usual)) return from;
  }
  return undefined;
}

/** A short time shows only what is far down, a long one also what is a little: so all are looked at. */
function isWellFrom(after: readonly Stretch[], from: number, usual: UsualGoodput): boolean {
  for (let to = from + 1; to <= from + WELL_IN_A_ROW; to++) {
    if (isDown(after[to - 1] as Stretch, usual)) return false;
  }
  for (let length = 2; from + length < after.length; length *= 2) {
    if (isDown(pool(after.slice(from, from + length)), usual)) return false;
  }
  return !isShort(pool(after.slice(from)), usual);
}
