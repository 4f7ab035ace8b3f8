import type { Detection, Failover, Group, Member, Role } from '../../model/model.ts';
import { formatDuration } from '../../time/index.ts';
import type { Problem } from '../problem.ts';
import { readSpread } from './failure-domains.ts';
import { readLatency } from './latency.ts';
import { aboveZero, notBelow } from './limits.ts';
import { type ListItem, present, type Said, SectionReader } from './reader.ts';

export function readGroup(
  name: string,
  reader: SectionReader<'Group'>,
  problems: Problem[],
): Said<Group> {
  const componentType = reader.text('type');
  const active = reader.items('active');
  const standby = reader.items('standby');
  const members = [
    ...active.flatMap((item) => readMember(item, 'active')),
    ...standby.flatMap((item) => readMember(item, 'standby')),
  ];
  // A member that cannot be read is there all the same.
  if (members.length < active.length + standby.length) reader.doubt();
  const failures = reader.section('failures', 'Failures');
  const recovery = reader.section('recovery', 'Recovery');
  const replication = reader.section('replication', 'Replication');
  return present({
    name,
    nameAt: reader.label,
    componentType: componentType ?? { value: name, source: { kind: 'default', at: reader.label } },
    members,
    minHealthy: reader.integer('minHealthy'),
    singleton: reader.boolean('singleton'),
    standbyMode: reader.choice('standbyMode'),
    activationMs: reader.duration('activation'),
    loadBalancing: reader.choice('loadBalancing'),
    latency: readLatency(reader, problems),
    contentionMs: reader.duration('contention'),
    errorRate: reader.ratio('errorRate'),
    capacityPerSecond: reader.rate('capacity', problems),
    maxConnections: reader.integer('maxConnections'),
    coverage: reader.ratio('coverage'),
    mtbfMs: aboveZero(failures.duration('mtbf'), 'mtbf', problems),
    lifetime: readSpread(failures),
    standbyFailureFactor: failures.ratio('standbyRate'),
    commonCause: failures.ratio('commonCause'),
    recovery: {
      timeMs: recovery.duration('time'),
      growth: recovery.choice('growth'),
      maxTimeMs: notBelow(
        recovery.duration('time'),
        recovery.duration('maxTime'),
        ['time', 'maxTime'],
        formatDuration,
        problems,
      ),
      successRate: recovery.ratio('successRate'),
      maxAttempts: recovery.integer('maxAttempts'),
      retryAfterMs: recovery.duration('retryAfter'),
    },
    recoverySpread: readSpread(recovery),
    repairCrew: recovery.text('crew'),
    replication: replication.exists
      ? present({
          mode: replication.choice('mode'),
          copies: replication.integer('copies'),
          write: replication.integer('write'),
          read: replication.integer('read'),
          lagMs: replication.duration('lag'),
        })
      : undefined,
    detection: readDetection(reader.section('detection', 'Detection'), problems),
    failover: readFailover(reader.section('failover', 'Failover'), problems),
  });
}

function readDetection(
  reader: SectionReader<'Detection'>,
  problems: Problem[],
): Detection | undefined {
  if (!reader.exists) return undefined;
  const weakeningPhi = reader.number('weakeningPhi');
  return {
    at: reader.label,
    method: reader.choice('method'),
    intervalMs: aboveZero(reader.duration('interval'), 'interval', problems),
    missed: reader.integer('missed'),
    weakeningPhi,
    failedPhi: notBelow(
      weakeningPhi,
      reader.number('failedPhi'),
      ['weakeningPhi', 'failedPhi'],
      String,
      problems,
    ),
  };
}

function readFailover(
  reader: SectionReader<'Failover'>,
  problems: Problem[],
): Failover | undefined {
  if (!reader.exists) return undefined;
  return {
    at: reader.label,
    attempts: reader.integer('attempts'),
    waitMs: reader.duration('wait'),
    writeLoadLimit: reader.ratio('writeLoadLimit'),
    restoreAfter: reader.integer('restoreAfter'),
    healthCheckMs: aboveZero(reader.duration('healthCheck'), 'healthCheck', problems),
  };
}

/** A member is its id, or a mapping with it. */
function readMember({ node, at }: ListItem, role: Role): Member[] {
  if (node.kind === 'scalar') {
    if (typeof node.value !== 'string' || node.value.trim() === '') return [];
    const weight = { value: 1, source: { kind: 'default', at } } as const;
    return [{ name: node.value, nameAt: at, role, weight }];
  }
  const reader = new SectionReader('Member', node, at);
  const id = reader.text('id');
  if (!id) return [];
  return [
    present({
      name: id.value,
      nameAt: id.source.at,
      role,
      zone: reader.text('zone'),
      region: reader.text('region'),
      weight: reader.number('weight'),
    }),
  ];
}
