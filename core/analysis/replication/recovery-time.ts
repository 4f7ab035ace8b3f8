import { isAmount, isCount } from '../numeric/ranges.ts';

/**
 * How long something dead may go unnoticed: it may have died right after a check that it passed,
 * and the last check has to run into its timeout.
 *
 * interval · threshold + timeout
 *
 * Kubernetes' defaults (10 s, 3, 1 s) give 31 s. For heartbeats, the timeout is how long clients go
 * on with what they have cached.
 *
 * @param intervalMs between checks, 0 or more
 * @param threshold checks in a row that must fail, 1 to 1,000,000
 * @param timeoutMs of one check, 0 or more
 */
export function detectionMs(
  intervalMs: number,
  threshold: number,
  timeoutMs: number,
): number | undefined {
  if (!isAmount(intervalMs) || !isCount(threshold, 1) || !isAmount(timeoutMs)) return undefined;
  return intervalMs * threshold + timeoutMs;
}

/** What has to happen, one after the other, before clients are served again. */
export interface RecoverySteps {
  /** Notice (`detectionMs`), 0 or more. */
  readonly detectMs: number;
  /** Decide, or wait for a person or an election, 0 or more. */
  readonly decideMs: number;
  /** Start or promote what takes over, 0 or more. */
  readonly activateMs: number;
  /** Until it works at full speed, 0 or more. */
  readonly warmUpMs: number;
  /** Until clients stop using the old address (DNS, caches), 0 or more. */
  readonly redirectMs: number;
}

export interface RecoveryTime {
  readonly totalMs: number;
  /** The longest step: where shortening wins most. */
  readonly longest: keyof RecoverySteps;
}

/** The recovery time to expect, to hold against the objective (RTO): the sum of its steps. */
export function recoveryTime(steps: RecoverySteps): RecoveryTime | undefined {
  const { detectMs, decideMs, activateMs, warmUpMs, redirectMs } = steps;
  const all = { detectMs, decideMs, activateMs, warmUpMs, redirectMs };
  let totalMs = 0;
  let longest: keyof RecoverySteps = 'detectMs';
  for (const step of Object.keys(all) as (keyof RecoverySteps)[]) {
    if (!isAmount(all[step])) return undefined;
    totalMs += all[step];
    if (all[step] > all[longest]) longest = step;
  }
  return { totalMs, longest };
}

/**
 * Data that may be lost, as time before the failure, to hold against the objective (RPO): what the
 * replica that survives has not received, or, without one, everything since the last backup.
 *
 * @param lagMs of the replica that survives, 0 or more; `undefined` when none does
 * @param backupIntervalMs 0 or more
 */
export function dataLossMs(
  lagMs: number | undefined,
  backupIntervalMs: number,
): number | undefined {
  const lossMs = lagMs ?? backupIntervalMs;
  return isAmount(lossMs) ? lossMs : undefined;
}
