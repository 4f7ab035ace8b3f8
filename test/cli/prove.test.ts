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
