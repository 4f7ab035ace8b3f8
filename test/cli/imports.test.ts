import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectCalm, FIXTURES, faultline } from './harness.ts';

const SHOP = join(FIXTURES, 'imports', 'shop.resilience.yaml');

describe('files that import others', () => {
  it.each([
    ['from above', FIXTURES, 'imports/shop.resilience.yaml'],
    ['from their folder', join(FIXTURES, 'imports'), 'shop.resilience.yaml'],
    ['from beside it', join(FIXTURES, 'imports', 'shared'), SHOP],
  ])('are checked together, %s', async (_, cwd, path) => {
    const { code, stdout } = await faultline(['check', path], { cwd });
    expect(stdout).not.toMatch(/unknown|import/);
    expect(code).toBe(0);
  });

  it('are simulated together', async () => {
    const { code, stdout } = await faultline(['simulate', SHOP, '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).groups).toMatchObject([{ name: 'database' }]);
  });

  it('say on the line which one is missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'faultline-imports-'));
    try {
      cpSync(SHOP, join(folder, 'shop.resilience.yaml'));
      const { code, stdout } = await faultline(['check', '.'], { cwd: folder });
      expect(code).toBe(1);
      expect(stdout).toMatch(/2:\d+.*unreadable-import/s);
      const { code: simulated, stderr } = await faultline(['simulate', '.'], { cwd: folder });
      expect(simulated).not.toBe(0);
      expectCalm(stderr);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
