/**
 * Fixtures say in comments what should be found, right under the line that it is found on:
 *
 *     minHealthy: 3
 *     #           ^ error group-below-minimum: 'api' has …
 *     #             related low-fault-tolerance-level: 'api' has …
 *
 * Carets stand under the range. Where the range begins at the first column, which the comment sign
 * takes, `#<--` stands for it. Findings and markers must match one to one.
 * `UPDATE_FIXTURES=1` rewrites the comments; read the difference before you keep it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Analysis, analyse, type Finding, fixAll } from '../../core/index.ts';

const MARKER = /^\s*#(?:\s*\^+|<-*) (?:error|warning|info|hint) [\w-]+: /;
const RELATED = /^\s*# +related (?:[\w-]+: )?/;

/** What is found in a fixture and what its comments expect, both as the fixture's own comments. */
export function checkFixture(file: string): {
  found: string;
  expected: string;
  analysis: Analysis;
} {
  const expected = readFileSync(file, 'utf8');
  const analysis = analyse(expected, file);
  const found = annotate(expected, analysis);
  if (process.env.UPDATE_FIXTURES && found !== expected) writeFileSync(file, found);
  return { found, expected: process.env.UPDATE_FIXTURES ? found : expected, analysis };
}

/**
 * What a fixture is after all safe fixes, with what is then found in it, and what its twin
 * `*.fixed.yaml` expects; neither where there is nothing to fix.
 */
export function checkFixed(file: string): { found?: string; expected?: string } {
  const twin = file.replace(/\.fires\.yaml$/, '.fixed.yaml');
  const { analysis, done } = fixAll(analyse(readFileSync(file, 'utf8'), file), (text) =>
    analyse(text, file),
  );
  const found = done.length > 0 ? annotate(analysis.text, analysis) : undefined;
  if (process.env.UPDATE_FIXTURES && found !== undefined) writeFileSync(twin, found);
  const expected = existsSync(twin) ? readFileSync(twin, 'utf8') : undefined;
  return { ...(found !== undefined && { found }), ...(expected !== undefined && { expected }) };
}

function annotate(text: string, analysis: Analysis): string {
  return text
    .split('\n')
    .flatMap((line, number) => {
      if (MARKER.test(line) || RELATED.test(line)) return [];
      const findings = analysis.findings.filter(
        ({ at }) => analysis.lines.positionAt(at.start).line === number,
      );
      return [line, ...findings.flatMap((finding) => markersOf(finding, analysis))];
    })
    .join('\n');
}

function markersOf(finding: Finding, { lines }: Analysis): string[] {
  const start = lines.positionAt(finding.at.start);
  const end = lines.positionAt(finding.at.end);
  const length = end.line === start.line ? Math.max(1, end.character - start.character) : 1;
  const pointer =
    start.character === 0
      ? `#<${'-'.repeat(length - 1)}`
      : `#${' '.repeat(start.character - 1)}${'^'.repeat(length)}`;
  const indent = ' '.repeat(start.character + 1);
  return [
    `${pointer} ${finding.severity} ${finding.ruleId}: ${finding.message}`,
    ...finding.related.map(({ ruleId, message }) => {
      return `#${indent}related ${ruleId ? `${ruleId}: ` : ''}${message}`;
    }),
  ];
}
