import { didYouMean } from '../../model/did-you-mean.ts';
import type { Fix } from '../../model/fix.ts';
import type { Model } from '../../model/model.ts';
import { placeId } from '../../model/place-id.ts';
import {
  DEFINING_SECTIONS,
  definedNames,
  REFERENCE_NOUNS,
  type ReferenceKind,
  references,
} from '../../model/references.ts';
import type { SourceRange } from '../../model/source.ts';
import { shortened } from '../../text/words.ts';
import type { Rule, RuleFinding } from '../rule.ts';

const MAY_BE_COMPONENT: ReadonlySet<ReferenceKind> = new Set([
  'component',
  'fail-target',
  'degrade-target',
]);

/** Guessing compares a name with all others, and nobody reads thousands of guesses. */
const MOST_GUESSES = 100;

export const unknownReference: Rule = {
  id: 'unknown-reference',
  title: 'A name refers to nothing',
  severity: 'error',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A call, service or scenario names something that the file does not define. The protection it asks for
does not exist, and the part cannot be simulated.

**Fires when** a reference has no definition of the right kind.

**Fix** Correct the spelling (the nearest name is suggested), or define what is missing.
`,
  *check(model) {
    const someMembersUnread = [...model.groups.values()].some(({ doubtful }) => doubtful);
    let guesses = 0;
    const defined = new Map<ReferenceKind, ReadonlySet<string>>();
    for (const { kind, name, at } of references(model)) {
      const names = defined.get(kind) ?? definedNames(model, kind);
      defined.set(kind, names);
      if (names.has(name) || model.unread.has(name)) continue;
      if (MAY_BE_COMPONENT.has(kind) && someMembersUnread) continue;
      if (DEFINING_SECTIONS[kind].some((section) => model.unreadSections.has(section))) continue;
      const guess = guesses++ < MOST_GUESSES ? didYouMean(name, names) : undefined;
      const known = names.size > 0 && names.size <= 5 ? ` Defined: ${[...names].join(', ')}.` : '';
      const hint = guess ? ` Did you mean '${guess}'?` : known || ' Define it, or remove the name.';
      yield {
        subject: `${placeId(at)}`,
        message: `There is no ${REFERENCE_NOUNS[kind]} '${shortened(name)}' in this file${model.imports ? ' or those that it imports' : ''}.${hint}`,
        at,
        ...(guess !== undefined && { fixes: [correct(at, guess)] }),
      };
    }
    yield* unknownCalls(model);
  },
};

/** Expectations of calls that the service does not make; other wrong names are told above. */
function* unknownCalls(model: Model): Generator<RuleFinding> {
  const expectations = [...model.scenarios.values()].flatMap(({ expect }) => expect);
  const told = new Set<number>();
  for (const { calling, of } of expectations) {
    const service = of && model.services.get(of.value);
    if (!calling || !service || service.doubtful) continue;
    const name = calling.value;
    const at = calling.source.at;
    const isDefined = model.services.has(name) || model.groups.has(name);
    if (!isDefined || told.has(at.start) || service.calls.some(({ to }) => to.value === name)) {
      continue;
    }
    told.add(at.start);
    const message = `'${shortened(of.value)}' does not call '${shortened(name)}', so nothing can be expected of that call.`;
    yield { subject: `${placeId(at)}`, message, at };
  }
}

/** What names nothing cannot be made worse, and the guess has no rival. */
function correct(at: SourceRange, name: string): Fix {
  return {
    title: `Change the name to '${shortened(name)}'`,
    safe: true,
    changes: [{ kind: 'replace', at, value: name }],
  };
}
