import { describe, expect, it } from 'vitest';
import { DiagnosticTag } from 'vscode-languageserver';
import { analyse } from '../core/analyse.ts';
import type { Finding } from '../core/index.ts';
import { toDiagnostic } from './diagnostics.ts';

const FILE = 'file:///a.resilience.yaml';
const support = { relatedInformation: true, codeDescription: true, unnecessaryTag: true };
const none = { relatedInformation: false, codeDescription: false, unnecessaryTag: false };

/** A finding on what stands between the two bars, or where the one bar stands. */
function findingAt(marked: string, more: Partial<Finding> = {}) {
  const [before = '', inside = '', after] = marked.split('|');
  const text = after === undefined ? before + inside : before + inside + after;
  const start = before.length;
  const at = { file: FILE, start, end: after === undefined ? start : start + inside.length };
  const finding: Finding = {
    ruleId: 'unused-definition',
    severity: 'hint',
    message: 'Nobody uses it.',
    at,
    related: [],
    ...more,
  };
  return { finding, analysis: analyse(text, FILE) };
}

/** The text that the diagnostic is on. */
function marked(config: string): string {
  const { finding, analysis } = findingAt(config);
  const { range } = toDiagnostic(finding, analysis, { support, docsUri: undefined });
  const { text, lines } = analysis;
  const offset = ({ line, character }: typeof range.start) => lines.lineStart(line) + character;
  return text.slice(offset(range.start), offset(range.end));
}

describe('a diagnostic', () => {
  it('is a finding in the words of LSP', () => {
    const related = { message: 'It is defined here.', at: { file: FILE, start: 0, end: 1 } };
    const absorbed = { ...related, ruleId: 'single-instance', message: 'It is alone.' };
    const { finding, analysis } = findingAt('a: 1\nb: |two|\n', {
      unnecessary: true,
      related: [related, absorbed],
    });
    const place = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    expect(toDiagnostic(finding, analysis, { support, docsUri: 'file:///docs' })).toEqual({
      range: { start: { line: 1, character: 3 }, end: { line: 1, character: 6 } },
      severity: 4,
      code: 'unused-definition',
      codeDescription: { href: 'file:///docs/unused-definition.md' },
      source: 'faultline',
      message: 'Nobody uses it.',
      tags: [DiagnosticTag.Unnecessary],
      relatedInformation: [
        { location: { uri: FILE, range: place }, message: 'It is defined here.' },
        { location: { uri: FILE, range: place }, message: 'single-instance: It is alone.' },
      ],
    });
    expect(toDiagnostic(finding, analysis, { support: none, docsUri: 'file:///docs' })).toEqual({
      range: { start: { line: 1, character: 3 }, end: { line: 1, character: 6 } },
      severity: 4,
      code: 'unused-definition',
      source: 'faultline',
      message: 'Nobody uses it.',
    });
  });

  it('links to no page that does not exist', () => {
    const { finding, analysis } = findingAt('a: |1|', { ruleId: 'cannot-simulate' });
    const diagnostic = toDiagnostic(finding, analysis, { support, docsUri: 'file:///docs' });
    expect(diagnostic).not.toHaveProperty('codeDescription');
  });

  it.each([
    ['the word at it', 'a: |word more', 'word'],
    ['the last word before it', 'a: x\nkey:  |\nb: y', 'key:'],
    ['the word before it, with Windows line ends', 'a: x\r\nkey:|\r\nb: y', 'key:'],
    ['nothing on a blank line', 'a: x\n|\nb: y', ''],
    ['nothing in an empty file', '|', ''],
    ['a whole wide character', 'a: |😀', '😀'],
  ])('on an empty range marks %s', (_, config, expected) => {
    expect(marked(config)).toBe(expected);
  });

  it('on a range marks that range', () => expect(marked('a: |two words| more')).toBe('two words'));
});
