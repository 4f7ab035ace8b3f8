import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Analysis, analyse } from '../analyse.ts';
import { AnalysisSession } from '../analysis-session.ts';
import { hintsAt, insightAt } from '../insight-at.ts';
import { simulate } from '../simulate.ts';
import { collectImports, resolveImport } from './index.ts';

const MAIN = 'shop/main.resilience.yaml';

/** Analyses the first file with those that it imports; says what is found, with its line. */
function found(files: Readonly<Record<string, string>>): string[] {
  return told(analyseFiles(files));
}

function analyseFiles(files: Readonly<Record<string, string>>): Analysis {
  const text = files[MAIN] ?? '';
  const imports = collectImports(text, MAIN, (file) => files[file]);
  return analyse(text, MAIN, { ...(imports && { imports }) });
}

function told({ findings, lines }: Analysis): string[] {
  return findings.map(
    ({ at, message, ruleId }) => `${lines.positionAt(at.start).line + 1} ${ruleId}: ${message}`,
  );
}

const PLATFORM = `version: 1
redundancy:
  db:
    minHealthy: 1
    active: [{ id: db-1, zone: a }, { id: db-2, zone: b }]
    latency: 5ms
    failures: { mtbf: 30d }
retries:
  quick: { attempts: 3, budget: 10% }
`;
const SHOP = `version: 1
imports: [../platform.resilience.yaml]
services:
  shop:
    traffic: { rate: 5/s }
    latency: 10ms
    calls: [{ to: db, timeout: 300ms, retry: quick }]
simulation: { duration: 10s, replications: 1 }
`;
const FILES = { [MAIN]: SHOP, 'platform.resilience.yaml': PLATFORM };

describe('the name of an imported file', () => {
  it.each([
    ['./b.yaml', 'a.yaml', 'b.yaml'],
    ['../b.yaml', 'x/a.yaml', 'b.yaml'],
    ['../b.yaml', 'a.yaml', '../b.yaml'],
    ['../../b.yaml', '../a.yaml', '../../../b.yaml'],
    ['y/../b.yaml', '/x/a.yaml', '/x/b.yaml'],
    ['../../../b.yaml', '/x/a.yaml', '/b.yaml'],
    ['/b.yaml', '/x/a.yaml', '/b.yaml'],
    ['my b.yaml', 'file:///x%20y/a.yaml', 'file:///x%20y/my%20b.yaml'],
    ['..\\b.yaml', 'C:\\x\\y\\a.yaml', 'C:/x/b.yaml'],
    ['../b.yaml', 'vscode-vfs://github/o/r/a.yaml', 'vscode-vfs://github/o/b.yaml'],
  ])('of %s in %s is %s', (path, from, name) => expect(resolveImport(path, from)).toBe(name));
});

