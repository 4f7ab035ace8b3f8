import type { Call, Group, Model, Service } from '../model/model.ts';
import type { Source, SourceRange } from '../model/source.ts';
import { POLICY_RECOVERY } from '../simulation/journal.ts';
import type { FirstReplication, RunNumbers } from '../simulation/run.ts';
import { formatDuration, formatPercent } from '../time/index.ts';
import { notableUnanswered } from './build-availability.ts';
import type { Placer } from './build-place.ts';
import type { Assumption } from './report.ts';
import { countText } from './text.ts';

interface Remark {
  readonly text: string;
  readonly at: SourceRange;
}

/** What the first replication took for granted: defaults that bore on it. */
export function listAssumptions(
  model: Model,
  run: FirstReplication,
  place: Placer,
): readonly Assumption[] {
  const remarks = [
    ...[...model.services.values()].flatMap((service) => aboutService(service, run)),
    ...[...model.groups.values()].flatMap((group) => aboutGroup(group, model, run)),
    ...aboutTheLongRun(model),
  ];
  return placed(remarks, place);
}

/** What the end of all replications leaves open. */
export function listLimits(model: Model, run: RunNumbers, place: Placer): readonly Assumption[] {
  return placed(aboutTheEnd(model, run), place);
}

function placed(remarks: readonly Remark[], place: Placer): Assumption[] {
  return remarks.map(({ at, text }) => ({ text, place: place(at) }));
}

function aboutService(service: Service, first: FirstReplication): Remark[] {
  const { calls, errorRate, latency, name, nameAt } = service;
  if (first.world.station(name).statistics.requests === 0) return [];
  const remarks: Remark[] = [];
  if (latency.source.kind === 'default' && latency.value.kind === 'constant') {
    const text = `Each request takes ${name} ${formatDuration(latency.value.ms)}: it has no 'latency'.`;
    remarks.push({ text, at: nameAt });
  }
  if (errorRate.source.kind === 'default') {
    const text = `${name} itself fails ${errorRate.value === 0 ? 'no request' : formatPercent(errorRate.value)}: it has no 'errorRate'.`;
    remarks.push({ text, at: nameAt });
  }
  const { instances } = service;
  const isLimited = calls.some(
    (call) => call.breaker ?? call.bulkhead ?? call.connectionPool ?? call.rateLimiter,
  );
  if (instances.value > 1 && isLimited) {
    const text =
      `The ${instances.value} instances of ${name} are simulated as one: its breakers, limits and ` +
      'pools see the calls of all of them.';
    remarks.push({ text, at: instances.source.at });
  }
  return [...remarks, ...calls.flatMap((call) => aboutHedge(name, call))];
}

function aboutHedge(from: string, { hedge, idempotent, to }: Call): Remark[] {
  if (!hedge || idempotent.value) return [];
  const text = `The hedge of ${from} → ${to.value} sends no copies: the call is not idempotent.`;
  return [{ text, at: hedge.at }];
}

