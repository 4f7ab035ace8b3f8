import type { Model } from '../model/model.ts';
import type { Sourced, SourceRange } from '../model/source.ts';
import { formatDuration, formatPercent } from '../time/index.ts';

/** What can be promised. */
export const OBJECTIVE_KINDS = ['availability', 'p50', 'p95', 'p99', 'rto', 'rpo'] as const;
export type ObjectiveKind = (typeof OBJECTIVE_KINDS)[number];

/** Which promise of a file is meant. */
export interface ObjectiveName {
  readonly kind: ObjectiveKind;
  /** The service that promises it, with `availability`; absent means the system. */
  readonly service?: string;
}

/** A promise of a file. */
export interface Objective extends ObjectiveName {
  /** A share in [0, 1] with `availability`, else ms. */
  readonly target: number;
  readonly at: SourceRange;
}

/** Every promise of a model, in the order of the file. */
export function objectivesOf(model: Model): readonly Objective[] {
  const { availability, latencyP50Ms, latencyP95Ms, latencyP99Ms, rpoMs, rtoMs } = model.objectives;
  const found: Objective[] = [];
  const note = (name: ObjectiveName, promise: Sourced<number> | undefined) => {
    if (promise) found.push({ ...name, target: promise.value, at: promise.source.at });
  };
  note({ kind: 'availability' }, availability);
  note({ kind: 'p50' }, latencyP50Ms);
  note({ kind: 'p95' }, latencyP95Ms);
  note({ kind: 'p99' }, latencyP99Ms);
  note({ kind: 'rto' }, rtoMs);
  note({ kind: 'rpo' }, rpoMs);
  for (const { name, objectives } of model.services.values()) {
    note({ kind: 'availability', service: name }, objectives.availability);
  }
  return found.sort((a, b) => a.at.start - b.at.start);
}

/** The name alone, for those who find the objective themselves. */
export function objectiveNameOf({ kind, service }: ObjectiveName): ObjectiveName {
  return service === undefined ? { kind } : { kind, service };
}

export function findObjective(
  model: Model,
  { kind, service }: ObjectiveName,
): Objective | undefined {
  return objectivesOf(model).find((one) => one.kind === kind && one.service === service);
}

/** `availability`, `availability of 'checkout'`, `latency p99`, `rto`. */
export function objectiveText({ kind, service }: ObjectiveName): string {
  if (kind === 'availability') return service === undefined ? kind : `${kind} of '${service}'`;
  return kind.startsWith('p') ? `latency ${kind}` : kind;
}

/** A value of an objective, as people read it. */
export function valueText(kind: ObjectiveKind, value: number): string {
  return kind === 'availability' ? formatPercent(value) : formatDuration(value);
}
