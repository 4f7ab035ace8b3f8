import { type Config, RESILIENCE } from '../config/index.ts';
import {
  DEFINING_SECTIONS,
  definedNames,
  type ReferenceKind,
  references,
} from '../model/references.ts';
import type { Cursor } from './cursor.ts';
import { pointerOf } from './pointer.ts';
import type { Proposal } from './value-proposals.ts';

export interface EntryProposal extends Omit<Proposal, 'text' | 'rank'> {
  /** Whether the name is for the user to choose. */
  readonly stop: boolean;
}

/** Entries for a section: names that are used and not defined yet, and one to be named. */
export function entryProposals(config: Config, cursor: Cursor, typed: string): EntryProposal[] {
  const section = cursor.path[0];
  const { title = section } = RESILIENCE.at(pointerOf([...cursor.path, 'name']));
  const documented = { pointer: pointerOf([...cursor.path, 'name']) };
  const missing = cursor.path.length === 1 ? missingNames(config, section as string) : [];
  return [
    ...missing
      .filter((name) => !cursor.present.has(name))
      .map(
        (name): EntryProposal => ({
          label: name,
          kind: 'block',
          detail: `${title} that is used and not defined yet`,
          documented,
          stop: false,
        }),
      ),
    {
      label: typed || 'name',
      kind: 'block',
      detail: `New ${title?.toLowerCase()}`,
      documented,
      stop: true,
    },
  ];
}

/** The names that this section could define, and that nothing defines. */
function missingNames({ model }: Config, section: string): string[] {
  const missing = new Set<string>();
  const known = new Map<ReferenceKind, ReadonlySet<string>>();
  for (const { kind, name } of references(model)) {
    // A fault may mean a component, which is no entry.
    if (kind.endsWith('-target') || kind === 'component') continue;
    if (!DEFINING_SECTIONS[kind].some((one) => one === section)) continue;
    const defined = known.get(kind) ?? definedNames(model, kind);
    known.set(kind, defined);
    if (!defined.has(name) && !model.unread.has(name)) missing.add(name);
  }
  return [...missing];
}