function aboutGroup(group: Group, model: Model, first: FirstReplication): Remark[] {
  const { activationMs, latency, minHealthy, mtbfMs, name, nameAt, recovery } = group;
  const remarks: Remark[] = [];
  const remark = (text: string) => remarks.push({ text, at: nameAt });
  if (!mtbfMs) remark(`Members of ${name} fail only by script: it has no 'failures.mtbf'.`);
  if (minHealthy.source.kind === 'default') {
    remark(`${name} needs ${minHealthy.value} members: it has no 'minHealthy'.`);
  }
  const isCalled =
    !model.services.has(name) &&
    [...model.services.values()].some(({ calls }) => calls.some((call) => asks(call, name)));
  if (isCalled && latency.source.kind === 'default' && latency.value.kind === 'constant') {
    remark(`A call to ${name} takes ${formatDuration(latency.value.ms)}: it has no 'latency'.`);
  }
  const ids = new Set(group.members.map((member) => member.name));
  const failed = first.incidents.some(
    (incident) => incident.kind === 'failure' && ids.has(incident.component),
  );
  if (!failed) return remarks;
  // A fault that says how long it lasts needs no recovery policy.
  const isByPolicy = first.incidents.some(
    (incident) =>
      (incident.kind === 'given-up' ||
        (incident.kind === 'recovery' && incident.method === POLICY_RECOVERY)) &&
      ids.has(incident.component),
  );
  if (isByPolicy && recovery.timeMs.source.kind === 'default') {
    const time = formatDuration(recovery.timeMs.value);
    const rate = formatPercent(recovery.successRate.value);
    remark(
      `A recovery in ${name} first takes ${time} and works in ${rate} of cases: it has no 'recovery.time'.`,
    );
  }
  if (activationMs.source.kind === 'default' && group.members.some((m) => m.role === 'standby')) {
    const time =
      activationMs.value === 0 ? 'at once' : `after ${formatDuration(activationMs.value)}`;
    remark(`A promoted standby of ${name} serves ${time}: it has no 'activation'.`);
  }
  if (
    group.replication?.mode.value === 'async' &&
    group.replication.lagMs.source.kind === 'default'
  ) {
    remark(`A failover of ${name} loses nothing: its replication has no 'lag'.`);
  }
  return remarks;
}

/** What the file says of failures that is too rare for minutes of traffic to be worth simulating. */
function aboutTheLongRun({ groups, network, regions, zones }: Model): Remark[] {
  const remarks: Remark[] = [];
  for (const { commonCause, coverage, name, repairCrew } of groups.values()) {
    const remark = (text: string, { at }: Source) => {
      remarks.push({ text: `With traffic ${text}; over years it is otherwise.`, at });
    };
    if (commonCause.value > 0) remark(`members of ${name} fail one by one`, commonCause.source);
    if (coverage.value < 1) remark(`every takeover in ${name} works`, coverage.source);
    if (repairCrew)
      remark(`no recovery in ${name} waits for '${repairCrew.value}'`, repairCrew.source);
  }
  const domains = [
    ...[...zones.values()].map((zone) => ({ ...zone, noun: 'zone' })),
    ...[...regions.values()].map((region) => ({ ...region, noun: 'region' })),
  ];
  for (const { name, nameAt, noun } of domains) {
    const text = `With traffic the ${noun} ${name} fails only by script; over years it fails by itself too.`;
    remarks.push({ text, at: nameAt });
  }
  if (network) {
    const text =
      'With traffic the network fails only by script; over years it fails by itself too.';
    remarks.push({ text, at: network.nameAt });
  }
  return remarks;
}

/** Whether a call goes to somebody, at once or in place of a failed one. */
function asks({ fallback, to }: Call, name: string): boolean {
  const instead = fallback?.steps ?? [];
  return (
    to.value === name || instead.some((step) => step.kind === 'call' && step.to.value === name)
  );
}

function aboutTheEnd(model: Model, { replications, scenario }: RunNumbers): Remark[] {
  const remarks: Remark[] = [];
  const at = model.simulation.durationMs.source.at;
  const unanswered = replications.reduce((sum, run) => sum + run.unanswered, 0);
  const hung = notableUnanswered(replications);
  if (hung > 0) {
    const text =
      `${countText(unanswered)} requests (${formatPercent(hung)}) had no answer yet when the runs ` +
      'ended. They count neither as answered nor as failed.';
    remarks.push({ text, at });
  }
  const unsent = replications.reduce((sum, run) => sum + run.unsent, 0);
  if (unsent > 0 && scenario?.load) {
    const planned = scenario.load.requests.value * replications.length;
    const text =
      `${countText(unsent)} of ${countText(planned)} load requests were not sent: the runs ended ` +
      "before. Nothing is known about them; raise 'simulation.duration'.";
    remarks.push({ text, at });
  }
  return remarks;
}
