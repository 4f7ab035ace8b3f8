import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  ArtifactLocation,
  Location,
  Log,
  Region,
  ReportingDescriptor,
  Result,
  Suppression,
} from 'sarif';
import {
  type Finding,
  type LineIndex,
  RULE_PAGES,
  type Severity,
  type SourceRange,
  type SuppressedFinding,
  textAt,
} from '../../core/index.ts';
import type { CheckedFile } from '../read-file.ts';
import type { FormatOptions } from './formats.ts';
import { formatJson } from './json.ts';
import { placeIn } from './place.ts';
import { suppressionReason } from './suppressed.ts';

const LEVELS = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
} as const satisfies Record<Severity, Result.level>;

const RULES: readonly ReportingDescriptor[] = [...RULE_PAGES.values()].map((page) => ({
  id: page.id,
  shortDescription: { text: page.title },
  help: { text: page.markdown, markdown: page.markdown },
  defaultConfiguration: { level: LEVELS[page.severity] },
}));
const INDEX_OF: ReadonlyMap<string, number> = new Map(RULES.map(({ id }, index) => [id, index]));

/** The name of the folder that relative paths start from. */
const BASE = 'WORKING_FOLDER';
const BASE_TEXT = 'The folder in which faultline was run.';

/**
 * SARIF 2.1.0, the OASIS standard that code scanning services read. Suppressed findings are in it,
 * with their justification; fingerprints stay the same when lines move.
 */
export function formatSarif(
  files: readonly CheckedFile[],
  { version }: Pick<FormatOptions, 'version'>,
): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Faultline', version, rules: [...RULES] } },
        columnKind: 'utf16CodeUnits',
        // Which folder that is, the log does not say: so it is the same on every machine.
        originalUriBaseIds: { [BASE]: { description: { text: BASE_TEXT } } },
        artifacts: files.map(({ file }) => ({ location: artifact(file) })),
        results: files.flatMap(resultsOf),
      },
    ],
  };
  return formatJson(log);
}

function resultsOf(checked: CheckedFile, artifactIndex: number): Result[] {
  const { findings, fingerprints, suppressed } = checked;
  const all = [
    ...findings.map((finding) => ({ finding, suppressions: [] })),
    ...suppressed.map((one) => ({
      finding: one.finding,
      suppressions: [suppression(one, location(artifactIndex, checked))],
    })),
  ];
  const counts = new Map<string, number>();
  return all
    .toSorted((a, b) => a.finding.at.start - b.finding.at.start)
    .map(({ finding, suppressions }) => {
      const fingerprint = fingerprints.get(finding) ?? finding.ruleId;
      const count = (counts.get(fingerprint) ?? 0) + 1;
      counts.set(fingerprint, count);
      return {
        ...result(finding, location(artifactIndex, checked)),
        // Those of one rule on one thing are told apart by their order.
        partialFingerprints: { 'faultline/v1': `${fingerprint} ${count}` },
        // An empty list says that it is known to be not suppressed.
        suppressions,
      };
    });
}

function result(
  { ruleId, severity, message, at, related }: Finding,
  locate: (at: SourceRange) => Location,
): Result {
  const ruleIndex = INDEX_OF.get(ruleId);
  return {
    ruleId,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: LEVELS[severity],
    message: { text: message },
    locations: [locate(at)],
    ...(related.length > 0 && {
      relatedLocations: related.map((one) => ({
        ...locate(one.at),
        message: { text: one.ruleId === undefined ? one.message : `${one.ruleId}: ${one.message}` },
      })),
    }),
  };
}

function suppression(one: SuppressedFinding, locate: (at: SourceRange) => Location): Suppression {
  const justification = suppressionReason(one);
  if (one.by.kind === 'baseline') return { kind: 'external', justification };
  return { kind: 'inSource', justification, location: locate(one.by.at) };
}

function location(index: number, checked: CheckedFile): (at: SourceRange) => Location {
  return (at) => {
    const { file, lines } = textAt(checked, at);
    return {
      physicalLocation: {
        artifactLocation: { ...artifact(file), ...(file === checked.file && { index }) },
        region: region(at, lines),
      },
    };
  };
}

function region(at: SourceRange, lines: LineIndex): Region {
  const { line, column, endLine, endColumn } = placeIn(lines, at);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function artifact(file: string): ArtifactLocation {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: BASE };
}
