import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectCalm, expectGolden, faultline } from './harness.ts';

const SHOP = `version: 1
redundancy:
  db: { minHealthy: 1, active: [db-1, db-2] }
services:
  api: { traffic: { rate: 20/s }, calls: [{ to: db, timeout: 1s }] }
scenarios:
  calm: { expect: { availability: '>= 99%' } }
  outage:
    faults: [{ at: 10s, for: 10s, fail: db }]
    expect:
      - { availability: '>= 99%', latencyP99: '<= 1s' }
      - { of: db, recoversWithin: 5s }
  no-fault:
    expect: { during: fault, availability: '>= 99%' }
  nothing-expected:
    faults: [{ at: 10s, for: 10s, fail: db }]
simulation: { duration: 30s, seed: 5, replications: 3 }
`;
const IDLE = `version: 1
services: { api: { latency: 1ms } }
scenarios: { idle: { expect: { availability: '>= 99%' } } }
`;

// A simulation takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
const test = (...args: string[]) => faultline(['test', ...args], { cwd: folder });
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-'));
  writeFileSync(join(folder, 'shop.resilience.yaml'), SHOP);
  writeFileSync(join(folder, 'idle.yaml'), IDLE);
  writeFileSync(join(folder, 'plain.yaml'), SHOP.replace(/scenarios:[\s\S]*(?=simulation)/, ''));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('what it prints', () => {
  it.each([['pretty'], ['junit'], ['json']])('as %s', async (format) => {
    const { stdout } = await test('.', 'idle.yaml', '--format', format);
    expectGolden(`test-${format}`, stdout);
    expectCalm(stdout);
  });

  it('leads to the line of the clause, with the seed and the first moment', async () => {
    const { stdout } = await test('.', '--scenario', 'outage', '--seed', '8');
    expect(stdout).toContain('shop.resilience.yaml:11:25\n');
    expect(stdout).toMatch(
      /First broken at 10(?:\.\d+)?s, with seed 8: faultline simulate .* --seed 8\n/,
    );
    expect(stdout).toMatch(/Recovery of db: expected ≤ 5s, found 10s/);
  });

  it('keeps names of the config from controlling the terminal', async () => {
    writeFileSync(join(folder, 'evil.yaml'), SHOP.replace('calm:', '"c\\e[2Jm":'));
    const { stdout } = await test('evil.yaml');
    expectCalm(stdout);
    expect(stdout).toContain('c␛[2Jm');
  });
});

describe('the exit code', () => {
  it.each([
    [['.', '--scenario', 'calm'], 0],
    [['.', '--scenario', 'no-fault'], 0],
    [['.'], 1],
    [['.', '--format', 'junit'], 1],
    [['idle.yaml'], 2],
    [['.', 'idle.yaml'], 2],
  ])('of %j is %i', async (args, code) => {
    expect((await test(...args)).code).toBe(code);
  });
});

describe('what cannot be tested is explained, with exit code 2', () => {
  it.each([
    [[], "Name the files or folders to test, such as 'faultline test .'."],
    [
      ['plain.yaml'],
      "No scenario expects anything. Give one such as expect: { availability: '>= 99.9%' }.",
    ],
    [
      ['.', '--scenario', 'nothing-expected'],
      "No scenario 'nothing-expected' expects anything. These do: calm, outage, no-fault.",
    ],
    [['.', '--precision', '2'], "'--precision 2': expected a share from 0.01% to 50%, such as 1%."],
    [['.', '--workers', '0'], "'--workers 0': expected a whole number from 1 to 256."],
  ])('%j', async (args, message) => {
    const { code, stderr } = await test(...args);
    expect([code, stderr]).toEqual([2, `faultline: ${message}\n`]);
  });
});

describe('Ctrl-C', () => {
  it('stops, and says of each scenario what was not done', async () => {
    const { code, stdout } = await faultline(['test', '.'], {
      cwd: folder,
      onInterrupt(listener) {
        listener();
        return () => {};
      },
    });
    expect(code).toBe(130);
    expect(stdout).toContain('calm  stopped before its end');
    expect(stdout).toContain('3 scenarios stopped');
  });
});
