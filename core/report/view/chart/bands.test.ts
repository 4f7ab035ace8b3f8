import { expect, test } from 'vitest';
import type { ViewElement, ViewNode } from '../node.ts';
import { testAxis } from '../testing/test-axis.ts';
import { type BandStyle, bandLegend, bands } from './bands.ts';

type State = 'up' | 'down';
const STYLES: Readonly<Record<State, BandStyle>> = {
  up: { label: 'up', tone: 'quiet', weight: 'line' },
  down: { label: 'down', tone: 'bad', weight: 'full' },
};
const END_MS = 10_000;
const axis = testAxis(END_MS);

function drawn(states: { atMs: number; state: State }[]): string[] {
  return bands(states, STYLES, axis, END_MS).children.flatMap((child: ViewNode) =>
    typeof child !== 'string' && child.tag === 'g' ? describe(child) : [],
  );
}

function describe({ children }: ViewElement): string[] {
  const [title, rect] = children as ViewElement[];
  return [`${title?.children[0]} at ${rect?.attributes.x} for ${rect?.attributes.width}`];
}

test('each state holds until the next, the last one until the end', () => {
  expect(
    drawn([
      { atMs: 0, state: 'up' },
      { atMs: 2_000, state: 'down' },
      { atMs: 5_000, state: 'up' },
    ]),
  ).toEqual([
    'up, 0s to 2s at 0% for 20%',
    'down, 2s to 5s at 20% for 30%',
    'up, 5s to 10s at 50% for 50%',
  ]);
});

test('a failure too short to see is still drawn', () => {
  const [, failure] = drawn([
    { atMs: 0, state: 'up' },
    { atMs: 5_000, state: 'down' },
    { atMs: 5_001, state: 'up' },
  ]);
  expect(failure).toBe('down, 5s to 5s at 50% for 0.2%');
});

test('a hundred thousand states stay drawable, and the worst of a crowd shows', () => {
  const states = Array.from({ length: 100_000 }, (_, index) => ({
    atMs: index / 10,
    state: index % 2 === 0 ? ('up' as const) : ('down' as const),
  }));
  const all = drawn(states);
  expect(all.length).toBeLessThan(2_100);
  expect(all.every((one) => one.startsWith('down'))).toBe(true);
});

test('the legend names the states that occur', () => {
  expect(bandLegend([[{ atMs: 0, state: 'down' }]], STYLES)).toEqual([
    { label: 'down', look: 'tone-bad weight-full' },
  ]);
});
