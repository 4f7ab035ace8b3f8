import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import { type CheckOptions, checkModel } from '../rules/index.ts';
import type { FormatDocument, FormatFile } from './document.ts';
import type { Format, Understood } from './format.ts';
import { FORMATS } from './formats.ts';
import { withPartsOf } from './part-of.ts';

/** What files of one format say together. */
export interface Joined extends Understood {
  readonly format: Format;
  readonly documents: ReadonlySet<FormatDocument>;
  /** These, and those of other formats that were consulted. */
  readonly consulted: readonly FormatDocument[];
}

/**
 * Whether a file is of a format that is known: one of its documents is, or it is a template of one
 * or broken, so that nobody can tell.
 */
export function isKnown({ documents, hasTemplate, problems }: FormatFile): boolean {
  return (
    hasTemplate ||
    problems.length > 0 ||
    documents.some((one) => formatOfDocument(one) !== undefined)
  );
}

/**
 * Joins what belongs together among files, format by format.
 *
 * @param before what was joined the last time: of formats whose documents are the same, it still holds
 */
export function joinFiles(
  files: Iterable<FormatFile>,
  before: readonly Joined[] = [],
): readonly Joined[] {
  const all = [...files].flatMap(({ documents }) => documents);
  const byFormat = new Map<Format, Set<FormatDocument>>();
  for (const document of all) {
    const format = formatOfDocument(document);
    if (!format) continue;
    const own = byFormat.get(format);
    if (own) own.add(document);
    else byFormat.set(format, new Set([document]));
  }
  return FORMATS.flatMap((format): readonly Joined[] => {
    const documents = byFormat.get(format);
    if (!documents) return [];
    const consulted = all.filter((one) => documents.has(one) || format.consults(one.root));
    const same = before.find((one) => one.format === format);
    if (same && isSame(same.consulted, consulted)) return [same];
    return [{ format, documents, consulted, ...format.understand(consulted) }];
  });
}

function isSame(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((one, index) => one === right[index]);
}

/** The format of a file, the first one of several, and all that it is a part of as one model. */
export function formatOf(
  { documents }: FormatFile,
  joined: readonly Joined[],
): { readonly format: Format; readonly model: Model } | undefined {
  const own = joined.filter((one) => documents.some((document) => one.documents.has(document)));
  const [first, ...others] = own;
  return (
    first && {
      format: first.format,
      model: others.reduce((model, other) => withPartsOf(model, other.model), first.model),
    }
  );
}

/** Runs the rules of a format. Whatever is found in any of the files. */
export function checkJoined(
  { model, rules }: Joined,
  options: Omit<CheckOptions, 'rules'>,
): Finding[] {
  return checkModel(model, { ...options, rules });
}

const formats = new WeakMap<FormatDocument, { readonly format: Format | undefined }>();

function formatOfDocument(document: FormatDocument): Format | undefined {
  const known = formats.get(document) ?? {
    format: FORMATS.find((one) => one.recognises(document.root)),
  };
  formats.set(document, known);
  return known.format;
}
