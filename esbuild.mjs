/** Builds everything that ships into dist/. `--watch` rebuilds on change; `--dev` skips minifying. */
import { rm, writeFile } from 'node:fs/promises';
import esbuild from 'esbuild';
import { BUNDLES } from './.build/bundles.ts';
import { thirdPartyNotices } from './.build/notices.ts';
import { WatchLog } from './.build/watch.ts';

const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');

await rm('dist', { recursive: true, force: true });
const log = new WatchLog((line) => console.log(line));
const metafiles = [];
for (const [name, bundle] of Object.entries(BUNDLES)) {
  /** @type {import('esbuild').BuildOptions} */
  const options = {
    ...bundle,
    outdir: 'dist',
    minify: !dev,
    sourcemap: dev ? 'linked' : false,
    logLevel: 'warning',
  };
  if (watch) {
    const speaking = { ...options, logLevel: 'silent', plugins: [log.plugin(name)] };
    await (await esbuild.context(speaking)).watch();
  } else metafiles.push((await esbuild.build({ ...options, metafile: true })).metafile);
}
if (!watch) await writeFile('dist/THIRD-PARTY-NOTICES.txt', thirdPartyNotices(metafiles, '.'));
