import {
  type Alternative,
  CachedAlternative,
  type CallContext,
  type LearningAlternative,
  type Operation,
  TimeoutPolicy,
} from '../live/index.ts';
import type { Call, FallbackStep } from '../model/model.ts';
import type { Clock } from '../time/index.ts';
import type { ServiceCallOptions } from './call-options.ts';

/** One step of a fallback, as something to do when the call has failed. */
export function createAlternative(
  step: FallbackStep,
  clock: Clock,
): Alternative<unknown> | LearningAlternative<unknown> {
  if (step.kind === 'default') return () => step.value;
  if (step.kind === 'cache') {
    return new CachedAlternative<unknown, unknown>({
      maxAgeMs: step.maxAgeMs.value,
      maxEntries: step.keys.value,
      clock,
      mark: ({ value }) => value,
    });
  }
  const { timeoutMs, to } = step;
  const ask = (context: CallContext) => alternativeOf(to.value, context.options)(context);
  if (!timeoutMs) return (_, context) => ask(context);
  const limit = new TimeoutPolicy({ name: to.value, clock, timeoutMs: timeoutMs.value });
  return (_, { options, signal }) => limit.execute(ask, { ...options, signal });
}

/** Whom the fallback of a call may ask, by name: the caller has to say how. */
export function alternativesOf({ fallback }: Call): readonly string[] {
  return (fallback?.steps ?? []).flatMap((step) => (step.kind === 'call' ? step.to.value : []));
}

function alternativeOf(
  name: string,
  options: ServiceCallOptions<unknown> | undefined,
): Operation<unknown> {
  const operation = options?.alternatives?.[name];
  if (!operation) throw new TypeError(`'alternatives' has no '${name}'`);
  return operation;
}
