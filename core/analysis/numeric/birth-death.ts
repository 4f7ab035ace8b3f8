/** How the stationary distribution of a birth–death chain splits at one of its states. */
export interface Split {
  /** P(X < k). */
  readonly below: number;
  /** P(X = k). */
  readonly at: number;
  /** P(X ≥ k). */
  readonly atLeast: number;
  /** E[(X − k)⁺]: by how much the state is above k, on average over all time. */
  readonly excess: number;
}

/** What is smaller than this, relative to a sum of at most two million terms, cannot be seen in it. */
const NEGLIGIBLE = 1e-30;

/**
 * Splits the stationary distribution of a birth–death chain on the states 0 … last.
 *
 * p(i+1) = p(i) · ratio(i), Σ p(i) = 1
 *
 * Groups with repair, pools, queues, and the binomial and Poisson distributions are all such
 * chains. The terms are summed from the likeliest state outwards, so nothing overflows, nothing is
 * subtracted, and each result has all its digits however small it is. No gamma function is needed.
 *
 * Takes as many steps as there are states that matter: some multiple of the standard deviation.
 *
 * @param k state to split at, 0 or more
 * @param last highest state, 0 or more
 * @param ratio birth rate of state i divided by the death rate of state i+1, for 0 ≤ i < last;
 * must not grow with i, and may be infinite
 */
export function splitBirthDeath(k: number, last: number, ratio: (i: number) => number): Split {
  const mode = likeliest(last, ratio);
  let below = mode < k ? 1 : 0;
  let at = mode === k ? 1 : 0;
  let atLeast = mode < k ? 0 : 1;
  let excess = mode < k ? 0 : mode - k;
  let weight = 1;
  for (let i = mode + 1; i <= last; i++) {
    weight *= ratio(i - 1);
    if (i < k) below += weight;
    else {
      if (i === k) at = weight;
      atLeast += weight;
      excess += (i - k) * weight;
    }
    if (weight === 0 || (i >= k && weight < NEGLIGIBLE * atLeast)) break;
  }
  weight = 1;
  for (let i = mode - 1; i >= 0; i--) {
    weight /= ratio(i);
    if (i < k) below += weight;
    else {
      if (i === k) at = weight;
      atLeast += weight;
      excess += (i - k) * weight;
    }
    if (weight === 0 || (i < k && weight < NEGLIGIBLE * below)) break;
  }
  const total = below + atLeast;
  return {
    below: below / total,
    at: at / total,
    atLeast: atLeast / total,
    excess: excess / total,
  };
}

/** The first state from which the weights no longer rise. */
function likeliest(last: number, ratio: (i: number) => number): number {
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (ratio(middle) > 1) low = middle + 1;
    else high = middle;
  }
  return low;
}
