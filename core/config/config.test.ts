import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../../test/support/markers.ts';
import { applyEdits, ConfigEditor } from './edit/index.ts';
import { isNativeFile, readConfig } from './index.ts';

const folder = fileURLToPath(new URL('fixtures/', import.meta.url));
const problemsOf = (text: string) =>
  readConfig(text, 'test.yaml').problems.map(({ ruleId, message }) => `${ruleId}: ${message}`);

describe('problems of the text', () => {
  it.each(readdirSync(folder))('%s says what its comments say', (name) => {
    const { found, expected } = checkFixture(folder + name);
    expect(found).toBe(expected);
  });
});

describe('fixes of problems', () => {
  it.each(readdirSync(folder))('of %s end them, where they can be written', (name) => {
    const text = readFileSync(folder + name, 'utf8');
    for (const { message, at, fixes = [] } of readConfig(text, name).problems) {
      for (const { changes, title } of fixes) {
        const result = new ConfigEditor(text).planChanges(changes);
        if (result.kind === 'refused') continue;
        const after = readConfig(applyEdits(text, result.edits), name);
        const left = after.problems.filter((one) => one.at.start === at.start);
        expect(
          left.map((one) => one.message),
          title,
        ).not.toContain(message);
      }
    }
  });

  it.each([
    ['a misspelt key', 'sytem: shop', 'system: shop', true],
    [
      'a misspelt word',
      'redundancy: { a: { standbyMode: warmm } }',
      'redundancy: { a: { standbyMode: warm } }',
      true,
    ],
    [
      'a number for a text',
      'redundancy: { a: { active: [1] } }',
      'redundancy: { a: { active: ["1"] } }',
      true,
    ],
    ['a number without unit', 'objectives: { rto: 10 }', 'objectives: { rto: 10ms }', false],
    [
      'a number for a percentage',
      'objectives: { availability: 99.9 }',
      'objectives: { availability: 99.9% }',
      false,
    ],
  ])('%s', (_, before, after, safe) => {
    const text = `version: 1\n${before}\n`;
    const fix = readConfig(text, 'a.yaml').problems[0]?.fixes?.[0] ?? expect.fail();
    const result = new ConfigEditor(text).planChanges(fix.changes);
    expect(result.kind === 'edits' && applyEdits(text, result.edits)).toBe(
      `version: 1\n${after}\n`,
    );
    expect(fix.safe).toBe(safe);
  });

  it('give a key no name that another has', () => {
    const { problems } = readConfig('version: 1\nsytem: a\nsystem: b\n', 'a.yaml');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.fixes).toBeUndefined();
  });
});

describe('files that should not be read at all get one clear problem', () => {
  const bomb = [
    'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
    ...Array.from({ length: 9 }, (_, i) => {
      return `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`;
    }),
  ].join('\n');
  it.each([
    ['an empty file', '', 'empty-file'],
    ['a file of comments', '# nothing yet\n', 'empty-file'],
    ['a binary file', 'version: 1\n\0\u0001', 'not-text'],
    ['a file of over 5 MB', `# ${'x'.repeat(5_000_000)}\nversion: 1\n`, 'file-too-large'],
    ['1,000 opened brackets', '['.repeat(1000), 'too-deeply-nested'],
    ['1,000 nested lists', `${'- '.repeat(1000)}a`, 'too-deeply-nested'],
    [
      'deep block mappings',
      Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'too-deeply-nested',
    ],
    [
      'a merge conflict',
      'version: 1\n<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\n',
      'merge-conflict',
    ],
  ])('%s', (_, text, kind) => {
    // Twice: a parser that survives once may abort the process the second time.
    for (const attempt of [1, 2]) {
      const { problems, model } = readConfig(text, 'test.yaml');
      expect(
        problems.map(({ ruleId }) => ruleId),
        `attempt ${attempt}`,
      ).toEqual([kind]);
      expect(model.services.size).toBe(0);
    }
  });

  it('an alias bomb is refused before anything unfolds it', () => {
    const { problems } = readConfig(bomb, 'test.yaml');
    expect(problems.map(({ ruleId }) => ruleId)).toEqual(['too-many-values']);
  });

  it('a merge of very many keys is refused, not unfolded', () => {
    const keys = (count: number) =>
      Array.from({ length: count }, (_, i) => `  key-${i}: 1`).join('\n');
    const once = `base: &base\n${keys(60_000)}\n`;
    const often = `${once}${Array.from({ length: 50 }, (_, i) => `m${i}: { <<: *base }`).join('\n')}\n`;
    for (const text of [often, `base: &base\n${keys(120_000)}\nmore: { <<: *base }\n`]) {
      const { problems } = readConfig(text, 'test.yaml');
      expect(problems.map(({ ruleId }) => ruleId)).toEqual(['too-many-values']);
    }
  });

  it('a file with thousands of unknown keys names the first hundred', () => {
    const text = `version: 1\n${Array.from({ length: 20_000 }, (_, i) => `key-${i}: 1`).join('\n')}\n`;
    const { problems } = readConfig(text, 'test.yaml');
    expect(problems).toHaveLength(101);
    expect(problems.map(({ message }) => message)).toContain(
      'There may be more schema errors in this file. Fix the first ones and look again.',
    );
  });

  it('an alias inside the value it repeats is no endless loop', () => {
    expect(problemsOf('version: 1\nservices: &s { a: *s }\n')).toContain(
      "yaml-syntax: '*s' stands inside the value that it repeats.",
    );
  });
});

