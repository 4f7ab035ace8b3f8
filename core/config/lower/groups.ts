import type { Group, Member, Role } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import { formatDuration } from '../../time/index.ts';
import type { Problem } from '../problem.ts';
import { readLatency } from './latency.ts';
import { type ListItem, present, SectionReader } from './reader.ts';

export function readGroup(
  name: string,
  reader: SectionReader<'Group'>,
  problems: Problem[],
): Group {
  const componentType = reader.text('type');
  const active = reader.items('active');
  const standby = reader.items('standby');
  const members = [
    ...active.flatMap((item) => readMember(item, 'active')),
    ...standby.flatMap((item) => readMember(item, 'standby')),
  ];
  const minHealthy = reader.integer('minHealthy');
  const singleton = reader.boolean('singleton');
  const recovery = reader.section('recovery', 'Recovery');
  const replication = reader.section('replication', 'Replication');
  return present({
    name,
    nameAt: reader.label,
    componentType: componentType ?? { value: name, source: { kind: 'default', at: reader.label } },
    members,
    minHealthy,
    singleton,
    doubtful:
      reader.doubtful ||
      reader.unknownKeys.length > 0 ||
      members.length < active.length + standby.length,
    standbyMode: reader.choice('standbyMode'),
    activationMs: reader.duration('activation'),
    loadBalancing: reader.choice('loadBalancing'),
    latency: readLatency(reader, problems),
    errorRate: reader.ratio('errorRate'),
    capacityPerSecond: reader.rate('capacity', problems),
    mtbfMs: reader.section('failures', 'Failures').duration('mtbf'),
    recovery: {
      timeMs: recovery.duration('time'),
      growth: recovery.choice('growth'),
      maxTimeMs: readMaxTime(recovery, problems),
      successRate: recovery.ratio('successRate'),
      maxAttempts: recovery.integer('maxAttempts'),
      retryAfterMs: recovery.duration('retryAfter'),
    },
    replication: replication.exists
      ? present({
          mode: replication.choice('mode'),
          copies: replication.integer('copies'),
          write: replication.integer('write'),
          read: replication.integer('read'),
          lagMs: replication.duration('lag'),
        })
      : undefined,
  });
}

/** The default never cuts a time that is written; a limit below it is a contradiction. */
function readMaxTime(reader: SectionReader<'Recovery'>, problems: Problem[]): Sourced<number> {
  const time = reader.duration('time');
  const maxTime = reader.duration('maxTime');
  if (maxTime.value >= time.value) return maxTime;
  if (maxTime.source.kind === 'explicit' && time.source.kind === 'explicit') {
    const message = `'maxTime' is below 'time' (${formatDuration(time.value)}); it must be at least as long.`;
    problems.push({
      kind: 'invalid-value',
      severity: 'error',
      message,
      range: maxTime.source.at,
    });
  }
  return maxTime.source.kind === 'explicit' ? maxTime : { ...maxTime, value: time.value };
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
