import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Files of dist/ that hold code of it. */
  readonly bundles: readonly string[];
  readonly text: string;
}

const PACKAGE_FOLDER = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;
const LICENSE_FILE = /^(?:licen[cs]e|copying|notice)\b/i;
const LINE = `\n${'-'.repeat(80)}\n\n`;

/**
 * The notices that the licences of bundled packages ask to be kept with every copy. Read from what
 * esbuild put into the bundles, so that no list can fall behind.
 *
 * @param root folder that the paths of the metafiles start from.
 * @throws Error when a package brings no licence text along.
 */
export function thirdPartyNotices(metafiles: readonly Metafile[], root: string): string {
  const packages = [...bundlesByFolder(metafiles)]
    .map(([folder, bundles]) => readPackage(join(root, folder), [...bundles].sort()))
    .sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
  return [
    'The files of Faultline in this folder contain code of the following packages.\n',
    ...packages.map(({ name, version, license, bundles, text }) => {
      return `${name} ${version}\nLicence: ${license}\nIn: ${bundles.join(', ')}\n\n${text}\n`;
    }),
  ].join(LINE);
}

function bundlesByFolder(metafiles: readonly Metafile[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { outputs } of metafiles) {
    for (const [output, { inputs }] of Object.entries(outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = PACKAGE_FOLDER.exec(input)?.[0];
        if (folder === undefined || bytesInOutput === 0) continue;
        const bundles = found.get(folder) ?? new Set();
        found.set(folder, bundles.add(output.replace(/^dist\//, '')));
      }
    }
  }
  return found;
}

function readPackage(folder: string, bundles: readonly string[]): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => LICENSE_FILE.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  if (texts.length === 0) throw new Error(`${name} ${version} brings no licence text along.`);
  return { name, version, license, bundles, text: texts.join('\n\n') };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
