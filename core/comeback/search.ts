import type { Trial } from './trial.ts';

/** Where the answer changes: between two loads that were tried. */
export interface Limits {
  /** The largest load tried from which the system comes back; absent when it never did. */
  readonly comesBack?: Trial;
  /** The smallest load above that at which it does not, stuck or overloaded; absent with none. */
  readonly gives?: Trial;
  /** Every load that was tried, in order of load. */
  readonly trials: readonly Trial[];
}

export interface SearchOptions {
  /** Below, too few requests come to tell anything. */
  readonly least: number;
  readonly most: number;
  /** How near the two loads must be, as a ratio above 1. */
  readonly precision: number;
}

/** From one load to the next while the two sides of the limit are looked for. */
const STEP = 1.5;

/**
 * Looks for the load above which a system does not come back: in steps away from the load of the
 * file, then by halving, which takes the answers to be ordered by load.
 *
 * @param tryLoad what becomes of the system under a multiple of the load; undefined when it cannot
 * be simulated
 */
export function searchLimit(
  first: Trial,
  tryLoad: (factor: number) => Trial | undefined,
  { least, most, precision }: SearchOptions,
): Limits {
  const trials = [first];
  const attempt = (factor: number): Trial | undefined => {
    const trial = tryLoad(factor);
    if (trial) trials.push(trial);
    return trial;
  };
  let low = isBack(first) ? first : undefined;
  let high = gives(first) ? first : undefined;
  for (let factor = first.factor / STEP; !low && factor >= least; factor /= STEP) {
    const trial = attempt(factor);
    if (trial && isBack(trial)) low = trial;
    else if (trial && gives(trial)) high = trial;
  }
  for (let factor = first.factor * STEP; !high && low && factor <= most; factor *= STEP) {
    const trial = attempt(factor);
    if (!trial) break;
    if (gives(trial)) high = trial;
    else if (isBack(trial)) low = trial;
  }
  while (low && high && high.factor / low.factor > precision) {
    const trial = attempt(Math.sqrt(low.factor * high.factor));
    // What cannot be told is left between the two.
    if (!trial || !(isBack(trial) || gives(trial))) break;
    if (isBack(trial)) low = trial;
    else high = trial;
  }
  trials.sort((a, b) => a.factor - b.factor);
  return { ...(low && { comesBack: low }), ...(high && { gives: high }), trials };
}

function isBack({ outcome }: Trial): boolean {
  return outcome === 'comes-back';
}

function gives({ outcome }: Trial): boolean {
  return outcome === 'stuck' || outcome === 'overloaded';
}
