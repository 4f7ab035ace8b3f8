import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RULES } from '../../core/rules/all.ts';
import { expectCalm, expectGolden, FIXTURES, faultline } from './harness.ts';

const workspace = { cwd: join(FIXTURES, 'workspace') };
const SOUND = 'services/sound.resilience.yml';
const BROKEN = 'services/resilience.json';

describe('output for people', () => {
  it('shows each finding on its line, whatever stands on it', async () => {
    const { code, stdout, stderr } = await faultline(['check', '.'], workspace);
    expectGolden('check-workspace', stdout);
    expectCalm(stdout);
    expect([code, stderr]).toEqual([1, '']);
  });

  it('wraps messages to the terminal', async () => {
    const { stdout } = await faultline(['check', BROKEN], { ...workspace, columns: 60 });
    expectGolden('check-narrow', stdout);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  });

  it('says so when nothing is wrong', async () => {
    const { code, stdout } = await faultline(['check', SOUND], workspace);
    expect([code, stdout]).toEqual([0, 'No problems in 1 file.\n']);
  });

  it.each([
    ['on a terminal', { isTerminal: true }, true],
    ['not in a pipe', {}, false],
    ['not where the user wants none', { isTerminal: true, env: { NO_COLOR: '1' } }, false],
    ['nor on a dumb terminal', { isTerminal: true, env: { TERM: 'dumb' } }, false],
    ['in a pipe that can show them', { env: { FORCE_COLOR: '1' } }, true],
    ['not if forced off', { isTerminal: true, env: { FORCE_COLOR: '0' } }, false],
    ['NO_COLOR wins', { env: { NO_COLOR: '1', FORCE_COLOR: '1' } }, false],
  ])('is coloured %s', async (_, world, isColoured) => {
    const { stdout } = await faultline(['check', BROKEN], { ...workspace, ...world });
    expect(stdout.includes('\u001b[')).toBe(isColoured);
  });
});

describe('output for programs', () => {
  it('has the documented shape', async () => {
    const { stdout } = await faultline(['check', '--format', 'json', '.'], workspace);
    const { files, summary } = JSON.parse(stdout);
    expect(Object.keys(summary)).toEqual([
      'files',
      'errors',
      'warnings',
      'infos',
      'hints',
      'suppressed',
    ]);
    expect(files.map(({ file }: { file: string }) => file)).toEqual([
      BROKEN,
      SOUND,
      'tricky.resilience.yaml',
    ]);
    expect(files[0].findings).toContainEqual({
      ruleId: 'invalid-duration',
      severity: 'error',
      message: expect.stringContaining('300 has no unit'),
      range: { start: { line: 2, character: 91 }, end: { line: 2, character: 94 } },
      related: [],
      docs: 'docs/rules/invalid-duration.md',
      fingerprint: expect.stringMatching(/^invalid-duration services\/.+\/calls\/db$/),
    });
    expect(files[1].findings).toEqual([]);
    expect(summary.files).toBe(3);
    const errors = files.flatMap(({ findings }: { findings: { severity: string }[] }) =>
      findings.filter(({ severity }) => severity === 'error'),
    );
    expect(summary.errors).toBe(errors.length);
  });

  it('is the same JSON whatever the terminal', async () => {
    const args = ['check', '--format', 'json', '.'];
    const plain = await faultline(args, workspace);
    const onTerminal = await faultline(args, { ...workspace, isTerminal: true, columns: 40 });
    expect(onTerminal.stdout).toBe(plain.stdout);
  });
});

describe('the exit code', () => {
  const hints = 'version: 1\nretries: { never-used: { attempts: 2 } }\nservices: { a: {} }\n';
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-'));
    writeFileSync(join(folder, 'resilience.yaml'), hints);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['error', 0],
    ['warning', 0],
    ['info', 0],
    ['hint', 1],
    ['never', 0],
  ])('with a hint and --fail-on %s is %i', async (severity, expected) => {
    const { code } = await faultline(['check', '.', '--fail-on', severity], { cwd: folder });
    expect(code).toBe(expected);
  });

  it.each([
    ['warning', 1],
    ['never', 0],
  ])('with an error and --fail-on %s is %i', async (severity, expected) => {
    const { code } = await faultline(['check', BROKEN, '--fail-on', severity], workspace);
    expect(code).toBe(expected);
  });
});

