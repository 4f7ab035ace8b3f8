import type { Group, Model } from '../model/model.ts';
import { faultToleranceLevel } from '../patterns/index.ts';
import { estimate } from '../simulation/estimate.ts';
import type { GroupSummary, ReplicationSummary } from '../simulation/replication.ts';
import type { Placer } from './build-place.ts';
import type { DetectionResult, GroupResult } from './report.ts';

/** Availability is the mean over the replications, counts are of the first, the rest the worst. */
export function buildGroups(
  model: Model,
  replications: readonly ReplicationSummary[],
  place: Placer,
): GroupResult[] {
  return [...model.groups.values()].flatMap((group) => {
    const runs = replications.flatMap(({ groups }) => groups.get(group.name) ?? []);
    const [first] = runs;
    return first ? buildGroup(group, first, runs, place) : [];
  });
}

function buildGroup(
  group: Group,
  first: GroupSummary,
  runs: readonly GroupSummary[],
  place: Placer,
): GroupResult {
  const { componentType, members, minHealthy, name, nameAt } = group;
  const over = (value: (run: GroupSummary) => number) => runs.map(value);
  const peaks = runs.flatMap(({ peakLoad }) => (peakLoad === null ? [] : [peakLoad]));
  return {
    name,
    componentType: componentType.value,
    place: place(nameAt),
    level: faultToleranceLevel(members.length, minHealthy.value),
    minHealthy: minHealthy.value,
    members: members.length,
    lowestServing: Math.min(...over(({ lowestServing }) => lowestServing)),
    availability: estimate(over(({ availability }) => availability)).mean,
    promotions: first.promotions,
    longestOutageMs: Math.max(...over(({ longestOutageMs }) => longestOutageMs)),
    peakLoad: peaks.length === 0 ? null : Math.max(...peaks),
    lostWritesMs: Math.max(...over(({ lostWritesMs }) => lostWritesMs)),
    lostWrites: Math.max(...over(({ lostWrites }) => lostWrites)),
    mistakes: first.detected.mistakes,
    detection: group.detection ? buildDetection(first, runs) : null,
    failover: first.failover ? { ...first.failover } : null,
  };
}

function buildDetection(first: GroupSummary, runs: readonly GroupSummary[]): DetectionResult {
  const { found, refused, unnoticed, weakenings } = first.detected;
  const slowestMs = Math.max(...runs.map(({ detected }) => detected.slowestMs));
  return { found, slowestMs, unnoticed, weakenings, refused };
}
