import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, printFigures } from './table.ts';

const BUNDLE_BOUND_KB = 600;
const PACKAGE_BOUND_KB = 1_500;

/** Sizes of the minified bundles and of the packaged extension. */
export async function benchSizes(): Promise<void> {
  const bundles = readdirSync('dist', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:c?js|css)$/.test(name) && !name.startsWith('types'))
    .sort();
  const figures: Figure[] = bundles.map((name) => ({
    name: `dist/${name}`,
    value: statSync(join('dist', name)).size / 1000,
    unit: 'kB',
    bound: BUNDLE_BOUND_KB,
  }));
  const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-'));
  const file = join(folder, 'faultline.vsix');
  execFileSync('npm', ['run', '-s', 'vsce', '--', '--out', file], { stdio: 'pipe' });
  figures.push({
    name: 'VSIX',
    value: statSync(file).size / 1000,
    unit: 'kB',
    bound: PACKAGE_BOUND_KB,
  });
  rmSync(folder, { recursive: true });
  printFigures(
    'Sizes',
    'Files as built by `npm run build` and `vsce package`, 1 kB = 1000 bytes.',
    figures,
  );
}
