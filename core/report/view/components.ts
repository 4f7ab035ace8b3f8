import type { ComponentResult, ComponentState } from '../report.ts';
import { countText, mtbfText, mttrText, percentText, plural } from '../text.ts';
import { type BandStyle, bandLegend, bands } from './chart/bands.ts';
import { lane, laneGroup } from './lanes.ts';
import { h, type ViewElement } from './node.ts';
import { briefName, placedName } from './place.ts';
import { blankSection, section } from './section.ts';
import type { ViewContext } from './surface.ts';
import { table } from './table.ts';
import type { TimeAxis } from './time-axis.ts';

const STATE_STYLES: Readonly<Record<ComponentState, BandStyle>> = {
  active: { label: 'active', tone: 'info', weight: 'body' },
  standby: { label: 'standby', tone: 'quiet', weight: 'line' },
  activating: { label: 'activating', tone: 'busy', weight: 'full' },
  degraded: { label: 'degraded', tone: 'warn', weight: 'full' },
  failed: { label: 'failed', tone: 'bad', weight: 'full' },
  recovering: { label: 'recovering', tone: 'mend', weight: 'full' },
};
const MOST_LANES = 16;

/** The components that changed state, over time; the others would be straight lines. */
export function componentLanes(context: ViewContext, axis: TimeAxis) {
  const { report } = context;
  const changed = report.components.filter(({ states }) => states.length > 1);
  const entries = bandLegend(
    changed.map(({ states }) => states),
    STATE_STYLES,
  );
  const head = { title: 'Components', entries, most: MOST_LANES };
  return laneGroup(head, changed, ({ id, place, group, states }) =>
    lane({
      label: briefName(context, id, place),
      remark: group,
      plot: bands(states, STATE_STYLES, axis, report.durationMs),
    }),
  );
}

/** Every component with what it went through. */
export function components(context: ViewContext): ViewElement {
  const { components } = context.report;
  const head = { id: 'components', title: 'Components', classes: 'span-all' };
  if (components.length === 0) {
    return blankSection(head, 'The file names no components: it has no redundancy groups.');
  }
  const failed = components.filter(({ failures }) => failures > 0).length;
  const note =
    failed === 0
      ? 'No component failed during this run.'
      : `${countText(failed)} of ${plural(components.length, 'component')} failed. First replication.`;
  return section(
    { ...head, note },
    table<ComponentResult>(
      'Components',
      [
        {
          title: 'Component',
          kind: 'text',
          cell: ({ id, place }) => placedName(context, id, place),
        },
        { title: 'Group', kind: 'text', cell: ({ group }) => group },
        { title: 'Status at the end', kind: 'text', cell: ({ status }) => statusText(status) },
        {
          title: 'Failures',
          kind: 'number',
          cell: ({ failures }) => countText(failures),
          value: ({ failures }) => failures,
        },
        {
          title: 'Availability',
          kind: 'number',
          cell: ({ availability }) => percentText(availability),
          value: ({ availability }) => availability,
        },
        {
          title: 'MTBF',
          kind: 'number',
          cell: ({ mtbfHours }) => mtbfText(mtbfHours),
          value: ({ mtbfHours }) => mtbfHours ?? Number.MAX_SAFE_INTEGER,
        },
        {
          title: 'MTTR',
          kind: 'number',
          cell: ({ mttrMinutes }) => mttrText(mttrMinutes),
          value: ({ mttrMinutes }) => mttrMinutes ?? -1,
        },
      ],
      components,
    ),
  );
}

function statusText(status: ComponentState): ViewElement {
  const { tone } = STATE_STYLES[status];
  return h('span', { class: 'status' }, h('span', { class: `dot tone-${tone}` }), status);
}
