import type { Finding } from '../model/finding.ts';
import type { Fix } from '../model/fix.ts';
import { isImported, type Model } from '../model/model.ts';

/**
 * What rules have found in a system of several files, as far as it belongs into the one that imports
 * the others: what is found in an imported part is said in the file that it is written in, and no fix
 * reaches into another file.
 */
export function ownFindings(findings: readonly Finding[], model: Model): readonly Finding[] {
  if (!model.imports) return findings;
  return findings
    .filter(({ at }) => !isImported(model, at))
    .map((finding) => {
      const fixes = finding.fixes?.filter((fix) => !reachesOut(fix, model)) ?? [];
      const { fixes: _, ...rest } = finding;
      return fixes.length > 0 ? { ...rest, fixes } : rest;
    });
}

function reachesOut({ changes }: Fix, { imports = [] }: Model): boolean {
  return changes.some((change) => {
    const place = 'at' in change ? change.at : 'owner' in change ? change.owner : change.above;
    return imports.some(({ at }) => at.start === place.start && at.end === place.end);
  });
}
