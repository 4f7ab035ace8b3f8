import type { Model } from '../../model/model.ts';
import type { SourceRange } from '../../model/source.ts';

/** What the closed forms say of an objective. */
export interface Forecast {
  /** What is reached: a share in [0, 1] with `availability`, else ms. */
  readonly value: number;
  readonly isMet: boolean;
  /**
   * How far it is from being met, 0 when it is. All that misses it counts, not the worst alone, so
   * that every step towards it shows.
   */
  readonly shortfall: number;
}

/** A number that only the author of a config knows. */
export interface MissingNumber {
  /** Which one, in words: `'failures.mtbf' of 'db'`. */
  readonly text: string;
  readonly at: SourceRange;
}

/** Holds one objective against models, by closed forms alone. */
export interface Judge {
  forecast(model: Model): Forecast;
  /** How the value of a model comes about, the worst part first. */
  explain(model: Model): readonly string[];
  /** What is not written, and was taken as harmless; or why nothing can be said at all. */
  missing(model: Model): readonly MissingNumber[];
  /** Whether anything is known that could keep the objective from being met. */
  hasEvidence(model: Model): boolean;
}
