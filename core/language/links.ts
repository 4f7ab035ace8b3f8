import type { Config, TextRange } from '../config/index.ts';
import { importPathsOf, resolveImport } from '../imports/index.ts';
import { readSuppressions } from '../suppressions/index.ts';

/** A place that leads elsewhere: to the page of a rule, or to a file. */
export type Link =
  | { readonly range: TextRange; readonly kind: 'rule'; readonly ruleId: string }
  | { readonly range: TextRange; readonly kind: 'file'; readonly file: string };

/** The links of a config, in its order. */
export function linksOf(config: Config): Link[] {
  const rules = readSuppressions(config).flatMap(({ rules }) =>
    rules.map(({ at, id }): Link => ({ range: at, kind: 'rule', ruleId: id })),
  );
  const files = importPathsOf(config.root).map(({ path, range }): Link => {
    return { range, kind: 'file', file: resolveImport(path, config.file) };
  });
  return [...files, ...rules].sort((a, b) => a.range.start - b.range.start);
}
