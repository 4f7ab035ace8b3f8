import type { Diagnostic, Range } from 'vscode-languageserver';
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { Analysis, FoundText } from '../core/analyse.ts';
import {
  type Finding,
  PROBLEM_KINDS,
  type RelatedFinding,
  RULE_PAGES,
  type Severity,
  type SourceRange,
  textAt,
} from '../core/index.ts';
import type { ClientSupport } from './capabilities.ts';

/** How findings are told to one client. */
export interface DiagnosticStyle {
  readonly support: Pick<
    ClientSupport,
    'relatedInformation' | 'codeDescription' | 'unnecessaryTag'
  >;
  /** Base of the rules' pages, without a slash at the end; undefined when there are none. */
  readonly docsUri: string | undefined;
}

/** The text that a finding is in, and those that it speaks of; a file is a URI. */
export type DiagnosedText = FoundText & Pick<Analysis, 'elsewhere'>;

/**
 * What is found in a document, as the editor shows it. That a file of another tool cannot be read is
 * for those to say whom it belongs to.
 */
export function diagnosticsOf(analysis: Analysis, style: DiagnosticStyle): Diagnostic[] {
  const { findings, format } = analysis;
  return findings
    .filter(({ ruleId }) => format === undefined || !Object.hasOwn(PROBLEM_KINDS, ruleId))
    .map((finding) => toDiagnostic(finding, analysis, style));
}

/** A finding as the editor shows it, with nothing in it that the client cannot show. */
export function toDiagnostic(
  finding: Finding,
  analysis: DiagnosedText,
  { support, docsUri }: DiagnosticStyle,
): Diagnostic {
  const { ruleId, related } = finding;
  return {
    range: rangeOf(finding.at, analysis),
    severity: SEVERITY[finding.severity],
    code: ruleId,
    source: 'faultline',
    message: finding.message,
    ...(support.codeDescription &&
      docsUri !== undefined &&
      RULE_PAGES.has(ruleId) && { codeDescription: { href: `${docsUri}/${ruleId}.md` } }),
    ...(support.unnecessaryTag && finding.unnecessary && { tags: [DiagnosticTag.Unnecessary] }),
    ...(support.relatedInformation &&
      related.length > 0 && {
        relatedInformation: related.map((one) => ({
          location: { uri: textAt(analysis, one.at).file, range: rangeOf(one.at, analysis) },
          message: relatedMessage(one),
        })),
      }),
  };
}

/** LSP has no code for related information, so the rule's id stands in the text. */
function relatedMessage({ ruleId, message }: RelatedFinding): string {
  return ruleId === undefined ? message : `${ruleId}: ${message}`;
}

function rangeOf(at: SourceRange, diagnosed: DiagnosedText): Range {
  const { lines, text } = textAt(diagnosed, at);
  const { start, end } = at.end > at.start ? at : widen(at.start, text);
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}

/**
 * Gives an empty range something to see: the word that begins there, else the last one before it
 * on its line. On a blank line it stays empty, and editors mark the line as they see fit.
 */
function widen(offset: number, text: string): { start: number; end: number } {
  const word = /\S*/y;
  word.lastIndex = offset;
  const after = word.exec(text)?.[0] ?? '';
  if (after !== '') return { start: offset, end: offset + after.length };
  const line =
    text
      .slice(0, offset)
      .split(/[\r\n]/)
      .at(-1) ?? '';
  const before = /\S+(?=\s*$)/.exec(line)?.[0];
  if (before === undefined) return { start: offset, end: offset };
  const end = offset - line.length + line.trimEnd().length;
  return { start: end - before.length, end };
}

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
