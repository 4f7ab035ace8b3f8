import type { Objective } from '../objective.ts';
import { AvailabilityJudge, type AvailabilityOptions } from './availability.ts';
import type { Judge } from './judge.ts';
import { LatencyJudge } from './latency.ts';
import { RecoveryPointJudge } from './recovery-point.ts';
import { RecoveryTimeJudge } from './recovery-time.ts';

export { AvailabilityJudge, type AvailabilityOptions } from './availability.ts';
export type { Forecast, Judge, MissingNumber } from './judge.ts';
export { RecoveryTimeJudge } from './recovery-time.ts';

export function judgeOf(objective: Objective, options: AvailabilityOptions = {}): Judge {
  switch (objective.kind) {
    case 'availability':
      return new AvailabilityJudge(objective, options);
    case 'p50':
    case 'p95':
    case 'p99':
      return new LatencyJudge(objective, objective.kind);
    case 'rto':
      return new RecoveryTimeJudge(objective);
    case 'rpo':
      return new RecoveryPointJudge(objective);
  }
}
