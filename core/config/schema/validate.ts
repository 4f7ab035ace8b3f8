import validate from '../generated/validate.js';
import type { Problem } from '../problem.ts';
import { type Derive, type MappingEntry, type SyntaxNode, toPlainValue } from '../syntax/node.ts';
import { locate } from './locate.ts';
import { explain } from './messages.ts';
import { holdsNamedEntries, RESILIENCE, type SchemaDocument } from './schema.ts';

/** More problems than these help nobody. */
const MOST_PROBLEMS = 100;
/** A huge file of the wrong kind has errors without end, and each takes a moment to explain. */
const MOST_ERRORS = 2_000;

/** A schema, and the validator that is compiled from it. */
export interface SchemaValidator {
  readonly schema: SchemaDocument;
  readonly validate: typeof validate;
}

const RESILIENCE_VALIDATOR: SchemaValidator = { schema: RESILIENCE, validate };

/** Holds a syntax tree against the schema and says what is wrong, each on its token and once. */
export function validateSchema(
  root: SyntaxNode,
  { schema, validate }: SchemaValidator = RESILIENCE_VALIDATOR,
): Problem[] {
  if (validate(toPlainValue(root))) return [];
  const errors = validate.errors ?? [];
  const problems = new Map<string, Problem>();
  for (const [index, error] of errors.entries()) {
    if (index === MOST_ERRORS || problems.size === MOST_PROBLEMS) {
      return [...problems.values(), moreProblems(root)];
    }
    const problem = explain(error, locate(root, error.instancePath), schema);
    if (!problem) continue;
    const { start, end } = problem.range;
    // Shared nodes (aliases) are visited once for each place that uses them.
    problems.set(`${start}:${end}:${problem.message}`, problem);
  }
  return [...problems.values()];
}

/**
 * Holds a config against its schema: each entry of a section alone, and the rest without them, so
 * that an entry that has not changed need not be judged again.
 */
export function validateConfig(root: SyntaxNode, derive: Derive): Problem[] {
  if (root.kind !== 'mapping') return validateSchema(root);
  const problems = new Map<string, Problem>();
  /** Takes problems in; false when there are too many. */
  const take = (some: readonly Problem[]): boolean =>
    some.every((problem) => {
      const { start, end } = problem.range;
      const key = `${start}:${end}:${problem.message}`;
      if (problems.has(key)) return true;
      if (problem.kind === 'more-problems' || problems.size === MOST_PROBLEMS) return false;
      problems.set(key, problem);
      return true;
    });
  const sections = root.entries.filter(({ key, value }) => {
    return value.kind === 'mapping' && holdsNamedEntries(key);
  });
  const rest = root.entries.map((entry) => (sections.includes(entry) ? withEntries(entry) : entry));
  const isComplete =
    take(validateSchema({ ...root, entries: rest })) &&
    sections.every((section) =>
      entriesIn(section).every((entry) => {
        const alone = () => {
          const entries = [VERSION, withEntries(section, entry)];
          return validateSchema({ ...root, entries });
        };
        return take(derive(entry, 'schema', section.key, alone));
      }),
    );
  return isComplete ? [...problems.values()] : [...problems.values(), moreProblems(root)];
}

const NOWHERE = { start: 0, end: 0 };
/** What no config is without. */
const VERSION: MappingEntry = {
  key: 'version',
  keyRange: NOWHERE,
  value: { kind: 'scalar', range: NOWHERE, value: 1 },
};

function entriesIn({ value }: MappingEntry): readonly MappingEntry[] {
  return value.kind === 'mapping' ? value.entries : [];
}

/** A section with these entries in place of its own. */
function withEntries(section: MappingEntry, ...entries: readonly MappingEntry[]): MappingEntry {
  return { ...section, value: { kind: 'mapping', range: section.value.range, entries } };
}

function moreProblems(root: SyntaxNode): Problem {
  return {
    kind: 'more-problems',
    severity: 'error',
    message: 'There may be more schema errors in this file. Fix the first ones and look again.',
    range: locate(root, '').label,
  };
}
