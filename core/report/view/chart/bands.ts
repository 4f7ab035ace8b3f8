import { durationText } from '../../text.ts';
import type { LegendEntry } from '../lanes.ts';
import { h, type ViewElement } from '../node.ts';
import { share, svgPercent } from '../scale.ts';
import { gridLines, type TimeAxis } from '../time-axis.ts';

/** How a state looks. Height says how much it matters, so nobody depends on colour. */
export interface BandStyle {
  readonly label: string;
  readonly tone: string;
  readonly weight: 'line' | 'body' | 'full';
}

export interface TimedState<State extends string> {
  readonly atMs: number;
  readonly state: State;
}

/** What the looks mean, for the states that occur. */
export function bandLegend<State extends string>(
  rows: readonly (readonly TimedState<State>[])[],
  styles: Readonly<Record<State, BandStyle>>,
): LegendEntry[] {
  const seen = new Set(rows.flatMap((states) => states.map(({ state }) => state)));
  return Object.entries<BandStyle>(styles)
    .filter(([state]) => (seen as ReadonlySet<string>).has(state))
    .map(([, { label, tone, weight }]) => ({ label, look: `tone-${tone} weight-${weight}` }));
}

interface Segment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly style: BandStyle;
}

const HEIGHT = 30;
const BODIES = { line: 2, body: 8, full: 14 } as const;
/** Narrower than this share of the axis, neighbours are drawn as one; keeps long runs drawable. */
const FINEST = 1 / 1_000;
/** Labels must fit when the page is at its narrowest. */
const NARROWEST_PX = 300;
const CHARACTER_PX = 6.5;

/** One row of states over time, e.g. of a component or a breaker. */
export function bands<State extends string>(
  states: readonly TimedState<State>[],
  styles: Readonly<Record<State, BandStyle>>,
  axis: TimeAxis,
  endMs: number,
): ViewElement {
  return h(
    'svg',
    { class: 'plot', width: '100%', height: HEIGHT, 'aria-hidden': 'true' },
    gridLines(axis),
    merged(segments(states, styles, endMs), axis.endMs * FINEST).map((one) => band(one, axis)),
  );
}

function segments<State extends string>(
  states: readonly TimedState<State>[],
  styles: Readonly<Record<State, BandStyle>>,
  endMs: number,
): Segment[] {
  return states.flatMap(({ atMs, state }, index) => {
    const toMs = Math.min(states[index + 1]?.atMs ?? endMs, endMs);
    return toMs > atMs ? [{ fromMs: atMs, toMs, style: styles[state] }] : [];
  });
}

/** Joins neighbours too narrow to see; the one that matters more gives the look. */
function merged(all: readonly Segment[], finestMs: number): Segment[] {
  const result: Segment[] = [];
  for (const next of all) {
    const last = result.at(-1);
    const tiny = last && last.toMs - last.fromMs < finestMs && next.toMs - next.fromMs < finestMs;
    if (!tiny) {
      result.push(next);
      continue;
    }
    const style = BODIES[next.style.weight] > BODIES[last.style.weight] ? next.style : last.style;
    result[result.length - 1] = { fromMs: last.fromMs, toMs: next.toMs, style };
  }
  return result;
}

function band({ fromMs, toMs, style }: Segment, axis: TimeAxis): ViewElement {
  const height = BODIES[style.weight];
  const width = share(toMs - fromMs, axis.endMs);
  const fits = width * NARROWEST_PX > style.label.length * CHARACTER_PX + 8;
  const x = axis.at(fromMs);
  return h(
    'g',
    { class: `band tone-${style.tone}` },
    h('title', {}, `${style.label}, ${durationText(fromMs)} to ${durationText(toMs)}`),
    h('rect', {
      x,
      y: (HEIGHT - height) / 2,
      width: svgPercent(Math.max(width, FINEST * 2)),
      height,
      rx: style.weight === 'full' ? 2 : 1,
    }),
    style.weight === 'full' && fits
      ? h('svg', { x, y: 0, class: 'anchor' }, h('text', { x: 5, y: HEIGHT / 2 + 4 }, style.label))
      : undefined,
  );
}
