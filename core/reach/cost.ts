/**
 * What changes cost, relative to one another: what is cheapest is proposed first, and among equals
 * the fewest edits, then the smallest ones. These are no amounts of money. They order what teams
 * would try: another number in a policy before other machines, and those before more machines.
 */
export const COSTS = {
  /** A number of a policy: attempts, budget, size, timeout, open time, heartbeats. */
  number: 1,
  /** The minimum of a group: alarms and levels follow it, so more than one team has to agree. */
  minimum: 2,
  /** For each member that moves to another zone. */
  zone: 3,
  /** Standbys that run all the time. */
  hotStandby: 4,
  /** Writes that wait for other copies. */
  synchronousCopies: 4,
  /** For each new member: a machine, for good. */
  member: 10,
} as const;
