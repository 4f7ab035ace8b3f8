import type { SpringDocument } from './document.ts';
import { groupBy } from './group-by.ts';

/** The documents that an application reads together when one of its profiles is active. */
export interface View {
  /** Absent where none is. */
  readonly profile?: string;
  /** The weakest first. */
  readonly documents: readonly SpringDocument[];
}

/** An application, as its files show it. */
export interface Application {
  readonly name: string;
  readonly views: readonly View[];
}

/** Files that every application of a folder reads, if there are several. */
const SHARED = /^(?:application|bootstrap|resilience\w*)$/i;
const FILE = /([^/\\]*)\.\w+$/;

/**
 * Which documents belong together: those of one folder. `application-prod.yml` is what the profile
 * `prod` adds to `application.yml`; `orders.yml` is of an application of its own, which reads
 * `application.yml` too, and `orders-prod.yml` is of the same one.
 */
export function applicationsOf(documents: readonly SpringDocument[]): readonly Application[] {
  const folders = groupBy(documents, folderOf);
  return [...folders.values()].flatMap((own) => {
    const stems = new Set(own.map(({ file }) => stemOf(file)));
    const placed = own.map((document) => placeOf(document, stems));
    const shared = placed.filter(({ stem }) => SHARED.test(stem));
    const others = groupBy(
      placed.filter((one) => !shared.includes(one)),
      ({ stem }) => stem,
    );
    const applications = [...others].map(([stem, more]) =>
      applicationOf(stem, [...shared, ...more]),
    );
    return applications.length > 0 ? applications : [applicationOf('application', shared)];
  });
}

/** Where applications that are not the same keep apart. */
export function folderOf({ file }: SpringDocument): string {
  return file.replace(FILE, '');
}

interface Placed {
  readonly document: SpringDocument;
  readonly stem: string;
  readonly profile?: string;
}

function stemOf(file: string): string {
  return FILE.exec(file)?.[1] ?? file;
}

function placeOf(document: SpringDocument, stems: ReadonlySet<string>): Placed {
  const whole = stemOf(document.file);
  const cut = [...whole.matchAll(/-/g)]
    .map(({ index }) => index)
    .find((index) => SHARED.test(whole.slice(0, index)) || stems.has(whole.slice(0, index)));
  const stem = cut === undefined ? whole : whole.slice(0, cut);
  const profile = document.profile ?? (cut === undefined ? undefined : whole.slice(cut + 1));
  return { document, stem, ...(profile !== undefined && { profile }) };
}

function applicationOf(name: string, placed: readonly Placed[]): Application {
  const ordered = placed.toSorted(
    (a, b) =>
      rankOf(a, name) - rankOf(b, name) ||
      (a.document.file < b.document.file ? -1 : Number(a.document.file > b.document.file)) ||
      a.document.at.start - b.document.at.start,
  );
  const always = ordered.filter(({ profile }) => profile === undefined);
  const profiles = new Set(ordered.flatMap(({ profile }) => profile ?? []));
  const views = [...profiles].map((profile): View => {
    const own = ordered.filter((one) => one.profile === undefined || one.profile === profile);
    return { profile, documents: own.map(({ document }) => document) };
  });
  if (always.length > 0) views.unshift({ documents: always.map(({ document }) => document) });
  return { name, views };
}

/** What a profile says overrules what holds always; an application, what all share. */
function rankOf({ profile, stem }: Placed, name: string): number {
  return (profile === undefined ? 0 : 2) + (stem === name ? 1 : 0);
}
