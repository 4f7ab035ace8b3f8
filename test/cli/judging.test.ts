import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RULE_PAGES } from '../../core/index.ts';
import { expectCalm, faultline } from './harness.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const run = (...args: string[]) => faultline(['check', ...args], { cwd: folder });

/** What is found, as `severity rule`, by file. */
async function found(...args: string[]): Promise<Record<string, string[]>> {
  const { stdout } = await run(...args, '--format', 'json');
  const { files } = JSON.parse(stdout) as {
    files: { file: string; findings: { severity: string; ruleId: string }[] }[];
  };
  return Object.fromEntries(
    files.map(({ file, findings }) => [
      file,
      findings.map(({ severity, ruleId }) => `${severity} ${ruleId}`),
    ]),
  );
}

const ALONE = 'version: 1\nredundancy:\n  db: { minHealthy: 1, active: [db-1] }\n';
const MISSPELT =
  'version: 1\nservices:\n  shop:\n    calls:\n      - { to: stokc, timeout: 1s } # soon\n  stock: {}\n';

describe('the configuration', () => {
  it('of the nearest folder above counts, and only that', async () => {
    write('faultline.config.yaml', 'rules: { single-instance: error }\n');
    write('a/faultline.config.yaml', 'rules: { unused-definition: off }\n');
    for (const path of ['x.yaml', 'b/c/x.yaml', 'a/b/x.yaml']) write(path, ALONE);
    expect(await found('x.yaml', 'b/c/x.yaml', 'a/b/x.yaml')).toEqual({
      'x.yaml': ['error single-instance'],
      'b/c/x.yaml': ['error single-instance'],
      'a/b/x.yaml': ['warning single-instance'],
    });
  });

  it('decides the exit code by what it makes of rules', async () => {
    write('x.yaml', ALONE);
    expect((await run('x.yaml')).code).toBe(0);
    write('faultline.config.yaml', 'rules: { single-instance: error }\n');
    expect((await run('x.yaml')).code).toBe(1);
  });

  it('speaks of files from its own folder, wherever the command runs', async () => {
    write(
      'faultline.config.yaml',
      'overrides: [{ files: [/a/*.yaml], rules: { single-instance: off } }]\n',
    );
    write('a/x.yaml', ALONE);
    const inside = await faultline(['check', 'x.yaml'], { cwd: join(folder, 'a') });
    expect(inside.stdout).not.toContain('single-instance');
  });

  it('is checked itself, and the rest of it counts', async () => {
    write('faultline.config.yaml', 'rules: { singel-instance: off, single-instance: off }\n');
    write('x.yaml', ALONE);
    const { code, stdout } = await run('x.yaml');
    expect(stdout).toContain("There is no rule 'singel-instance'. Did you mean 'single-instance'?");
    expect(stdout).not.toContain('runs as a single instance');
    expect(stdout).toMatch(/^1 error, .* in 2 files$/m);
    expect(code).toBe(1);
  });

  it('holds for simulations too', async () => {
    write('faultline.config.yaml', 'rules: { single-instance: off }\n');
    write('x.yaml', `${ALONE}simulation: { duration: 1s, replications: 1 }\n`);
    const { stdout } = await faultline(['simulate', 'x.yaml'], { cwd: folder });
    expect(stdout).not.toContain('single instance');
  });

  it('that is no text is refused', async () => {
    writeFileSync(join(folder, 'faultline.config.yaml'), new Uint8Array([0xff, 0xfe, 0x41]));
    write('x.yaml', ALONE);
    const { code, stderr } = await run('x.yaml');
    expect(stderr).toMatch(/^faultline: faultline\.config\.yaml: The file is UTF-16/);
    expect(code).toBe(2);
  });
});

