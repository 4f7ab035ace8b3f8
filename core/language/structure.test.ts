import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyEdits, ConfigEditor } from '../config/edit/index.ts';
import { readConfig } from '../config/index.ts';
import { foldsOf } from './folding.ts';
import { linksOf } from './links.ts';
import { organiseEdit } from './organise.ts';
import { refactoringsAt } from './refactor.ts';
import { selectionsAt } from './selection.ts';
import { signatureAt } from './signature.ts';
import { tokensIn } from './tokens.ts';

const FILE = 'shop.resilience.yaml';
/** A config with the offset of `‸` in it. */
function read(marked: string) {
  const offset = marked.indexOf('‸');
  return { config: readConfig(marked.replace('‸', ''), FILE), offset };
}

describe('folding', () => {
  it.each<[string, string, string[]]>([
    [
      'keys and items',
      'a:\n  b:\n    c: 1\n  d:\n    - e: 1\n      f: 2\n    - g\nh: 1\n',
      ['0-6', '1-2', '3-6', '4-5'],
    ],
    ['brackets', 'a: {\n  b: [\n    1\n  ]\n}\n', ['0-4', '1-3']],
    ['comments', '# a\n# b\na: 1 # c\n# d\nb: 1\n', ['0-1 comment']],
    [
      'regions',
      '# region x\na: 1\n# region y\nb: 1\n# endregion\n# endregion\n',
      ['0-5 region', '2-4 region', '4-5 comment'],
    ],
    ['nothing on one line', 'a: { b: 1 }\n', []],
  ])('of %s', (_, text, expected) => {
    const folds = foldsOf(readConfig(text, FILE));
    expect(
      folds.map(({ endLine, kind = '', startLine }) => `${startLine}-${endLine} ${kind}`.trim()),
    ).toEqual(expected);
  });
});

describe('selection', () => {
  it('grows from a word to the whole file', () => {
    const { config, offset } = read('services:\n  shop:\n    calls: [{ to: "da‸tabase" }]\n');
    const texts = selectionsAt(config, offset).map(({ end, start }) =>
      config.text.slice(start, end),
    );
    expect(texts.map((one) => one.replace(/\n */g, '|').trim())).toEqual([
      'database',
      '"database"',
      'to: "database"',
      '{ to: "database" }',
      '[{ to: "database" }]',
      'calls: [{ to: "database" }]',
      'shop:|calls: [{ to: "database" }]',
      'services:|shop:|calls: [{ to: "database" }]',
      'services:|shop:|calls: [{ to: "database" }]|',
    ]);
  });
});

describe('tokens', () => {
  it('say what words are', () => {
    const text =
      'retries: { quick: { attempts: 2, bogus: 1 } }\nservices:\n  shop: { latency: 5ms, calls: [{ to: shop, retry: quick, onTimeout: abort, idempotent: true }] }\n';
    const config = readConfig(text, FILE);
    const all = { start: 0, end: text.length };
    expect(
      tokensIn(config, all).map(
        ({ isDefinition, kind, range }) =>
          `${text.slice(range.start, range.end)} ${kind}${isDefinition ? '!' : ''}`,
      ),
    ).toEqual([
      'retries key',
      'quick retry!',
      'attempts key',
      '2 number',
      '1 number',
      'services key',
      'shop service!',
      'latency key',
      '5ms quantity',
      'calls key',
      'to key',
      'shop service',
      'retry key',
      'quick retry',
      'onTimeout key',
      'abort choice',
      'idempotent key',
      'true boolean',
    ]);
  });

  it('come only from the stretch that is asked for, in order, and never overlap', () => {
    const text = readFileSync(
      new URL('../../samples/online-shop.resilience.yaml', import.meta.url),
      'utf8',
    );
    const config = readConfig(text, FILE);
    const whole = tokensIn(config, { start: 0, end: text.length });
    const some = tokensIn(config, { start: 1000, end: 1500 });
    expect(some).toEqual(whole.filter(({ range }) => range.end >= 1000 && range.start <= 1500));
    for (const [index, { range }] of whole.entries()) {
      expect(range.start).toBeGreaterThanOrEqual(whole[index - 1]?.range.end ?? 0);
    }
  });
});

describe('organising', () => {
  it.each<[string, string, string | undefined]>([
    [
      'moves sections with their comments',
      '# the file\n\n# of services\nservices:\n  a: {}\n\n# of version\nversion: 1',
      '# the file\n\n# of version\nversion: 1\n# of services\nservices:\n  a: {}\n\n',
    ],
    ['leaves what is in order', 'version: 1\nservices: {}\n', undefined],
    [
      'keeps what it does not know behind what it followed',
      'services: {}\nx: 1\nversion: 1\n',
      'version: 1\nservices: {}\nx: 1\n',
    ],
    ['leaves an alias behind its anchor', 'services: &a {}\nredundancy: *a\n', undefined],
    ['leaves brackets', '{ services: {}, version: 1 }\n', undefined],
  ])('%s', (_, text, expected) => {
    const edit = organiseEdit(text);
    expect(edit && applyEdits(text, [edit])).toBe(expected);
  });
});

