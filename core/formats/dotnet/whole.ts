import type { Span } from '../../model/fix.ts';
import type { BreakerPolicy, Call, Model, RetryPolicy, Service } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import { blankBreaker, blankCall, blankModel, blankRetry, blankService } from '../blank.ts';
import { unsaid, usual } from '../defaults.ts';
import { parseGoDuration } from '../go-duration.ts';
import { type Handler, numberOf, orUsual, type Settings, timeOf, timesOf } from './handler.ts';
import { DOTNET } from './names.ts';
import { writeTimeSpan } from './time-span.ts';

export interface DotnetWhole {
  readonly model: Model;
  readonly handlers: readonly Handler[];
  /** Sections of the same name in other files of the folder: which of them count, depends. */
  readonly variantsOf: ReadonlyMap<Handler, readonly Handler[]>;
}

export function joinSettings(files: readonly Settings[]): DotnetWhole {
  const handlers = files.flatMap((one) => one.handlers);
  const variantsOf = new Map(
    handlers.map((handler) => [handler, handlers.filter((one) => isVariant(one, handler))]),
  );
  const blank = blankModel(files[0]?.file ?? '');
  const retries = new Map<string, RetryPolicy>();
  const breakers = new Map<string, BreakerPolicy>();
  const services = new Map<string, Service>();
  const attemptAt = new Map<Call, Span>();
  const totalAt = new Map<Call, Span>();
  for (const handler of handlers) {
    const { fields, kind, path } = handler;
    if (kind !== 'standard') continue;
    // What is missing here may be in the other files.
    const isDoubtful = (variantsOf.get(handler) ?? []).length > 0;
    const key = `${path} in ${fields.at.file} at ${fields.at.start}`;
    const retry = lowerRetry(handler, isDoubtful);
    retries.set(key, retry);
    breakers.set(key, lowerBreaker(handler, isDoubtful));
    const call = lowerCall(handler, key, retry, isDoubtful);
    attemptAt.set(call, placeOf(fields, 'AttemptTimeout'));
    totalAt.set(call, placeOf(fields, 'TotalRequestTimeout'));
    services.set(key, { ...blankService(path, fields.at), at: fields.extent, calls: [call] });
  }
  const write = (duration: unknown) => writeTimeSpan(parseGoDuration(String(duration)) ?? 0);
  return {
    handlers,
    variantsOf,
    model: {
      ...blank,
      system: DOTNET,
      services,
      retries,
      breakers,
      wordings: {
        attempts: { key: 'MaxRetryAttempts', write: (attempts) => Number(attempts) - 1 },
        timeout: { key: 'AttemptTimeout', write, ownerOf: (call) => attemptAt.get(call) },
        deadline: { key: 'TotalRequestTimeout', write, ownerOf: (call) => totalAt.get(call) },
      },
    },
  };
}

function isVariant(one: Handler, other: Handler): boolean {
  const folderOf = (file: string) => file.replace(/[^/\\]*$/, '');
  const [file, otherFile] = [one.fields.at.file, other.fields.at.file];
  return (
    file !== otherFile &&
    folderOf(file) === folderOf(otherFile) &&
    one.path.toLowerCase() === other.path.toLowerCase()
  );
}

function placeOf(fields: Handler['fields'], key: string): Span {
  return fields.keyAt(key) ?? fields.at;
}

function lowerCall(handler: Handler, key: string, retry: RetryPolicy, isDoubtful: boolean): Call {
  const { fields, path } = handler;
  const to: Sourced<string> = { value: path, source: { kind: 'explicit', at: fields.at } };
  const { attemptMs, totalMs } = timesOf(handler);
  return {
    ...blankCall(to),
    at: fields.extent,
    doubtful: isDoubtful || !attemptMs || !totalMs,
    text: `by '${path}'`,
    ...(attemptMs && { timeoutMs: attemptMs }),
    ...(totalMs && { deadlineMs: totalMs }),
    retry: { value: key, source: retry.attempts.source },
    breaker: { value: key, source: { kind: 'default', at: fields.at, of: DOTNET } },
  };
}

function lowerRetry({ fields, path }: Handler, isDoubtful: boolean): RetryPolicy {
  const own = fields.part('Retry');
  const { at } = own;
  const retries = orUsual(own, 'MaxRetryAttempts', numberOf, 3);
  const delayMs = orUsual(own, 'Delay', timeOf, 2_000);
  const growth = orUsual(own, 'BackoffType', backoffOf, 'exponential' as const);
  const hasJitter = orUsual(own, 'UseJitter', (part, key) => part.boolean(key), true);
  const maxMs = own.has('MaxDelay') ? timeOf(own, 'MaxDelay') : unsaid(86_400_000, at);
  return {
    ...blankRetry(path, at),
    at: own.extent,
    doubtful: isDoubtful || !retries || !delayMs || !growth || !hasJitter || !maxMs,
    attempts: retries ? { ...retries, value: retries.value + 1 } : unsaid(4, at),
    initialMs: delayMs ?? unsaid(2_000, at),
    growth: growth ?? unsaid('exponential', at),
    factor: usual(2, at, DOTNET),
    maxMs: maxMs ?? unsaid(86_400_000, at),
    jitter: hasJitter
      ? { ...hasJitter, value: hasJitter.value ? 'equal' : 'none' }
      : unsaid('none', at),
  };
}

function backoffOf(fields: Handler['fields'], key: string) {
  return fields.read(key, (value) => {
    const text = String(value).toLowerCase();
    const kinds = ['constant', 'linear', 'exponential'] as const;
    return kinds.find((kind, number) => text === kind || text === String(number));
  });
}

function lowerBreaker({ fields, path }: Handler, isDoubtful: boolean): BreakerPolicy {
  const own = fields.part('CircuitBreaker');
  const { at } = own;
  const windowMs = orUsual(own, 'SamplingDuration', timeOf, 30_000);
  const minimumCalls = orUsual(own, 'MinimumThroughput', numberOf, 100);
  const failureRate = orUsual(own, 'FailureRatio', numberOf, 0.1);
  const breakMs = orUsual(own, 'BreakDuration', timeOf, 5_000);
  const blank = blankBreaker(path, at);
  if (!windowMs || !minimumCalls || !failureRate || !breakMs) {
    return { ...blank, at: own.extent, doubtful: true };
  }
  return {
    ...blank,
    at: own.extent,
    doubtful: isDoubtful,
    trip: {
      kind: 'time-window',
      windowMs,
      minimumCalls,
      // .NET refuses what is above 1; a rule says so, and no model holds it.
      failureRate: { ...failureRate, value: Math.min(1, failureRate.value) },
      slowCallRate: unsaid(1, at),
    },
    recoveryTimeoutMs: breakMs,
    recoveryFactor: unsaid(1, at),
    maxRecoveryTimeoutMs: breakMs,
    successThreshold: usual(1, at, DOTNET),
    halfOpenLimit: usual(1, at, DOTNET),
  };
}
