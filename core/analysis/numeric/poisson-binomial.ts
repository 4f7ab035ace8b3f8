/**
 * How likely it is that at least k of independent events with unequal probabilities happen, and
 * that fewer do: the Poisson binomial distribution, by adding one event after the other.
 *
 * Takes n · min(k, n−k+1) steps. Nothing is subtracted, so both results have all their digits.
 * Internal: callers have checked k ≥ 0; `yes` and `no` are equally long and add up to 1 in pairs.
 */
export function splitPoissonBinomial(
  k: number,
  yes: readonly number[],
  no: readonly number[],
): { readonly atLeast: number; readonly below: number } {
  const n = yes.length;
  if (k <= 0) return { atLeast: 1, below: 0 };
  if (k > n) return { atLeast: 0, below: 1 };
  // At least k happen, or at least n−k+1 do not: the smaller of the two is less to keep.
  if (k <= n - k + 1) {
    const atLeast = absorb(k, yes, no);
    return { atLeast: atLeast.reached, below: atLeast.missed };
  }
  const below = absorb(n - k + 1, no, yes);
  return { atLeast: below.missed, below: below.reached };
}

/** Counts up to k, where it stays. */
function absorb(k: number, yes: readonly number[], no: readonly number[]) {
  const counts = new Float64Array(k);
  counts[0] = 1;
  let reached = 0;
  for (let event = 0; event < yes.length; event++) {
    const p = yes[event] ?? 0;
    const q = no[event] ?? 1;
    reached += (counts[k - 1] ?? 0) * p;
    for (let i = Math.min(event + 1, k - 1); i > 0; i--) {
      counts[i] = (counts[i] ?? 0) * q + (counts[i - 1] ?? 0) * p;
    }
    counts[0] = (counts[0] ?? 0) * q;
  }
  let missed = 0;
  for (const weight of counts) missed += weight;
  // Thousands of events leave the sum a little off 1.
  const total = reached + missed;
  return { reached: reached / total, missed: missed / total };
}
