import { plural } from '../../text/words.ts';
import validate from '../generated/validate.js';
import type { Problem } from '../problem.ts';
import { type SyntaxNode, toPlainValue } from '../syntax/node.ts';
import { locate } from './locate.ts';
import { explain } from './messages.ts';

/** More than these help nobody, and a huge file of the wrong kind would take long to explain. */
const MOST_ERRORS = 100;

/** Holds a syntax tree against the schema and says what is wrong, each on its token and once. */
export function validateSchema(root: SyntaxNode): Problem[] {
  if (validate(toPlainValue(root))) return [];
  const errors = validate.errors ?? [];
  const problems = new Map<string, Problem>();
  for (const error of errors.slice(0, MOST_ERRORS)) {
    const problem = explain(error, locate(root, error.instancePath));
    if (!problem) continue;
    const { start, end } = problem.range;
    // Shared nodes (aliases) are visited once for each place that uses them.
    problems.set(`${start}:${end}:${problem.message}`, problem);
  }
  const explained = [...problems.values()];
  const more = errors.length - MOST_ERRORS;
  return more > 0 ? [...explained, moreProblems(more, root)] : explained;
}

function moreProblems(count: number, root: SyntaxNode): Problem {
  return {
    kind: 'more-problems',
    severity: 'error',
    message: `${plural(count, 'more schema error')} in this file. Fix the first ones and look again.`,
    range: locate(root, '').label,
  };
}
