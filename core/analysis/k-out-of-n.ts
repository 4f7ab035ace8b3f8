/**
 * Availability of a group that works while at least `needed` of its `members` do.
 *
 * A = Σ_{i=needed}^{members} C(members, i) aⁱ (1−a)^{members−i}
 *
 * Assumes that members fail and are repaired independently and that a standby takes over at once.
 *
 * @param needed members that must be up, 0 ≤ needed ≤ members
 * @param availability share of time that one member is up, in [0, 1]
 * @returns share of time that the group is up, in [0, 1]
 */
export function kOutOfN(needed: number, members: number, availability: number): number {
  // The lower tail, always: where results are close to 1 it is the smaller one and keeps their digits.
  let down = 0;
  for (let up = 0; up < needed; up++) {
    down += binomial(members, up) * availability ** up * (1 - availability) ** (members - up);
  }
  return 1 - down;
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return result;
}
