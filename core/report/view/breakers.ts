import type { BreakerResult } from '../report.ts';
import { countText, durationText, percentText, plural } from '../text.ts';
import { type BandStyle, bandLegend, bands } from './chart/bands.ts';
import { lane, laneGroup } from './lanes.ts';
import { h, type ViewElement } from './node.ts';
import { briefName, placedName } from './place.ts';
import { blankSection, section } from './section.ts';
import type { ViewContext } from './surface.ts';
import { table } from './table.ts';
import type { TimeAxis } from './time-axis.ts';

type State = BreakerResult['states'][number]['state'];

const STATE_STYLES: Readonly<Record<State, BandStyle>> = {
  closed: { label: 'closed', tone: 'quiet', weight: 'line' },
  'half-open': { label: 'half-open', tone: 'warn', weight: 'full' },
  open: { label: 'open', tone: 'bad', weight: 'full' },
  isolated: { label: 'isolated', tone: 'bad', weight: 'full' },
};
const MOST_LANES = 12;

/** Breakers that left `closed`, over time. */
export function breakerLanes(context: ViewContext, axis: TimeAxis) {
  const { report } = context;
  const tripped = report.breakers.filter(({ opened }) => opened > 0);
  const entries = bandLegend(
    tripped.map(({ states }) => states),
    STATE_STYLES,
  );
  const head = { title: 'Breakers', entries, most: MOST_LANES };
  return laneGroup(head, tripped, ({ name, place, opened, states }) =>
    lane({
      label: briefName(context, name, place),
      remark: `opened ${plural(opened, 'time')}`,
      plot: bands(states, STATE_STYLES, axis, report.durationMs),
    }),
  );
}

/** Every circuit breaker: how often and how long it was open, and what that spared. */
export function breakers(context: ViewContext): ViewElement {
  const { report } = context;
  const head = { id: 'breakers', title: 'Circuit breakers', classes: 'span-half' };
  if (report.breakers.length === 0) {
    return blankSection(head, 'No circuit breaker was used.');
  }
  return section(
    head,
    table<BreakerResult>(
      'Circuit breakers',
      [
        {
          title: 'Breaker',
          kind: 'text',
          cell: ({ name, place, usedBy }) => [
            placedName(context, name, place),
            h('span', { class: 'used-by' }, usedBy.join(', ')),
          ],
        },
        {
          title: 'Opened',
          kind: 'number',
          cell: ({ opened }) => countText(opened),
          value: ({ opened }) => opened,
        },
        {
          title: 'Time open',
          kind: 'number',
          cell: (breaker) => durationText(openMs(breaker, report.durationMs)),
          value: (breaker) => openMs(breaker, report.durationMs),
        },
        {
          title: 'Rejected',
          kind: 'number',
          cell: ({ rejected }) => countText(rejected),
          value: ({ rejected }) => rejected,
        },
        {
          title: 'Success rate',
          kind: 'number',
          cell: ({ successRatePercent }) => percentText(successRatePercent / 100),
          value: ({ successRatePercent }) => successRatePercent,
        },
        {
          title: 'Mean response',
          kind: 'number',
          cell: ({ averageResponseMs }) => durationText(averageResponseMs),
          value: ({ averageResponseMs }) => averageResponseMs,
        },
      ],
      report.breakers,
    ),
  );
}

function openMs({ states }: BreakerResult, endMs: number): number {
  return states.reduce((sum, { atMs, state }, index) => {
    const untilMs = states[index + 1]?.atMs ?? endMs;
    return state === 'open' ? sum + Math.max(0, untilMs - atMs) : sum;
  }, 0);
}