describe('the exit code without --fail-on', () => {
  it('lets warnings pass', async () => {
    const { code, stdout } = await faultline(['check', 'samples/random-failures.resilience.yaml']);
    expect(stdout).toMatch(/^3 warnings in 1 file$/m);
    expect(code).toBe(0);
  });
});

describe('a rule that throws', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });
  const broken = RULES.find(({ id }) => id === 'unused-definition') ?? expect.fail();
  const breakIt = () =>
    vi.spyOn(broken, 'check').mockImplementation(() => {
      throw new Error('no\u001b luck');
    });
  const line = (file: string) =>
    `faultline: internal error: rule 'unused-definition' failed on ${file}: no␛ luck ` +
    '(run with FAULTLINE_DEBUG=1 for the stack)\n';

  it('costs check only its own findings, and is told of once for each file', async () => {
    breakIt();
    const { code, stdout, stderr } = await faultline(['check', '.'], workspace);
    expect(stdout).toContain('unknown-reference');
    expect(stdout).toContain(BROKEN);
    expect(stderr).toBe([BROKEN, SOUND, 'tricky.resilience.yaml'].map(line).join(''));
    expect(code).toBe(70);
  });

  it('costs simulate nothing but the exit code', async () => {
    breakIt();
    const file = 'samples/database-cluster.resilience.yaml';
    const { code, stdout, stderr } = await faultline(['simulate', file, '--format', 'json']);
    expect(JSON.parse(stdout).format).toBe('faultline-report');
    expect(stderr).toBe(line(file));
    expect(code).toBe(70);
  });

  it('shows its stack to who looks for the cause', async () => {
    breakIt();
    const world = { ...workspace, env: { FAULTLINE_DEBUG: '1' } };
    const { stderr } = await faultline(['check', SOUND], world);
    expect(stderr).toMatch(/^Caused by: Error: no.* luck$/m);
  });
});

describe('which files are checked', () => {
  let folder: string;
  const write = (path: string, text = 'version: 1\n') => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const checked = async (...paths: string[]) => {
    const { stdout } = await faultline(['check', '--format', 'json', ...paths], { cwd: folder });
    return JSON.parse(stdout).files.map(({ file }: { file: string }) => file);
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-'));
    for (const path of [
      'resilience.yaml',
      'a/shop.resilience.yml',
      'a/b/resilience.json',
      'a/other.yaml',
      'a/notresilience.yaml',
      'node_modules/x/resilience.yaml',
      '.git/resilience.yaml',
      'a/dist/resilience.yaml',
      'resilience.yml/readme.md',
    ]) {
      write(path);
    }
    symlinkSync(folder, join(folder, 'a', 'circle'));
    symlinkSync(join(folder, 'a', 'other.yaml'), join(folder, 'linked.resilience.yaml'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('finds native names in folders, not what others made, and survives circles of links', async () => {
    const all = [
      'a/b/resilience.json',
      'a/shop.resilience.yml',
      'linked.resilience.yaml',
      'resilience.yaml',
    ];
    expect(await checked('.')).toEqual(all);
    expect(await checked('a', 'a/shop.resilience.yml', './a')).toEqual(all.slice(0, 2));
  });

  it('checks a file that is named, whatever its name', async () => {
    expect(await checked('a/other.yaml')).toEqual(['a/other.yaml']);
  });

  it.each([
    ['a/*.yml', ['a/shop.resilience.yml']],
    ['**/*.json', ['a/b/resilience.json']],
    [
      'a/**',
      ['a/b/resilience.json', 'a/notresilience.yaml', 'a/other.yaml', 'a/shop.resilience.yml'],
    ],
    ['?/?/resilience.*', ['a/b/resilience.json']],
  ])('checks what a pattern matches: %s', async (pattern, expected) => {
    expect(await checked(pattern)).toEqual(expected);
    const absolute = join(folder, pattern);
    expect(await checked(absolute)).toEqual(expected);
  });

  it('says where it found nothing', async () => {
    const { code, stderr } = await faultline(['check', 'resilience.yml'], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^faultline: No resilience config found in 'resilience\.yml'\. Configs/);
  });
});
