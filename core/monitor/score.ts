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
  /** In [0, 40]. */
  readonly availability: number;
  /** In [0, 30]. */
  readonly recovery: number;
  /** In [0, 20]. */
  readonly frequency: number;
  /** In [0, 10]. */
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
  const availability = 0.4 * availabilityPercent;
  const recovery = Math.max(0, 30 - mttrMinutes / 10);
  const frequency = Math.min(20, mtbfHours / 10);
  const diversity = knownComponents === 0 ? 10 : 10 * (1 - failedComponents / knownComponents);
  const total = availability + recovery + frequency + diversity;
  return { total, availability, recovery, frequency, diversity };
}
