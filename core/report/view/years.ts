import type { YearsResult } from '../report.ts';
import { countText, plural, UNKNOWN } from '../text.ts';
import {
  availabilityText,
  causesText,
  downtimeText,
  longestText,
  lostOverYearsText,
  outagesText,
  rateText,
} from '../years-text.ts';
import type { ViewElement } from './node.ts';
import { placedName } from './place.ts';
import { blankSection, section } from './section.ts';
import type { ViewContext } from './surface.ts';
import { table } from './table.ts';

/** The long run: how available groups and services are over years, and why they are not. */
export function years(context: ViewContext): ViewElement {
  const { report } = context;
  const head = { id: 'years', title: 'Availability over years', classes: 'span-all' };
  const { years } = report;
  if (!years) {
    return blankSection(
      head,
      'Not asked for. With “simulation: { years: 1000 }” members also fail as “failures.mtbf” says, for years and without traffic.',
    );
  }
  const note =
    `${countText(years.years)} years of failures and repairs without traffic, in ${plural(years.runs, 'run')}. ` +
    'Exact: from a Markov chain. ±: 95% interval. ≥ and <: no outage was seen; true with 95% confidence.';
  return section(
    { ...head, note },
    table<YearsResult>(
      'Availability over years',
      [
        {
          title: 'Group or service',
          kind: 'text',
          cell: ({ name, place }) => placedName(context, name, place),
        },
        {
          title: 'Availability',
          kind: 'number',
          cell: availabilityText,
          value: ({ availability }) => availability.mean,
        },
        {
          title: 'Down a year',
          kind: 'number',
          cell: downtimeText,
          value: ({ downtimePerYearMs }) => downtimePerYearMs,
        },
        {
          title: 'Outages a year',
          kind: 'number',
          cell: outagesText,
          value: ({ outagesPerYear }) => outagesPerYear,
        },
        {
          title: 'Longest',
          kind: 'number',
          cell: longestText,
          value: ({ longestOutageMs }) => longestOutageMs,
        },
        {
          title: 'Failovers a year',
          kind: 'number',
          cell: ({ failoversPerYear }) =>
            failoversPerYear === 0 ? UNKNOWN : rateText(failoversPerYear),
          value: ({ failoversPerYear }) => failoversPerYear,
        },
        {
          title: 'Writes lost a year',
          kind: 'number',
          cell: lostOverYearsText,
          value: ({ lost }) => lost?.msPerYear ?? -1,
        },
        { title: 'Because', kind: 'text', cell: causesText },
      ],
      [...years.groups, ...years.services],
    ),
  );
}
