import {
  type Finding,
  type Position,
  SEVERITIES,
  type Severity,
  type SourceRange,
  textAt,
} from '../../core/index.ts';
import type { CheckedFile } from '../read-file.ts';

/**
 * What `faultline check --format json` prints. Programs rely on this shape: keys may be added, but
 * none is renamed or removed. Lines and characters count from 0, characters in UTF-16 units, as in
 * the language server protocol.
 */
export interface CheckResult {
  readonly files: readonly FileResult[];
  readonly summary: {
    readonly files: number;
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
    readonly hints: number;
    readonly suppressed: number;
  };
}

export interface FileResult {
  /** From the working folder if it lies in there, else absolute; with plain slashes. */
  readonly file: string;
  readonly findings: readonly FindingResult[];
  /** What is kept, but not reported. */
  readonly suppressed: readonly SuppressedResult[];
}

export interface FindingResult {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
  /** Other places of the same problem; `ruleId` where it is what another rule would have said. */
  readonly related: readonly {
    readonly ruleId?: string;
    readonly message: string;
    /** Where it is another file than that of the finding. */
    readonly file?: string;
    readonly range: TextRange;
  }[];
  /** The rule's page, as a path in the package. */
  readonly docs: string;
  /** Stays the same when lines move; findings of one rule on one thing share it. */
  readonly fingerprint: string;
}

export interface SuppressedResult extends FindingResult {
  readonly suppression: {
    readonly kind: 'comment' | 'baseline';
    /** In the words of who wrote the comment; empty where nobody has said. */
    readonly reason?: string;
  };
}

interface TextRange {
  readonly start: Position;
  readonly end: Position;
}

export function checkResult(files: readonly CheckedFile[]): CheckResult {
  const findings = files.flatMap((file) => file.findings);
  const [errors = 0, warnings = 0, infos = 0, hints = 0] = SEVERITIES.map((severity) => {
    return findings.filter((finding) => finding.severity === severity).length;
  });
  return {
    files: files.map((checked) => fileResult(checked)),
    summary: {
      files: files.length,
      errors,
      warnings,
      infos,
      hints,
      suppressed: files.reduce((sum, file) => sum + file.suppressed.length, 0),
    },
  };
}

export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function fileResult(checked: CheckedFile): FileResult {
  const { file, fingerprints, findings, suppressed } = checked;
  const result = (finding: Finding) =>
    findingResult(finding, checked, fingerprints.get(finding) ?? finding.ruleId);
  return {
    file,
    findings: findings.map(result),
    suppressed: suppressed.map(({ finding, by }) => ({
      ...result(finding),
      suppression: by.kind === 'comment' ? { kind: by.kind, reason: by.reason } : { kind: by.kind },
    })),
  };
}

function findingResult(finding: Finding, checked: CheckedFile, fingerprint: string): FindingResult {
  const { ruleId, severity, message, at, related } = finding;
  const rangeOf = (place: SourceRange): TextRange => {
    const { lines } = textAt(checked, place);
    return { start: lines.positionAt(place.start), end: lines.positionAt(place.end) };
  };
  return {
    ruleId,
    severity,
    message,
    range: rangeOf(at),
    related: related.map(({ ruleId, message, at }) => ({
      ...(ruleId !== undefined && { ruleId }),
      message,
      ...(at.file !== checked.file && { file: at.file }),
      range: rangeOf(at),
    })),
    docs: `docs/rules/${ruleId}.md`,
    fingerprint,
  };
}
