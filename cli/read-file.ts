import {
  type AnalyseOptions,
  type Analysis,
  analyse,
  type Finding,
  Fingerprints,
  type Judging,
  LineIndex,
} from '../core/index.ts';
import { importsOf } from './imports.ts';
import { readText } from './read-text.ts';

/** What is wrong with one file, and the text to show it in. */
export interface CheckedFile
  extends Pick<
    Analysis,
    'file' | 'text' | 'lines' | 'findings' | 'suppressed' | 'gone' | 'elsewhere'
  > {
  /** Of each finding, suppressed ones included. */
  readonly fingerprints: ReadonlyMap<Finding, string>;
}

/** How the text of a file is judged. */
export type Judge = (text: string, shown: string, options: AnalyseOptions) => Analysis;

export type FileAnalysis =
  | {
      readonly kind: 'analysed';
      readonly analysis: Analysis;
      /** The file begins with a byte order mark, which the text has not. */
      readonly hasMark: boolean;
      /** How it was judged, with the files that it imports; can cross to another thread. */
      readonly judging: Judging;
    }
  /** The bytes are no config at all, so there is nothing but the finding that says so. */
  | { readonly kind: 'refused'; readonly checked: CheckedFile };

/**
 * Reads and checks one file.
 *
 * @param shown the path as messages and reports name it.
 * @param judge how its text is judged; by itself, unless somebody knows more.
 */
export async function analyseFile(
  path: string,
  shown: string,
  options: AnalyseOptions,
  judge: Judge = analyse,
): Promise<FileAnalysis> {
  const read = await readText(path, shown);
  if (read.kind === 'text') {
    const { text, hasMark } = read;
    const imports = importsOf(text, path, shown);
    const { onRuleFailure, ...given } = options;
    const judging = imports ? { ...given, imports } : given;
    const analysis = judge(text, shown, { ...judging, ...(onRuleFailure && { onRuleFailure }) });
    return { kind: 'analysed', analysis, hasMark, judging };
  }
  const { text, finding } = read;
  const lines = new LineIndex(text);
  const checked = { file: shown, text, lines, findings: [finding], suppressed: [], gone: 0 };
  return { kind: 'refused', checked: { ...checked, fingerprints: fingerprintsOf(checked) } };
}

/** The fingerprints of all findings of a file, by what is written in it. */
export function fingerprintsOf({
  findings,
  suppressed,
  root,
}: Pick<Analysis, 'findings' | 'suppressed'> & {
  readonly root?: Analysis['root'];
}): ReadonlyMap<Finding, string> {
  const fingerprints = new Fingerprints(root);
  const all = [...findings, ...suppressed.map(({ finding }) => finding)];
  return new Map(all.map((finding) => [finding, fingerprints.of(finding)]));
}
