import type { BuildOptions } from 'esbuild';

/** Builds for browsers first, which ask for nothing of Node's. */
const ANYWHERE = ['browser', 'module', 'main'];
const common = {
  bundle: true,
  // What a licence asks for stands in THIRD-PARTY-NOTICES.txt instead.
  legalComments: 'none',
  // Prefer ES modules of dependencies, which shake better than their UMD builds.
  mainFields: ['module', 'main'],
  // papaparse asks for it where it is given a stream, which it never is here.
  external: ['stream'],
} as const satisfies BuildOptions;
const browser = {
  ...common,
  platform: 'browser',
  target: 'es2022',
  mainFields: ANYWHERE,
} as const;
const node = { ...common, platform: 'node', target: 'node20' } as const;

/** What ships in dist/. Tests build from these too, so that they test what ships. */
export const BUNDLES = {
  client: {
    ...node,
    entryPoints: { client: 'client/node/main.ts' },
    external: ['vscode'],
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  },
  server: {
    ...node,
    entryPoints: { server: 'server/node/main.ts', worker: 'server/node/worker.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  },
  browserClient: {
    ...browser,
    entryPoints: { 'browser/client': 'client/browser/main.ts' },
    external: ['vscode'],
    // The host of extensions in a browser loads nothing else, and goes by the name of the file.
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  },
  browserServer: {
    ...browser,
    entryPoints: {
      'browser/server': 'server/browser/main.ts',
      'browser/worker': 'server/browser/worker.ts',
    },
    format: 'iife',
  },
  cli: {
    ...node,
    entryPoints: { cli: 'cli/main.ts' },
    format: 'esm',
    // Packages written for CommonJS ask for Node's modules with `require`.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  },
  core: {
    ...common,
    entryPoints: { core: 'core/index.ts', opentelemetry: 'core/telemetry/open-telemetry.ts' },
    platform: 'neutral',
    mainFields: ANYWHERE,
    format: 'esm',
    target: 'es2022',
  },
  webview: {
    ...browser,
    format: 'iife',
    entryPoints: {
      'webview/report': 'client/webview/main.ts',
      'webview/style': 'client/webview/report.css',
    },
  },
} as const satisfies Readonly<Record<string, BuildOptions>>;
