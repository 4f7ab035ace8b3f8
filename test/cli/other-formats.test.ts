import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCalm, expectGolden, FIXTURES, faultline } from './harness.ts';

const DAPR = join(FIXTURES, 'dapr');
const KUBERNETES = join(FIXTURES, 'kubernetes');

describe('files of other tools', () => {
  it('are found in a folder by what is in them, and judged together', async () => {
    const { code, stdout } = await faultline(['check', '.'], { cwd: DAPR });
    expectGolden('check-dapr', stdout);
    expectCalm(stdout);
    expect(code).toBe(1);
  });

  it('are judged with those beside them when they are named alone', async () => {
    const { stdout } = await faultline(['check', 'components/targets.yaml'], { cwd: DAPR });
    expect(stdout).toContain('1 error in 1 file');
  });

  it.each([
    ['simulate', 'components/policies.yaml', 'says nothing to simulate'],
    ['reach', 'components/policies.yaml', 'is a file of Dapr'],
  ])('are told why there is nothing to %s', async (command, file, why) => {
    const { code, stderr } = await faultline([command, file], { cwd: DAPR });
    expect(code).toBe(2);
    expect(stderr).toContain(why);
  });
});

describe('what a finding says of another file', () => {
  it('is told with its name', async () => {
    const { stdout } = await faultline(['check', '.'], { cwd: KUBERNETES });
    expectGolden('check-kubernetes', stdout);
  });

  it.each([
    ['json', /"file": "scaling\.yaml"/],
    ['sarif', /"uri": "scaling\.yaml"/],
    ['markdown', /<br>scaling\.yaml:4:11/],
  ])('is told in %s too', async (format, expected) => {
    const { stdout } = await faultline(['check', 'cart.yaml', '--format', format], {
      cwd: KUBERNETES,
    });
    expect(stdout).toMatch(expected);
  });
});

describe('--fix', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-'));
    cpSync(DAPR, folder, { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('mends one document of several', async () => {
    const { code, stderr, stdout } = await faultline(['check', '.', '--fix'], { cwd: folder });
    expect(stderr).toContain("Change the name to 'quick'");
    expect([code, stdout]).toEqual([0, 'No problems in 2 files.\n']);
    const file = 'components/targets.yaml';
    expect(readFileSync(join(folder, file), 'utf8')).toBe(
      readFileSync(join(DAPR, file), 'utf8').replace('quik', 'quick'),
    );
  });
});
