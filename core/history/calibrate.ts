import { type ObservedMean, observedMean, observedMtbf } from '../analysis/index.ts';
import type { Change } from '../model/fix.ts';
import type { Group, Model } from '../model/model.ts';
import { type FaultToleranceMonitor, type Interval, within } from '../monitor/index.ts';
import { recoveryTimes } from '../rules/facts/recovery.ts';
import { formatRoughly } from '../time/index.ts';

/** How often the members of a group failed, and for how long, beside what the file says. */
export interface GroupCalibration {
  readonly group: string;
  readonly failures: number;
  /** Recoveries that were seen from the failure on. */
  readonly recoveries: number;
  /** Time between failures of one member, as seen; absent where none was ever up. */
  readonly mtbf?: ObservedMean;
  /** Time that a member was down, as seen; absent without recoveries. */
  readonly downtime?: ObservedMean;
  readonly writtenMtbfMs: number | undefined;
  /** Mean time of the recoveries that the file describes; absent where none ever works. */
  readonly writtenDowntimeMs: number | undefined;
  /** What makes the file say what was seen; none where nothing was. */
  readonly changes: readonly Change[];
}

/**
 * What the file should say of failures and recoveries, by what really happened. Members of a group
 * are taken as alike, times as exponential, and a member as up when nothing says otherwise.
 *
 * @param watched when everything that happened to the members was recorded
 */
export function calibrate(
  { groups }: Model,
  monitor: FaultToleranceMonitor,
  watched: Interval,
): readonly GroupCalibration[] {
  return [...groups.values()]
    .filter(({ members }) => members.length > 0)
    .map((group) => calibrateGroup(group, monitor, watched));
}

function calibrateGroup(
  group: Group,
  monitor: FaultToleranceMonitor,
  watched: Interval,
): GroupCalibration {
  const seen = group.members.flatMap(({ name }) => within(monitor.outages(name), watched));
  const downMs = seen.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const upMs = group.members.length * (watched.endMs - watched.startMs) - downMs;
  // What was down when the watch began failed before it; what is down when it ends may last.
  const failures = seen.filter(({ startMs }) => startMs > watched.startMs).length;
  const ended = seen.filter(
    ({ startMs, endMs }) => startMs > watched.startMs && endMs < watched.endMs,
  );
  const mtbf = observedMtbf(upMs, failures);
  const downtime = observedMean(
    ended.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0),
    ended.length,
  );
  const { givesUp, meanMs } = recoveryTimes(group.recovery);
  return {
    group: group.name,
    failures,
    recoveries: ended.length,
    ...(mtbf && { mtbf }),
    ...(downtime && { downtime }),
    writtenMtbfMs: group.mtbfMs?.value,
    writtenDowntimeMs: givesUp < 1 ? meanMs : undefined,
    changes: [
      ...(mtbf && failures > 0 ? changesOfMtbf(group, mtbf.meanMs) : []),
      ...(downtime ? changesOfRecovery(group, downtime.meanMs) : []),
    ],
  };
}

function changesOfMtbf({ mtbfMs, nameAt }: Group, ms: number): Change[] {
  const value = roundDuration(ms);
  return mtbfMs?.source.kind === 'explicit'
    ? [{ kind: 'replace', at: mtbfMs.source.at, value }]
    : [{ kind: 'put', owner: nameAt, key: 'failures', value: { mtbf: value } }];
}

/** Times as seen hold failed attempts already, so there is one attempt, which takes as long. */
function changesOfRecovery({ recovery, nameAt }: Group, ms: number): Change[] {
  const value = roundDuration(ms);
  const wanted = { time: value, maxTime: value, successRate: '100%' } as const;
  const written = [recovery.timeMs, recovery.maxTimeMs, recovery.successRate];
  const owner = written.find(({ source }) => source.kind === 'explicit')?.source.at;
  if (!owner) return [{ kind: 'put', owner: nameAt, key: 'recovery', value: wanted }];
  return Object.entries(wanted).map(([key, one], index): Change => {
    const source = written[index]?.source;
    return source?.kind === 'explicit'
      ? { kind: 'replace', at: source.at, value: one }
      : { kind: 'put', owner, key, value: one };
  });
}

/** In two units at most: more would say that it is known better than it is. */
function roundDuration(ms: number): string {
  return formatRoughly(Math.max(1, Math.round(ms))).replaceAll(' ', '');
}
