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
  /** The place of a moment, in per cent of the width. */
  at(ms: number): string;
}

const TICKS = 6;
/** Closer to the right edge than this, a label would be cut off. */
const EDGE = 0.985;
const AXIS_HEIGHT = 22;

export function timeAxis({ durationMs, timeline }: Report): TimeAxis {
  const endMs = Math.max(durationMs, timeline.bucketMs * timeline.arrived.length) || 1;
  return {
    endMs,
    ticksMs: timeTicks(endMs, TICKS),
    faultsMs: timeline.events.filter(({ kind }) => kind === 'fault').map(({ atMs }) => atMs),
    at: (ms) => svgPercent(share(ms, endMs)),
  };
}

/** The lines behind a drawing: ticks, faults, and the cursor that the page's script moves. */
export function gridLines(axis: TimeAxis): ViewElement[] {
  return [
    ...axis.ticksMs.map((ms) => verticalLine('grid', axis.at(ms))),
    ...axis.faultsMs.map((ms) => verticalLine('fault-line', axis.at(ms))),
    verticalLine('cursor', '-1%'),
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
