import type { GroupResult } from '../report.ts';
import { countText, durationText, percentText, typeText, UNKNOWN } from '../text.ts';
import { bar } from './chart/bar.ts';
import { h, type ViewElement } from './node.ts';
import { placedName } from './place.ts';
import { blankSection, section } from './section.ts';
import type { ViewContext } from './surface.ts';
import { table } from './table.ts';

const LEVELS = ['LOW', 'MEDIUM', 'HIGH'] as const;
/** From here on a failover leaves no room for the unexpected. */
const TIGHT_LOAD = 0.8;

/** Every redundancy group: how much it could lose, and how low it went. */
export function groups(context: ViewContext): ViewElement {
  const { report } = context;
  const head = { id: 'groups', title: 'Redundancy groups', classes: 'span-all' };
  if (report.groups.length === 0) {
    return blankSection(head, 'The file has no redundancy groups.');
  }
  return section(
    head,
    table<GroupResult>(
      'Redundancy groups',
      [
        {
          title: 'Group',
          kind: 'text',
          cell: (group) => [placedName(context, group.name, group.place), typeTag(group)],
        },
        {
          title: 'Level',
          kind: 'text',
          cell: ({ level }) => h('span', { class: `tag level-${level.toLowerCase()}` }, level),
          value: ({ level }) => LEVELS.indexOf(level),
        },
        {
          title: 'Needs',
          kind: 'number',
          cell: ({ minHealthy, members }) => `${countText(minHealthy)} of ${countText(members)}`,
          value: ({ minHealthy }) => minHealthy,
        },
        {
          title: 'Fewest serving',
          kind: 'number',
          cell: ({ lowestServing, minHealthy }) =>
            h(
              'span',
              { class: lowestServing < minHealthy ? 'below' : undefined },
              countText(lowestServing),
            ),
          value: ({ lowestServing }) => lowestServing,
        },
        {
          title: 'Availability',
          kind: 'number',
          cell: ({ availability }) => percentText(availability),
          value: ({ availability }) => availability,
        },
        {
          title: 'Longest outage',
          kind: 'number',
          cell: ({ longestOutageMs }) =>
            longestOutageMs === 0 ? 'none' : durationText(longestOutageMs),
          value: ({ longestOutageMs }) => longestOutageMs,
        },
        {
          title: 'Promotions',
          kind: 'number',
          cell: ({ promotions }) => countText(promotions),
          value: ({ promotions }) => promotions,
        },
        {
          title: 'Peak load',
          kind: 'number',
          cell: ({ peakLoad }) => peakLoadCell(peakLoad),
          value: ({ peakLoad }) => peakLoad ?? -1,
        },
        {
          title: 'Writes lost',
          kind: 'number',
          cell: (group) => lostText(group),
          value: ({ lostWritesMs }) => lostWritesMs,
        },
      ],
      report.groups,
    ),
  );
}

/** `≤ 50ms (12)`: the writes that one failover lost, as time, and how many all of them lost. */
export function lostText({ lostWrites, lostWritesMs }: GroupResult): string {
  if (lostWritesMs === 0) return 'none';
  const count = lostWrites === 0 ? '' : ` (${countText(lostWrites)})`;
  return `≤ ${durationText(lostWritesMs)}${count}`;
}

function typeTag(group: GroupResult): ViewElement | undefined {
  const type = typeText(group);
  return type === undefined ? undefined : h('span', { class: 'tag' }, type);
}

function peakLoadCell(peakLoad: number | null) {
  if (peakLoad === null) return UNKNOWN;
  const tone = peakLoad >= 1 ? 'bad' : peakLoad >= TIGHT_LOAD ? 'warn' : 'info';
  return h('span', { class: 'metered' }, bar({ ratio: peakLoad, tone }), percentText(peakLoad, 0));
}
