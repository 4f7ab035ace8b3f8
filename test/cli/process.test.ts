/** The built command as a process: what only shows with real streams and exit codes. */
import { type SpawnOptions, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BUNDLES } from '../../.build/bundles.ts';
import { ROOT } from './harness.ts';

let folder: string;
let cli: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-'));
  cli = join(folder, 'dist', 'cli.js');
  mkdirSync(join(folder, 'dist', 'webview'), { recursive: true });
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  await build({
    ...BUNDLES.cli,
    absWorkingDir: ROOT,
    outdir: join(folder, 'dist'),
    logLevel: 'silent',
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param hangUpAfter bytes of output after which nobody reads any more, as with `| head`. */
function start(args: string[], hangUpAfter = Number.POSITIVE_INFINITY, options: SpawnOptions = {}) {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: ROOT,
    ...options,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (stdout.length >= hangUpAfter) child.stdout?.destroy();
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

// Starting a process takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('exit codes', () => {
  it.each([
    [['--version'], 0],
    [['check', 'samples/database-cluster.resilience.yaml'], 0],
    [['check', 'samples'], 1],
    [['simulate', 'samples/online-shop.resilience.yaml', '--scenario', 'rush-hour'], 1],
    [['check', 'missing.yaml'], 2],
    [[], 2],
  ])('%j ends with %i', async (args, expected) => {
    const { code, signal } = await start(args);
    expect([code, signal]).toEqual([expected, null]);
  });

  it('--version is the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect((await start(['--version'])).stdout).toBe(`${version}\n`);
  });
});

describe('threads', () => {
  it.each([[[]], [['--precision', '5%']]])(
    'give the same bytes, however many there are: simulate %j',
    async (options) => {
      const args = ['simulate', 'samples/random-failures.resilience.yaml', '--format', 'json'];
      const hashes = ['1', '3'].map(async (workers) => {
        const { code, stdout } = await start([...args, ...options, '--workers', workers]);
        expect(code).toBe(0);
        return createHash('sha256').update(stdout).digest('hex');
      });
      const [one, several] = await Promise.all(hashes);
      expect(several).toBe(one);
    },
  );
});

describe('Ctrl-C', () => {
  const LONG = `version: 1
services: { api: { traffic: { rate: 200/s } } }
scenarios: { calm: { expect: { availability: '>= 99%' } } }
simulation: { duration: 4h, replications: 1000 }
`;

  it.each([
    ['simulate', /Stopped after /],
    ['test', /calm {2}stopped before its end/],
  ])('stops %s and prints what there is by then', async (command, told) => {
    const file = join(folder, 'long.yaml');
    writeFileSync(file, LONG.replace('1000', '30'));
    const child = spawn(process.execPath, [cli, command, file], {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: '1' },
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    // Until a run has begun there is nothing to keep, which is an answer too.
    const began = setInterval(() => child.kill('SIGINT'), 1500);
    const [code] = await once(child, 'close');
    clearInterval(began);
    expect(code).toBe(130);
    expect(stdout).toMatch(told);
  });
});

describe('a reader that hangs up', () => {
  it('changes nothing but the output, and ends without a word', async () => {
    // More than a pipe holds, so that writing meets the closed end.
    const groups = Array.from({ length: 1000 }, (_, i) => `  g${i}: { active: [a${i}] }`);
    const file = join(folder, 'many.yaml');
    writeFileSync(file, `version: 1\nredundancy:\n${groups.join('\n')}\n`);
    const args = ['check', file, '--format', 'json'];
    const whole = await start(args);
    expect(whole.stdout.length).toBeGreaterThan(500_000);
    const cut = await start(args, 10);
    expect(cut.stdout.length).toBeLessThan(whole.stdout.length);
    expect([cut.code, cut.signal, cut.stderr]).toEqual([1, null, '']);
  });
});

describe('--html', () => {
  const args = ['simulate', 'samples/database-cluster.resilience.yaml', '--html'];

  it('takes style and script from the package', async () => {
    writeFileSync(join(folder, 'dist', 'webview', 'style.css'), '/* the style */');
    writeFileSync(join(folder, 'dist', 'webview', 'report.js'), '/* the script */');
    const page = join(folder, 'report.html');
    expect((await start([...args, page])).code).toBe(0);
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('/* the style */');
    expect(html).toContain('/* the script */');
    rmSync(join(folder, 'dist', 'webview', 'report.js'));
  });

  it('says what is missing where the page was never built', async () => {
    const { code, stderr } = await start([...args, join(folder, 'none.html')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^faultline: The package has no 'dist\/webview\/report\.js'.*npm run build/,
    );
  });
});

it('shows no progress bar and no colours where nobody watches', async () => {
  const { stdout, stderr } = await start(['simulate', 'samples/database-cluster.resilience.yaml']);
  expect(stderr).toBe('');
  expect(stdout).not.toContain('\u001b');
});
