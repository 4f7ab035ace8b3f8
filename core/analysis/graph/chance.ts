import { splitPoissonBinomial } from '../numeric/poisson-binomial.ts';

/** Probabilities that something works and that it does not, each with all its digits. */
export interface Chance {
  readonly yes: number;
  readonly no: number;
}

export const CERTAIN: Chance = { yes: 1, no: 0 };

/** Both of two independent things. The opposite is summed by itself, so that it keeps its digits. */
export function both(a: Chance, b: Chance): Chance {
  return { yes: a.yes * b.yes, no: Math.min(1, a.no + a.yes * b.no) };
}

/** At least so many of independent things. */
export function atLeastOf(asked: number, chances: readonly Chance[]): Chance {
  const { atLeast, below } = splitPoissonBinomial(
    asked,
    chances.map(({ yes }) => yes),
    chances.map(({ no }) => no),
  );
  return { yes: atLeast, no: below };
}
