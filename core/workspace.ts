import { LineIndex, readConfig } from './config/index.ts';
import {
  checkJoined,
  type FormatFile,
  formatOf,
  isKnown,
  type Joined,
  joinFiles,
  likelyFormat,
  mayBeFormat,
  partOf,
  readFormatFile,
  withPartsOf,
} from './formats/index.ts';
import { type AnalyseOptions, type Analysis, judge } from './judge.ts';
import type { Finding } from './model/finding.ts';
import type { Model } from './model/model.ts';
import type { Rule, RuleSettings } from './rules/index.ts';

type Failure = readonly [rule: Rule, error: unknown];

/** What rules have found in all files, judged in one way. */
interface Checked {
  readonly byFile: ReadonlyMap<string, readonly Finding[]>;
  readonly failures: readonly Failure[];
}

/** The same of one format. */
interface CheckedFormat {
  readonly found: readonly Finding[];
  readonly failures: readonly Failure[];
}

/**
 * Files in the formats of other tools, judged together: what one says may be half of what another
 * does. What did not change since the last time is not read again.
 */
export class Workspace {
  readonly #files = new Map<string, FormatFile>();
  #joined: readonly Joined[] | undefined;
  /** Before the last change, of which not every format may know. */
  #before: readonly Joined[] = [];
  /** By what the settings say. */
  readonly #checked = new Map<string, Checked>();
  readonly #checkedFormats = new WeakMap<Joined, Map<string, CheckedFormat>>();

  /**
   * Takes in a file, or its new text.
   *
   * @returns whether it is of a format that is known; if not, it is not taken in
   */
  set(file: string, text: string): boolean {
    const before = this.#files.get(file);
    if (before?.text === text) return true;
    // A file that has never been ours and does not look like it costs no more than this.
    const read = mayBeFormat(text)
      ? readFormatFile(file, text, new LineIndex(text), mayBeFormat, before)
      : undefined;
    if (!before && !read) return false;
    const isOurs = read !== undefined && isKnown(read);
    if (isOurs) this.#files.set(file, read);
    else this.#files.delete(file);
    if (before || isOurs) this.#forget();
    return isOurs;
  }

  delete(file: string): void {
    if (this.#files.delete(file)) this.#forget();
  }

  has(file: string): boolean {
    return this.#files.has(file);
  }

  /**
   * What a file says, with what it refers to in others, as one model; nothing for one that is not of a
   * format that is known, and for a template or a file with a slip in it.
   */
  systemOf(name: string): Model | undefined {
    const file = this.#files.get(name);
    if (!file) return undefined;
    this.#joined ??= joinFiles(this.#files.values());
    const own = formatOf(file, this.#joined);
    return own && partOf(own.model, name);
  }

  /** What all files say, as one model; nothing where there is none that can be read. */
  system(): Model | undefined {
    this.#joined ??= joinFiles(this.#files.values());
    const [first, ...others] = this.#joined.map(({ model }) => model);
    return first && others.reduce(withPartsOf, first);
  }

  /** The files that were taken in. */
  get files(): Iterable<string> {
    return this.#files.keys();
  }

  /** What is wrong with a file; `undefined` for one that is not of a format that is known. */
  analyse(name: string, options: AnalyseOptions = {}): Analysis | undefined {
    const file = this.#files.get(name);
    if (!file) return undefined;
    this.#joined ??= joinFiles(this.#files.values(), this.#before);
    const own = formatOf(file, this.#joined);
    const { byFile, failures } = this.#check(this.#joined, options.settings);
    for (const [rule, error] of failures) options.onRuleFailure?.(rule, error);
    const { comments, lines, problems, root, text } = file;
    const failed = new Set(failures.map(([{ id }]) => id));
    // A template, or a file with a slip in it, says nothing that could be judged.
    const model = own?.model ?? readConfig('', name).model;
    const config = { file: name, text, lines, root, comments, problems, model };
    const analysis = judge(config, byFile.get(name) ?? [], failed, options);
    const elsewhere = this.#elsewhere(analysis);
    return {
      ...analysis,
      ...(elsewhere.size > 0 && { elsewhere }),
      format: own?.format.name ?? likelyFormat(text),
    };
  }

  #elsewhere({ file, findings, suppressed }: Analysis): ReadonlyMap<string, FormatFile> {
    const elsewhere = new Map<string, FormatFile>();
    for (const { related } of [...findings, ...suppressed.map(({ finding }) => finding)]) {
      for (const { at } of related) {
        const other = at.file === file ? undefined : this.#files.get(at.file);
        if (other) elsewhere.set(at.file, other);
      }
    }
    return elsewhere;
  }

  #check(joined: readonly Joined[], settings: RuleSettings | undefined): Checked {
    const key = JSON.stringify([...(settings ?? [])]);
    const known = this.#checked.get(key);
    if (known) return known;
    const all = joined.map((one) => this.#checkFormat(one, key, settings));
    const byFile = new Map<string, Finding[]>();
    for (const finding of all.flatMap(({ found }) => found)) {
      const own = byFile.get(finding.at.file);
      if (own) own.push(finding);
      else byFile.set(finding.at.file, [finding]);
    }
    const checked = { byFile, failures: all.flatMap(({ failures }) => failures) };
    this.#checked.set(key, checked);
    return checked;
  }

  #checkFormat(joined: Joined, key: string, settings: RuleSettings | undefined): CheckedFormat {
    const byKey = this.#checkedFormats.get(joined) ?? new Map<string, CheckedFormat>();
    const known = byKey.get(key);
    if (known) return known;
    const failures: Failure[] = [];
    const found = checkJoined(joined, {
      ...(settings && { settings }),
      onRuleFailure: (rule, error) => failures.push([rule, error]),
    });
    const checked = { found, failures };
    this.#checkedFormats.set(joined, byKey.set(key, checked));
    return checked;
  }

  #forget(): void {
    this.#before = this.#joined ?? this.#before;
    this.#joined = undefined;
    this.#checked.clear();
  }
}
