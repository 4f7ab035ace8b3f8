import type { ObjectiveResult } from '../../../core/report/report.ts';
import { violationText } from '../../../core/report/text.ts';
import { standing } from '../../../core/report/view/objectives.ts';
import type { Style } from '../style.ts';
import { table } from '../table.ts';
import { wrap } from '../text.ts';
import type { Section } from './section.ts';

type Status = ObjectiveResult['status'];

export const MARKS: Readonly<Record<Status, string>> = { met: '✔', missed: '✘', unclear: '?' };

/** The report in one sentence, marked by the worst that happened to a promise. */
export const verdict: Section = ({ objectives, verdict }, { style, columns }) => {
  const worst = standing(objectives);
  const lines = wrap(verdict, columns - 2);
  const mark = worst === undefined ? '→' : paint(worst, style)(MARKS[worst]);
  return lines.map((line, index) => `${index === 0 ? mark : ' '} ${style.bold(line)}`);
};

/** The objectives of the file and the expectations of the scenario against what the run achieved. */
export const promises: Section = ({ objectives }, { style }) => {
  if (objectives.length === 0) return [];
  const columns = [
    { title: 'Promise', cell: ({ name }: ObjectiveResult) => name },
    { title: 'By', cell: ({ origin }: ObjectiveResult) => ORIGINS[origin] },
    { title: 'Target', align: 'right', cell: ({ target }: ObjectiveResult) => target },
    { title: 'Achieved', align: 'right', cell: ({ achieved }: ObjectiveResult) => achieved },
    {
      title: 'Result',
      cell: ({ status }: ObjectiveResult) => paint(status, style)(`${MARKS[status]} ${status}`),
    },
  ] as const;
  const lines = [
    ...table(columns, objectives, style),
    ...objectives.flatMap(({ name, status, violation }) =>
      status === 'missed' && violation ? [style.dim(`  ${name}: ${violationText(violation)}`)] : [],
    ),
  ];
  return objectives.some(({ status }) => status === 'unclear')
    ? [...lines, style.dim('  ? The interval covers the target; more replications narrow it.')]
    : lines;
};

const ORIGINS: Readonly<Record<ObjectiveResult['origin'], string>> = {
  objective: 'file',
  expectation: 'scenario',
};

export function paint(status: Status, style: Style): (text: string) => string {
  return { met: style.green, missed: style.red, unclear: style.yellow }[status];
}