describe('the baseline', () => {
  it('is written where the command runs, if nothing says otherwise', async () => {
    write('a/x.yaml', ALONE);
    const { code, stdout } = await run('a/x.yaml', '--write-baseline');
    expect([code, stdout]).toEqual([0, 'Wrote 1 finding to faultline-baseline.json.\n']);
    expect(JSON.parse(read('faultline-baseline.json')).files).toEqual({
      'a/x.yaml': { 'single-instance redundancy/db': 1 },
    });
    const args = ['a/x.yaml', '--baseline', 'faultline-baseline.json'];
    expect(await found(...args)).toEqual({ 'a/x.yaml': [] });
    write('a/x.yaml', `# moved\n${ALONE}  mail: { minHealthy: 1, active: [mail-1] }\n`);
    expect(await found(...args)).toEqual({ 'a/x.yaml': ['warning single-instance'] });
    expect((await run(...args)).stdout).toContain("'mail' runs as a single instance");
  });

  it('that the configuration names is used and written without being told', async () => {
    write('faultline.config.yaml', 'baseline: known/all.json\n');
    write('known/readme.md', '');
    write('x.yaml', ALONE);
    const { stdout } = await run('x.yaml', '--write-baseline');
    expect(stdout).toBe('Wrote 1 finding to known/all.json.\n');
    expect(Object.keys(JSON.parse(read('known/all.json')).files)).toEqual(['../x.yaml']);
    expect(await found('x.yaml')).toEqual({ 'x.yaml': [] });
  });

  it('keeps what it knows of other files, and forgets what is gone', async () => {
    write('x.yaml', ALONE);
    write('y.yaml', ALONE);
    await run('x.yaml', 'y.yaml', '--write-baseline');
    write('x.yaml', 'version: 1\n');
    await run('x.yaml', '--write-baseline');
    expect(Object.keys(JSON.parse(read('faultline-baseline.json')).files)).toEqual(['y.yaml']);
  });

  it('is not there: that is said, with what to do', async () => {
    write('faultline.config.yaml', 'baseline: all.json\n');
    write('x.yaml', ALONE);
    const { code, stderr } = await run('x.yaml');
    expect(stderr).toBe(
      "faultline: Cannot read 'all.json': there is no such file or folder. '--write-baseline' writes it.\n",
    );
    expect(code).toBe(2);
  });

  it('is something else: that is said too', async () => {
    write('x.yaml', ALONE);
    const { code, stderr } = await run('x.yaml', '--baseline', 'x.yaml');
    expect(stderr).toBe("faultline: 'x.yaml' is no baseline. '--write-baseline' writes one.\n");
    expect(code).toBe(2);
    await run('x.yaml', '--baseline', 'x.yaml', '--write-baseline');
    expect(read('x.yaml')).toBe(ALONE);
  });
});

describe('--fix', () => {
  it('mends what is safe, says what it did, and reports the rest', async () => {
    write(
      'x.yaml',
      MISSPELT.replace('  stock', '  stock: {}\n  alone: { runsOn: nowhere }\n  other'),
    );
    const { code, stdout, stderr } = await run('x.yaml', '--fix');
    expect(stderr).toBe(
      "x.yaml: mended 1 problem\n  line 5: Change the name to 'stock'  unknown-reference\n",
    );
    expect(read('x.yaml')).toContain('- { to: stock, timeout: 1s } # soon\n');
    expect(stdout).toContain("There is no redundancy group 'nowhere'");
    expectCalm(stdout + stderr);
    expect(code).toBe(1);
  });

  it('writes nothing where there is nothing to mend', async () => {
    write('x.yaml', ALONE);
    const { stderr } = await run('x.yaml', '--fix');
    expect([stderr, read('x.yaml')]).toEqual(['', ALONE]);
  });

  it('mends nothing that the configuration turns off', async () => {
    write('faultline.config.yaml', 'rules: { unknown-reference: off }\n');
    write('x.yaml', MISSPELT);
    await run('x.yaml', '--fix');
    expect(read('x.yaml')).toBe(MISSPELT);
  });

  it('keeps line ends and a byte order mark', async () => {
    const text = `\uFEFF${MISSPELT.replaceAll('\n', '\r\n')}`;
    write('x.yaml', text);
    await run('x.yaml', '--fix');
    expect(read('x.yaml')).toBe(text.replace('stokc', 'stock'));
  });

  it('leaves output for programs as it is', async () => {
    write('x.yaml', MISSPELT);
    expect(await found('x.yaml', '--fix')).toEqual({ 'x.yaml': [] });
  });
});

describe('--explain', () => {
  it.each([...RULE_PAGES.keys()])('%s is its page', async (id) => {
    const { code, stdout } = await run('--explain', id);
    expect([code, stdout]).toEqual([0, RULE_PAGES.get(id)?.markdown]);
    expect(existsSync(new URL(`../../docs/rules/${id}.md`, import.meta.url))).toBe(true);
  });
});
