import { h, type ViewElement } from '../node.ts';
import { share } from '../scale.ts';

export interface AreaLayer {
  readonly className: string;
  readonly values: readonly number[];
}

export interface AreaFrame {
  /** Where the drawing begins, in pixels from the top. */
  readonly y: number;
  readonly height: number;
  /** The value at the top edge. */
  readonly max: number;
  /** How many buckets the whole width stands for; more than there are values leaves room. */
  readonly buckets: number;
}

/**
 * Layers of bars on one another, one step per bucket. Each layer is drawn from the floor to its own
 * top, highest first, because areas that merely touch show hairline gaps.
 */
export function stackedSteps(layers: readonly AreaLayer[], frame: AreaFrame): ViewElement {
  const tops: AreaLayer[] = [];
  for (const { className, values } of layers) {
    const floor = tops.at(-1)?.values ?? [];
    tops.push({ className, values: values.map((value, i) => value + (floor[i] ?? 0)) });
  }
  return stretched(
    frame,
    tops.toReversed().map(({ className, values }) =>
      h('path', {
        class: className,
        d: `M0 ${frame.height}${steps(values, frame)}V${frame.height}Z`,
      }),
    ),
  );
}

/** A line over the same buckets. */
export function stepLine({ className, values }: AreaLayer, frame: AreaFrame): ViewElement {
  const [first = 0] = values;
  const start = `M0 ${top(first, frame)}`;
  return stretched(frame, [h('path', { class: className, d: start + steps(values, frame) })]);
}

/** One unit per bucket across, pixels down: only the width stretches with the page. */
function stretched(frame: AreaFrame, paths: readonly ViewElement[]): ViewElement {
  return h(
    'svg',
    {
      x: 0,
      y: frame.y,
      width: '100%',
      height: frame.height,
      viewBox: `0 0 ${frame.buckets} ${frame.height}`,
      preserveAspectRatio: 'none',
    },
    paths,
  );
}

function steps(values: readonly number[], frame: AreaFrame): string {
  return values.map((value, index) => `V${top(value, frame)}H${index + 1}`).join('');
}

function top(value: number, { height, max }: AreaFrame): number {
  return Math.round((1 - share(value, max)) * height * 100) / 100;
}
