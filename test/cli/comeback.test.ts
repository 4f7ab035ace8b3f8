import { describe, expect, it, vi } from 'vitest';
import { expectCalm, expectGolden, FIXTURES, faultline } from './harness.ts';

// A search takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const FILE = 'test/cli/fixtures/comeback/storm.resilience.yaml';
const comeback = (...args: string[]) => faultline(['comeback', FILE, ...args]);

describe('a system that stays down', () => {
  it('reads like this, and fails the command', async () => {
    const { code, progress, stdout } = await comeback('--replications', '3');
    expectGolden('comeback', stdout);
    expectCalm(stdout);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
    expect(code).toBe(1);
    expect(progress.at(-1)).toBe(1);
  });

  it('is data for programs, the same each time', async () => {
    const args = ['--format', 'json', '--replications', '1', '--seed', '7'];
    const [first, second] = [await comeback(...args), await comeback(...args)];
    expect(first.stdout).toBe(second.stdout);
    const found = JSON.parse(first.stdout);
    expect(found).toMatchObject({
      file: FILE,
      scenario: 'outage',
      loadPerSecond: 90,
      asWritten: { outcome: 'stuck', factor: 1, runs: 1 },
      closedForm: { node: 'db', amplification: 2 },
      changesTriedAt: 1,
    });
    expect(found.changes[0]).toMatchObject({ outcome: 'comes-back', line: 4 });
    expect(found.trials.length).toBeGreaterThan(3);
  });
});

it('a system that comes back is fine', async () => {
  const args = ['comeback', 'calm.resilience.yaml', '--replications', '1'];
  const { code, stdout } = await faultline(args, { cwd: `${FIXTURES}/comeback` });
  expect(stdout).toContain('Comes back: under its load of 40/s');
  expect(code).toBe(0);
});

describe('misuse', () => {
  it.each([
    [['--scenario', 'calm'], /The scenario 'calm' has no faults/],
    [['--scenario', 'outrage'], /Did you mean 'outage'\?/],
    [['--replications', '0'], /expected a whole number from 1/],
    [['--scenario'], /needs a value/],
  ])('%j', async (args, message) => {
    const { code, stderr, stdout } = await comeback(...args);
    expect(stderr).toMatch(message);
    expectCalm(stderr);
    expect([code, stdout]).toEqual([2, '']);
  });
});

it('explains itself', async () => {
  const { code, stdout } = await faultline(['help', 'comeback']);
  expect(stdout).toContain('Usage: faultline comeback FILE');
  expect(code).toBe(0);
});
