import type { Fault, RandomFailureKind } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import type { Problem } from '../problem.ts';
import { readCall } from './calls.ts';
import { readNewLatency } from './latency.ts';
import { present, SectionReader, texts } from './reader.ts';

type Base = Pick<Fault, 'at' | 'atMs'>;

const RANDOM_KINDS: readonly RandomFailureKind[] = [
  'fail',
  'hang',
  'degrade',
  'partition',
  'failZone',
];

/** Reads one fault of a scenario; none where it cannot be told what it is. */
export function readFault(
  reader: SectionReader<'Fault'>,
  durationMs: Sourced<number>,
  problems: Problem[],
): Fault[] {
  const base = { at: reader.label, atMs: reader.duration('at') };
  const fault =
    readFailure(reader, base, problems) ??
    readDegradation(reader, base, problems) ??
    readRollout(reader, base, problems) ??
    readOther(reader, base) ??
    readRandomFailures(reader.section('randomFailures', 'RandomFailures'), base, durationMs);
  return fault ? [fault] : [];
}

function readFailure(
  reader: SectionReader<'Fault'>,
  base: Base,
  problems: Problem[],
): Fault | undefined {
  const fail = reader.text('fail');
  const zone = reader.text('failZone');
  const target = fail ?? zone ?? reader.text('failRegion');
  if (!target) return undefined;
  const what = fail
    ? ({ kind: 'fail' } as const)
    : ({ kind: 'fail-domain', domain: zone ? 'zone' : 'region' } as const);
  const failureType = reader.text('type');
  const severity = reader.choice('severity');
  const forMs = reader.duration('for');
  const recoverOverMs = reader.duration('recoverOver');
  const slowReturn = recoverOverMs && { ...readWorse(reader, problems), recoverOverMs };
  const { doubtful } = reader;
  const values = { target, forMs, failureType, severity, slowReturn };
  return present({ ...base, ...what, ...values, doubtful });
}

function readDegradation(
  reader: SectionReader<'Fault'>,
  base: Base,
  problems: Problem[],
): Fault | undefined {
  const target = reader.text('degrade');
  if (!target) return undefined;
  const kind = 'degrade' as const;
  const worse = readWorse(reader, problems);
  const forMs = reader.duration('for');
  const recoverOverMs = reader.duration('recoverOver');
  const { doubtful } = reader;
  return present({ ...base, kind, target, ...worse, forMs, recoverOverMs, doubtful });
}

function readWorse(reader: SectionReader<'Fault'>, problems: Problem[]) {
  const errorRate = reader.ratio('errorRate');
  const addedLatencyMs = reader.duration('latency');
  const capacity = reader.ratio('capacity');
  const capacityShare = capacity && capacity.value > 0 ? capacity : undefined;
  if (capacity && !capacityShare) {
    const message = "Nothing is ever served with no capacity at all. Say 'hang' for that.";
    const range = capacity.source.at;
    problems.push({ kind: 'invalid-value', severity: 'error', message, range });
    reader.doubt();
  }
  return present({ errorRate, addedLatencyMs, capacityShare });
}

function readRollout(
  reader: SectionReader<'Fault'>,
  base: Base,
  problems: Problem[],
): Fault | undefined {
  const rollout = reader.section('rollout', 'Rollout');
  const target = rollout.text('service');
  if (!target) return undefined;
  const calls = rollout.items('calls');
  const read = calls.flatMap(({ node, at }) =>
    readCall(new SectionReader('Call', node, at), problems),
  );
  if (read.length < calls.length) rollout.doubt();
  const changes = present({
    latency: readNewLatency(rollout, problems),
    contentionMs: rollout.duration('contention'),
    errorRate: rollout.ratio('errorRate'),
    capacityPerSecond: rollout.rate('capacity', problems),
    bulkhead: rollout.text('bulkhead'),
    calls: rollout.has('calls') ? read : undefined,
  });
  const kind = 'rollout' as const;
  const forMs = reader.duration('for');
  const { doubtful } = reader;
  return present({ ...base, kind, target, changes, forMs, doubtful });
}

/** What is over when its time has passed, and changes nothing but what it says. */
function readOther(reader: SectionReader<'Fault'>, base: Base): Fault | undefined {
  const forMs = reader.duration('for');
  const hang = reader.text('hang');
  const factor = reader.number('factor');
  const slowed = reader.text('slowRecovery');
  const surge = reader.text('surge');
  const jumping = reader.text('clockJump');
  const byMs = reader.offset('by');
  const partition = reader.section('partition', 'Partition');
  const { doubtful } = reader;
  if (hang) return present({ ...base, kind: 'hang' as const, target: hang, forMs, doubtful });
  if (partition.exists) {
    const between = texts(partition.items('between'));
    const and = texts(partition.items('and'));
    return present({ ...base, kind: 'partition' as const, between, and, forMs, doubtful });
  }
  if (jumping) {
    const kind = 'clock-jump' as const;
    return byMs && present({ ...base, kind, target: jumping, byMs, forMs, doubtful });
  }
  const target = slowed ?? surge;
  if (!target || !factor) return undefined;
  const kind = slowed ? ('slow-recovery' as const) : ('surge' as const);
  return present({ ...base, kind, target, factor, forMs, doubtful });
}

function readRandomFailures(
  reader: SectionReader<'RandomFailures'>,
  base: Base,
  durationMs: Sourced<number>,
): Fault | undefined {
  const repair = reader.section('repair', 'RepairRange');
  const count = reader.integer('count');
  const repairMinMs = repair.duration('min');
  const repairMaxMs = repair.duration('max');
  if (!count || !repairMinMs || !repairMaxMs) return undefined;
  const written = texts(reader.items('kinds')).map(({ value }) => value);
  const kinds = RANDOM_KINDS.filter((one) => written.includes(one));
  const worst = reader.section('degradation', 'WorstDegradation');
  const worstErrorRate = worst.ratio('errorRate');
  const worstLatencyMs = worst.duration('latency');
  const failureKinds = kinds.length > 0 ? kinds : (['fail'] as const);
  const withinMs = reader.duration('within') ?? durationMs;
  const components = texts(reader.items('components'));
  const { doubtful } = reader;
  const kind = 'random-failures';
  const what = { failureKinds, worstErrorRate, worstLatencyMs };
  const values = { count, withinMs, components, repairMinMs, repairMaxMs };
  return { ...base, kind, ...what, ...values, doubtful };
}
