import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isSuppressible, type KnownFindings, knownFindings, writeBaseline } from '../core/index.ts';
import { plural } from '../core/report/text.ts';
import { type Configurations, pathFrom } from './configurations.ts';
import type { Context } from './context.ts';
import { Misuse } from './exit.ts';
import { displayPath } from './find-files.ts';
import { printable } from './format/text.ts';
import type { CheckedFile } from './read-file.ts';
import { explainSystemError } from './system-error.ts';

const USUAL_NAME = 'faultline-baseline.json';

/**
 * Writes what rules find in files to their baselines: new findings are added, those that are gone are
 * taken out. What a baseline knows of other files stays.
 */
export async function updateBaseline(
  files: ReadonlyMap<string, CheckedFile>,
  configurations: Configurations,
  { cwd, stdout }: Pick<Context, 'cwd' | 'stdout'>,
): Promise<void> {
  const byBaseline = new Map<string, Map<string, KnownFindings>>();
  for (const [path, checked] of files) {
    const baseline = (await configurations.baselineFor(path)) ?? resolve(cwd, USUAL_NAME);
    const before = Object.entries((await configurations.baseline(baseline))?.files ?? {});
    const known = byBaseline.get(baseline) ?? new Map(before);
    known.set(pathFrom(dirname(baseline), path), findingsFor(checked));
    byBaseline.set(baseline, known);
  }
  for (const [path, known] of byBaseline) {
    const shown = displayPath(path, cwd);
    await writeFile(path, writeBaseline(known)).catch((error) => {
      throw new Misuse(explainSystemError(error, shown, 'write'));
    });
    const counts = [...known.values()].flatMap((one) => Object.values(one));
    const total = counts.reduce((sum, count) => sum + count, 0);
    stdout.write(`Wrote ${plural(total, 'finding')} to ${printable(shown)}.\n`);
  }
}

/** Those of rules, reported or known already; what comments silence needs no baseline. */
function findingsFor({ findings, fingerprints, suppressed }: CheckedFile): KnownFindings {
  const known = suppressed.filter(({ by }) => by.kind === 'baseline');
  const all = [...findings.filter(isSuppressible), ...known.map(({ finding }) => finding)];
  return knownFindings(all.flatMap((finding) => fingerprints.get(finding) ?? []));
}
