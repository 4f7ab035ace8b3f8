import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectCalm, expectGolden, faultline } from './harness.ts';

const SMALL = `version: 1
redundancy:
  db: { minHealthy: 1, active: [db-1, db-2] }
services:
  api: { traffic: { rate: 5/s }, calls: [{ to: db, timeout: 1s }] }
scenarios:
  calm: { expect: { availability: '>= 99%' } }
  outage:
    faults: [{ at: 10s, for: 10s, fail: db }]
    expect: { availability: '>= 99%' }
simulation: { duration: 30s, seed: 5, replications: 2 }
`;
const NO_SCENARIOS = SMALL.replace(/scenarios:[\s\S]*?(?=simulation:)/, '');

// A simulation takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
const simulate = (...args: string[]) => faultline(['simulate', ...args], { cwd: folder });
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-'));
  writeFileSync(join(folder, 'small.resilience.yaml'), SMALL);
  writeFileSync(join(folder, 'plain.yaml'), NO_SCENARIOS);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the summary', () => {
  it.each([
    ['online-shop', []],
    ['external-api', []],
    ['random-failures', []],
    ['workstation-cluster', []],
  ])('of the sample %s reads like this', async (name) => {
    const { stdout } = await faultline(['simulate', `samples/${name}.resilience.yaml`]);
    expectGolden(`simulate-${name}`, stdout);
    expectCalm(stdout);
    const lines = stdout.split('\n');
    expect(lines.length).toBeLessThanOrEqual(72);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(100);
  });

  it('keeps names of the config from controlling the terminal', async () => {
    writeFileSync(
      join(folder, 'evil.yaml'),
      `${SMALL.replaceAll(/\bdb\b(?!-)/g, '"d\\e[2Jb"')}system: "a\\nb\\u202Ec"\n`,
    );
    const { stdout } = await simulate('evil.yaml');
    expectCalm(stdout);
    expect(stdout).toContain('a␊b\ufffdc');
    expect(stdout).toContain('d␛[2Jb');
  });

  it('shows at most ten findings and says where the others are', async () => {
    const groups = Array.from(
      { length: 12 },
      (_, i) => `  g${i}: { minHealthy: 2, active: [a${i}, b${i}] }`,
    );
    writeFileSync(
      join(folder, 'many.yaml'),
      SMALL.replace('redundancy:', `redundancy:\n${groups.join('\n')}`),
    );
    const { stdout } = await simulate('many.yaml');
    const shown = stdout.split('\n\n')[0]?.match(/^ {2}warning /gm);
    expect(shown).toHaveLength(10);
    expect(stdout).toContain('and 2 more: faultline check many.yaml');
  });

  it('is coloured where a person watches', async () => {
    const args = ['simulate', 'small.resilience.yaml'];
    const { stdout } = await faultline(args, { cwd: folder, isTerminal: true, columns: 80 });
    expect(stdout).toContain('\u001b[1m');
  });
});

describe('which scenario is run, and how', () => {
  const scenarioOf = async (...args: string[]) => {
    const { stdout } = await simulate(...args, '--format', 'json');
    return JSON.parse(stdout).scenario?.name ?? null;
  };

  it('is the first, the named one, or none', async () => {
    expect(await scenarioOf('small.resilience.yaml')).toBe('calm');
    expect(await scenarioOf('small.resilience.yaml', '--scenario', 'outage')).toBe('outage');
    expect(await scenarioOf('small.resilience.yaml', '--scenario', 'none')).toBe(null);
    expect(await scenarioOf('plain.yaml')).toBe(null);
  });

  it('a folder with one config is that config', async () => {
    expect(await scenarioOf('.')).toBe('calm');
  });

  it('the options win over the file', async () => {
    const { stdout } = await simulate(
      'small.resilience.yaml',
      '--seed',
      '77',
      '--replications',
      '3',
      '--format',
      'json',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      seed: 77,
      replications: 3,
      format: 'faultline-report',
    });
  });

  it('gives the same bytes for the same seed', async () => {
    const [one, two] = [
      await simulate('.', '--format', 'json'),
      await simulate('.', '--format', 'json'),
    ];
    expect(two.stdout).toBe(one.stdout);
    expect(one.stdout).not.toBe((await simulate('.', '--seed', '6', '--format', 'json')).stdout);
  });

  it('tells how far it is', async () => {
    const { progress } = await simulate('.');
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });
});

