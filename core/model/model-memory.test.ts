import { describe, expect, it } from 'vitest';
import { ConfigReader, readConfig } from '../config/index.ts';
import type { Group, Model } from './model.ts';
import { ModelMemory } from './model-memory.ts';
import { perPart } from './per-part.ts';

const TEXT = `version: 1
redundancy:
  db: { minHealthy: 1, active: [a, b] }
services:
  web: { runsOn: db, calls: [{ to: db, timeout: 1s }] }
`;

/** Who reads what. */
const READERS: Readonly<Record<string, (model: Model) => unknown>> = {
  minHealthy: ({ groups }) => groups.get('db')?.minHealthy.value,
  members: ({ groups }) => groups.get('db')?.members.map(({ name }) => name),
  timeout: ({ services }) => services.get('web')?.calls[0]?.timeoutMs?.value,
  callee: ({ services }) => services.get('web')?.calls[0]?.to.value,
  names: ({ groups }) => [...groups.keys()],
};

describe('a memory of models', () => {
  it.each([
    ['minHealthy: 1', 'minHealthy: 2', ['minHealthy']],
    ['[a, b]', '[a, c]', ['members']],
    ['1s', '2s', ['timeout']],
    ['to: db', 'to: web', ['callee']],
    ['[a, b] }', '[a, b] } # both', []],
    ['db: { min', 'db2: { min', ['minHealthy', 'members', 'names']],
  ])("works out again after '%s' became '%s' who has read %j", (old, now, expected) => {
    const memory = new ModelMemory();
    const reader = new ConfigReader('a.resilience.yaml');
    const read = (text: string) => memory.show(reader.read(text).model);
    const asked: string[] = [];
    const ask = (model: Model) =>
      Object.entries(READERS).map(([name, reader]) =>
        memory.recall(reader, () => {
          asked.push(name);
          return reader(model);
        }),
      );
    ask(read(TEXT));
    asked.length = 0;
    const changed = TEXT.replace(old, now);
    expect(ask(read(changed))).toEqual(
      Object.values(READERS).map((reader) => reader(readConfig(changed, 'b').model)),
    );
    expect(asked).toEqual(expected);
  });

  it('knows what was read for a fact about a part that was known before', () => {
    const memory = new ModelMemory();
    const reader = new ConfigReader('a.resilience.yaml');
    const minimumOf = perPart(({ minHealthy }: Group) => minHealthy.value);
    const rules = [{}, {}];
    const ask = (text: string) => {
      const shown = memory.show(reader.read(text).model);
      return rules.map((rule) =>
        memory.recall(rule, () => [...shown.groups.values()].map((group) => minimumOf(group))),
      );
    };
    expect(ask(TEXT)).toEqual([[1], [1]]);
    expect(ask(TEXT.replace('minHealthy: 1', 'minHealthy: 2'))).toEqual([[2], [2]]);
  });
});
