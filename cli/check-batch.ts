import type { Judging } from '../core/index.ts';
import { analyseFile, type CheckedFile, type FileAnalysis, fingerprintsOf } from './read-file.ts';

type Analysed = Extract<FileAnalysis, { kind: 'analysed' }>;

/** A file to check, and how. */
export interface FileToCheck {
  readonly path: string;
  /** The path as messages and reports name it. */
  readonly shown: string;
  readonly judging: Judging;
}

/** What is wrong with a file, and which rules could not say; as plain data. */
export interface BatchResult {
  readonly checked: Omit<CheckedFile, 'lines'>;
  readonly failures: readonly RuleFailure[];
}

export interface RuleFailure {
  readonly ruleId: string;
  readonly error: Error;
}

/**
 * Checks files one after another, as many as are worth a message to another thread.
 *
 * @throws Misuse for a file that cannot be read.
 */
export async function checkBatch(files: readonly FileToCheck[]): Promise<readonly BatchResult[]> {
  const results: BatchResult[] = [];
  for (const { judging, path, shown } of files) {
    const failures: RuleFailure[] = [];
    const read = await analyseFile(path, shown, {
      ...judging,
      onRuleFailure: ({ id }, error) => failures.push({ ruleId: id, error: plain(error) }),
    });
    results.push({ checked: read.kind === 'refused' ? read.checked : plainly(read), failures });
  }
  return results;
}

/** The syntax tree is left behind: it is large, and what it is needed for is done. */
function plainly({ analysis }: Analysed): BatchResult['checked'] {
  const { file, text, findings, suppressed, gone } = analysis;
  return { file, text, findings, suppressed, gone, fingerprints: fingerprintsOf(analysis) };
}

/** Errors cross to other threads with message and stack; what else was thrown might not. */
function plain(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