describe('links', () => {
  it('lead from comments to the pages of rules', () => {
    const text = 'version: 1 # faultline-ignore retry-storm, no-timeout: because\n';
    const links = linksOf(readConfig(text, FILE)).filter(({ kind }) => kind === 'rule');
    expect(
      links.map((one) => [
        one.kind === 'rule' && one.ruleId,
        text.slice(one.range.start, one.range.end),
      ]),
    ).toEqual([
      ['retry-storm', 'retry-storm'],
      ['no-timeout', 'no-timeout'],
    ]);
  });
});

describe('links of imports', () => {
  it('lead to the files', () => {
    const text = 'imports: [../a.resilience.yaml]\n';
    expect(linksOf(readConfig(text, 'file:///x/y/shop.resilience.yaml'))).toMatchObject([
      { kind: 'file', file: 'file:///x/a.resilience.yaml', range: { start: 10, end: 30 } },
    ]);
  });
});

describe('signatures', () => {
  it.each<[string, string, string | undefined, string[], number]>([
    [
      'timeout: 1m3‸0s',
      'timeout: 1m30s',
      '1m 30s = 90 s = 90,000 ms',
      ['1 minute', '30 seconds'],
      1,
    ],
    ['timeout: ‸', 'timeout: <number><ms|s|m|h|d>', undefined, [], 0],
    ['timeout: 30‸', 'timeout: 30', undefined, ['30, and a unit is missing'], 0],
  ])('of %s', (written, label, total, says, active) => {
    const { config, offset } = read(
      `services:\n  a:\n    calls:\n      - to: a\n        ${written}\n`,
    );
    const found = signatureAt(config, offset);
    expect(found).toMatchObject({ label, active });
    expect(found?.total).toBe(total);
    expect(found?.parts.map((one) => one.says)).toEqual(says);
  });

  it.each([
    ['traffic: { rate: 3k/min‸ }', '50 a second, 3,000 a minute'],
    ['errorRate: 0.1%‸', '1 in 1,000; the rest is 1 in 1'],
    ['errorRate: 25%‸', '1 in 4; the rest is 1 in 1.33'],
  ])('%s says what it comes to', (written, total) => {
    const { config, offset } = read(`services:\n  a:\n    ${written}\n`);
    expect(signatureAt(config, offset)?.total).toBe(total);
  });

  it.each(['tier: 1‸', 'ti‸er: 1'])('none of %s', (written) => {
    const { config, offset } = read(`services:\n  a:\n    ${written}\n`);
    expect(signatureAt(config, offset)).toBeUndefined();
  });
});

describe('refactorings', () => {
  const TEXT = `redundancy:
  db: { active: [{ id: db-1, zone: a }, { id: db-2, zone: b }, { id: db-9, zone: a }] }
bulkheads:
  pool: { size: 20, queue: 5 }
retries:
  quick: { attempts: 3 }
  fast: { attempts: 3 }
services:
  shop:
    bulkhead: pool
    calls:
      - { to: db, retry: quick, bulkhead: pool }
      - { to: bill, retry: quick, bulkhead: pool }
  bill:
    calls: [{ to: db, retry: fast }]
`;
  const apply = (mark: string, title: RegExp) => {
    const config = readConfig(TEXT, FILE);
    const found = refactoringsAt(config, TEXT.indexOf(mark) + 1).find((one) =>
      title.test(one.title),
    );
    if (!found) return undefined;
    const planned = new ConfigEditor(TEXT).planChanges(found.changes);
    return planned.kind === 'edits'
      ? [found.title, applyEdits(TEXT, planned.edits)]
      : planned.reason;
  };

  it('add a standby where there are fewest', () => {
    expect(apply('db-2', /standby/)).toEqual([
      "Add a standby to 'db' in zone b",
      TEXT.replace('zone: a }] }', 'zone: a }], standby: [{ id: db-10, zone: b }] }'),
    ]);
  });

  it('split a pool, with as many in all as before', () => {
    expect(apply('pool: {', /Split/)).toEqual([
      "Split 'pool' into one for each of its 3 users (7 + 7 + 6)",
      TEXT.replace(
        'pool: { size: 20, queue: 5 }',
        'pool: { size: 7, queue: 5 }\n  pool-db: { size: 7, queue: 5 }\n  pool-bill: { size: 6, queue: 5 }',
      )
        .replace('db, retry: quick, bulkhead: pool', 'db, retry: quick, bulkhead: pool-db')
        .replace('bill, retry: quick, bulkhead: pool', 'bill, retry: quick, bulkhead: pool-bill'),
    ]);
  });

  it('give a call its own copy of a policy', () => {
    expect(apply('quick, bulkhead: pool }\n  bill', /copy/)).toEqual([
      "Give this its own copy of 'quick', as 'quick-bill'",
      TEXT.replace(
        'fast: { attempts: 3 }',
        'fast: { attempts: 3 }\n  quick-bill: { attempts: 3 }',
      ).replace('bill, retry: quick', 'bill, retry: quick-bill'),
    ]);
  });

  it('make one policy of two that say the same', () => {
    expect(apply('fast:', /Use/)).toEqual([
      "Use 'quick' in place of 'fast': they say the same",
      TEXT.replace('  fast: { attempts: 3 }\n', '').replace('retry: fast', 'retry: quick'),
    ]);
  });

  it.each([
    ['the only call with a policy', 'fast }', /copy/],
    ['a policy without a twin', 'pool: {', /Use/],
    ['a policy that is no pool', 'quick:', /Split/],
  ])('offer nothing for %s', (_, mark, title) => expect(apply(mark, title)).toBeUndefined());
});
