import { describe, expect, test } from 'vitest';
import schema from '../../../schemas/resilience.schema.json' with { type: 'json' };
import { POLICY_ORDER } from '../../patterns/index.ts';
import { readConfig } from '../read.ts';

const callOf = (call: string) => {
  const text = `version: 1\nservices: { a: { calls: [${call}] }, b: {} }\n`;
  const { model, problems } = readConfig(text, 'a.resilience.yaml');
  return { call: model.services.get('a')?.calls[0], problems };
};

describe('the order of policies', () => {
  test('may name every policy that the schema knows, and none else', () => {
    expect(schema.$defs.Call.properties.order.items.enum).toEqual(POLICY_ORDER);
  });

  test('is the usual one, called a default, unless one is written', () => {
    expect(callOf('{ to: b }').call?.order).toMatchObject({
      value: POLICY_ORDER,
      source: { kind: 'default' },
    });
  });

  test('puts what is written first, and what the call does not have behind', () => {
    const { call, problems } = callOf('{ to: b, timeout: 1s, retry: r, order: [timeout, retry] }');
    const rest = POLICY_ORDER.filter((kind) => kind !== 'timeout' && kind !== 'retry');
    expect(problems).toEqual([]);
    expect(call?.order).toMatchObject({
      value: ['timeout', 'retry', ...rest],
      source: { kind: 'explicit' },
    });
  });
});

describe('a fallback', () => {
  test('of one mapping is tried as cache, other service, default', () => {
    const { call } = callOf('{ to: b, fallback: { default: 1, call: b, timeout: 2s, cache: 1m } }');
    expect(call?.fallback?.steps).toMatchObject([
      { kind: 'cache', maxAgeMs: { value: 60_000 }, keys: { value: 1 } },
      { kind: 'call', to: { value: 'b' }, timeoutMs: { value: 2_000 } },
      { kind: 'default', value: 1 },
    ]);
  });

  test('of a list is tried in the order of the list', () => {
    const { call } = callOf('{ to: b, fallback: [{ call: b }, { cache: 1m, keys: 7 }] }');
    expect(call?.fallback?.steps).toMatchObject([
      { kind: 'call', to: { value: 'b' } },
      { kind: 'cache', maxAgeMs: { value: 60_000 }, keys: { value: 7 } },
    ]);
  });

  test('that says nothing is none', () => {
    expect(callOf('{ to: b, fallback: {} }').call?.fallback).toBeUndefined();
  });
});
