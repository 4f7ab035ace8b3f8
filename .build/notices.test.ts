import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { beforeAll, expect, it } from 'vitest';
import { BUNDLES } from './bundles.ts';
import { thirdPartyNotices } from './notices.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const EVERYWHERE = [
  'browser/server.js',
  'browser/worker.js',
  'cli.js',
  'core.js',
  'server.cjs',
  'worker.cjs',
];

let notices: string;
beforeAll(async () => {
  const built = await Promise.all(
    Object.values(BUNDLES).map((bundle) =>
      build({ ...bundle, absWorkingDir: root, outdir: 'dist', write: false, metafile: true }),
    ),
  );
  notices = thirdPartyNotices(
    built.map(({ metafile }) => metafile),
    root,
  );
}, 60_000);

it.each([
  ['yaml', 'ISC', EVERYWHERE],
  ['fastest-levenshtein', 'MIT', EVERYWHERE],
  ['cli-table3', 'MIT', ['cli.js']],
  ['cli-progress', 'MIT', ['cli.js']],
  ['picocolors', 'ISC', ['cli.js']],
  ['vscode-languageclient', 'MIT', ['browser/client.cjs', 'client.cjs']],
  ['vscode-languageserver', 'MIT', ['browser/server.js', 'server.cjs']],
])('names %s and where it is', (name, license, bundles) => {
  const entry = new RegExp(
    `^${name} \\d+\\.\\d+\\.\\d+\\nLicence: ${license}\\nIn: (.*)\\n\\n`,
    'm',
  );
  expect(entry.exec(notices)?.[1]?.split(', ')).toEqual(bundles);
});

it('holds the text of every licence', () => {
  const [, ...entries] = notices.split(/^-{80}$/m);
  expect(entries.length).toBeGreaterThan(10);
  for (const entry of entries) expect(entry).toMatch(/copyright[\s\S]*as is/i);
});

it('names nothing that is only used to build', () => {
  expect(notices).not.toMatch(/^(?:esbuild|typescript|vitest|ajv) \d/m);
});

it('does not let a package without a licence text through', () => {
  const inputs = { 'node_modules/.bin/x.js': { bytesInOutput: 1 } };
  const metafile = { outputs: { 'dist/a.js': { inputs } } } as unknown as Metafile;
  expect(() => thirdPartyNotices([metafile], root)).toThrow();
});
