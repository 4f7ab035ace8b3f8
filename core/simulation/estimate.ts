/** A mean over replications with the half-width of its 95 % confidence interval (Student's t). */
export interface Estimate {
  readonly mean: number;
  /** `null` with fewer than two replications: one run says nothing about its own spread. */
  readonly halfWidth: number | null;
}

/** Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom (standard table). */
const T_95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145,
  2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048,
  2.045, 2.042,
];
const NORMAL_95 = 1.959963984540054;

/**
 * The factor of a 95 % interval. Beyond the table: the first two terms of the Cornish-Fisher
 * expansion around the normal quantile, right to four digits from 31 degrees on.
 */
export function studentT95(degrees: number): number {
  const tabulated = T_95[degrees - 1];
  if (tabulated !== undefined) return tabulated;
  const z = NORMAL_95;
  return (
    z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2)
  );
}

/**
 * Mean over replications with its 95 % interval. Replications are independent; their means are
 * taken as normal, which holds well for the averages over many requests that are put in here.
 */
export function estimate(values: readonly number[]): Estimate {
  const n = values.length;
  if (n === 0) return { mean: 0, halfWidth: null };
  // Equal values must give exactly that value, not one off by rounding of their sum.
  const first = values[0] as number;
  let sum = 0;
  for (const value of values) sum += value - first;
  const mean = first + sum / n;
  if (n === 1) return { mean, halfWidth: null };
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, halfWidth: studentT95(n - 1) * Math.sqrt(squares / (n - 1) / n) };
}

/**
 * Wilson's 95 % interval of a probability of which `successes` in `trials` were seen. Unlike the
 * spread over replications it does not shrink to nothing when all of a few trials went well.
 */
export function wilson95(successes: number, trials: number): { lower: number; upper: number } {
  if (trials <= 0) return { lower: 0, upper: 1 };
  const share = successes / trials;
  const z2 = NORMAL_95 ** 2;
  const middle = share + z2 / (2 * trials);
  const reach = NORMAL_95 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials ** 2));
  const scale = 1 + z2 / trials;
  return {
    lower: Math.max(0, (middle - reach) / scale),
    upper: Math.min(1, (middle + reach) / scale),
  };
}
