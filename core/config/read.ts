import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import type { SourceRange } from '../model/source.ts';
import { ModelReader } from './lower/lower.ts';
import type { Problem } from './problem.ts';
import { holdsNamedEntries } from './schema/schema.ts';
import { validateConfig } from './schema/validate.ts';
import type { Comment } from './syntax/comments.ts';
import type { SyntaxNode, TextRange } from './syntax/node.ts';
import { SyntaxReader } from './syntax/syntax-reader.ts';
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
 * Reads the versions of a native config, one after another: of each only what is new in it. What it
 * says of a version depends on the text of that version alone.
 *
 * What stays the same is shared with what was read before, and its places are those in the new text:
 * whoever needs an older version beyond the next one reads it with a reader of its own.
 */
export class ConfigReader {
  readonly #file: string;
  readonly #syntax = new SyntaxReader(holdsNamedEntries);
  readonly #model: ModelReader;

  /** @param file name or URI of the file; only used to say where things are. */
  constructor(file: string) {
    this.#file = file;
    this.#model = new ModelReader(file);
  }

  /**
   * Never throws: whatever is wrong becomes a problem on a range, and the model holds what is sound.
   */
  read(text: string): Config {
    const file = this.#file;
    const lines = new LineIndex(text);
    const { root, problems, comments } = this.#syntax.read(text, lines);
    const { derive } = this.#syntax;
    const syntaxProblems = problems.filter(({ kind }) => kind === 'yaml-syntax');
    const lowered = this.#model.read(root, syntaxProblems, derive);
    const all = [...problems];
    if (root) all.push(...validateConfig(root, derive), ...lowered.problems);
    else if (problems.length === 0) all.push(emptyFile(text));
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
}

/** Reads one version of a native config, as `ConfigReader` does. */
export function readConfig(text: string, file: string): Config {
  return new ConfigReader(file).read(text);
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