describe('what is read', () => {
  const text = [
    'version: 1',
    'redundancy:',
    '  db:',
    '    active: [db-1, { id: db-2, zone: b }]',
    '    latency: { p50: 20ms, p99: 0.2s }',
    '    capacity: 3k/min',
    'services:',
    '  shop: { traffic: { rate: 40/s }, errorRate: 0.1%, calls: [{ to: db, timeout: PT0.3S }] }',
    'scenarios:',
    '  down: { faults: [{ at: 1m, fail: db-1 }], expect: { availability: ">= 99.9%", latencyP99: <= 800ms } }',
  ].join('\n');
  const { model, problems } = readConfig(text, 'shop.resilience.yaml');
  const db = model.groups.get('db');
  const shop = model.services.get('shop');

  it('has no problems', () => expect(problems).toEqual([]));

  it('names the system after the file when it has no name', () =>
    expect(model.system).toBe('shop'));

  it('converts units: milliseconds, per second, shares of one', () => {
    expect(db?.latency.value).toEqual({ kind: 'lognormal', p50Ms: 20, p99Ms: 200 });
    expect(db?.capacityPerSecond?.value).toBe(50);
    expect(shop?.ratePerSecond?.value).toBe(40);
    expect(shop?.errorRate.value).toBe(0.001);
    expect(shop?.calls[0]?.timeoutMs?.value).toBe(300);
    expect(model.scenarios.get('down')?.expect).toMatchObject([
      { metric: 'availability', comparison: '>=', bound: { value: 0.999 } },
      { metric: 'latency', percentile: 0.99, comparison: '<=', bound: { value: 800 } },
    ]);
  });

  it('keeps where each value is written', () => {
    const source = db?.capacityPerSecond?.source;
    expect(source).toMatchObject({ kind: 'explicit', at: { file: 'shop.resilience.yaml' } });
    expect(text.slice(source?.at.start, source?.at.end)).toBe('3k/min');
  });

  it('says which values are defaults, and points at their owner', () => {
    expect(db?.minHealthy).toEqual({ value: 2, source: { kind: 'default', at: db?.nameAt } });
    expect(db?.recovery.timeMs.value).toBe(5_000);
    expect(db?.recovery.timeMs.source.kind).toBe('default');
    expect(shop?.capacityPerSecond).toBeUndefined();
  });
});

describe('any text', () => {
  const fragments = fc.constantFrom(
    'version: 1',
    'redundancy:',
    '  db:',
    '    active: [a, b]',
    '    minHealthy: 2',
    ' - x',
    '{',
    '}',
    '[',
    ']',
    '&a',
    '*a',
    '<<: *a',
    '"',
    "'",
    '|',
    '>',
    '? ',
    ': ',
    '- ',
    '#',
    '\t',
    '---',
    '...',
    '!!set',
    '%YAML 1.1',
    '__proto__: 1',
    'constructor: {}',
    'services: { s: { calls: [{ to: s }] } }',
    '\u2028',
    '\ud800',
    '0x1F',
    '~',
  );
  const texts = fc
    .array(fc.oneof({ weight: 4, arbitrary: fragments }, { weight: 1, arbitrary: fc.string() }), {
      maxLength: 40,
    })
    .chain((parts) => fc.constantFrom('\n', '\n  ', ' ', '').map((glue) => parts.join(glue)));

  it('is read without an exception, and every problem lies inside it', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const { at, message, related } of readConfig(text, 'any.yaml').problems) {
          // A message may quote the text, and the text may happen to be one of these words.
          for (const leak of ['undefined', '[object', 'NaN']) {
            if (!text.includes(leak)) expect(message).not.toContain(leak);
          }
          for (const place of [at, ...related.map((one) => one.at)]) {
            expect(place.start).toBeGreaterThanOrEqual(0);
            expect(place.start).toBeLessThanOrEqual(place.end);
            expect(place.end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('means the same in YAML and in JSON', () => {
    const value = {
      version: 1,
      redundancy: { db: { active: ['a', 'b'], minHealthy: 1, what: 3 } },
    };
    const json = readConfig(JSON.stringify(value, null, 2), 'a.resilience.json');
    const yaml = readConfig(
      'version: 1\nredundancy:\n  db:\n    active: [a, b]\n    minHealthy: 1\n    what: 3\n',
      'a.resilience.yaml',
    );
    expect(json.problems.map(({ message }) => message)).toEqual(
      yaml.problems.map(({ message }) => message),
    );
    expect(json.model.groups.get('db')?.members.length).toBe(2);
  });
});

describe('the name of a native file', () => {
  it.each([
    ['shop.resilience.yaml', true],
    ['dir/resilience.yml', true],
    ['c:\\dir\\Resilience.JSON', true],
    ['shop.yaml', false],
    ['myresilience.yaml', false],
    ['resilience.yaml.bak', false],
  ])('%s: %s', (path, expected) => expect(isNativeFile(path)).toBe(expected));
});
