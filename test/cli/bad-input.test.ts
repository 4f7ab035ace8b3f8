import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCalm, faultline } from './harness.ts';

const BOMB = [
  'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
  ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`)}]`),
].join('\n');
const CONFLICT = 'version: 1\n<<<<<<< ours\nsystem: a\n=======\nsystem: b\n>>>>>>> theirs\n';
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const latin1 = Buffer.concat([
  Buffer.from('version: 1\nsystem: Läd'),
  Buffer.from([0xe9]),
  Buffer.from('n\nservices: {}\n'),
]);

/** File, content, finding, and the place as people count it. */
const FILES: readonly (readonly [string, string | Buffer, string, string])[] = [
  ['empty.yaml', '', 'empty-file', '1:1'],
  ['comments.yaml', '# nothing yet\n', 'empty-file', '1:1'],
  ['binary.yaml', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 0]), 'not-text', '1:5'],
  ['image.yaml', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'not-text', '1:1'],
  ['utf16.yaml', utf16('version: 1\n'), 'not-text', '1:1'],
  ['latin1.yaml', latin1, 'not-text', '2:12'],
  ['cut-off.yaml', Buffer.from([0x61, 0x3a, 0x20, 0xe2, 0x82]), 'not-text', '1:4'],
  ['large.yaml', `# ${'x'.repeat(5_000_000)}\nversion: 1\n`, 'file-too-large', '1:1'],
  ['brackets.yaml', '['.repeat(1000), 'too-deeply-nested', '1:100'],
  ['lists.yaml', `${'- '.repeat(1000)}a`, 'too-deeply-nested', '1:'],
  ['conflict.yaml', CONFLICT, 'merge-conflict', '2:1'],
  ['bomb.yaml', BOMB, 'too-many-values', ''],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-'));
  for (const [name, content] of FILES) writeFileSync(join(folder, name), content);
  mkdirSync(join(folder, 'empty-folder'));
  symlinkSync('nowhere', join(folder, 'empty-folder', 'resilience.yaml'));
  symlinkSync('circle.yaml', join(folder, 'circle.yaml'));
  mkdirSync(join(folder, 'circular'));
  symlinkSync('a.resilience.yaml', join(folder, 'circular', 'a.resilience.yaml'));
  writeFileSync(join(folder, 'huge.yaml'), '');
  // Sparse: it has the size, but takes no room.
  truncateSync(join(folder, 'huge.yaml'), 60_000_000_000);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(FILES)('%s', (name, _, kind, place) => {
  it('is one clear finding of check, with exit code 1', async () => {
    const { code, stdout, stderr } = await faultline(['check', name], { cwd: folder });
    expect(stdout.split('\n')[0]).toBe(name);
    expect(stdout).toContain(`${place}`);
    expect(stdout).toMatch(new RegExp(`^ +${place}.*  error    .*  ${kind}$`, 'm'));
    expect(stdout).toMatch(/^1 error in 1 file$/m);
    expect(stdout.length).toBeLessThan(2000);
    expectCalm(stdout);
    expect([code, stderr]).toEqual([1, '']);
  });

  it('cannot be simulated, and the place says why, with exit code 2', async () => {
    const { code, stdout, stderr } = await faultline(['simulate', name], { cwd: folder });
    expect(stderr).toContain(`faultline: '${name}' cannot be simulated as it stands.\n`);
    expect(stderr).toContain(`  ${name}:${place}`);
    expectCalm(stderr);
    expect([code, stdout]).toEqual([2, '']);
  });
});

it('a file of gigabytes is not even read', async () => {
  const { code, stdout } = await faultline(['check', 'huge.yaml'], { cwd: folder });
  expect(code).toBe(1);
  expect(stdout).toContain('The file has 60000 MB; Faultline reads up to 5 MB.  file-too-large');
});

it('bytes that are no text are located for programs too', async () => {
  const { stdout } = await faultline(['check', '--format', 'json', 'latin1.yaml'], { cwd: folder });
  const [finding] = JSON.parse(stdout).files[0].findings;
  expect(finding.message).toBe(
    'The file is not UTF-8: byte 0xE9 at offset 23 begins no character. Save it as UTF-8.',
  );
  expect(finding.range.start).toEqual({ line: 1, character: 11 });
});

describe.each(['check', 'simulate'])('%s of a path that cannot be read', (command) => {
  it.each([
    ['missing.yaml', "Cannot read 'missing.yaml': there is no such file or folder."],
    ['no/such/folder', "Cannot read 'no/such/folder': there is no such file or folder."],
    ['empty.yaml/x', "Cannot read 'empty.yaml/x': a part of the path is a file, not a folder."],
    ['circle.yaml', "Cannot read 'circle.yaml': its links lead in a circle."],
    [
      'empty-folder',
      "Cannot read 'empty-folder/resilience.yaml': there is no such file or folder.",
    ],
    ['circular', "Cannot read 'circular/a.resilience.yaml': its links lead in a circle."],
    ['bad\u0000name', "Cannot read 'bad␀name': ERR_INVALID_ARG_VALUE."],
    ['x'.repeat(5000), `Cannot read '${'x'.repeat(5000)}': the name is too long.`],
    ['/dev/null', "Cannot read '/dev/null': it is not a file."],
  ])('%s', async (path, message) => {
    const { code, stdout, stderr } = await faultline([command, path], { cwd: folder });
    expect(stderr).toBe(`faultline: ${message}\n`);
    expect([code, stdout]).toEqual([2, '']);
  });
});
