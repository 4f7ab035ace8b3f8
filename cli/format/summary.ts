import type { Report } from '../../core/index.ts';
import { durationText, precisionText, replicationsText } from '../../core/report/text.ts';
import { comebacks } from './summary/comebacks.ts';
import { numbers } from './summary/numbers.ts';
import { failurePatterns } from './summary/patterns.ts';
import { promises, verdict } from './summary/promises.ts';
import { recommendations } from './summary/recommendations.ts';
import type { Section, SummaryOptions } from './summary/section.ts';
import { breakers, calls, components, failovers, groups, limits, pools } from './summary/tables.ts';
import { years } from './summary/years.ts';
import { printableData, wrap } from './text.ts';

/** From the answer to the details: what a hurried reader needs stands first. */
const SECTIONS: readonly Section[] = [
  header,
  verdict,
  promises,
  comebacks,
  numbers,
  groups,
  years,
  failovers,
  components,
  pools,
  breakers,
  limits,
  calls,
  failurePatterns,
  recommendations,
];

/** A report for people who read a terminal: the same numbers as on the page, without the charts. */
export function formatSummary(report: Report, options: SummaryOptions): string {
  const safe = printableData(report);
  const parts = SECTIONS.map((section) => section(safe, options)).filter(
    ({ length }) => length > 0,
  );
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function header(report: Report, { style, columns }: SummaryOptions): string[] {
  const { system, scenario, durationMs, precision, seed } = report;
  const facts = [
    `${durationText(durationMs)} simulated`,
    replicationsText(report),
    ...(precision ? [precisionText(precision)] : []),
    `seed ${seed}`,
  ].join(' · ');
  return [
    style.bold(scenario ? `${system} · ${scenario.name}` : system),
    ...(scenario?.description ? wrap(scenario.description, columns) : []),
    style.dim(facts),
  ];
}
