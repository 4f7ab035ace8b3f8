/** Builds everything that ships into dist/. `--watch` rebuilds on change; `--dev` skips minifying. */
import { rm } from 'node:fs/promises';
import esbuild from 'esbuild';

const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: !dev,
  sourcemap: dev ? 'linked' : false,
  legalComments: 'none',
  // Watching has to say when it is done; a single build speaks only of trouble.
  logLevel: watch ? 'info' : 'warning',
  // Prefer ES modules of dependencies, which shake better than their UMD builds.
  mainFields: ['module', 'main'],
};
const node = { ...common, platform: 'node', target: 'node20' };
const browser = { ...common, platform: 'browser', target: 'es2022', format: 'iife' };

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...node,
    entryPoints: { client: 'client/extension.ts' },
    external: ['vscode'],
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  },
  {
    ...node,
    entryPoints: { server: 'server/node/main.ts', worker: 'server/node/worker.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  },
  {
    ...node,
    entryPoints: { cli: 'cli/main.ts' },
    format: 'esm',
    // Packages written for CommonJS ask for Node's modules with `require`.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  },
  {
    ...common,
    entryPoints: { core: 'core/index.ts' },
    platform: 'neutral',
    format: 'esm',
    target: 'es2022',
  },
  {
    ...browser,
    entryPoints: {
      'webview/report': 'client/webview/main.ts',
      'webview/style': 'client/webview/report.css',
    },
  },
];

await rm('dist', { recursive: true, force: true });
for (const bundle of bundles) {
  const options = { ...bundle, outdir: 'dist' };
  if (watch) await (await esbuild.context(options)).watch();
  else await esbuild.build(options);
}
