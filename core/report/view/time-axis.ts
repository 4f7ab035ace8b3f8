import type { Report } from '../report.ts';
import { durationText } from '../text.ts';
import { h, type ViewElement } from './node.ts';
import { share, svgPercent, timeTicks } from './scale.ts';

/** The one axis that all drawings over time share, so that causes stand above their effects. */
export interface TimeAxis {
  readonly endMs: number;
  readonly ticksMs: readonly number[];
  /** When faults struck; drawn through every lane. */
  readonly faultsMs: readonly number[];
  /** How many buckets of the timeline the whole width stands for. */
  readonly buckets: number;
  /** The place of a moment, in per cent of the width. */
  at(ms: number): string;
}

const TICKS = 6;
/** More lines than this would be a curtain; a run over years has thousands of faults. */
const MOST_FAULTS = 40;
/** Closer to the right edge than this, a label would be cut off. */
const EDGE = 0.985;
const AXIS_HEIGHT = 22;

export function timeAxis({ durationMs, timeline }: Report): TimeAxis {
  const { bucketMs, events } = timeline;
  const faultsMs = events.filter(({ kind }) => kind === 'fault').map(({ atMs }) => atMs);
  const endMs = positive(Math.max(durationMs, bucketMs * timeline.arrived.length));
  return {
    endMs,
    buckets: positive(endMs / bucketMs),
    ticksMs: timeTicks(endMs, TICKS),
    faultsMs: faultsMs.length > MOST_FAULTS ? [] : faultsMs,
    at: (ms) => svgPercent(share(ms, endMs)),
  };
}

/** An axis needs a length, whatever the numbers are. */
function positive(value: number): number {
  return Number.isFinite(value) && value > 0 ? value : 1;
}

/** The lines behind a drawing: ticks, faults, and the cursor that the page's script moves. */
export function gridLines(axis: TimeAxis): ViewElement[] {
  return [
    ...axis.ticksMs.map((ms) => verticalLine('grid', axis.at(ms))),
    ...axis.faultsMs.map((ms) => verticalLine('fault-line', axis.at(ms))),
    verticalLine('cursor', '0%'),
  ];
}

function verticalLine(className: string, x: string): ViewElement {
  return h('line', { class: className, x1: x, x2: x, y1: 0, y2: '100%' });
}

/** The times, written under the last lane. */
export function axisLabels(axis: TimeAxis): ViewElement {
  return h(
    'svg',
    { class: 'plot axis', width: '100%', height: AXIS_HEIGHT, 'aria-hidden': 'true' },
    axis.ticksMs.map((ms) =>
      h(
        'text',
        { class: 'tick', x: axis.at(ms), y: 15, 'text-anchor': anchor(share(ms, axis.endMs)) },
        ms === 0 ? '0' : durationText(ms),
      ),
    ),
  );
}

function anchor(ratio: number): 'start' | 'middle' | 'end' {
  if (ratio === 0) return 'start';
  return ratio > EDGE ? 'end' : 'middle';
}
