import { h, type ViewElement } from '../node.ts';

/** Shapes that differ without colour, on a grid of 16 by 16. */
const PATHS = {
  met: 'M3 8.5l3.2 3.2L13 5',
  missed: 'M4 4l8 8M12 4l-8 8',
  unclear: 'M2.5 9.2c1.8-3.2 3.7-3.2 5.5-1.2s3.7 2 5.5-1.2',
  error: 'M8 1.8a6.2 6.2 0 1 0 .01 0M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6',
  warning: 'M8 2.2l6.3 11.3H1.7zM8 6.5v3.3M8 11.4v.4',
  info: 'M8 1.8a6.2 6.2 0 1 0 .01 0M8 7.3v3.7M8 4.8v.4',
  hint: 'M8 2a4 4 0 0 0-2.3 7.3v1.9h4.6V9.3A4 4 0 0 0 8 2M6.3 13.7h3.4',
  fault: 'M8.8 1.8L4 9h3.6l-.8 5.2L12 6.8H8.3z',
  repair: 'M13 8a5 5 0 1 1-1.5-3.6M13.2 2v3.4H9.8',
  promotion: 'M8 13.5V3.2M3.8 7.4L8 3.2l4.2 4.2',
  breaker: 'M1.8 10.5h3.7l6-4.8M14.2 10.5h-3.7',
  mark: 'M10.4 1.2L5.6 14.8M1 4.6h5.4M1 8.6h4M10.4 7.4H15M9 11.4h6',
} as const;

export type IconName = keyof typeof PATHS;

/** A small drawing beside a word; the word carries the meaning, so screen readers skip it. */
export function icon(name: IconName): ViewElement {
  return h(
    'svg',
    {
      class: `icon icon-${name}`,
      viewBox: '0 0 16 16',
      width: 14,
      height: 14,
      'aria-hidden': 'true',
    },
    h('path', { d: PATHS[name] }),
  );
}
