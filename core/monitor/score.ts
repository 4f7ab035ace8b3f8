/** The most points that each part of the score can give; together 100. */
export const SCORE_POINTS = {
  availability: 40,
  recovery: 30,
  frequency: 20,
  diversity: 10,
} as const;

export interface ScoreInput {
  /** Of the system, in [0, 100]. */
  readonly availabilityPercent: number;
  /** Mean time to recovery; 0 when nothing had to recover. */
  readonly mttrMinutes: number;
  /** Mean time between failures; infinite with fewer than two failures. */
  readonly mtbfHours: number;
  readonly failedComponents: number;
  readonly knownComponents: number;
}

/** The fault-tolerance score and the four parts that add up to it. */
export interface Score {
  /** In [0, 100]. */
  readonly total: number;
  // Each from 0 to its `SCORE_POINTS`.
  readonly availability: number;
  readonly recovery: number;
  readonly frequency: number;
  readonly diversity: number;
}

/**
 * Faultline's fault-tolerance score: availability counts 40 %; recovery loses a point of 30 for
 * every ten minutes of mean time to recovery; frequency gains a point, up to 20, for every ten
 * hours of mean time between failures; diversity is 10 times the share of the known components
 * that never failed. What did not happen has full marks.
 *
 * A way to follow one system over time. It does not compare systems: a component that fails once in
 * 200 hours has full marks for frequency.
 */
export function faultToleranceScore(input: ScoreInput): Score {
  const { availabilityPercent, mttrMinutes, mtbfHours, failedComponents, knownComponents } = input;
  const most = SCORE_POINTS;
  const availability = (most.availability / 100) * availabilityPercent;
  const recovery = Math.max(0, most.recovery - mttrMinutes / 10);
  const frequency = Math.min(most.frequency, mtbfHours / 10);
  const sound = knownComponents === 0 ? 1 : 1 - failedComponents / knownComponents;
  const diversity = most.diversity * sound;
  const total = availability + recovery + frequency + diversity;
  return { total, availability, recovery, frequency, diversity };
}
