import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectCalm, expectGolden, faultline } from './harness.ts';

// A simulation takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** Two of three at 99 % miss 99.99 %. */
const MISSED = `version: 1
system: Shop
objectives:
  availability: 99.99% # what the contract says
  latency: { p99: 1s }
redundancy:
  db:
    minHealthy: 2
    active: # all alike
      - { id: db-1, zone: a }
      - { id: db-2, zone: b }
      - { id: db-3, zone: c }
    failures: { mtbf: 99h }
    recovery: { time: 1h, maxTime: 1h, successRate: 100% }
services:
  web: { latency: 10ms, traffic: { rate: 5/s }, calls: [{ to: db }] }
simulation: { duration: 10s, replications: 2 }
`;
const REACHED = MISSED.replace('zone: c }\n', 'zone: c }\n      - { id: db-4, zone: a }\n');

const folder = mkdtempSync(join(tmpdir(), 'faultline-'));
const path = join(folder, 'shop.resilience.yaml');
const reach = (...args: string[]) => faultline(['reach', '.', ...args], { cwd: folder });
beforeEach(() => writeFileSync(path, MISSED));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a proposal', () => {
  it('reads like this', async () => {
    const { code, progress, stdout } = await reach();
    expectGolden('reach-member', stdout);
    expectCalm(stdout);
    expect(code).toBe(0);
    expect(progress.at(-1)).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe(MISSED);
  });

  it('is data for programs', async () => {
    const { stdout } = await reach('--format', 'json');
    expectGolden('reach-member-json', stdout);
  });

  it('of several edits reads like this', async () => {
    const { stdout } = await faultline(['reach', 'test/cli/fixtures/reach/shop.resilience.yaml']);
    expectGolden('reach-several', stdout);
    expectCalm(stdout);
  });

  it('is written when that is asked for, and nothing else changes', async () => {
    writeFileSync(path, `\uFEFF${MISSED}`);
    const { stdout } = await reach('--apply');
    expect(stdout).toMatch(/\nWritten\.\n$/);
    expect(readFileSync(path, 'utf8')).toBe(`\uFEFF${REACHED}`);
    expect((await reach()).stdout).toBe('Every objective is met, as far as the file says.\n');
  });

  it('is the same every time', async () => {
    expect(await reach()).toEqual(await reach());
  });

  it('is coloured where a person watches', async () => {
    const { stdout } = await faultline(['reach', '.'], { cwd: folder, isTerminal: true });
    expect(stdout).toContain('\u001b[32m  +       - { id: db-4, zone: a }');
  });

  it('keeps names of the config from controlling the terminal', async () => {
    writeFileSync(path, MISSED.replaceAll('db', '"d\\e[2Jb"').replaceAll(/"-/g, '-'));
    const text = MISSED.replace('  db:', '  "d\\e[2Jb":').replace('to: db', 'to: "d\\e[2Jb"');
    writeFileSync(path, text);
    for (const format of ['pretty', 'json']) expectCalm((await reach('--format', format)).stdout);
  });
});

describe('what is wanted', () => {
  it('may be an objective of a service', async () => {
    writeFileSync(path, MISSED.replace('web: {', 'web: { objectives: { availability: 99.9% },'));
    const { code, stdout } = await reach('--service', 'web');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^.*:16 {2}availability of 'web', promised 99\.9%\n/);
    expect(stdout).toMatch(/so it is met already/);
  });

  it('may be about zones, when somebody says how often they are up', async () => {
    writeFileSync(
      path,
      MISSED.replace('zone: b', 'zone: a')
        .replace('99.99%', '99.95%')
        .replace('99h', '999h')
        .replace(
          'redundancy:',
          'redundancy:\n  x: { minHealthy: 1, active: [{ id: x-1, zone: b }] }',
        ),
    );
    expect((await reach()).stdout).toMatch(/^Every objective is met/);
    const { stdout } = await reach('--zone-availability', '99.9%');
    expect(stdout).toContain("Spread 'db' over zones: move 'db-2' to ");
  });

  it.each([
    [['--objective', 'rto'], "has no objective 'rto'. It has availability, latency p99."],
    [['--service', 'shop'], "has no objective 'availability of 'shop''."],
    [
      ['--objective', 'availabilty'],
      "'--objective availabilty' is not known. Did you mean 'availability'?",
    ],
    [
      ['--zone-availability', '2'],
      "'--zone-availability 2': expected a percentage, such as 99.95%.",
    ],
  ])('%j is a mistake', async (args, message) => {
    const { code, stderr, stdout } = await reach(...args);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('is explained', async () => {
    const { code, stdout } = await faultline(['help', 'reach']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Proposes the cheapest change/);
    expect((await reach('--help')).stdout).toBe(stdout);
  });
});

describe('nothing is proposed', () => {
  it.each([
    ['out-of-reach', MISSED.replace('calls: [', 'errorRate: 5%, calls: [')],
    ['unknown', MISSED.replace(/ {4}failures.*\n/, '')],
  ])('and why reads like this: %s', async (name, text) => {
    writeFileSync(path, text);
    const { code, stdout } = await reach('--objective', 'availability');
    expectGolden(`reach-${name}`, stdout);
    expectCalm(stdout);
    expect(code).toBe(1);
    const json = await reach('--objective', 'availability', '--format', 'json');
    expect(JSON.parse(json.stdout).kind).toBe(name === 'unknown' ? 'cannot-judge' : 'unreachable');
  });

  it('where the objective is met', async () => {
    const { code, stdout } = await reach('--objective', 'p99');
    expectGolden('reach-met', stdout);
    expect(code).toBe(0);
  });

  it('for a config with errors, or one that promises nothing', async () => {
    writeFileSync(path, MISSED.replace('to: db', 'to: bd'));
    const broken = await reach();
    expect([broken.code, broken.stdout]).toEqual([2, '']);
    expect(broken.stderr).toMatch(
      /cannot be judged as it stands\.\n.*:16:\d+ {2}There is no .*'bd'/,
    );
    writeFileSync(path, 'version: 1\nservices: { web: {} }\n');
    expect((await reach()).stderr).toBe("faultline: 'shop.resilience.yaml' has no objectives.\n");
  });
});
