import type { Fix } from './fix.ts';
import type { SourceRange } from './source.ts';

/** How bad a finding is, worst first. */
export const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Another place that belongs to the same problem, or another rule's view of the same root cause. */
export interface RelatedFinding {
  /** Set when the remark is what another rule would have said on its own. */
  readonly ruleId?: string;
  readonly message: string;
  readonly at: SourceRange;
}

/** One thing that is wrong in a config, on one token of it. */
export interface Finding {
  /** Stable id; also the name of the documentation page. */
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: SourceRange;
  readonly related: readonly RelatedFinding[];
  /** The editor may fade the range: the text has no effect. */
  readonly unnecessary?: boolean;
  /** Ways out, the best first. */
  readonly fixes?: readonly Fix[];
}

/** A finding that is kept, but not reported. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly by:
    | {
        /** A comment in the file. */
        readonly kind: 'comment';
        /** Why, in the words of who wrote it; empty where nobody has said. */
        readonly reason: string;
        readonly at: SourceRange;
      }
    /** It was there before. */
    | { readonly kind: 'baseline' };
}

/** Whether `severity` is as bad as `threshold` or worse. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

/** Orders findings by place, then by severity, then by rule, so that output never depends on chance. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : 0) ||
    a.at.start - b.at.start ||
    a.at.end - b.at.end ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0)
  );
}
