import type { SyntaxNode } from '../config/index.ts';
import type { Finding, SuppressedFinding } from '../model/finding.ts';
import { Fingerprints } from './fingerprint.ts';

/** How often each fingerprint was there before, for one file. */
export type KnownFindings = Readonly<Record<string, number>>;

/** The findings that were there before, by file: those of old systems that are to get no worse. */
export interface Baseline {
  readonly format: 'faultline-baseline';
  readonly version: 1;
  /** By the path of the config from the folder of the baseline, with slashes. */
  readonly files: Readonly<Record<string, KnownFindings>>;
}

/** What is known of one file, for a baseline, by the fingerprints of its findings. */
export function knownFindings(fingerprints: readonly string[]): KnownFindings {
  const counts = new Map<string, number>();
  for (const fingerprint of fingerprints) {
    counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  }
  return Object.fromEntries(sorted(counts));
}

/** A baseline as text: sorted, so that what changes in it is what has changed. */
export function writeBaseline(files: ReadonlyMap<string, KnownFindings>): string {
  const filled = new Map([...files].filter(([, known]) => Object.keys(known).length > 0));
  const baseline: Baseline = {
    format: 'faultline-baseline',
    version: 1,
    files: Object.fromEntries(sorted(filled)),
  };
  return `${JSON.stringify(baseline, null, 2)}\n`;
}

/**
 * Reads the text of a baseline.
 *
 * @returns `undefined` for a text that is none.
 */
export function readBaseline(text: string): Baseline | undefined {
  const data = parseJson(text);
  if (!isObject(data) || data.format !== 'faultline-baseline' || data.version !== 1) {
    return undefined;
  }
  const { files } = data;
  const isSound = isObject(files) && Object.values(files).every(isKnownFindings);
  return isSound ? (data as unknown as Baseline) : undefined;
}

/** What a baseline says of one file. */
export function knownIn({ files }: Baseline, path: string): KnownFindings {
  return (Object.hasOwn(files, path) ? files[path] : undefined) ?? {};
}

export interface Compared {
  /** What was not there before. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** How many of the known findings are gone. */
  readonly gone: number;
}

/**
 * Parts findings into new ones and those that were there before. Of several with one fingerprint as
 * many count as known as there were; the first ones in the file.
 */
export function compareWith(
  known: KnownFindings,
  findings: readonly Finding[],
  root: SyntaxNode | undefined,
): Compared {
  const left = new Map(Object.entries(known));
  const fingerprints = new Fingerprints(left.size > 0 ? root : undefined);
  const suppressed: SuppressedFinding[] = [];
  const fresh = findings.filter((finding) => {
    if (left.size === 0) return true;
    const fingerprint = fingerprints.of(finding);
    const count = left.get(fingerprint) ?? 0;
    if (count === 0) return true;
    left.set(fingerprint, count - 1);
    suppressed.push({ finding, by: { kind: 'baseline' } });
    return false;
  });
  const gone = [...left.values()].reduce((sum, count) => sum + count, 0);
  return { findings: fresh, suppressed, gone };
}

function sorted<T>(entries: ReadonlyMap<string, T>): (readonly [string, T])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isKnownFindings(data: unknown): data is KnownFindings {
  return (
    isObject(data) &&
    Object.values(data).every((count) => Number.isInteger(count) && Number(count) > 0)
  );
}

function isObject(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
