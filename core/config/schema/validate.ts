import validate from '../generated/validate.js';
import type { Problem } from '../problem.ts';
import { type SyntaxNode, toPlainValue } from '../syntax/node.ts';
import { locate } from './locate.ts';
import { explain } from './messages.ts';
import { RESILIENCE, type SchemaDocument } from './schema.ts';

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

function moreProblems(root: SyntaxNode): Problem {
  return {
    kind: 'more-problems',
    severity: 'error',
    message: 'There may be more schema errors in this file. Fix the first ones and look again.',
    range: locate(root, '').label,
  };
}
