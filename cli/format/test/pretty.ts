import { plural } from '../../../core/report/text.ts';
import type { TestedFile, TestedScenario } from '../../test-file.ts';
import type { Style } from '../style.ts';
import { printableData } from '../text.ts';
import type { TestFormatOptions } from './formats.ts';
import { type Tally, tally } from './tally.ts';
import { foundText, placeOf, whenText } from './words.ts';

/** For people who read a terminal: what holds in a line, what does not with all that is needed. */
export function formatTestPretty(
  files: readonly TestedFile[],
  { style }: TestFormatOptions,
): string {
  const lines = printableData(files).flatMap((file) =>
    file.scenarios.length === 0
      ? []
      : [style.bold(file.file), ...file.scenarios.flatMap((one) => about(file, one, style)), ''],
  );
  return `${[...lines, summary(tally(files))].join('\n')}\n`;
}

function about(file: TestedFile, scenario: TestedScenario, style: Style): string[] {
  const { expectations, name, problems, status } = scenario;
  const kept = expectations.filter((one) => one.status === 'met').length;
  const found = `${kept} of ${expectations.length} kept`;
  const head = {
    met: `${style.green('✔')} ${name}  ${style.dim(found)}`,
    missed: `${style.red('✘')} ${name}  ${style.dim(found)}`,
    unclear: `${style.yellow('?')} ${name}  ${style.dim(found)}`,
    refused: `${style.red('✘')} ${name}  cannot be simulated`,
    stopped: `${style.yellow('?')} ${name}  stopped before its end`,
  }[status];
  const refusals = problems.map(({ column, line, message }) => {
    return `      ${style.dim(`${file.file}:${line}:${column}`)}  ${message}`;
  });
  const notKept = expectations
    .filter((one) => one.status !== 'met')
    .flatMap((one) => [
      `    ${one.status === 'missed' ? style.red('✘ missed') : style.yellow('? cannot tell')}  ${foundText(one)}`,
      `      ${style.dim(placeOf(one))}`,
      ...(one.status === 'missed' ? [`      ${style.dim(whenText(file, scenario, one))}`] : []),
    ]);
  return [`  ${head}`, ...refusals, ...notKept];
}

function summary({ met, missed, refused, scenarios, stopped, unclear }: Tally): string {
  return [
    plural(scenarios, 'scenario'),
    `${met} kept`,
    `${missed} missed`,
    ...(unclear > 0 ? [`${unclear} cannot be told`] : []),
    ...(refused > 0 ? [`${plural(refused, 'scenario')} cannot be simulated`] : []),
    ...(stopped > 0 ? [`${plural(stopped, 'scenario')} stopped`] : []),
  ].join(' · ');
}
