import type { SourceRange } from '../../../model/source.ts';
import type { RuleFinding } from '../../../rules/rule.ts';
import type { SpringDocument } from '../document.ts';
import type { ModuleName } from '../names.ts';
import type { Policies } from '../policies.ts';
import type { Chain } from '../settings.ts';
import type { SpringWhole } from '../whole.ts';

/**
 * What is found whatever the profile. Of a document that several profiles read, one of them may hold
 * the other half of what seems to be missing: then nobody knows whether it ever is.
 */
export function* everywhere(
  { applications }: SpringWhole,
  check: (policies: Policies) => Iterable<RuleFinding>,
): Generator<RuleFinding> {
  const readers = new Map<SpringDocument, number>();
  const found = new Map<string, { readonly finding: RuleFinding; count: number }>();
  for (const policies of applications.flat()) {
    for (const document of policies.view.documents) {
      readers.set(document, (readers.get(document) ?? 0) + 1);
    }
    const seen = new Set<string>();
    for (const finding of check(policies)) {
      const key = placeOf(finding.at);
      if (seen.has(key)) continue;
      seen.add(key);
      const known = found.get(key);
      if (known) known.count += 1;
      else found.set(key, { finding, count: 1 });
    }
  }
  for (const { count, finding } of found.values()) {
    const document = [...readers.keys()].find(({ at }) => contains(at, finding.at));
    if (document && count === readers.get(document)) yield finding;
  }
}

/** The instances of a module, and the configs if they are wanted too. */
export function chainsOf(
  { modules }: Policies,
  module: ModuleName,
  sections: readonly ('configs' | 'instances')[] = ['instances'],
): readonly Chain[] {
  const own = modules.get(module);
  return own ? sections.flatMap((section) => [...own[section].values()]) : [];
}

/** Names of a place: two findings there are about one thing. */
export function placeOf({ end, file, start }: SourceRange): string {
  return `${file} ${start} ${end}`;
}

function contains(whole: SourceRange, { end, file, start }: SourceRange): boolean {
  return whole.file === file && whole.start <= start && end <= whole.end;
}
