import type { Severity } from '../model/finding.ts';
import type { Fix } from '../model/fix.ts';
import type { TextRange } from './syntax/node.ts';

/** What can be wrong with a file before any rule looks at it: ids, titles and explanations. */
export const PROBLEM_KINDS = {
  'not-text': {
    title: 'The file is not text',
    documentation:
      'The file holds bytes that no text has (a NUL character, or bytes that are not UTF-8). Resilience configs are UTF-8 text: save the file as UTF-8, or point Faultline at the right file.',
  },
  'file-too-large': {
    title: 'The file is too large',
    documentation:
      'Faultline reads files of up to 5 MB. A resilience config of that size is nearly always a data file with the wrong name; split a real one into several systems.',
  },
  'too-deeply-nested': {
    title: 'The file is nested too deeply',
    documentation:
      'The format needs fewer than ten levels; Faultline stops at 100, because nesting beyond that only occurs in damaged or hostile files and can exhaust the reader.',
  },
  'too-many-values': {
    title: 'The file holds too many values',
    documentation:
      'Anchors and aliases are welcome, but with what they repeat the file has more than 100,000 values (a "YAML bomb"), which no resilience config needs. Write the repeated parts out, share fewer of them, or split the system.',
  },
  'more-problems': {
    title: 'More problems than are shown',
    documentation:
      'Only the first hundred schema errors of a file are listed. Often one cause, such as a wrong indentation, makes most of them: fix the first ones and look again.',
  },
  'merge-conflict': {
    title: 'The file has merge conflict markers',
    documentation:
      'Lines such as `<<<<<<<`, `=======` and `>>>>>>>` were left by a version control merge. Resolve the conflict; until then nothing in the file can be judged.',
  },
  'empty-file': {
    title: 'The file is empty',
    documentation:
      'An empty config describes nothing. Begin with `version: 1` and a `redundancy` or `services` section.',
  },
  'yaml-syntax': {
    title: 'The file is not valid YAML or JSON',
    documentation:
      'The text breaks the syntax of YAML (or JSON). What can still be understood is judged; the rest is not.',
  },
  'duplicate-key': {
    title: 'A key is written twice',
    documentation:
      'The same key stands twice in one mapping. Readers disagree on which one counts; Faultline uses the first. Remove one of them.',
  },
  'duplicate-id': {
    title: 'Two components have the same id',
    documentation:
      'Component ids are unique in a file, so that scenarios and reports can name them. Rename one of them.',
  },
  'duplicate-name': {
    title: 'A name is defined in two files',
    documentation:
      'The file and one that it imports, or two that it imports, define the same name. The nearest definition counts: that of the file itself, then that of the first import. Rename one of them, or delete the one that is not meant.',
  },
  'unreadable-import': {
    title: 'An imported file cannot be read',
    documentation:
      'There is no file at the path, or it cannot be read from here. Paths start at the folder of the file that imports. Until it can be read, nothing is said of names that it may define.',
  },
  'import-cycle': {
    title: 'Files import each other',
    documentation:
      'A file imports itself, in one step or in several. Move what both need into a file that imports neither.',
  },
  'broken-import': {
    title: 'An imported file has errors',
    documentation:
      'What the imported file defines may be incomplete here, so the system cannot be simulated or loaded. Mend the errors in that file.',
  },
  'unknown-key': {
    title: 'The key is not known here',
    documentation:
      'The format has no such key at this place, so it would have no effect. Fix the spelling or remove it.',
  },
  'missing-key': {
    title: 'A required key is missing',
    documentation: 'Without this key the section means nothing. Add it.',
  },
  'wrong-type': {
    title: 'The value has the wrong type',
    documentation:
      'The format expects another kind of value here: a mapping, a list, text, a number, or true/false.',
  },
  'invalid-value': {
    title: 'The value is not allowed',
    documentation: 'The value lies outside what the format allows at this place.',
  },
  'invalid-duration': {
    title: 'The value is not a duration',
    documentation:
      'Durations are a number and a unit: `250ms`, `1.5s`, `2m` (or `2min`), `3h`, `30d`, combined as in `1m30s`, or ISO 8601 such as `PT1M30S`. A bare number has no unit and is refused, because half of its readers would take it for seconds and half for milliseconds.',
  },
  'invalid-rate': {
    title: 'The value is not a rate',
    documentation: 'Rates are a number, a slash and a unit of time: `40/s`, `3k/min`, `100/h`.',
  },
  'invalid-ratio': {
    title: 'The value is not a share',
    documentation:
      'Shares are percentages from `0%` to `100%`, such as `99.95%`, or numbers from 0 to 1, such as `0.9995`.',
  },
} as const satisfies Record<string, { title: string; documentation: string }>;

export type ProblemKind = keyof typeof PROBLEM_KINDS;

/** One thing that is wrong with the text itself. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
  readonly related?: { readonly message: string; readonly range: TextRange };
  /** Ways out, the best first. */
  readonly fixes?: readonly Fix[];
}
