import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultline } from './harness.ts';

const THREADS = { count: 2, script: new URL('../../cli/main.ts', import.meta.url) };
const FILES = 230;

describe('many files are checked in several threads', () => {
  let cwd: string;
  beforeAll(() => {
    cwd = mkdtempSync(join(tmpdir(), 'faultline-threads-'));
    for (let i = 0; i < FILES; i++) {
      const group = `  db-${i}: { minHealthy: ${1 + (i % 3)}, active: [a-${i}, b-${i}] }\n`;
      writeFileSync(
        join(cwd, `${i}.resilience.yaml`),
        `version: 1\nredundancy:\n${group}${i % 50 === 7 ? 'more: [\n' : ''}`,
      );
    }
  });
  afterAll(() => rmSync(cwd, { recursive: true }));

  it.each(['json', 'sarif', 'pretty'])('with the same %s as in one', async (format) => {
    const args = ['check', '.', '--format', format];
    const [alone, together] = [
      await faultline(args, { cwd }),
      await faultline(args, { cwd, threads: THREADS }),
    ];
    expect(together).toEqual(alone);
    expect(alone.code).toBe(1);
  });

  it('and one that cannot be read is told as ever', async () => {
    symlinkSync('nowhere', join(cwd, 'gone.resilience.yaml'));
    const ran = await faultline(['check', '.'], { cwd, threads: THREADS });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(/^faultline: .*gone\.resilience\.yaml/);
  });
});
