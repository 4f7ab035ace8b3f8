import type { BreakerPolicy, Group, Model } from '../../model/model.ts';
import { callSites } from '../../rules/facts/calls.ts';
import { detectionTime } from '../../rules/facts/detection.ts';
import { loadOf } from '../../rules/facts/load.ts';
import { groupBehind } from '../../rules/facts/outage.ts';
import { quorumOf } from '../../rules/facts/quorum.ts';
import { recoveryTimes } from '../../rules/facts/recovery.ts';
import { formatDuration, formatRoughly } from '../../time/index.ts';
import type { Objective } from '../objective.ts';
import type { Forecast, Judge, MissingNumber } from './judge.ts';

const MOST_LINES = 5;
/** Stands for never in sums. */
const NEVER_MS = 1e15;

/** How long a group is gone for its callers when one of its members fails. */
interface Outage {
  readonly group: Group;
  /** Until the failure has been noticed, at the longest. */
  readonly detectionMs: number;
  /** Until a standby serves, or the failed member is back. */
  readonly awayMs: number;
  readonly by: 'standby' | 'recovery';
  /** The breaker that stays open longest after that. */
  readonly breaker?: BreakerPolicy;
  readonly totalMs: number;
}

/**
 * The loss of any one member takes a group below its minimum until a standby serves in its place, or,
 * where there is none to spare, until the member is back: detection at its longest, and the mean of
 * the recoveries that work. After that callers wait for their breaker to try again, if the outage
 * was long enough to open it.
 */
export class RecoveryTimeJudge implements Judge {
  readonly #objective: Objective;

  constructor(objective: Objective) {
    this.#objective = objective;
  }

  forecast(model: Model): Forecast {
    const { target } = this.#objective;
    const times = outagesOf(model).map(({ totalMs }) => totalMs);
    const shortfall = times.reduce(
      (sum, ms) => sum + Math.max(0, Math.min(ms, NEVER_MS) - target),
      0,
    );
    return { value: Math.max(0, ...times), isMet: shortfall === 0, shortfall };
  }

  explain(model: Model): readonly string[] {
    return outagesOf(model)
      .filter(({ totalMs }) => totalMs > 0)
      .sort((a, b) => b.totalMs - a.totalMs)
      .slice(0, MOST_LINES)
      .map(outageText);
  }

  /** The group whose failures are felt longest. */
  slowest(model: Model): Group | undefined {
    return outagesOf(model).sort((a, b) => b.totalMs - a.totalMs)[0]?.group;
  }

  missing(model: Model): readonly MissingNumber[] {
    if (model.groups.size === 0) return [{ text: 'a redundancy group', at: this.#objective.at }];
    return [...model.groups.values()]
      .filter((group) => !hasSpare(group) && group.recovery.timeMs.source.kind === 'default')
      .map(({ name, nameAt }) => ({ text: `'recovery.time' of '${name}'`, at: nameAt }));
  }

  hasEvidence(model: Model): boolean {
    return model.groups.size > this.missing(model).length;
  }
}

function outagesOf(model: Model): Outage[] {
  return [...model.groups.values()]
    .filter(({ members }) => members.length > 0)
    .map((group) => withBreaker(model, outageOf(group)));
}

function outageOf(group: Group): Omit<Outage, 'breaker'> {
  const detectionMs = detectionTime(group)?.mostMs ?? 0;
  if (!hasSpare(group)) {
    const awayMs = comesBackMs(group);
    return { group, detectionMs, awayMs, by: 'recovery', totalMs: detectionMs + awayMs };
  }
  const activationMs = group.activationMs.value;
  const active = group.members.filter(({ role }) => role === 'active').length;
  // Where more serve than must, the loss of one leaves enough.
  const totalMs = active > neededOf(group) ? 0 : detectionMs + activationMs;
  return { group, detectionMs, awayMs: activationMs, by: 'standby', totalMs };
}

/** Mean time until a member is back; none where nobody has written it, for the default says little. */
function comesBackMs(group: Group): number {
  if (group.members.length < neededOf(group)) return Number.POSITIVE_INFINITY;
  const { recovery } = group;
  return recovery.timeMs.source.kind === 'explicit' ? recoveryTimes(recovery).meanMs : 0;
}

function withBreaker(model: Model, outage: Omit<Outage, 'breaker'>): Outage {
  const load = loadOf(model);
  let slowest: BreakerPolicy | undefined;
  for (const site of callSites(model)) {
    const { breaker, callee } = site;
    if (!breaker || !callee || groupBehind(model, callee) !== outage.group) continue;
    const failures = (load.leastCalls(site) * outage.totalMs) / 1_000;
    if (failures < failuresToTrip(breaker)) continue;
    if (!slowest || breaker.recoveryTimeoutMs.value > slowest.recoveryTimeoutMs.value) {
      slowest = breaker;
    }
  }
  if (!slowest) return outage;
  const totalMs = outage.totalMs + slowest.recoveryTimeoutMs.value;
  return { ...outage, breaker: slowest, totalMs };
}

/** At least; with a window it also depends on what succeeded before. */
function failuresToTrip({ trip }: BreakerPolicy): number {
  return 'failureThreshold' in trip ? trip.failureThreshold.value : trip.minimumCalls.value;
}

function hasSpare(group: Group): boolean {
  return group.members.length > neededOf(group);
}

/** Members that must be there, the quorum included where all members vote. */
function neededOf(group: Group): number {
  const quorum = quorumOf(group);
  const votes = quorum?.voters.length === group.members.length ? quorum : undefined;
  return Math.max(1, group.minHealthy.value, votes?.write ?? 0, votes?.read ?? 0);
}

function outageText({ awayMs, breaker, by, detectionMs, group, totalMs }: Outage): string {
  const steps = [
    detectionMs > 0 && `${formatDuration(detectionMs)} until it is noticed`,
    by === 'standby'
      ? `${formatDuration(awayMs)} until a standby serves`
      : `${formatRoughly(awayMs)} until it is back, for there is none to spare`,
    breaker &&
      `${formatDuration(breaker.recoveryTimeoutMs.value)} until the breaker '${breaker.name}' tries again`,
  ].filter((step) => step !== false && step !== undefined);
  return `a failure in '${group.name}' is felt for ${formatRoughly(totalMs)}: ${steps.join(', ')}`;
}
