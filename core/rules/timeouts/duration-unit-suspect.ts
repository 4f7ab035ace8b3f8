import type { Model } from '../../model/model.ts';
import { placeId } from '../../model/place-id.ts';
import type { Sourced } from '../../model/source.ts';
import { wordingOf } from '../../model/wording.ts';
import { formatDuration } from '../../time/index.ts';
import { callSites } from '../facts/calls.ts';
import { setTo, writtenDuration } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

const MS_PER_HOUR = 3_600_000;

export const durationUnitSuspect: Rule = {
  id: 'duration-unit-suspect',
  title: 'A duration looks like the wrong unit',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  absorbs: ['hedge-after-timeout'],
  documentation: `
Milliseconds written as seconds are a thousand times too long, and nobody notices until something
hangs. Nothing that a user waits for takes an hour, and nothing answers in less than a millisecond.

**Fires when** a timeout, a deadline, the delay of a hedge or the wait for a slot or a connection is
longer than an hour, or a timeout or a deadline is shorter than a millisecond (an error at 0, with
which every call fails).

**Fix** Correct the unit.
`,
  *check(model) {
    for (const { term, ms } of durations(model)) {
      const { source, value } = ms;
      if (source.kind === 'default') continue;
      const isLimit = term === 'timeout' || term === 'deadline';
      const setting = (isLimit && wordingOf(model, term)) || { key: term };
      const { key } = setting;
      const base = { subject: `duration at ${placeId(source.at)}`, at: source.at };
      if (value > MS_PER_HOUR) {
        yield {
          ...base,
          message: `This ${key} of ${formatDuration(value)} is longer than anybody waits. Did you mean ${formatDuration(value / 1_000)}?`,
          fixes: setTo(setting, ms, writtenDuration(value / 1_000)),
        };
      } else if (isLimit && value === 0) {
        yield {
          ...base,
          severity: 'error',
          message: `With a ${key} of 0 every call fails at once. Leave it out for no ${key}.`,
          fixes: [
            { title: `Remove ${key}`, safe: false, changes: [{ kind: 'remove', at: source.at }] },
          ],
        };
      } else if (isLimit && value < 1) {
        yield {
          ...base,
          message: `This ${key} of ${formatDuration(value)} is over before anything can answer. Did you mean ${formatDuration(value * 1_000)}?`,
          fixes: setTo(setting, ms, writtenDuration(value * 1_000)),
        };
      }
    }
  },
};

function* durations(
  model: Model,
): Generator<{ readonly term: string; readonly ms: Sourced<number> }> {
  for (const { call } of callSites(model)) {
    if (call.timeoutMs) yield { term: 'timeout', ms: call.timeoutMs };
    if (call.deadlineMs) yield { term: 'deadline', ms: call.deadlineMs };
    if (call.hedge) yield { term: 'hedge delay', ms: call.hedge.afterMs };
    for (const step of call.fallback?.steps ?? []) {
      if (step.kind === 'call' && step.timeoutMs) yield { term: 'timeout', ms: step.timeoutMs };
    }
  }
  for (const { maxWaitMs } of model.bulkheads.values()) yield { term: 'maxWait', ms: maxWaitMs };
  for (const { maxWaitMs } of model.rateLimiters.values()) yield { term: 'maxWait', ms: maxWaitMs };
  for (const { acquireTimeoutMs } of model.connectionPools.values()) {
    yield { term: 'acquireTimeout', ms: acquireTimeoutMs };
  }
}
