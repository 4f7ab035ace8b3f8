import { isAmount, isCount, isPositive } from '../numeric/ranges.ts';

/**
 * Load of the rest when some of equal domains (zones, members) are lost and the others take over
 * their share.
 *
 * utilisation · domains / (domains − lost)
 *
 * @param utilisation of each domain before, 0 or more; 1 is full
 * @param domains 1 to 1,000,000
 * @param lost 0 to one less than `domains`
 */
export function utilisationAfterLoss(
  utilisation: number,
  domains: number,
  lost: number,
): number | undefined {
  if (!isAmount(utilisation) || !isCount(domains, 1) || !isCount(lost, 0, domains - 1)) {
    return undefined;
  }
  return (utilisation * domains) / (domains - lost);
}

/**
 * The highest load of equal domains with which the rest is not overloaded when some are lost.
 *
 * (domains − lost) / domains
 *
 * @param domains 1 to 1,000,000
 * @param lost 0 to `domains`
 * @returns in [0, 1]
 */
export function safeUtilisation(domains: number, lost: number): number | undefined {
  if (!isCount(domains, 1) || !isCount(lost, 0, domains)) return undefined;
  return (domains - lost) / domains;
}

/**
 * Members that carry a peak even when some of them are lost ("N+2" with two spares).
 *
 * ⌈peak / capacity⌉ + spares
 *
 * Source: Google, "Non-abstract large system design".
 *
 * @param peakPerSecond 0 or more
 * @param capacityPerSecond of one member, more than 0
 * @param spares 0 to 1,000,000
 * @returns not limited to 1,000,000
 */
export function membersForPeak(
  peakPerSecond: number,
  capacityPerSecond: number,
  spares: number,
): number | undefined {
  if (!isAmount(peakPerSecond) || !isPositive(capacityPerSecond) || !isCount(spares)) {
    return undefined;
  }
  // A little is taken off before rounding up, for 0.3 / 0.1 is not quite 3.
  return Math.ceil((peakPerSecond / capacityPerSecond) * (1 - 4 * Number.EPSILON)) + spares;
}
