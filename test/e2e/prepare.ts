/** Makes what a run needs before an editor starts: a workspace to edit, and the bundled suite. */
import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { BRIDGE_FILE } from './bridge.ts';

const HERE = import.meta.dirname;

/** The root of the repository: the folder of the extension under test. */
export const ROOT = join(HERE, '..', '..');
/** Where screenshots go. */
export const SCREENSHOTS = join(HERE, 'screenshots');

/** User settings that keep everything but the extension quiet, so that pictures compare. */
export const SETTINGS = {
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** What `prepare` made. */
export interface Prepared {
  /** A folder for everything of this run. */
  readonly folder: string;
  /** The copy of the samples and fixtures, which tests may edit. */
  readonly workspace: string;
  /** The suite as one CommonJS file. */
  readonly suite: string;
  /** Tells the suite where the driver listens. */
  tellAddress(address: string): Promise<void>;
}

/** Copies the workspace and bundles the suite, in a new folder that is gone when this process is. */
export async function prepare(): Promise<Prepared> {
  const folder = await mkdtemp(join(tmpdir(), 'faultline-e2e-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

  const workspace = join(folder, 'workspace');
  await mkdir(workspace);
  await cp(join(ROOT, 'samples'), workspace, { recursive: true });
  await cp(join(HERE, 'fixtures'), workspace, { recursive: true });

  const suite = join(folder, 'suite', 'index.cjs');
  await build({
    entryPoints: [join(HERE, 'suite', 'index.ts')],
    outfile: suite,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    sourcemap: 'inline',
    // Mocha looks up the script of its parallel mode, which nobody here uses.
    logOverride: { 'require-resolve-not-external': 'silent' },
  });
  const tellAddress = (address: string) => writeFile(join(folder, 'suite', BRIDGE_FILE), address);
  return { folder, workspace, suite, tellAddress };
}
