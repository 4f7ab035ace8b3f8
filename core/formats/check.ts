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

/** Joins what belongs together among files, format by format. */
export function joinFiles(files: Iterable<FormatFile>): readonly Joined[] {
  const all = [...files].flatMap(({ documents }) => documents);
  return FORMATS.flatMap((format) => {
    const own = new Set(all.filter((document) => formatOfDocument(document) === format));
    if (own.size === 0) return [];
    const known = all.filter((one) => own.has(one) || format.consults(one.root));
    return [{ format, documents: own, ...format.understand(known) }];
  });
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

/** Runs the rules of each format. Whatever is found in any of the files. */
export function checkJoined(
  joined: readonly Joined[],
  options: Omit<CheckOptions, 'rules'>,
): Finding[] {
  return joined.flatMap(({ model, rules }) => checkModel(model, { ...options, rules }));
}

const formats = new WeakMap<FormatDocument, { readonly format: Format | undefined }>();

function formatOfDocument(document: FormatDocument): Format | undefined {
  const known = formats.get(document) ?? {
    format: FORMATS.find((one) => one.recognises(document.root)),
  };
  formats.set(document, known);
  return known.format;
}
