import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCalm, expectGolden, faultline } from './harness.ts';

const RESILIENCY = `apiVersion: dapr.io/v1alpha1
kind: Resiliency
metadata: { name: shop }
spec:
  policies:
    timeouts: { long: 30s }
    retries:
      many: { policy: constant, duration: 1s, maxRetries: 9 }
    circuitBreakers:
      shared: { interval: 10s, timeout: 30s, trip: consecutiveFailures >= 5 }
  targets:
    apps:
      orders: { timeout: long, retry: many, circuitBreaker: shared }
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-prove-'));
  writeFileSync(join(folder, 'dapr.yaml'), RESILIENCY);
  writeFileSync(join(folder, 'sound.resilience.yaml'), 'version: 1\nservices: { shop: {} }\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => faultline(args, { cwd: folder });

describe('faultline prove', () => {
  it('shows what happens, and that it does not when mended', async () => {
    const { code, stdout } = await run('prove', 'dapr.yaml');
    expectGolden('prove-dapr', stdout);
    expectCalm(stdout);
    expect(code).toBe(1);
  });

  it('saves configs whose simulation misses what they expect', async () => {
    const { stdout } = await run('prove', 'dapr.yaml', '--save', 'proofs', '--format', 'json');
    const shown: { file: string; config: string }[] = JSON.parse(stdout);
    expect(shown).toHaveLength(2);
    for (const { config, file } of shown) {
      expect(readFileSync(join(folder, file), 'utf8')).toBe(config);
      expect((await run('simulate', file)).code).toBe(1);
    }
    const again = await run('prove', 'dapr.yaml', '--save', 'proofs');
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') });
  });

  it('shows nothing where nothing is found', async () => {
    const { code, stdout } = await run('prove', 'sound.resilience.yaml');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'Nothing is found that a simulation would show.\n',
    });
  });
});

describe('faultline convert', () => {
  it('prints a native config', async () => {
    const { code, stdout } = await run('convert', 'dapr.yaml');
    expectGolden('convert-dapr', stdout);
    expect(code).toBe(0);
  });

  it('writes a new file, and never over one', async () => {
    const first = await run('convert', 'dapr.yaml', '-o', 'new.resilience.yaml');
    expect(first).toMatchObject({ code: 0, stdout: 'Wrote new.resilience.yaml.\n' });
    expect((await run('check', 'new.resilience.yaml', '--fail-on', 'error')).code).toBe(0);
    const again = await run('convert', 'dapr.yaml', '-o', 'new.resilience.yaml');
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') });
  });

  it('says what it cannot convert', async () => {
    const { code, stderr } = await run('convert', 'sound.resilience.yaml');
    expect(code).toBe(2);
    expect(stderr).toContain('says nothing that could be converted');
  });
});

describe('faultline init', () => {
  it('asks for what files do not say, and writes over none', async () => {
    const { code, stdout } = await run('init', 'dapr.yaml', '-o', 'first.resilience.yaml');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'Wrote first.resilience.yaml, which imports 1 file. Fill in what you know.\n',
    });
    expect((await run('check', 'first.resilience.yaml', '--fail-on', 'hint')).code).toBe(0);
    const again = await run('init', 'dapr.yaml', '-o', 'first.resilience.yaml');
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') });
  });

  it('is a config that can be simulated once its numbers are taken in', async () => {
    await run('init', 'dapr.yaml', '-o', 'filled.resilience.yaml');
    const file = join(folder, 'filled.resilience.yaml');
    const text = readFileSync(file, 'utf8').replaceAll(/^# /gm, '');
    writeFileSync(file, `${text}simulation: { duration: 4m, replications: 1 }\n`);
    expect((await run('check', 'filled.resilience.yaml')).code).toBe(0);
    const { stdout } = await run('simulate', 'filled.resilience.yaml', '--format', 'json');
    expect(JSON.parse(stdout).objectives.length).toBeGreaterThan(0);
  });

  it('says where there is nothing to begin with', async () => {
    const { code, stderr } = await run('init', 'sound.resilience.yaml', '-o', 'none.yaml');
    expect(code).toBe(2);
    expect(stderr).toContain('No file of a tool that is known is there.');
  });
});

describe('faultline simulate', () => {
  it('simulates what a file of another tool says, with traffic that is assumed', async () => {
    const args = ['simulate', 'dapr.yaml', '--replications', '1', '--format', 'json'];
    const { code, stdout } = await run(...args);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).traffic.requests.mean).toBeGreaterThan(1_000);
  });
});
