import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import type { Model } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import { nativeSystem, plainConfig, writeNative } from './index.ts';
import { comment } from './write.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const files = globSync(
  ['formats/*/fixtures/*.{yaml,json}', 'rules/*/fixtures/*.silent.yaml', 'rules/sound/*.yaml'],
  { cwd: folder },
).sort();
const models = files
  .map((name) => ({ name, ...analyse(readFileSync(join(folder, name), 'utf8'), name) }))
  .filter(({ problems }) => problems.length === 0);

describe.each(models)('the conversion of $name', ({ format, model, name }) => {
  const text = writeNative(nativeSystem(model));
  const converted = analyse(text, `${name}.resilience.yaml`);

  it('has no problems', () => {
    expect(converted.problems.map(({ message }) => message)).toEqual([]);
  });

  it.runIf(format !== undefined)('means the same, up to names', () => {
    expect(meaningOf(converted.model)).toEqual(meaningOf(model));
  });

  it('says the same again when it is converted', () => {
    const again = plainConfig(nativeSystem(converted.model));
    expect(again).toEqual(plainConfig(nativeSystem(model)));
  });
});

describe('comments', () => {
  it.each([
    ['short', '# short'],
    ['two\nlines', '# two lines'],
    ['word '.repeat(40).trim(), /^(?:# (?:word ?)+\n?){3}$/],
  ])('%j', (text, written) => {
    expect(comment(text, '')).toMatch(written);
  });
});

/** What models say without names, places and sources. Of what is only called nobody says more than that. */
function meaningOf(model: Model): unknown {
  const { breakers, groups, retries, services } = model;
  const indexIn = (parts: ReadonlyMap<string, unknown>, key: Sourced<string> | undefined) =>
    key && [...parts.keys()].indexOf(key.value);
  const said = [...services.values()].filter(({ calls, runsOn }) => calls.length > 0 || runsOn);
  return {
    groups: [...groups.values()].map(plainOf),
    // A threshold of 0 means that there is none, for which there is no word.
    breakers: [...breakers.values()].map(({ maxRecoveryTimeoutMs, trip, ...others }) =>
      plainOf({
        ...others,
        ...(others.recoveryFactor.value > 1 && { maxRecoveryTimeoutMs }),
        trip:
          'failureThreshold' in trip
            ? { ...trip, failureThreshold: Math.max(1, trip.failureThreshold.value) }
            : trip,
      }),
    ),
    retries: [...retries.values()].map(({ factor, ...retry }) =>
      plainOf({
        ...retry,
        attempts: Math.min(retry.attempts.value, 1_000_000),
        initialMs: Math.min(retry.initialMs.value, retry.maxMs.value),
        factor: retry.growth.value === 'exponential' ? factor : undefined,
      }),
    ),
    services: said.map(({ calls, runsOn, ...service }) => ({
      ...(plainOf(service) as object),
      runsOn: indexIn(groups, runsOn),
      calls: calls.map(({ breaker, bulkhead, rateLimiter, retry, to, ...call }) => ({
        ...(plainOf(call) as object),
        bulkhead: indexIn(model.bulkheads, bulkhead),
        rateLimiter: indexIn(model.rateLimiters, rateLimiter),
        isToGroup: groups.has(to.value),
        retry: indexIn(retries, retry),
        breaker: indexIn(breakers, breaker),
      })),
    })),
  };
}

const UNSAID = new Set(['at', 'nameAt', 'name', 'source', 'doubtful', 'text', 'componentType']);

function plainOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== 'object' || value === null) return value;
  if ('value' in value && 'source' in value) return plainOf(value.value);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) =>
      UNSAID.has(key) || one === undefined ? [] : [[key, plainOf(one)]],
    ),
  );
}