describe('several files', () => {
  it('are one system', () => {
    expect(found(FILES)).toEqual([]);
    const { model } = analyseFiles(FILES);
    expect([...model.groups.keys(), ...model.retries.keys()]).toEqual(['db', 'quick']);
    expect(simulate(analyseFiles(FILES)).kind).toBe('done');
  });

  it('through others, and twice the same', () => {
    const files = {
      [MAIN]: SHOP.replace('[../platform', '[./a.resilience.yaml, ../platform'),
      'shop/a.resilience.yaml':
        'version: 1\nimports:\n  # the same\n  - ../platform.resilience.yaml\n',
      'platform.resilience.yaml': PLATFORM,
    };
    expect(found(files)).toEqual([]);
  });

  it('say what is wrong with their own parts where they are written', () => {
    const weak = {
      ...FILES,
      'platform.resilience.yaml': PLATFORM.replace('Healthy: 1', 'Healthy: 2'),
    };
    expect(found(weak)).toEqual([]);
    expect(analyse(weak['platform.resilience.yaml'], 'p.resilience.yaml').findings).not.toEqual([]);
  });

  it('are judged together where the own part is wrong', () => {
    const files = { ...FILES, [MAIN]: SHOP.replace('timeout: 300ms, retry: quick', 'retry: slow') };
    expect(found(files).filter((one) => /unknown/.test(one))).toEqual([
      expect.stringMatching(/^7 unknown-reference: There is no retry policy 'slow'.*quick/),
    ]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    [
      'a file that is missing, and nothing of its names',
      { [MAIN]: SHOP },
      [
        '2 unreadable-import: There is no file at this path that can be read: platform.resilience.yaml.',
      ],
    ],
    [
      'a file that one of them misses',
      { ...FILES, 'platform.resilience.yaml': `${PLATFORM}imports: [no.resilience.yaml]\n` },
      [
        '2 unreadable-import: platform.resilience.yaml imports no.resilience.yaml, and there is no file at this path that can be read: no.resilience.yaml.',
      ],
    ],
    [
      'a cycle',
      { ...FILES, 'platform.resilience.yaml': `${PLATFORM}imports: [shop/main.resilience.yaml]\n` },
      [
        '2 import-cycle: Files import each other: main.resilience.yaml → platform.resilience.yaml → main.resilience.yaml. Take one of the imports out.',
      ],
    ],
    [
      'errors in an imported file',
      { ...FILES, 'platform.resilience.yaml': `${PLATFORM}nonsense: 1\n` },
      ["2 broken-import: platform.resilience.yaml has 1 error: 'nonsense' is not known here"],
    ],
    [
      'a name that is defined twice',
      { ...FILES, [MAIN]: `${SHOP}retries: { quick: { attempts: 2, budget: 5% } }\n` },
      [
        "9 duplicate-name: 'quick' is defined in platform.resilience.yaml too; the one here counts. Rename or delete one.",
      ],
    ],
    [
      'a component that is there twice',
      {
        ...FILES,
        [MAIN]: `${SHOP}redundancy: { cache: { minHealthy: 1, active: [db-1, c-2] } }\n`,
      },
      [
        "2 duplicate-id: There are two components with the id 'db-1', in main.resilience.yaml and platform.resilience.yaml. Rename one of them.",
      ],
    ],
  ])('report %s', (_, files, expected) => {
    const errors = found(files).filter((one) => /import|duplicate|unknown-ref/.test(one));
    expect(errors).toHaveLength(expected.length);
    for (const [index, one] of expected.entries()) expect(errors[index]).toContain(one);
    expect(simulate(analyseFiles(files)).kind).toBe('refused');
  });

  it('cannot be read where there is nothing to read them with', () => {
    expect(told(analyse(SHOP, MAIN))).toEqual([
      '2 unreadable-import: platform.resilience.yaml cannot be read from here, so nothing is known of what it defines.',
    ]);
  });

  it('have no fix that reaches into another file', () => {
    const { findings, model } = analyseFiles({
      ...FILES,
      [MAIN]: SHOP.replace('timeout: 300ms, ', ''),
    });
    const at = model.imports?.[0]?.at;
    for (const { fixes = [] } of findings) {
      for (const change of fixes.flatMap((fix) => fix.changes)) {
        expect(JSON.stringify(change)).not.toContain(`"start":${at?.start},`);
      }
    }
  });

  it('show numbers of their own parts only', () => {
    const analysis = analyseFiles(FILES);
    const { text } = analysis;
    expect(
      hintsAt(analysis, { start: 0, end: text.length }).map(
        ({ offset }) => text.slice(0, offset).split('\n').length,
      ),
    ).toEqual([7]);
    expect(insightAt(analysis, text.indexOf('../platform'))?.insight).toBeUndefined();
    expect(insightAt(analysis, text.indexOf('db, timeout'))?.insight).toMatchObject({
      kind: 'call',
    });
  });

  it('are read again when their text is another one, and found as by a fresh run', () => {
    const session = new AnalysisSession(MAIN);
    const platform = fc.constantFrom(
      PLATFORM,
      PLATFORM.replace('quick', 'slow'),
      `${PLATFORM}x: [`,
      '',
      undefined,
    );
    const main = fc.constantFrom(
      SHOP,
      SHOP.replace('version', '\nversion'),
      SHOP.replace('quick', 'slow'),
      'version: 1\n',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(main, platform), { minLength: 1, maxLength: 5 }),
        (versions) => {
          for (const [text, imported] of versions) {
            const imports = collectImports(text, MAIN, () => imported);
            const options = { ...(imports && { imports }) };
            expect(told(session.update(text, options))).toEqual(told(analyse(text, MAIN, options)));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('gathering', () => {
  it.each([
    ['a list', 'imports:\n- a.yaml\n# c\n- b.yaml\nservices: {}\n'],
    ['brackets', 'version: 1\nimports: [a.yaml,\n  b.yaml]\n'],
    ['JSON', '{ "imports": ["a.yaml", "b.yaml"] }'],
  ])('finds the files of %s', (_, text) => {
    const asked: string[] = [];
    collectImports(text, 'x.yaml', (file) => {
      asked.push(file);
      return '';
    });
    expect(asked).toEqual(['a.yaml', 'b.yaml']);
  });

  it('asks for nothing where nothing is imported', () => {
    const never = () => expect.fail();
    expect(collectImports(`${PLATFORM}# imports: [x]\n`, MAIN, never)).toBeUndefined();
  });
});
