import type { YearsResult } from '../../../core/report/report.ts';
import { countText } from '../../../core/report/text.ts';
import {
  availabilityText,
  causesText,
  downtimeText,
  longestText,
  lostOverYearsText,
  outagesText,
} from '../../../core/report/years-text.ts';
import { type Column, table } from '../table.ts';
import { wrap } from '../text.ts';
import type { Section } from './section.ts';

/** Failures and repairs over years: the scale on which availability is promised. */
export const years: Section = ({ years }, { columns, style }) => {
  if (!years) return [];
  const all = [...years.groups, ...years.services];
  const number = (title: string, cell: (row: YearsResult) => string) =>
    ({ title, align: 'right', cell }) as const;
  const shown: Column<YearsResult>[] = [
    { title: `Over ${countText(years.years)} years`, cell: ({ name }) => name },
    number('Availability', availabilityText),
    number('Down a year', downtimeText),
    number('Outages a year', outagesText),
    number('Longest', longestText),
    ...(years.groups.some(({ lost }) => lost) ? [number('Writes lost', lostOverYearsText)] : []),
  ];
  const causes = all.filter((row) => row.causes.length > 0);
  return [
    ...table(shown, all, style),
    ...causes
      .flatMap((row) => wrap(`${row.name}: ${causesText(row)}.`, columns - 2))
      .map((line) => style.dim(`  ${line}`)),
  ];
};
