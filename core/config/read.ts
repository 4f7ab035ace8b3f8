import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import type { SourceRange } from '../model/source.ts';
import { lower } from './lower/lower.ts';
import type { Problem } from './problem.ts';
import { validateSchema } from './schema/validate.ts';
import type { Comment } from './syntax/comments.ts';
import type { SyntaxNode, TextRange } from './syntax/node.ts';
import { parseText } from './syntax/parse.ts';
import { LineIndex } from './text/line-index.ts';

/** A config as far as it could be read. */
export interface Config {
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
  /** The syntax tree, for those who ask where things are; absent for a hopeless file. */
  readonly root: SyntaxNode | undefined;
  /** What could be understood; empty for a hopeless file. */
  readonly model: Model;
  /** Syntax and schema errors, in the form of findings. */
  readonly problems: readonly Finding[];
  readonly comments: readonly Comment[];
}

/**
 * Reads the text of a native config. Never throws: whatever is wrong becomes a problem on a range,
 * and the model holds what is sound.
 *
 * @param file name or URI of the file; only used to say where things are.
 */
export function readConfig(text: string, file: string): Config {
  const { root, problems, comments } = parseText(text);
  const syntaxProblems = problems.filter(({ kind }) => kind === 'yaml-syntax');
  const lowered = lower(root, file, syntaxProblems);
  const all = [...problems];
  if (root) all.push(...validateSchema(root), ...lowered.problems);
  else if (problems.length === 0) all.push(emptyFile(text));
  const lines = new LineIndex(text);
  return {
    file,
    text,
    lines,
    root,
    comments,
    model: lowered.model,
    problems: toFindings(all, file, text, lines),
  };
}

/** Problems in the form of findings; what only follows from a syntax error is left out. */
export function toFindings(
  problems: readonly Problem[],
  file: string,
  text: string,
  lines: LineIndex,
): Finding[] {
  return syntaxFirst(problems, lines).map((problem) => toFinding(problem, file, text.length));
}

/** On a line with a syntax error the first one is said; what else is wrong there follows from it. */
function syntaxFirst(problems: readonly Problem[], lines: LineIndex): readonly Problem[] {
  const firstOnLine = new Map<number, Problem>();
  const lineOf = ({ range }: Problem) => lines.positionAt(range.start).line;
  for (const problem of problems) {
    const known = firstOnLine.get(lineOf(problem));
    if (problem.kind === 'yaml-syntax' && (!known || problem.range.start < known.range.start)) {
      firstOnLine.set(lineOf(problem), problem);
    }
  }
  return problems.filter((problem) => {
    const first = firstOnLine.get(lineOf(problem));
    return first === undefined || first === problem;
  });
}

/** Whether a path names a native config: `*.resilience.yaml|yml|json` or `resilience.yaml|yml|json`. */
export function isNativeFile(path: string): boolean {
  return /(?:^|[\\/.])resilience\.(?:ya?ml|json)$/i.test(path);
}

function emptyFile(text: string): Problem {
  return {
    kind: 'empty-file',
    severity: 'error',
    message: "The file is empty. Begin with 'version: 1' and a 'services' or 'redundancy' section.",
    range: { start: 0, end: Math.min(1, text.length) },
  };
}

function toFinding(problem: Problem, file: string, length: number): Finding {
  const { kind, severity, message, range, related, fixes } = problem;
  // On some broken texts the parser's ranges reach past the end.
  const place = ({ start, end }: TextRange): SourceRange => ({
    file,
    start: Math.min(start, length),
    end: Math.min(end, length),
  });
  return {
    ruleId: kind,
    severity,
    message,
    at: place(range),
    related: related ? [{ message: related.message, at: place(related.range) }] : [],
    ...(fixes && { fixes }),
  };
}
