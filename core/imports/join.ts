import { type Config, ConfigReader } from '../config/index.ts';
import type { FormatFile } from '../formats/index.ts';
import type { Finding } from '../model/finding.ts';
import {
  type Group,
  type ImportedFile,
  type Model,
  SECTION_NAMES,
  type Service,
} from '../model/model.ts';
import type { SourceRange } from '../model/source.ts';
import { plural, shortened } from '../text/words.ts';
import { type ImportedTexts, importPathsOf } from './collect.ts';
import { OtherFiles } from './other-formats.ts';
import { overlaid } from './overlay.ts';
import { resolveImport } from './paths.ts';
import { relocated } from './relocate.ts';

/** The parts of a model that are shared among the files of a system. */
const SHARED = [
  'groups',
  'zones',
  'regions',
  'repairCrews',
  'breakers',
  'bulkheads',
  'retries',
  'rateLimiters',
  'concurrencyLimits',
  'connectionPools',
  'services',
] as const satisfies readonly (keyof Model)[];

/** Joins a config with the files that it imports; what did not change is not read again. */
export class ImportJoiner {
  readonly #others = new OtherFiles();
  readonly #readers = new Map<string, { readonly reader: ConfigReader; config: Config }>();

  /** The config with what it imports, and what is wrong with its imports. */
  join(config: Config, texts: ImportedTexts | undefined): Config {
    const paths = importPathsOf(config.root);
    if (paths.length === 0) return config;
    const problems: Finding[] = [];
    const report = (ruleId: string, message: string, at: SourceRange): void => {
      problems.push({ ruleId, severity: 'error', message, at, related: [] });
    };
    const found = new Map<string, { readonly config: Config; readonly at: SourceRange }>();
    const ofOtherTools = new Map<string, { readonly file: FormatFile; readonly at: SourceRange }>();
    let isWhole = true;
    const visit = (name: string, path: readonly string[], at: SourceRange): void => {
      if (path.includes(name)) {
        const cycle = [...path.slice(path.indexOf(name)), name].map(baseName).join(' → ');
        report(
          'import-cycle',
          `Files import each other: ${cycle}. Take one of the imports out.`,
          at,
        );
        return;
      }
      if (found.has(name)) return;
      const text = texts?.get(name);
      if (text === undefined) {
        isWhole = false;
        report('unreadable-import', unreadable(name, path, texts !== undefined), at);
        return;
      }
      const file = this.#others.find(name, text);
      if (file) {
        if (!ofOtherTools.has(name)) ofOtherTools.set(name, { file, at });
        // What it would say, nobody knows yet.
        if (file.hasTemplate || file.problems.length > 0) isWhole = false;
        return;
      }
      const imported = this.#read(name, text);
      found.set(name, { config: imported, at });
      const errors = imported.problems.filter(({ severity }) => severity === 'error');
      if (errors.length > 0) {
        report(
          'broken-import',
          `${baseName(name)} has ${plural(errors.length, 'error')}: ${shortened(errors[0]?.message ?? '', 120)} Mend it there.`,
          at,
        );
      }
      for (const next of importPathsOf(imported.root)) {
        visit(resolveImport(next.path, name), [...path, name], at);
      }
    };
    for (const { path, range } of paths) {
      const at = { file: config.file, ...range };
      visit(resolveImport(path, config.file), [config.file], at);
    }
    const files = [...found].map(
      ([
        file,
        {
          at,
          config: { model, text },
        },
      ]): ImportedFile => {
        return { file, text, at, model };
      },
    );
    const others = this.#others.join([...ofOtherTools.values()].map(({ file }) => file));
    for (const [name, { at, file }] of ofOtherTools) {
      const model = others.get(name);
      if (model) files.push({ file: name, text: file.text, at, model });
    }
    const isOfOtherTool = (file: string) => ofOtherTools.has(file);
    const model = joined(config.model, files, isWhole, problems, isOfOtherTool);
    return { ...config, model, problems: [...config.problems, ...problems] };
  }

