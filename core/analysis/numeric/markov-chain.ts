/** Numbers of whatever the states of a system are told apart by, such as how many have failed. */
export type ChainState = readonly number[];

/** Tells every way out of a state: where it leads, and how often it is taken for each unit of time. */
export type ChainSteps = (
  state: ChainState,
  leads: (to: ChainState, ratePerMs: number) => void,
) => void;

/** A Markov chain in continuous time: its states, numbered, and the rates between them. */
export interface MarkovChain {
  readonly states: readonly ChainState[];
  /** From each state: pairs of another state's number and the rate, both in one list. */
  readonly steps: readonly (readonly number[])[];
}

/**
 * Finds all states that a chain can come to.
 *
 * @param mostStates chains with more are given up
 * @returns `undefined` for a chain with more states
 */
export function exploreChain(
  start: ChainState,
  stepsFrom: ChainSteps,
  mostStates: number,
): MarkovChain | undefined {
  const numbers = new Map([[start.join(), 0]]);
  const states = [start];
  const steps: number[][] = [];
  // Grows while it is walked.
  for (const state of states) {
    const found: number[] = [];
    stepsFrom(state, (to, ratePerMs) => {
      if (!(ratePerMs > 0)) return;
      const key = to.join();
      let number = numbers.get(key);
      if (number === undefined) {
        number = states.length;
        numbers.set(key, number);
        states.push(to);
      }
      found.push(number, ratePerMs);
    });
    steps.push(found);
    if (states.length > mostStates) return undefined;
  }
  return { states, steps };
}

/**
 * The share of time that a chain spends in each of its states in the long run.
 *
 * State after state is taken out and the time spent there shared among those it came from, without
 * a single subtraction (the algorithm of Grassmann, Taksar and Heyman): shares of 10⁻¹⁵ come out with
 * as many digits as large ones. The work grows with the cube of the number of states.
 *
 * Source: W. K. Grassmann, M. I. Taksar, D. P. Heyman, "Regenerative Analysis and Steady State
 * Distributions for Markov Chains" (Operations Research 33, 1985).
 *
 * @returns `undefined` where some state leads nowhere, or never back to the first
 */
export function stationaryShares({ steps }: MarkovChain): Float64Array | undefined {
  const count = steps.length;
  const rates = new Float64Array(count * count);
  for (const [from, leads] of steps.entries()) {
    for (let i = 0; i < leads.length; i += 2) {
      const to = leads[i] ?? 0;
      if (to === from) continue;
      const place = from * count + to;
      rates[place] = (rates[place] ?? 0) + (leads[i + 1] ?? 0);
    }
  }
  for (let last = count - 1; last > 0; last--) {
    const row = last * count;
    let out = 0;
    for (let to = 0; to < last; to++) out += rates[row + to] ?? 0;
    if (!(out > 0)) return undefined;
    for (let from = 0; from < last; from++) {
      const start = from * count;
      const into = (rates[start + last] ?? 0) / out;
      rates[start + last] = into;
      if (into === 0) continue;
      for (let to = 0; to < last; to++) {
        rates[start + to] = (rates[start + to] ?? 0) + into * (rates[row + to] ?? 0);
      }
    }
  }
  const shares = new Float64Array(count);
  shares[0] = 1;
  let total = 1;
  for (let state = 1; state < count; state++) {
    let share = 0;
    for (let from = 0; from < state; from++) {
      share += (shares[from] ?? 0) * (rates[from * count + state] ?? 0);
    }
    shares[state] = share;
    total += share;
  }
  return shares.map((share) => share / total);
}
