import type { ObjectiveResult } from '../../../core/report/report.ts';
import type { TestedFile, TestedScenario } from '../../test-file.ts';
import { attribute, content } from '../xml.ts';
import { tally } from './tally.ts';
import { foundText, placeOf, whenText } from './words.ts';

/** The XML that CI servers read: a suite for each scenario, a case for each expectation. */
export function formatTestJunit(files: readonly TestedFile[]): string {
  const { missed, refused } = tally(files);
  const suites = files.flatMap((file) => file.scenarios.map((one) => suite(file, one)));
  const tests = suites.reduce((sum, one) => sum + one.tests, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="faultline test" tests="${tests}" failures="${missed}" errors="${refused}">`,
    ...suites.flatMap(({ lines }) => lines.map((line) => `  ${line}`)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(
  file: TestedFile,
  scenario: TestedScenario,
): { readonly tests: number; readonly lines: readonly string[] } {
  const { expectations, name, problems, status } = scenario;
  const cases = expectations.map((one) => testCase(file, scenario, one));
  if (status === 'refused') {
    const reasons = problems.map(({ column, line, message }) => {
      return `${file.file}:${line}:${column} ${message}`;
    });
    const message = problems[0]?.message ?? 'The scenario cannot be simulated.';
    const error = `<error message="${attribute(message)}">${reasons.map(content).join('\n')}</error>`;
    cases.push(wrapped(file, 'can be simulated', error));
  } else if (status === 'stopped') {
    cases.push(wrapped(file, 'is simulated', '<skipped message="stopped before its end"/>'));
  }
  const count = (wanted: string) => expectations.filter((one) => one.status === wanted).length;
  const skipped = count('unclear') + (status === 'stopped' ? 1 : 0);
  const counts = `tests="${cases.length}" failures="${count('missed')}" errors="${status === 'refused' ? 1 : 0}" skipped="${skipped}"`;
  return {
    tests: cases.length,
    lines: [
      `<testsuite name="${attribute(`${file.file} ${name}`)}" ${counts}>`,
      ...cases.flat().map((line) => `  ${line}`),
      '</testsuite>',
    ],
  };
}

function testCase(file: TestedFile, scenario: TestedScenario, one: ObjectiveResult): string[] {
  return wrapped(file, `${one.name} ${one.target}`, outcome(file, scenario, one));
}

function wrapped({ file }: TestedFile, name: string, inside: string): string[] {
  return [
    `<testcase classname="${attribute(file)}" name="${attribute(name)}">`,
    `  ${inside}`,
    '</testcase>',
  ];
}

function outcome(file: TestedFile, scenario: TestedScenario, one: ObjectiveResult): string {
  const found = foundText(one);
  if (one.status === 'met') return `<system-out>${content(found)}</system-out>`;
  if (one.status === 'unclear') return `<skipped message="${attribute(`Cannot tell. ${found}`)}"/>`;
  const details = [`${placeOf(one)} ${found}`, whenText(file, scenario, one)]
    .map(content)
    .join('\n');
  return `<failure type="expectation" message="${attribute(found)}">${details}</failure>`;
}
