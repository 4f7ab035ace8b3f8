import type { FormatRule } from '../../format.ts';
import type { GrpcWhole } from '../whole.ts';
import { grpcAttemptsCut } from './attempts-cut.ts';
import { grpcBackoffCut } from './backoff-cut.ts';
import { grpcConfigRefused } from './config-refused.ts';
import { grpcHedgesNeverSent } from './hedges-never-sent.ts';
import { grpcMethodWithoutName } from './method-without-name.ts';
import { grpcRetriesWithoutTimeout } from './retries-without-timeout.ts';
import { grpcUnknownSetting } from './unknown-setting.ts';

export const GRPC_RULES: readonly FormatRule<GrpcWhole>[] = [
  grpcConfigRefused,
  grpcMethodWithoutName,
  grpcUnknownSetting,
  grpcAttemptsCut,
  grpcBackoffCut,
  grpcHedgesNeverSent,
  grpcRetriesWithoutTimeout,
];
