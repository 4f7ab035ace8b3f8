import type { Finding } from '../../core/index.ts';
import type { CheckedFile } from '../read-file.ts';
import type { FormatOptions } from './formats.ts';
import { placeIn } from './place.ts';
import { suppressionReason } from './suppressed.ts';
import { attribute, content } from './xml.ts';

/**
 * The XML that CI servers read test results from: a suite for each file, a case for each finding.
 * Cases fail where the command does; findings that are bad enough for less are told as output, and
 * suppressed ones as skipped.
 */
export function formatJunit(
  files: readonly CheckedFile[],
  { fails }: Pick<FormatOptions, 'fails'>,
): string {
  const suites = files.map((file) => suite(file, fails));
  const all = files.flatMap(({ findings }) => findings);
  const failures = all.filter(fails).length;
  const tests = suites.reduce((sum, { tests }) => sum + tests, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="faultline" tests="${tests}" failures="${failures}">`,
    ...suites.flatMap(({ lines }) => lines.map((line) => `  ${line}`)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(
  checked: CheckedFile,
  fails: FormatOptions['fails'],
): { readonly tests: number; readonly lines: readonly string[] } {
  const { file, findings, suppressed } = checked;
  const cases = [
    ...findings.flatMap((finding) => testCase(finding, checked, outcome(finding, fails))),
    ...suppressed.flatMap((one) => {
      const skipped = `<skipped message="${attribute(suppressionReason(one))}"/>`;
      return testCase(one.finding, checked, skipped);
    }),
  ];
  const sound = [`<testcase classname="${attribute(file)}" name="no problems"/>`];
  const tests = Math.max(1, findings.length + suppressed.length);
  const counts = `tests="${tests}" failures="${findings.filter(fails).length}" skipped="${suppressed.length}"`;
  return {
    tests,
    lines: [
      `<testsuite name="${attribute(file)}" ${counts}>`,
      ...(cases.length > 0 ? cases : sound).map((line) => `  ${line}`),
      '</testsuite>',
    ],
  };
}

function testCase({ ruleId, at }: Finding, checked: CheckedFile, inside: string): string[] {
  const { line, column } = placeIn(checked.lines, at);
  const name = attribute(`${ruleId} ${line}:${column}`);
  return [
    `<testcase classname="${attribute(checked.file)}" name="${name}">`,
    `  ${inside}`,
    '</testcase>',
  ];
}

function outcome(finding: Finding, fails: FormatOptions['fails']): string {
  const { severity, message } = finding;
  if (!fails(finding)) return `<system-out>${content(`${severity}: ${message}`)}</system-out>`;
  return `<failure type="${severity}" message="${attribute(message)}"/>`;
}
