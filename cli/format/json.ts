import {
  type Finding,
  type LineIndex,
  type Position,
  SEVERITIES,
  type Severity,
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
  };
}

export interface FileResult {
  /** From the working folder if it lies in there, else absolute; with plain slashes. */
  readonly file: string;
  readonly findings: readonly FindingResult[];
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
    readonly range: TextRange;
  }[];
  /** The rule's page, as a path in the package. */
  readonly docs: string;
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
    files: files.map(({ file, lines, findings }) => ({
      file,
      findings: findings.map((finding) => findingResult(finding, lines)),
    })),
    summary: { files: files.length, errors, warnings, infos, hints },
  };
}

export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function findingResult(finding: Finding, lines: LineIndex): FindingResult {
  const { ruleId, severity, message, at, related } = finding;
  const rangeOf = ({ start, end }: { start: number; end: number }): TextRange => ({
    start: lines.positionAt(start),
    end: lines.positionAt(end),
  });
  return {
    ruleId,
    severity,
    message,
    range: rangeOf(at),
    related: related.map(({ ruleId, message, at }) => ({
      ...(ruleId !== undefined && { ruleId }),
      message,
      range: rangeOf(at),
    })),
    docs: `docs/rules/${ruleId}.md`,
  };
}
