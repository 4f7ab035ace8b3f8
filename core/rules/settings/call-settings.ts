import type { Call, Model } from '../../model/model.ts';
import { formatDuration } from '../../time/index.ts';
import { attemptsOf, callSites, isOutside } from '../facts/calls.ts';
import { idleWhere, type Useless, uselessWhere } from './useless.ts';

/** What services and calls say in vain. */
export function* callSettings(model: Model): Generator<Useless> {
  for (const { capacityPerSecond, doubtful, name, runsOn } of model.services.values()) {
    if (doubtful) continue;
    yield* uselessWhere(
      runsOn !== undefined,
      `'${name}'`,
      { capacity: capacityPerSecond },
      `the capacity of the members of '${runsOn?.value}' counts instead. Write it there.`,
    );
  }
  for (const site of callSites(model)) {
    const { call, text } = site;
    const { cache, deadlineMs, onTimeout, timeoutMs } = call;
    yield* uselessWhere(
      !timeoutMs && !deadlineMs,
      text,
      { onTimeout },
      'the call has neither a timeout nor a deadline. Add one.',
    );
    yield* uselessWhere(
      deadlineMs !== undefined &&
        (timeoutMs?.value ?? 0) >= deadlineMs.value &&
        attemptsOf(site) === 1 &&
        isOutside(call, 'deadline', 'timeout'),
      text,
      { timeout: timeoutMs },
      `the deadline of ${formatDuration(deadlineMs?.value ?? 0)} ends the call before. Remove it, or extend the deadline.`,
    );
    yield* idleWhere(
      cache !== undefined && cache.maxAgeMs.value === 0 && cache.staleIfErrorMs.value === 0,
      text,
      { maxAge: cache?.maxAgeMs },
      'at an age of 0 no answer is ever used again. Raise it, or remove the cache.',
    );
    yield* ofFallback(call, text);
  }
}

function* ofFallback(call: Call, text: string): Generator<Useless> {
  const { cache, fallback } = call;
  const steps = fallback?.steps ?? [];
  const fixed = steps.findIndex(({ kind }) => kind === 'default');
  for (const step of fixed < 0 ? [] : steps.slice(fixed + 1)) {
    const at =
      step.kind === 'cache'
        ? step.maxAgeMs.source.at
        : step.kind === 'call'
          ? step.to.source.at
          : step.at;
    yield {
      at,
      message: `This step of the fallback of ${text} is never reached: the default before it always answers. Put the default last.`,
    };
  }
  if (!cache || !isOutside(call, 'fallback', 'cache')) return;
  const keptMs = cache.maxAgeMs.value + cache.staleIfErrorMs.value;
  for (const step of steps) {
    if (step.kind !== 'cache') continue;
    yield* idleWhere(
      cache.staleIfErrorMs.value > 0 && step.maxAgeMs.value <= keptMs,
      text,
      { cache: step.maxAgeMs },
      `the cache of the call gives the same answer for ${formatDuration(keptMs)}. Remove it, or keep it for longer.`,
    );
  }
}
