import type {
  BreakerResult,
  CallResult,
  ComponentResult,
  GroupResult,
  LimitResult,
  PoolResult,
} from '../../../core/report/report.ts';
import {
  countText,
  durationText,
  mtbfText,
  mttrText,
  percentText,
  plural,
  typeText,
  UNKNOWN,
} from '../../../core/report/text.ts';
import { triesText } from '../../../core/report/view/calls.ts';
import { countOf, foundText, isFollowed } from '../../../core/report/view/failovers.ts';
import { lostText } from '../../../core/report/view/groups.ts';
import { LIMIT_NOUNS, limitText } from '../../../core/report/view/limits.ts';
import { type Column, table } from '../table.ts';
import type { Section } from './section.ts';

/** Longer lists show only the components that failed. */
const MOST_COMPONENTS = 8;

export const groups: Section = (report, { style }) => {
  if (report.groups.length === 0) return [];
  const levels = { HIGH: style.green, MEDIUM: style.yellow, LOW: style.red };
  const columns: Column<GroupResult>[] = [
    {
      title: 'Group',
      cell: (group) => {
        const type = typeText(group);
        return type === undefined ? group.name : `${group.name} ${style.dim(`(${type})`)}`;
      },
    },
    { title: 'Level', cell: ({ level }) => levels[level](level) },
    {
      title: 'Needs',
      align: 'right',
      cell: ({ minHealthy, members }) => `${countText(minHealthy)} of ${countText(members)}`,
    },
    {
      title: 'Fewest serving',
      align: 'right',
      cell: ({ lowestServing, minHealthy }) =>
        (lowestServing < minHealthy ? style.red : String)(countText(lowestServing)),
    },
    number('Availability', ({ availability }) => percentText(availability)),
    number('Longest outage', ({ longestOutageMs }) =>
      longestOutageMs === 0 ? 'none' : durationText(longestOutageMs),
    ),
    number('Peak load', ({ peakLoad }) => (peakLoad === null ? UNKNOWN : percentText(peakLoad, 0))),
  ];
  return table(columns, report.groups, style);
};

/** Only the groups of which there is more to tell than that their failures are known at once. */
export const failovers: Section = (report, { style }) => {
  const followed = report.groups.filter(isFollowed);
  if (followed.length === 0) return [];
  const columns: Column<GroupResult>[] = [
    { title: 'Failures in', cell: ({ name }) => name },
    number('Found', ({ detection }) => countOf(detection?.found)),
    number('Slowest', foundText),
    number('Refused', ({ detection }) => countOf(detection?.refused)),
    number('Mistakes', ({ mistakes }) => countText(mistakes)),
    number('Weakening', ({ detection }) => countOf(detection?.weakenings)),
    number('Retries', ({ failover }) => countOf(failover?.retries)),
    number('Degraded', ({ failover }) => countOf(failover?.degraded)),
    number('Writes lost', lostText),
  ];
  return table(columns, followed, style);
};

export const components: Section = ({ components }, { style }) => {
  if (components.length === 0) return [];
  const failed = components.filter(({ failures }) => failures > 0);
  const shown = components.length > MOST_COMPONENTS ? failed : components;
  const quiet = components.length - shown.length;
  const columns: Column<ComponentResult>[] = [
    { title: 'Component', cell: ({ id }) => id },
    { title: 'At the end', cell: ({ status }) => status },
    number('Failures', ({ failures }) => countText(failures)),
    number('Availability', ({ availability }) => percentText(availability)),
    number('MTBF', ({ mtbfHours }) => mtbfText(mtbfHours)),
    number('MTTR', ({ mttrMinutes }) => mttrText(mttrMinutes)),
  ];
  if (shown.length === 0) return [style.dim(`  None of the ${plural(quiet, 'component')} failed.`)];
  const rest = quiet > 0 ? [style.dim(`  ${countText(quiet)} more did not fail.`)] : [];
  return [...table(columns, shown, style), ...rest];
};

export const pools: Section = ({ pools }, { style }) => {
  if (pools.length === 0) return [];
  const columns: Column<PoolResult>[] = [
    { title: 'Pool', cell: ({ name }) => name },
    number('Mean use', ({ meanUtilisation }) => percentText(meanUtilisation, 1)),
    number('Peak', ({ peakInUse, size }) => `${countText(peakInUse)} of ${countText(size)}`),
    number('Requests', ({ requests }) => countText(requests)),
    number('Admitted', ({ admitted }) => countText(admitted)),
    number('Rejected', ({ rejected }) => countText(rejected)),
    number('Timed out', ({ timeouts }) => countText(timeouts)),
  ];
  return table(columns, pools, style);
};

export const breakers: Section = ({ breakers }, { style }) => {
  const opened = breakers.filter((breaker) => breaker.opened > 0);
  const quiet = breakers.filter((breaker) => breaker.opened === 0).map(({ name }) => name);
  const columns: Column<BreakerResult>[] = [
    { title: 'Breaker', cell: ({ name }) => name },
    { title: 'At the end', cell: ({ states }) => states.at(-1)?.state ?? 'closed' },
    number('Opened', ({ opened }) => countText(opened)),
    number('Rejected', ({ rejected }) => countText(rejected)),
    number('Success rate', ({ successRatePercent }) => percentText(successRatePercent / 100)),
    number('Mean response', ({ averageResponseMs }) => durationText(averageResponseMs)),
  ];
  return [
    ...(opened.length > 0 ? table(columns, opened, style) : []),
    ...(quiet.length > 0 ? [style.dim(`  Breakers that never opened: ${quiet.join(', ')}.`)] : []),
  ];
};

export const limits: Section = ({ limits }, { style }) => {
  if (limits.length === 0) return [];
  const columns: Column<LimitResult>[] = [
    {
      title: 'Limit',
      cell: ({ kind, name }) => `${name} ${style.dim(`(${LIMIT_NOUNS[kind]})`)}`,
    },
    number('Allows', limitText),
    number('Peak', ({ peak }) => (peak === null ? UNKNOWN : countText(peak))),
    number('Admitted', ({ admitted }) => countText(admitted)),
    number('Waited', ({ waited }) => countText(waited)),
    number('Rejected', ({ rejected }) => countText(rejected)),
  ];
  return table(columns, limits, style);
};

/** Only the calls that a cache answered or that were sent in copies: the others are told above. */
export const calls: Section = ({ calls }, { style }) => {
  const shown = calls.filter(
    ({ copies, freshAnswers, staleAnswers }) => copies + freshAnswers + staleAnswers > 0,
  );
  if (shown.length === 0) return [];
  const columns: Column<CallResult>[] = [
    { title: 'Call', cell: ({ from, to }) => `${from} → ${to}` },
    number('Made', ({ made }) => countText(made)),
    number('Tries per call', triesText),
    number('Copies', ({ copies }) => countText(copies)),
    number('From the cache', ({ freshAnswers }) => countText(freshAnswers)),
    number('Stale', ({ staleAnswers }) => countText(staleAnswers)),
  ];
  return table(columns, shown, style);
};

function number<Row>(title: string, cell: (row: Row) => string): Column<Row> {
  return { title, align: 'right', cell };
}
