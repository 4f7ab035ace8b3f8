import validate from '../generated/validate.js';
import type { Problem } from '../problem.ts';
import { type SyntaxNode, toPlainValue } from '../syntax/node.ts';
import { locate } from './locate.ts';
import { explain } from './messages.ts';

/** Holds a syntax tree against the schema and says what is wrong, each on its token and once. */
export function validateSchema(root: SyntaxNode): Problem[] {
  if (validate(toPlainValue(root))) return [];
  const problems = new Map<string, Problem>();
  for (const error of validate.errors ?? []) {
    const problem = explain(error, locate(root, error.instancePath));
    if (!problem) continue;
    const { start, end } = problem.range;
    // Shared nodes (aliases) are visited once for each place that uses them.
    problems.set(`${start}:${end}:${problem.message}`, problem);
  }
  return [...problems.values()];
}