describe('the exit code', () => {
  it('is 0 when every expectation was met', async () => {
    const { code, stderr } = await simulate('.');
    expect([code, stderr]).toEqual([0, '']);
  });

  it('is 0 when only an objective of the file was missed: the scenario asks for less', async () => {
    const { code, stdout } = await faultline(['simulate', 'samples/online-shop.resilience.yaml']);
    expect(stdout).toMatch(/Recovery time +file .*missed/);
    expect(code).toBe(0);
  });

  it.each([[[]], [['--format', 'json']]])('is 1 when one was missed %j', async (options) => {
    const { code } = await simulate('.', '--scenario', 'outage', ...options);
    expect(code).toBe(1);
  });
});

describe('what cannot be simulated is explained, with exit code 2', () => {
  it.each([
    [
      ['small.resilience.yaml', '--scenario', 'outtage'],
      "There is no scenario 'outtage' in 'small.resilience.yaml'. Did you mean 'outage'? It has calm, outage.",
    ],
    [['plain.yaml', '--scenario', 'x'], "There is no scenario 'x': 'plain.yaml' has no scenarios."],
    [
      ['small.resilience.yaml', 'plain.yaml'],
      'One config is simulated at a time. Name one of these:\n  small.resilience.yaml\n  plain.yaml',
    ],
    [
      ['plain.yaml', '--html', 'plain.yaml'],
      "'--html plain.yaml': give the page a name that ends in .html.",
    ],
    [
      ['plain.yaml', '--html', 'no/such/page.html'],
      "Cannot write 'no/such/page.html': there is no such file or folder.",
    ],
  ])('%j', async (args, message) => {
    const { code, stderr } = await simulate(...args);
    expect(stderr).toBe(`faultline: ${message}\n`);
    expect(code).toBe(2);
  });

  it('a broken config, each problem with its place', async () => {
    writeFileSync(
      join(folder, 'broken.yaml'),
      SMALL.replace('timeout: 1s', 'timeout: 1').replace('to: db', 'to: bd'),
    );
    const { code, stdout, stderr } = await simulate('broken.yaml');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.split('\n')).toEqual([
      "faultline: 'broken.yaml' cannot be simulated as it stands.",
      expect.stringMatching(/^ {2}broken\.yaml:5:48 {2}There is no .*'bd'/),
      expect.stringMatching(/^ {2}broken\.yaml:5:61 {2}1 has no unit/),
      '',
    ]);
  });

  it('a file that is something else altogether, in a few lines', async () => {
    const foreign = Array.from({ length: 30 }, (_, i) => `key${i}: value`).join('\n');
    writeFileSync(join(folder, 'foreign.yaml'), foreign);
    const { stderr } = await simulate('foreign.yaml');
    expect(stderr.split('\n')).toHaveLength(13);
    expect(stderr).toMatch(/\n {2}and 21 more: faultline check foreign\.yaml\n$/);
  });

  it('a system in which nothing happens', async () => {
    writeFileSync(join(folder, 'idle.yaml'), 'version: 1\nservices:\n  api: { latency: 1ms }\n');
    const { code, stderr } = await simulate('idle.yaml');
    expect(stderr).toMatch(/^ {2}idle\.yaml:3:3 {2}There is nothing to simulate/m);
    expect(code).toBe(2);
  });
});

describe('the page', () => {
  it('is one file with everything in it, and the summary says where', async () => {
    const { code, stdout } = await simulate('.', '--html', 'report.html');
    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(code).toBe(0);
    expect(page).toMatch(/^<!DOCTYPE html>[\s\S]*\/\* css \*\/[\s\S]*\/\* script \*\//);
    expect(stdout).toContain('\nReport      report.html (open it in a browser)\n');
    expect(stdout).toContain(
      'code small.resilience.yaml, then "Faultline: Simulate Resilience Config"',
    );
  });

  it('is named without letting its name, or that of the config, drive the terminal', async () => {
    copyFileSync(join(folder, 'plain.yaml'), join(folder, 'red\u001b[31m.yaml'));
    const { stdout } = await simulate('red\u001b[31m.yaml', '--html', 'r\u001b[2J.html');
    expect(stdout).toContain('Report      r␛[2J.html (open');
    expect(stdout).toContain('code red␛[31m.yaml, then');
    expectCalm(stdout);
  });

  it('is the same for the same report', async () => {
    await simulate('.', '--html', 'one.html');
    await simulate('.', '--html', 'two.htm');
    const [one, two] = ['one.html', 'two.htm'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    );
    expect(two).toBe(one);
  });

  it('leaves JSON alone', async () => {
    const { stdout, stderr } = await simulate('.', '--html', 'json.html', '--format', 'json');
    expect(JSON.parse(stdout).format).toBe('faultline-report');
    expect(stderr).toContain('json.html');
    expect(existsSync(join(folder, 'json.html'))).toBe(true);
  });
});
