let lastPermit = 0;

/**
 * A number that no permit has had yet. Unique among all breakers of the process, so that a permit
 * of another one, or of the one that this one replaced, fits nothing here.
 */
export function nextPermit(): number {
  lastPermit += 1;
  return lastPermit;
}