  #read(name: string, text: string): Config {
    const known = this.#readers.get(name);
    if (known?.config.text === text) return known.config;
    // Places of what a reader has read before may move; a joined model keeps them.
    const reader = new ConfigReader(name);
    const config = reader.read(text);
    this.#readers.set(name, { reader, config });
    return config;
  }
}

function joined(
  own: Model,
  files: readonly ImportedFile[],
  isWhole: boolean,
  problems: Finding[],
  isOfOtherTool: (file: string) => boolean,
): Model {
  const sections: Partial<Record<(typeof SHARED)[number], ReadonlyMap<string, unknown>>> = {};
  for (const key of SHARED) {
    const all = new Map<string, unknown>(own[key]);
    const definedIn = new Map<string, string>();
    for (const { at, file, model } of files) {
      for (const [name, part] of model[key]) {
        const known = all.get(name);
        if (known === undefined) {
          all.set(name, relocated<unknown>(part, at));
          definedIn.set(name, file);
        } else if (isOfOtherTool(file) && (key === 'groups' || key === 'services')) {
          all.set(name, overlaid(relocated(part as Group | Service, at), known as Group | Service));
        } else problems.push(duplicate(own, key, name, { at, file }, definedIn.get(name)));
      }
    }
    sections[key] = all;
  }
  problems.push(...duplicateIds(own, files));
  const unread = new Set([...own.unread, ...files.flatMap(({ model }) => [...model.unread])]);
  const unreadSections = isWhole
    ? [...own.unreadSections, ...files.flatMap(({ model }) => [...model.unreadSections])]
    : SECTION_NAMES;
  return {
    ...own,
    ...(sections as Pick<Model, (typeof SHARED)[number]>),
    unread,
    unreadSections: new Set(unreadSections),
    imports: files,
  };
}

/** Said where it can be changed: at the name in the file itself, else where the second file is imported. */
function duplicate(
  own: Model,
  key: (typeof SHARED)[number],
  name: string,
  { at, file }: Pick<ImportedFile, 'at' | 'file'>,
  other: string | undefined,
): Finding {
  const nameAt = own[key].get(name)?.nameAt;
  const which =
    other === undefined
      ? `'${shortened(name)}' is defined in ${baseName(file)} too; the one here counts. Rename or delete one.`
      : `${baseName(file)} defines '${shortened(name)}', which ${baseName(other)} does too; the first one counts. Rename or delete one.`;
  const related = nameAt ? [{ message: `${baseName(file)} is imported here.`, at }] : [];
  return { ruleId: 'duplicate-name', severity: 'error', message: which, at: nameAt ?? at, related };
}

/** Components are named by their ids alone, so these are unique among all files. */
function duplicateIds(own: Model, files: readonly ImportedFile[]): Finding[] {
  const known = new Map<string, { readonly file: string; readonly at: SourceRange }>();
  const findings: Finding[] = [];
  const note = (model: Model, file: string, place: (at: SourceRange) => SourceRange): void => {
    for (const { members } of model.groups.values()) {
      for (const { name, nameAt } of members) {
        const first = known.get(name);
        if (!first) known.set(name, { file, at: place(nameAt) });
        else if (first.file !== file) {
          findings.push({
            ruleId: 'duplicate-id',
            severity: 'error',
            message: `There are two components with the id '${shortened(name)}', in ${baseName(first.file)} and ${baseName(file)}. Rename one of them.`,
            at: place(nameAt),
            related: [{ message: 'The first one.', at: first.at }],
          });
        }
      }
    }
  };
  note(own, own.file, (at) => at);
  for (const { at, file, model } of files) note(model, file, () => at);
  return findings;
}

function unreadable(name: string, path: readonly string[], canRead: boolean): string {
  if (!canRead)
    return `${baseName(name)} cannot be read from here, so nothing is known of what it defines.`;
  const via =
    path.length > 1
      ? `${baseName(path.at(-1) ?? '')} imports ${baseName(name)}, and there`
      : 'There';
  return `${via} is no file at this path that can be read: ${shortened(name)}.`;
}

function baseName(file: string): string {
  return shortened(file.split('/').at(-1) ?? file, 80);
}
