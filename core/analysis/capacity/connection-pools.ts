import { isCount, isRatio } from '../numeric/ranges.ts';

/**
 * The largest pool for each caller with which all callers together leave some of a server's
 * connections free.
 *
 * ⌊limit · (1 − reserve) / callers⌋
 *
 * @param limit connections that the server accepts, 0 to 1,000,000
 * @param callers processes with a pool each, when there are most of them, 1 to 1,000,000
 * @param reserve share of the connections to leave free, in [0, 1]
 */
export function poolForEachCaller(
  limit: number,
  callers: number,
  reserve: number,
): number | undefined {
  if (!isCount(limit) || !isCount(callers, 1) || !isRatio(reserve)) return undefined;
  return Math.floor(((limit * (1 - reserve)) / callers) * (1 + 4 * Number.EPSILON));
}

/**
 * The smallest pool with which tasks that each take several connections, one after another, cannot
 * wait for one another for ever.
 *
 * tasks · (each − 1) + 1
 *
 * With one less, every task could hold all but its last one. Source: HikariCP, "About Pool Sizing".
 *
 * @param tasks that run at once, 1 to 1,000,000
 * @param each connections that one task holds at once, 1 to 1,000,000
 */
export function deadlockFreePoolSize(tasks: number, each: number): number | undefined {
  if (!isCount(tasks, 1) || !isCount(each, 1)) return undefined;
  return tasks * (each - 1) + 1;
}

/**
 * Connections that keep a database of its own machine busy; more only wait for one another.
 *
 * 2 · cores + spindles
 *
 * A starting point for measurements, not a law. Source: PostgreSQL wiki, through HikariCP's "About
 * Pool Sizing".
 *
 * @param cores 1 to 1,000,000
 * @param spindles disks that work at the same time, 0 to 1,000,000
 */
export function usefulConnections(cores: number, spindles: number): number | undefined {
  return isCount(cores, 1) && isCount(spindles) ? 2 * cores + spindles : undefined;
}
