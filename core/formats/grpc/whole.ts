import type { Call, Model, RetryPolicy, Service } from '../../model/model.ts';
import { blankCall, blankModel, blankRetry, blankService } from '../blank.ts';
import { unsaid, usual } from '../defaults.ts';
import {
  attemptsOf,
  durationOf,
  GRPC,
  type MethodConfig,
  type ServiceConfig,
  textOf,
} from './service-config.ts';

export interface GrpcWhole {
  readonly model: Model;
  readonly configs: readonly ServiceConfig[];
}

export function joinServiceConfigs(configs: readonly ServiceConfig[]): GrpcWhole {
  const blank = blankModel(configs[0]?.fields.at.file ?? '');
  const retries = new Map<string, RetryPolicy>();
  const services = new Map<string, Service>();
  for (const { fields, methods } of configs) {
    const { at } = fields;
    const calls = methods.flatMap((method) => lowerMethod(method, retries) ?? []);
    services.set(`client in ${at.file} at ${at.start}`, {
      ...blankService('client', at),
      at: fields.extent,
      calls,
    });
  }
  const wordings = { attempts: { key: 'maxAttempts' }, deadline: { key: 'timeout' } };
  return { configs, model: { ...blank, system: GRPC, services, retries, wordings } };
}

function lowerMethod(method: MethodConfig, retries: Map<string, RetryPolicy>): Call | undefined {
  const { fields, hedging, names, retry: policy, timeoutMs } = method;
  const name = names[0];
  if (!name) return undefined;
  const retry = policy && lowerRetry(method);
  const key = `${name.text} ${name.at.file} ${name.at.start}`;
  if (retry) retries.set(key, retry);
  const attempts = hedging && attemptsOf(hedging);
  const afterMs = hedging?.has('hedgingDelay')
    ? durationOf(hedging, 'hedgingDelay')
    : usual(0, fields.at, GRPC);
  return {
    ...blankCall({ value: name.text || 'all', source: { kind: 'explicit', at: name.at } }),
    at: fields.extent,
    doubtful: fields.unclear,
    text: `of ${textOf(method)}`,
    ...(timeoutMs && { deadlineMs: timeoutMs }),
    ...(retry && { retry: { value: key, source: retry.attempts.source } }),
    ...(hedging && attempts && afterMs && { hedge: { at: hedging.extent, attempts, afterMs } }),
  };
}

function lowerRetry({ retry }: MethodConfig): RetryPolicy | undefined {
  if (!retry) return undefined;
  const { at } = retry;
  const attempts = attemptsOf(retry);
  const initialMs = durationOf(retry, 'initialBackoff');
  const maxMs = durationOf(retry, 'maxBackoff');
  const written = retry.number('backoffMultiplier');
  // Waits that grow shorter, or are refused, are none that the model has.
  const factor = written && written.value >= 1 ? written : undefined;
  return {
    ...blankRetry('retryPolicy', at),
    at: retry.extent,
    doubtful: !attempts || !initialMs || !maxMs || !factor,
    attempts: attempts ?? unsaid(1, at),
    initialMs: initialMs ?? unsaid(0, at),
    growth: usual('exponential', at, GRPC),
    factor: factor ?? unsaid(1, at),
    maxMs: maxMs ?? unsaid(0, at),
    // Waits are a fifth longer or shorter; this is the nearest that the model has.
    jitter: usual('equal', at, GRPC),
  };
}
